"""Names of bodies that the text itself makes two."""

from __future__ import annotations

import pytest

from kg.extract.told_apart import told_apart
from kg.model import Candidate, EntityType

APART = {
    "side by side": "江南投资集团、江南水利投资集团签约。",
    "joined by a word": "江南投资集团和江南水利投资集团签约。",
    "renamed": "江南化工集团昨日更名为江南新材料集团。",
    "formerly": "江南能源集团（原江南能源化工集团）开会。",
    "merged": "江南投资集团与江南水利投资集团合并组建江南控股集团。",
}
TOGETHER = {
    "two sentences": "江南投资集团签约。江南水利投资集团放贷。",
    "one of the other": "江南投资集团旗下江南水利投资集团放贷。",
    "the new one again": "江南化工集团签约。江南化工集团更名。",
}
NAMES = (
    "江南水利投资集团",
    "江南投资集团",
    "江南新材料集团",
    "江南能源化工集团",
    "江南能源集团",
    "江南化工集团",
    "江南控股集团",
)


def named(text: str) -> list[Candidate]:
    found: list[Candidate] = []
    taken: set[int] = set()
    for name in NAMES:
        start = text.find(name)
        while start >= 0:
            if start not in taken:
                taken.update(range(start, start + len(name)))
                found.append(Candidate(start, start + len(name), EntityType.ORGANISATION))
            start = text.find(name, start + 1)
    return sorted(found)


@pytest.mark.parametrize("text", APART.values(), ids=APART)
def test_two_bodies(text: str):
    assert told_apart(text, named(text))


@pytest.mark.parametrize("text", TOGETHER.values(), ids=TOGETHER)
def test_nothing_is_told(text: str):
    assert not told_apart(text, named(text))


def test_a_merger_parts_each_of_the_old_from_the_new():
    text = APART["merged"]
    pairs = told_apart(text, named(text))
    assert {
        frozenset({"江南投资集团", "江南控股集团"}),
        frozenset({"江南水利投资集团", "江南控股集团"}),
    } <= pairs
