"""Entities of many articles joined into one graph; each joining by a named level."""

from __future__ import annotations

from collections.abc import Iterable

from kg.ids import entity_id, fact_id, name_key
from kg.model import Alias, Article, Entity, Extraction, Fact, Graph


def resolve(extractions: Iterable[Extraction]) -> Graph:
    """The graph that `extractions` state together, in whatever order they come."""
    articles: dict[str, Article] = {}
    groups: dict[str, list[Entity]] = {}
    facts: dict[str, list[Fact]] = {}
    for extraction in sorted(extractions, key=lambda e: e.article.id):
        articles[extraction.article.id] = extraction.article
        ids = {}
        for entity in extraction.entities:
            ids[entity.id] = entity_id(entity.type, name_key(entity.name))
            groups.setdefault(ids[entity.id], []).append(entity)
        for fact in extraction.facts:
            moved = Fact(
                subject=ids[fact.subject],
                property=fact.property,
                object=ids[fact.object] if fact.object else None,
                value=fact.value,
                qualifiers=fact.qualifiers,
                confidence=fact.confidence,
                evidence=fact.evidence,
            )
            facts.setdefault(fact_id(moved), []).append(moved)
    return Graph(
        articles=tuple(articles[key] for key in sorted(articles)),
        entities=tuple(_join(key, groups[key]) for key in sorted(groups)),
        facts=tuple(_pool(facts[key]) for key in sorted(facts)),
    )


def _join(key: str, group: list[Entity]) -> Entity:
    name = max((entity.name for entity in group), key=lambda n: (len(n), n))
    names = sorted({n for entity in group for n in entity.names} - {name})
    mentions = tuple(sorted({m for entity in group for m in entity.mentions}))
    return Entity(
        id=key,
        type=group[0].type,
        name=name,
        subtype=next((entity.subtype for entity in group if entity.subtype), None),
        aliases=tuple(Alias(n) for n in names),
        mentions=mentions,
        articles=tuple(
            sorted({m.article for m in mentions} | {a for entity in group for a in entity.articles})
        ),
        implied=all(entity.implied for entity in group),
    )


def _pool(facts: list[Fact]) -> Fact:
    best = max(facts, key=lambda fact: fact.confidence)
    return Fact(
        subject=best.subject,
        property=best.property,
        object=best.object,
        value=best.value,
        qualifiers=best.qualifiers,
        confidence=best.confidence,
        evidence=tuple(sorted({e for fact in facts for e in fact.evidence})),
    )
