"""Parts of a graph, ways through it, and several graphs as one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import replace

from kg.ids import fact_id
from kg.model import Article, Change, Entity, Fact, Graph, Series


def distances(graph: Graph, start: str, depth: int) -> dict[str, int]:
    """Entity id → how many facts away from `start`, for all within `depth`, nearest first."""
    links = _links(graph)
    found = {start: 0}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if found[here] == depth:
            continue
        for end, _ in links[here]:
            if end not in found:
                found[end] = found[here] + 1
                waiting.append(end)
    return found


def path(graph: Graph, start: str, end: str) -> list[Fact]:
    """The facts along a shortest way from `start` to `end`; the first by id where several are as short."""
    links = _links(graph)
    came_by: dict[str, tuple[str, Fact] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came_by:
        here = waiting.popleft()
        for there, fact in links[here]:
            if there not in came_by:
                came_by[there] = (here, fact)
                waiting.append(there)
    facts: list[Fact] = []
    step = came_by.get(end)
    while step is not None:
        facts.append(step[1])
        step = came_by[step[0]]
    return facts[::-1]


def _links(graph: Graph) -> dict[str, list[tuple[str, Fact]]]:
    links: dict[str, list[tuple[str, Fact]]] = defaultdict(list)
    for fact in graph.facts:
        if fact.object:
            links[fact.subject].append((fact.object, fact))
            links[fact.object].append((fact.subject, fact))
    return links


def part(graph: Graph, ids: Iterable[str]) -> Graph:
    """The entities `ids`, the facts whose ends are all among them, and the articles these stand in."""
    kept = set(ids)
    entities = tuple(entity for entity in graph.entities if entity.id in kept)
    facts = tuple(f for f in graph.facts if f.subject in kept and (f.object is None or f.object in kept))
    named = {a for entity in entities for a in entity.articles} | {
        e.article for f in facts for e in f.evidence
    }
    series = (replace(s, members=tuple(m for m in s.members if m in kept)) for s in graph.series)
    return Graph(
        articles=tuple(a for a in graph.articles if a.id in named),
        entities=entities,
        facts=facts,
        series=tuple(s for s in series if s.members),
        changes=tuple(c for c in graph.changes if kept.issuperset((*c.before, *c.after))),
        corrections=tuple(c for c in graph.corrections if not kept.isdisjoint(c.touched)),
    )


def union(first: Graph, second: Graph) -> Graph:
    """Both graphs as one: the same id is the same thing, and evidence is pooled beneath each fact."""
    articles: dict[str, Article] = {article.id: article for article in (*second.articles, *first.articles)}
    entities: dict[str, Entity] = {}
    for entity in (*first.entities, *second.entities):
        entities[entity.id] = _merged(entities[entity.id], entity) if entity.id in entities else entity
    facts: dict[str, Fact] = {}
    for fact in (*first.facts, *second.facts):
        key = fact_id(fact)
        facts[key] = _pooled(facts[key], fact) if key in facts else fact
    return Graph(
        tuple(articles[key] for key in sorted(articles)),
        tuple(entities[key] for key in sorted(entities)),
        tuple(facts[key] for key in sorted(facts)),
        _series(first, second),
        _changes(first, second),
        (*first.corrections, *(c for c in second.corrections if c not in first.corrections)),
    )


def _series(first: Graph, second: Graph) -> tuple[Series, ...]:
    found: dict[str, Series] = {}
    for series in (*first.series, *second.series):
        members = {*series.members, *(found[series.id].members if series.id in found else ())}
        found[series.id] = replace(series, members=tuple(sorted(members)))
    return tuple(found[key] for key in sorted(found))


def _changes(first: Graph, second: Graph) -> tuple[Change, ...]:
    found: dict[str, Change] = {}
    for change in (*first.changes, *second.changes):
        evidence = {*change.evidence, *(found[change.id].evidence if change.id in found else ())}
        found[change.id] = replace(change, evidence=tuple(sorted(evidence)))
    return tuple(found[key] for key in sorted(found))


def _merged(a: Entity, b: Entity) -> Entity:
    known = {alias.name: alias for alias in (*b.aliases, *a.aliases) if alias.name != a.name}
    return replace(
        a,
        subtype=a.subtype or b.subtype,
        aliases=tuple(known[name] for name in sorted(known)),
        mentions=tuple(sorted({*a.mentions, *b.mentions})),
        articles=tuple(sorted({*a.articles, *b.articles})),
        implied=a.implied and b.implied,
        identifiers=tuple(sorted({*a.identifiers, *b.identifiers})),
    )


def _pooled(a: Fact, b: Fact) -> Fact:
    best = max(a, b, key=lambda fact: fact.confidence)
    return replace(best, evidence=tuple(sorted({*a.evidence, *b.evidence})))
