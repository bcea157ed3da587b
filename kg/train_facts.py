"""Trains the judge of targets from gold: which numbers matter, and whose they are.

Needs scikit-learn (`pip install zhengmai[train]`). Names and mentions are the gold's, so that the
judge learns the language of numbers and not the mistakes of a tagger.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.reading import Reading
from kg.extract.target_features import Stated, TargetReader
from kg.extract.target_model import Logistic, TargetModel
from kg.gold import Gold
from kg.model import Alias, Entity, Mention
from kg.quantities import normalise

FOLDS = 5
STRENGTH = 0.05
"""Inverse of the weight decay; chosen by the folds."""
THRESHOLD = 0.4


@dataclass(frozen=True, slots=True)
class Example:
    """A number of a gold article, and the entities that the gold gives it to."""

    article: str
    stated: Stated
    owners: frozenset[str]


def fold_of(article: str) -> int:
    """The fold that an article belongs to, for good.

    >>> 0 <= fold_of("x01") < FOLDS
    True
    """
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % FOLDS


def gold_reading(gold: Gold) -> Reading:
    """A gold article as an extractor sees it: only the entities that its text names."""
    mentions: dict[str, list[Mention]] = {}
    for mark in gold.mentions:
        text = gold.article.text[mark.start : mark.end]
        mentions.setdefault(mark.entity, []).append(Mention(gold.article.id, mark.start, mark.end, text))
    entities = []
    for eid, marks in mentions.items():
        known = gold.entities[eid]
        aliases = tuple(Alias(name) for name in sorted({m.text for m in marks} - {known.name}))
        entities.append(
            Entity(eid, known.type, known.name, known.subtype, aliases, tuple(marks), (gold.article.id,))
        )
    return Reading(gold.article, entities)


def examples(gold: Gold) -> list[Example]:
    """Every number of a gold article, with its owners."""
    owners: dict[tuple[float, str], set[str]] = {}
    for fact in gold.facts:
        if fact.property == "hasTarget":
            amount = normalise(fact.qualifiers["value"], fact.qualifiers.get("unit", ""))
            if amount is not None:
                owners.setdefault(amount, set()).add(fact.subject)
    found = []
    for stated in TargetReader(gold_reading(gold)).stated():
        amount = normalise(stated.quantity.value, stated.quantity.unit)
        mine = {
            owner
            for (value, unit), several in owners.items()
            if amount is not None and value == amount[0] and (unit == amount[1] or not unit or not amount[1])
            for owner in several
        }
        found.append(Example(gold.article.id, stated, frozenset(mine)))
    return found


def train_targets(golds: Mapping[str, Gold]) -> TargetModel:
    """A judge trained on all of `golds`; its confidence is fitted on folds that it had not seen."""
    data = [example for name in sorted(golds) for example in examples(golds[name])]
    unseen: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        model = _fit([e for e in data if fold_of(e.article) != fold])
        unseen += [_judged(model, e) for e in data if fold_of(e.article) == fold]
    slope, offset = _calibrated(unseen)
    whole = _fit(data)
    return TargetModel(whole.worth, whole.subject, slope, offset, THRESHOLD)


def _fit(data: Sequence[Example]) -> TargetModel:
    worth = _logistic((e.stated.features, bool(e.owners)) for e in data)
    subject = _logistic(
        (s.features, s.entity in e.owners) for e in data if e.owners for s in e.stated.subjects
    )
    return TargetModel(worth, subject, 1.0, 0.0, 0.0)


def _logistic(rows: Iterable[tuple[tuple[str, ...], bool]]) -> Logistic:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    listed = list(rows)
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([dict.fromkeys(features, 1.0) for features, _ in listed])
    model = LogisticRegression(C=STRENGTH, max_iter=3000)
    model.fit(matrix, [label for _, label in listed])
    names = vectors.get_feature_names_out()
    return Logistic(float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True)))


def _judged(model: TargetModel, example: Example) -> tuple[float, bool]:
    """How likely `model` holds its best guess to be, and whether the guess is right."""
    chances = [(model.subject.probability(s.features), s.entity) for s in example.stated.subjects]
    likely, entity = max(chances, key=lambda chance: chance[0])
    return model.worth.probability(example.stated.features) * likely, entity in example.owners


def _calibrated(judged: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    odds = [[math.log(p / (1 - p))] for p in (max(1e-6, min(1 - 1e-6, p)) for p, _ in judged)]
    model = LogisticRegression(C=1e6).fit(odds, [right for _, right in judged])
    return round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4)
