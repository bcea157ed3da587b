"""An extraction measured against gold annotation: precision, recall and F1 per type and property.

An entity is right when its type is the gold one's and they share a name; a programme's or
event's name may also contain the other if it is not much longer. One predicted entity answers
for one gold entity, so a thing split in two costs precision and two things merged cost recall.
A fact is right when its property, subject and object are (a post: its role as well; a target:
its value and unit). Optional gold is right if found and not missed if not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.evaluate.matching import match_entities, same_fact, same_target
from kg.gold import TYPES, Gold
from kg.model import Entity, Extraction, Fact

__all__ = ["Evaluation", "Score", "evaluate"]

SHORT = {long: short for short, long in TYPES.items()}
CORE = ("ORG", "PER", "PROG", "EVENT")


@dataclass(slots=True)
class Score:
    """How many were right, wrong and missed, and what follows."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of those found, the share that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Of those in the gold, the share that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def gold(self) -> int:
        """How many the gold requires."""
        return self.right + self.missed

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(slots=True)
class Evaluation:
    """The scores of all articles together, and each error as (article, what)."""

    entities: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    facts: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    errors: list[tuple[str, str]] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    """Each fact's confidence, and whether it was right: the ground of a calibration curve."""
    articles: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def core4(self) -> float:
        """Mean F1 of organisations, persons, programmes and events."""
        return sum(self.entities[kind].f1 for kind in CORE) / len(CORE)

    @property
    def all_facts(self) -> Score:
        """All properties together."""
        return sum(self.facts.values(), Score())

    @property
    def all_entities(self) -> Score:
        """All types together."""
        return sum(self.entities.values(), Score())

    def as_json(self) -> dict[str, Any]:
        """The same figures under the same names as plain JSON values."""

        def figures(score: Score) -> dict[str, float]:
            return {"p": score.precision, "r": score.recall, "f1": score.f1, "gold": score.gold}

        return {
            "articles": self.articles,
            "missing": self.missing,
            "entities": {k: figures(v) for k, v in sorted(self.entities.items())}
            | {"all": figures(self.all_entities)},
            "core4_macro_f1": self.core4,
            "facts": {k: figures(v) for k, v in sorted(self.facts.items())}
            | {"all": figures(self.all_facts)},
        }

    def calibration(self, steps: int = 10) -> list[tuple[float, float, int]]:
        """For each band of confidence: its mean, the share that was right, how many."""
        bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for confidence, right in self.judged:
            bands[min(int(confidence * steps), steps - 1)].append((confidence, right))
        return [
            (sum(c for c, _ in band) / len(band), sum(r for _, r in band) / len(band), len(band))
            for _, band in sorted(bands.items())
        ]


def evaluate(golds: Mapping[str, Gold], found: Mapping[str, Extraction]) -> Evaluation:
    """Score the extractions `found` against `golds`, article by article."""
    result = Evaluation(articles=len(golds))
    for name, gold in golds.items():
        extraction = found.get(name)
        if extraction is None:
            result.missing.append(name)
            extraction = Extraction(gold.article)
        mapping = match_entities(gold, extraction.entities)
        _score_entities(result, gold, extraction, mapping)
        _score_facts(result, gold, extraction, mapping)
    return result


def _score_entities(result: Evaluation, gold: Gold, found: Extraction, mapping: dict[str, str]) -> None:
    name = gold.article.id
    for entity in found.entities:
        kind, match = SHORT[entity.type], mapping.get(entity.id)
        if match is None:
            if not entity.implied:
                result.entities[kind].wrong += 1
                result.errors.append((name, f"+{kind} {entity.name}"))
        elif not gold.entities[match].optional:
            result.entities[kind].right += 1
    matched = set(mapping.values())
    for wanted in gold.entities.values():
        if wanted.id not in matched and not wanted.optional:
            kind = SHORT[wanted.type]
            result.entities[kind].missed += 1
            result.errors.append((name, f"-{kind} {wanted.name}"))


def _score_facts(result: Evaluation, gold: Gold, found: Extraction, mapping: dict[str, str]) -> None:
    name, used = gold.article.id, set[int]()
    entities = {entity.id: entity for entity in found.entities}
    ordered = sorted(range(len(gold.facts)), key=lambda i: gold.facts[i].optional)
    for fact in found.facts:
        same = [i for i in ordered if same_fact(gold.facts[i], fact, mapping)]
        hit = next((i for i in same if i not in used), None)
        if hit is None:
            if not same:
                result.facts[fact.property].wrong += 1
                result.judged.append((fact.confidence, False))
                result.errors.append((name, f"+{fact.property} {_words(fact, entities)}"))
            continue
        used.add(hit)
        result.judged.append((fact.confidence, True))
        if not gold.facts[hit].optional:
            result.facts[fact.property].right += 1
        elif fact.property == "hasTarget":
            # The gold gives a number to each subject it could belong to: finding either is right.
            twin = next(
                (i for i in ordered if i not in used and same_target(gold.facts[i], gold.facts[hit])), None
            )
            if twin is not None and not gold.facts[twin].optional:
                used.add(twin)
                result.facts[fact.property].right += 1
    for index, wanted in enumerate(gold.facts):
        if index not in used and not wanted.optional:
            result.facts[wanted.property].missed += 1
            subject = gold.entities[wanted.subject].name
            end = gold.entities[wanted.object].name if wanted.object in gold.entities else wanted.object or ""
            result.errors.append(
                (name, f"-{wanted.property} {subject} → {end} {wanted.qualifiers or ''}".rstrip())
            )


def _words(fact: Fact, entities: Mapping[str, Entity]) -> str:
    end = entities[fact.object].name if fact.object else fact.value or ""
    return f"{entities[fact.subject].name} → {end} {dict(fact.qualifiers) or ''}".rstrip()
