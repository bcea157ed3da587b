"""The graph as NetworkX sees it: things are nodes, facts are edges, attributes in plain words."""

from __future__ import annotations

from typing import Any

import networkx as nx

from kg.ids import fact_id, target_id
from kg.model import Entity, Fact, Graph


def network(graph: Graph) -> nx.MultiDiGraph[str]:
    """A directed multigraph: nodes by entity id, edges keyed by fact id.

    A target is a node of its own; a date stands on its node as the attribute `date`.
    """
    dates = {f.subject: f.value for f in graph.facts if f.property == "date"}
    view: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="zhengmai")
    for entity in graph.entities:
        view.add_node(entity.id, **_node(entity, dates.get(entity.id)))
    published = {article.id: article.date for article in graph.articles}
    for fact in graph.facts:
        if fact.property == "date":
            continue
        end = fact.object or target_id(fact)
        if fact.object is None:
            view.add_node(end, **_target(fact))
        view.add_edge(fact.subject, end, key=fact_id(fact), **_edge(fact, published))
    return view


def _node(entity: Entity, date: str | None) -> dict[str, Any]:
    shown = {
        "name": entity.name,
        "type": str(entity.type),
        "subtype": entity.subtype or "",
        "aliases": [alias.name for alias in entity.aliases],
        "articles": list(entity.articles),
    }
    return shown | ({"date": date} if date else {})


def _target(fact: Fact) -> dict[str, Any]:
    stated = fact.qualifiers.get("stated") or fact.qualifiers["value"] + fact.qualifiers.get("unit", "")
    return {"name": f"{fact.qualifiers['indicator']} {stated}", "type": "Target", **fact.qualifiers}


def _edge(fact: Fact, published: dict[str, str | None]) -> dict[str, Any]:
    articles = sorted({evidence.article for evidence in fact.evidence})
    return {
        "property": fact.property,
        **{key: fact.qualifiers[key] for key in sorted(fact.qualifiers)},
        "confidence": fact.confidence,
        "articles": articles,
        "dates": sorted({date for a in articles if (date := published.get(a))}),
        "sentences": [evidence.text for evidence in fact.evidence],
    }
