"""Candidates with what the gold says of each: what the scorer learns from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.evaluate.matching import match_entities
from kg.extract.coreference import join_names
from kg.extract.pairs import pairs
from kg.extract.reading import Reading
from kg.gold import Gold, as_extraction
from kg.model import Candidate
from kg.train.folds import fold_of
from kg.train.written import articles, passages

NO_FOLD = -1
WRITTEN = ("passage", "article")

Key = tuple[str, str, str, str]
"""Article, subject, property, object."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A candidate with what the gold says of it: `required`, `optional` or `wrong`."""

    key: Key
    fold: int
    features: frozenset[str]
    verdict: str
    source: str = "gold"
    """What named its ends: the `gold`, a `tagger`, or the writer of a `passage` or `article`."""
    doubts: tuple[int, int] = (0, 0)
    """How many of its ends were found with much doubt, and with some."""


def samples(
    golds: Mapping[str, Gold], names: Mapping[str, Sequence[Candidate]] | None = None
) -> list[Sample]:
    """Every candidate of every article: between names of the gold, and between a tagger's where given."""
    found = []
    for key, gold in golds.items():
        found += _samples(gold, gold_reading(gold), {}, "gold")
        if names is not None and key in names:
            reading = Reading(gold.article, join_names(gold.article, names[key]), names[key])
            found += _samples(gold, reading, match_entities(gold, reading.entities.values()), "tagger")
    return found


def written_samples() -> list[Sample]:
    """Every candidate of the texts written for training; no fold holds them out."""
    found = []
    for source, golds in (("passage", passages()), ("article", articles())):
        for gold in golds.values():
            found += _samples(gold, gold_reading(gold), {}, source)
    return found


def gold_reading(gold: Gold) -> Reading:
    """The article with the names of the gold."""
    return Reading(gold.article, [e for e in as_extraction(gold).entities if not e.implied])


def _samples(gold: Gold, reading: Reading, mapping: Mapping[str, str], source: str) -> list[Sample]:
    fold = NO_FOLD if source in WRITTEN else fold_of(gold.article.id)
    facts = {(f.subject, f.property, f.object): f.optional for f in gold.facts}
    found = []
    for pair in pairs(reading):
        ends = [
            mapping.get(e, "+" + e) if source == "tagger" else e
            for e in (pair.subject.entity, pair.object.entity)
        ]
        triple = _as_stated((ends[0], pair.property, ends[1]), facts)
        verdict = "wrong" if triple not in facts else "optional" if facts[triple] else "required"
        key = (gold.article.id, triple[0], triple[1], triple[2])
        features = frozenset(pair.features)
        doubts = reading.doubts(pair.subject.entity, pair.object.entity)
        found.append(Sample(key, fold, features, verdict, source, doubts))
    return found


def _as_stated(
    triple: tuple[str, str, str], facts: Mapping[tuple[str, str, str | None], bool]
) -> tuple[str, str, str]:
    turned = (triple[2], triple[1], triple[0])
    return turned if triple[1] == "cooperatesWith" and triple not in facts and turned in facts else triple
