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

Key = tuple[str, str, str, str]
"""Article, subject, property, object."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A candidate with what the gold says of it: `required`, `optional` or `wrong`."""

    key: Key
    fold: int
    features: frozenset[str]
    verdict: str
    tagged: bool = False
    """Whether a tagger found its names."""


def samples(
    golds: Mapping[str, Gold], names: Mapping[str, Sequence[Candidate]] | None = None
) -> list[Sample]:
    """Every candidate of every article: between names of the gold, and between a tagger's where given."""
    found = []
    for key, gold in golds.items():
        found += _samples(gold, gold_reading(gold), {})
        if names is not None and key in names:
            reading = Reading(gold.article, join_names(gold.article, names[key]))
            found += _samples(gold, reading, match_entities(gold, reading.entities.values()))
    return found


def gold_reading(gold: Gold) -> Reading:
    """The article with the names of the gold."""
    return Reading(gold.article, [e for e in as_extraction(gold).entities if not e.implied])


def _samples(gold: Gold, reading: Reading, mapping: Mapping[str, str]) -> list[Sample]:
    facts = {(f.subject, f.property, f.object): f.optional for f in gold.facts}
    found = []
    for pair in pairs(reading):
        ends = [mapping.get(e, "+" + e) if mapping else e for e in (pair.subject.entity, pair.object.entity)]
        triple = _as_stated((ends[0], pair.property, ends[1]), facts)
        verdict = "wrong" if triple not in facts else "optional" if facts[triple] else "required"
        key = (gold.article.id, triple[0], triple[1], triple[2])
        features = frozenset(pair.features)
        found.append(Sample(key, fold_of(gold.article.id), features, verdict, tagged=bool(mapping)))
    return found


def _as_stated(
    triple: tuple[str, str, str], facts: Mapping[tuple[str, str, str | None], bool]
) -> tuple[str, str, str]:
    turned = (triple[2], triple[1], triple[0])
    return turned if triple[1] == "cooperatesWith" and triple not in facts and turned in facts else triple
