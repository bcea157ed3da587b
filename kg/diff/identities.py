"""Which entity of the new graph is which of the old: by id, else by where they are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from kg.model import Entity, Fact, Graph

_EXACT, _PARTLY = 1.0, 0.75
"""What a shared mention counts when all of it is shared, and when only its start or its end is."""
_ENOUGH = 0.5
"""The part of an entity's places that must be shared."""

Place = tuple[str, ...] | tuple[str, int, int]
"""An article, and where in it; by offsets, or by words where the article's text is another one now."""


@dataclass(frozen=True, slots=True)
class Identities:
    """What became of each entity: `became` leads from old ids to new ones, `came_from` back."""

    became: Mapping[str, tuple[str, ...]]
    came_from: Mapping[str, tuple[str, ...]]


def identities(old: Graph, new: Graph) -> Identities:
    """Follow every entity of `old` into `new`.

    An id in both graphs is one thing. An id in one of them only is followed by its mentions, or,
    where an entity has none, by the sentences of its facts.
    """
    texts = {article.id: article.sha256 for article in old.articles}
    common = {article.id for article in new.articles if article.id in texts}
    edited = {article.id for article in new.articles if texts.get(article.id) != article.sha256} & common
    before, after = _Places(old, edited), _Places(new, edited)
    links = {(id_, id_) for id_ in before.entities.keys() & after.entities.keys()}
    links |= {(one, two) for one, two in _followed(before, after, common)}
    links |= {(two, one) for one, two in _followed(after, before, common)}
    return Identities(_grouped(links), _grouped((two, one) for one, two in links))


def _grouped(links: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, two in sorted(links):
        found[one].append(two)
    return {one: tuple(twos) for one, twos in found.items()}


class _Places:
    """Where the entities of a graph are named; looked up only for what has to be followed."""

    def __init__(self, graph: Graph, edited: set[str]) -> None:
        self.entities = {entity.id: entity for entity in graph.entities}
        self._edited = edited
        unnamed = {entity.id for entity in graph.entities if not entity.mentions}
        self._told = _by_facts(graph.facts, unnamed) if unnamed else {}

    def of(self, id_: str) -> tuple[Place, ...]:
        """Where the entity `id_` is named, or the sentences that speak of it."""
        told = self._told.get(id_)
        return _mentions(self.entities[id_], self._edited) if told is None else told

    def keys(self, id_: str, place: Place) -> tuple[tuple[object, ...], ...]:
        """The place, its start and its end; the latter two only for things of one type."""
        if len(place) != 3 or not isinstance(place[1], int):
            return (place,)
        kind = self.entities[id_].type
        return (place, (kind, place[0], "start", place[1]), (kind, place[0], "end", place[2]))

    def holders(
        self, wanted: Set[tuple[object, ...]], articles: Set[str]
    ) -> dict[tuple[object, ...], set[str]]:
        """Whom each of the `wanted` keys belongs to; all of them lie in `articles`."""
        found: dict[tuple[object, ...], set[str]] = {}
        for id_, entity in self.entities.items():
            if articles.isdisjoint(entity.articles) and id_ not in self._told:
                continue
            for place in self.of(id_):
                if place[0] in articles:
                    for key in self.keys(id_, place):
                        if key in wanted:
                            found.setdefault(key, set()).add(id_)
        return found


def _mentions(entity: Entity, edited: set[str]) -> tuple[Place, ...]:
    return tuple(
        (m.article, m.text) if m.article in edited else (m.article, m.start, m.end) for m in entity.mentions
    )


def _by_facts(facts: Iterable[Fact], unnamed: set[str]) -> dict[str, tuple[Place, ...]]:
    """For what is never named itself: the sentences of its facts, and what it is in them."""
    found: dict[str, list[Place]] = {id_: [] for id_ in unnamed}
    for fact in facts:
        for end, id_ in (("subject", fact.subject), ("object", fact.object)):
            if id_ in found:
                role = fact.qualifiers.get("role", "")
                found[id_] += [(e.article, e.text, fact.property, end, role) for e in fact.evidence]
    return {id_: tuple(places) for id_, places in found.items()}


def _followed(here: _Places, there: _Places, common: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each entity that only `here` has, with the one over there that took over its places."""
    lone = sorted(here.entities.keys() - there.entities.keys())
    places = {id_: [place for place in here.of(id_) if place[0] in common] for id_ in lone}
    wanted = {key for id_ in lone for place in places[id_] for key in here.keys(id_, place)}
    holders = there.holders(wanted, {str(place[0]) for found in places.values() for place in found})
    for id_ in lone:
        shared = _shared([[holders.get(key, set()) for key in here.keys(id_, p)] for p in places[id_]])
        if not shared:
            continue
        best = min(shared, key=lambda one: (-shared[one], one))
        total = len(places[id_])
        if best not in here.entities:
            # Neither has the other's id: half of the smaller is enough, for articles may have come or gone.
            total = min(total, sum(place[0] in common for place in there.of(best)))
        if shared[best] >= _ENOUGH * total:
            yield id_, best


def _shared(places: Iterable[list[set[str]]]) -> dict[str, float]:
    """How much of the places each entity shares; a place is given by who shares it, its start, its end."""
    found: dict[str, float] = defaultdict(float)
    for exact, *ends in places:
        for one in exact or {one for end in ends for one in end}:
            found[one] += _EXACT if exact else _PARTLY
    return found
