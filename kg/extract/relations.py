"""Facts between two entities, posts apart: who attends, holds, issues, launches, joins what."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.pairs import Pair, pairs
from kg.extract.reading import Reading
from kg.extract.relation_model import relation_model
from kg.model import Fact

_Key = tuple[str, str, str]


def relations(reading: Reading) -> Iterator[Fact]:
    """Yield each relation that the article states, once, by its surest sentence."""
    model = relation_model()
    best: dict[_Key, tuple[float, Pair]] = {}
    for pair in pairs(reading):
        confidence = model.confidence(pair.property, set(pair.features))
        key = _key(pair, best)
        if confidence >= model.threshold(pair.property) and confidence > best.get(key, (0.0,))[0]:
            best[key] = (confidence, pair)
    for (subject, prop, target), (confidence, pair) in best.items():
        yield Fact(
            subject,
            prop,
            target,
            confidence=round(confidence, 4),
            evidence=reading.evidence(*_positions(pair)),
        )


def _key(pair: Pair, known: dict[_Key, tuple[float, Pair]]) -> _Key:
    key = (pair.subject.entity, pair.property, pair.object.entity)
    turned = (key[2], key[1], key[0])
    return turned if pair.property == "cooperatesWith" and turned in known else key


def _positions(pair: Pair) -> list[int]:
    """The places that carry the fact: its signal, and the names that stand in other sentences."""
    return [pair.position, *(end.source for end in (pair.subject, pair.object) if end.how != "named")]
