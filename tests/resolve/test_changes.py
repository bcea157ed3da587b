"""Bodies that become others: which, and when as far as the text says."""

from __future__ import annotations

import re

import pytest

from kg.extract.coreference import join_names
from kg.model import Article, Candidate, Change, EntityType, Extraction
from kg.resolve import resolve

_MARK = re.compile(r"\[([^\]]+)\]")


def _changes(marked: str, day: str = "2023-05-18") -> list[Change]:
    """What the text says, its bodies in square brackets."""
    text, spans, last = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        spans.append(Candidate(len(text), len(text) + len(match[1]), EntityType.ORGANISATION))
        text += match[1]
        last = match.end()
    article = Article("a", "", text + marked[last:], date=day)
    return list(resolve([Extraction(article, tuple(join_names(article, spans)))]).changes)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("5月10日，[江州市科技局]更名为[江州市科技创新局]。", "2023-05-10"),
        ("2018年，[江州机械厂]改制为[江州重工股份有限公司]。", "2018"),
        ("[江州机械厂]于2018年3月更名为[江州重工股份有限公司]。", "2018-03"),
        ("昨日，[江州港集团]与[东河港集团]合并组建[江河港口集团]。", "2023-05-17"),
        ("记者5月10日获悉，[江州市科技局]更名为[江州市科技创新局]。", None),
        ("近日，[江州市科技局]更名为[江州市科技创新局]。", None),
        ("[江州市科技局]更名为[江州市科技创新局]。", None),
        ("5月10日，[江州市科技创新局]（原[江州市科技局]）公布名单。", None),
        ("[江州大学]，前身是1958年成立的[江州师专]。", None),
        ("1998年，[甲河集团]与[乙河集团]合并成立[丙河集团]。", "1998"),
    ],
)
def test_a_change_has_the_date_that_the_text_gives_it(text: str, date: str | None):
    found = _changes(text)
    assert [change.date for change in found] == ([date] if found else [])
    assert found or "前身" in text


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (
            "[江州食品集团]、[江州粮油集团]及其下属[江州面粉公司]、[江州油脂公司]合并组建[江州农发集团]。",
            ["江州油脂公司", "江州粮油集团", "江州面粉公司", "江州食品集团"],
            "江州农发集团",
        ),
        (
            "[江河港口集团]由[江州港集团]和[东河港集团]合并而成。",
            ["东河港集团", "江州港集团"],
            "江河港口集团",
        ),
        (
            "[江州食品集团]旗下[江州面粉公司]与[江州油脂公司]重组成立[江州粮油集团]。",
            ["江州油脂公司", "江州面粉公司"],
            "江州粮油集团",
        ),
    ],
)
def test_every_body_of_the_list_is_a_predecessor(text: str, before: list[str], after: str):
    (change,) = _changes(text)
    assert change.kind == "merged"
    assert sorted(i.removeprefix("org-") for i in change.before) == sorted(before)
    assert change.after == (f"org-{after}",)
