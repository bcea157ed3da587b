"""Why two names are one thing or two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.chinese.distinct import difference
from kg.ids import name_key
from kg.model import Entity, Graph
from kg.resolve.decisions import Decision, Doubt


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether two names are one thing, and what says so."""

    same: bool
    one: tuple[str, ...]
    """Ids of the entities that go by the first name."""
    two: tuple[str, ...]
    reasons: tuple[str, ...]


def explain(
    graph: Graph, decisions: tuple[Decision, ...], doubtful: tuple[Doubt, ...], one: str, two: str
) -> Explanation:
    """Why `one` and `two`, names or ids, are one thing or two in `graph`."""
    ours, theirs = _called(graph, one), _called(graph, two)
    shared = sorted(ours.keys() & theirs.keys())
    ends = (tuple(sorted(ours)), tuple(sorted(theirs)))
    if shared and len(ours) == len(theirs) == 1:
        entity = ours[shared[0]]
        return Explanation(True, *ends, tuple(_joined(entity, decisions, {name_key(one), name_key(two)})))
    reasons = [
        reason
        for a in sorted(ours)
        for b in sorted(theirs)
        if a != b
        for reason in _apart(ours[a], theirs[b], doubtful)
    ]
    missing = [
        f"nothing in the graph is called {name}" for name, found in ((one, ours), (two, theirs)) if not found
    ]
    return Explanation(False, *ends, tuple(dict.fromkeys([*missing, *reasons])))


def _called(graph: Graph, name: str) -> dict[str, Entity]:
    key = name_key(name)
    return {
        e.id: e for e in graph.entities if e.id == name or any(name_key(other) == key for other in e.names)
    }


def _joined(entity: Entity, decisions: tuple[Decision, ...], keys: set[str]) -> Iterator[str]:
    for alias in entity.aliases:
        if name_key(alias.name) in keys and alias.how != "seen":
            quote = f": {alias.where.article} “{alias.where.text}”" if alias.where else ""
            yield f"{alias.name} is {entity.name} [{alias.how}]{quote}"
    own = [d for d in decisions if d.entity == entity.id]
    named = [d for d in own if {name_key(d.one), name_key(d.two)} & keys]
    for decision in (named or own)[:10]:
        first, second = decision.articles
        yield (
            f"{decision.one} ({first}) is {decision.two} ({second}) [{decision.level}, {decision.score:.2f}]"
        )
    if not own:
        yield f"both are names of {entity.name} in {', '.join(entity.articles[:3])}"


def _apart(one: Entity, two: Entity, doubtful: tuple[Doubt, ...]) -> Iterator[str]:
    if one.type is not two.type:
        yield f"{one.name} is of type {one.type.value}, {two.name} of type {two.type.value}"
        return
    told = difference(one.type, one.name, two.name)
    if told is not None:
        yield f"{one.name} and {two.name} name two {told}"
    near = [d for d in doubtful if {d.one, d.two} == {one.id, two.id}]
    for doubt in near:
        yield f"left apart: {doubt.reason} [{doubt.score:.2f}]"
    if told is None and not near:
        yield f"no article and no rule says that {one.name} ({one.id}) is {two.name} ({two.id})"
