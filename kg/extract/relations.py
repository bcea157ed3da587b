"""Facts between two entities, posts apart: who attends, holds, issues, launches, joins what."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.pairs import Pair, pairs
from kg.extract.reading import Reading
from kg.extract.relation_model import relation_model
from kg.model import Fact

_Key = tuple[str, str, str]

_RIVALRY = 0.3
"""Of two subjects for one signal word and object, one less likely than the other by this is not meant."""


def relations(reading: Reading) -> Iterator[Fact]:
    """Yield each relation that the article states, once, by its surest sentence."""
    best: dict[_Key, tuple[float, Pair]] = {}
    for confidence, pair in _likely(reading):
        key = _key(pair, best)
        if confidence > best.get(key, (0.0,))[0]:
            best[key] = (confidence, pair)
    for (subject, prop, target), (confidence, pair) in best.items():
        if prop == "participatesIn" and (subject, "attends", target) in best:
            continue
        yield Fact(
            subject,
            prop,
            target,
            confidence=round(confidence, 2),
            evidence=reading.evidence(*_positions(pair)),
        )


def _likely(reading: Reading) -> list[tuple[float, Pair]]:
    """The candidates that pass the threshold and have no much likelier rival at the same signal."""
    model = relation_model()
    told = []
    likeliest: dict[tuple[str, str, int], float] = {}
    for pair in pairs(reading):
        features = dict.fromkeys(pair.features)  # ordered, so that sums come out the same every time
        doubts = reading.doubts(pair.subject.entity, pair.object.entity)
        confidence = model.confidence(pair.property, features, doubts)
        if confidence >= model.threshold(pair.property):
            told.append((confidence, pair))
            place = (pair.property, pair.object.entity, pair.position)
            likeliest[place] = max(confidence, likeliest.get(place, 0.0))
    return [
        (confidence, pair)
        for confidence, pair in told
        if confidence >= likeliest[pair.property, pair.object.entity, pair.position] - _RIVALRY
    ]


def _key(pair: Pair, known: dict[_Key, tuple[float, Pair]]) -> _Key:
    key = (pair.subject.entity, pair.property, pair.object.entity)
    turned = (key[2], key[1], key[0])
    return turned if pair.property == "cooperatesWith" and turned in known else key


def _positions(pair: Pair) -> list[int]:
    """The places that carry the fact: its signal, and the names that stand in other sentences."""
    return [pair.position, *(end.source for end in (pair.subject, pair.object) if end.how != "named")]
