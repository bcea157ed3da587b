"""The graph as NetworkX sees it: things are nodes, facts are edges, attributes in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from kg.ids import fact_id, target_id
from kg.model import Entity, Fact, Graph
from kg.witnesses import independent, speakers

Attributes = dict[str, Any]


def network(graph: Graph) -> nx.MultiDiGraph[str]:
    """A directed multigraph: nodes by entity id, edges keyed by fact id.

    A target is a node of its own; a date stands on its node as the attribute `date`.
    """
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="zhengmai")
    view.add_nodes_from(nodes(graph))
    for start, end, key, attributes in edges(graph):
        view.add_edge(start, end, key=key, **attributes)
    return view


def nodes(graph: Graph) -> Iterator[tuple[str, Attributes]]:
    """Yield each entity, then each target, with its attributes."""
    dates = best_dates(graph)
    for entity in graph.entities:
        yield entity.id, entity_attributes(entity, dates.get(entity.id))
    seen: set[str] = set()
    for fact in graph.facts:
        if is_target(fact) and (node := target_id(fact)) not in seen:
            seen.add(node)
            yield node, target_attributes(fact)


def edges(graph: Graph) -> Iterator[tuple[str, str, str, Attributes]]:
    """Yield the ends, the key and the attributes of each fact that joins two nodes."""
    published = {article.id: article.date for article in graph.articles}
    speaker = speakers(graph.articles)
    for fact in graph.facts:
        if is_edge(fact):
            yield (
                fact.subject,
                fact.object or target_id(fact),
                fact_id(fact),
                fact_attributes(fact, published, speaker),
            )


def is_target(fact: Fact) -> bool:
    """Whether `fact` ends in a target, which is a node of its own."""
    return fact.object is None and fact.value is None


def is_edge(fact: Fact) -> bool:
    """Whether `fact` joins two nodes: all do but dates."""
    return fact.value is None


def best_dates(graph: Graph) -> dict[str, str]:
    """One date for each dated entity: the surest, then the most exact, then the earliest."""
    found: dict[str, tuple[float, int, str]] = {}
    for fact in graph.facts:
        if fact.value is not None:
            rank = (-fact.confidence, -len(fact.value), fact.value)
            found[fact.subject] = min(found.get(fact.subject, rank), rank)
    return {subject: rank[2] for subject, rank in found.items()}


def entity_attributes(entity: Entity, date: str | None) -> Attributes:
    """What a node says of `entity`."""
    shown: Attributes = {
        "name": entity.name,
        "type": str(entity.type),
        "subtype": entity.subtype or "",
        "aliases": [alias.name for alias in entity.aliases],
        "articles": list(entity.articles),
    }
    return shown | ({"date": date} if date else {})


def target_attributes(fact: Fact) -> Attributes:
    """What the node of a target says."""
    said = fact.qualifiers
    stated = said.get("stated") or said.get("value", "") + said.get("unit", "")
    name = f"{said.get('indicator', '')} {stated}".strip()
    return {"name": name, "type": "Target", **{key: said[key] for key in sorted(said)}}


def fact_attributes(
    fact: Fact, published: Mapping[str, str | None], speaker: Mapping[str, str]
) -> Attributes:
    """What the edge of `fact` says; `published` gives the articles' dates, `speaker` their voices."""
    articles = sorted({evidence.article for evidence in fact.evidence})
    return {
        "property": fact.property,
        **{key: fact.qualifiers[key] for key in sorted(fact.qualifiers)},
        "confidence": fact.confidence,
        "sources": len(articles),
        "voices": independent(fact.evidence, speaker),
        "articles": articles,
        "dates": sorted({date for a in articles if (date := published.get(a))}),
        "sentences": [evidence.text for evidence in fact.evidence],
    }
