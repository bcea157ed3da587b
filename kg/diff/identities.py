"""Which entity of the new graph is which of the old: by id, else by where they are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
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
    links = {(id_, id_) for id_ in before.of.keys() & after.of.keys()}
    links |= {(one, two) for one, two in _followed(before, after, common)}
    links |= {(two, one) for one, two in _followed(after, before, common)}
    return Identities(_grouped(links), _grouped((two, one) for one, two in links))


def _grouped(links: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, two in sorted(links):
        found[one].append(two)
    return {one: tuple(twos) for one, twos in found.items()}


class _Places:
    """Where the entities of a graph are named."""

    def __init__(self, graph: Graph, edited: set[str]) -> None:
        self.entities = {entity.id: entity for entity in graph.entities}
        self.of: dict[str, tuple[Place, ...]] = {e.id: _mentions(e, edited) for e in graph.entities}
        unnamed = {id_ for id_, places in self.of.items() if not places}
        if unnamed:
            self.of.update(_by_facts(graph.facts, unnamed))
        self._at: dict[tuple[object, ...], set[str]] = defaultdict(set)
        for id_, places in self.of.items():
            for place in places:
                for key in (place, *self._ends(id_, place)):
                    self._at[key].add(id_)

    def _ends(self, id_: str, place: Place) -> tuple[tuple[object, ...], ...]:
        if len(place) != 3 or not isinstance(place[1], int):
            return ()
        kind = self.entities[id_].type
        return ((kind, place[0], "start", place[1]), (kind, place[0], "end", place[2]))

    def sharing(self, other: _Places, id_: str, common: set[str]) -> tuple[dict[str, float], int]:
        """How much of the places of `id_`, an entity of `other`, each of ours shares; and of how many."""
        places = [place for place in other.of[id_] if place[0] in common]
        shared: dict[str, float] = defaultdict(float)
        for place in places:
            exact = self._at.get(place, set())
            partly = {i for key in other._ends(id_, place) for i in self._at.get(key, ())}
            for one in exact:
                shared[one] += _EXACT
            for one in partly - exact if not exact else ():
                shared[one] += _PARTLY
        return shared, len(places)


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


def _followed(here: _Places, there: _Places, common: set[str]) -> Iterable[tuple[str, str]]:
    """Yield each entity that only `here` has, with the one over there that took over its places."""
    for id_ in sorted(here.of.keys() - there.of.keys()):
        shared, total = there.sharing(here, id_, common)
        if not shared:
            continue
        best = min(shared, key=lambda one: (-shared[one], one))
        if best not in here.of:
            # Neither has the other's id: half of the smaller is enough, for articles may have come or gone.
            total = min(total, sum(place[0] in common for place in there.of[best]))
        if shared[best] >= _ENOUGH * total:
            yield id_, best
