"""Every stretch of the text that names something: candidates from all annotators, reconciled."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.programmes import titles
from kg.lac import words
from kg.model import Article, Candidate, EntityType

_LAC = {"PER": EntityType.PERSON, "LOC": EntityType.PLACE, "ORG": EntityType.ORGANISATION}


def find_names(article: Article) -> list[Candidate]:
    """The names of `article`, none overlapping another, in order."""
    text = article.text
    guesses = (
        Candidate(word.start, word.end, _LAC[word.tag], 0.6, "lac")
        for word in words(text)
        if word.tag in _LAC and word.end - word.start > 1
    )
    return reconcile([*titles(text), *guesses])


def reconcile(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best candidates that do not overlap: the surest first, then the longest."""
    chosen: list[Candidate] = []
    for item in sorted(candidates, key=lambda c: (-c.confidence, c.start - c.end, c.start, c.type)):
        if all(item.end <= other.start or other.end <= item.start for other in chosen):
            chosen.append(item)
    return sorted(chosen)
