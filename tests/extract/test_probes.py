"""Whole paragraphs through the whole pipeline: what they tell is found, and no post that they do not tell.

A block of `probes/*.txt` is `# title | date | publisher`, a paragraph, and its facts:
`= subject|property|object[|role]`, or `?` before a post that may be read so. The people are invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.model import Article, Extraction
from kg.pipeline import extract_all

PROBES = Path(__file__).parent / "probes"


@dataclass(frozen=True)
class Probe:
    article: Article
    wanted: tuple[tuple[str, ...], ...]
    allowed: tuple[tuple[str, ...], ...]


def probes() -> Iterator[Probe]:
    for path in sorted(PROBES.glob("*.txt")):
        for number, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n")):
            head, *lines = block.split("\n")
            title, date, publisher = head.removeprefix("# ").split(" | ")
            text = "\n".join(line for line in lines if line[:2] not in ("= ", "? "))
            wanted, allowed = (
                tuple(tuple(line[2:].split("|")) for line in lines if line[:2] in marks)
                for marks in (("= ",), ("= ", "? "))
            )
            article = Article(f"{path.stem}{number}", title, text, date, publisher=publisher)
            yield Probe(article, wanted, allowed)


ALL = tuple(probes())


@pytest.fixture(scope="module")
def read() -> dict[str, Extraction]:
    return {found.article.id: found for found in extract_all([probe.article for probe in ALL], 1)}


def facts(found: Extraction) -> Iterator[tuple[set[str], str, set[str], str]]:
    """Names of the subject, property, names of the object or the value, role."""
    names = {
        e.id: {e.name, *(a.name for a in e.aliases), *(m.text for m in e.mentions)} for e in found.entities
    }
    for fact in found.facts:
        value = {str(fact.value)} if fact.object is None else names[fact.object]
        yield names[fact.subject], fact.property, value, fact.qualifiers.get("role", "")


def told(fact: tuple[str, ...], found: tuple[set[str], str, set[str], str]) -> bool:
    subject, prop, value, role = found
    ends = zip(fact[::2][:2], (subject, value), strict=True)
    named = all(any(wanted in name for name in names) for wanted, names in ends)
    return prop == fact[1] and named and (len(fact) < 4 or fact[3] == role)


@pytest.mark.parametrize("probe", ALL, ids=[probe.article.title for probe in ALL])
def test_what_a_paragraph_tells_is_found(probe: Probe, read: dict[str, Extraction]) -> None:
    found = list(facts(read[probe.article.id]))
    assert [fact for fact in probe.wanted if not any(told(fact, item) for item in found)] == []


@pytest.mark.parametrize("probe", ALL, ids=[probe.article.title for probe in ALL])
def test_no_post_is_found_that_is_not_told(probe: Probe, read: dict[str, Extraction]) -> None:
    held = [item for item in facts(read[probe.article.id]) if item[1] == "holdsPost"]
    assert [item for item in held if not any(told(fact, item) for fact in probe.allowed)] == []
