"""A graph that people went through, as gold: what it says of each article."""

from __future__ import annotations

from collections import defaultdict

from kg.gold import Gold, GoldEntity, GoldFact, GoldMention
from kg.model import Entity, Fact, Graph, Mention


def golds_of(graph: Graph) -> dict[str, Gold]:
    """What `graph` says of each of its articles, by id: the names found there and the facts stated there.

    Corrections are part of a graph, so what a person merged, dropped or added is as the person left it.
    An entity that an article does not name, but one of its facts needs, is no one's to miss.
    """
    entities = {entity.id: entity for entity in graph.entities}
    named: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for entity in graph.entities:
        for mention in entity.mentions:
            named[mention.article][entity.id].append(mention)
    stated: dict[str, list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        for name in sorted({evidence.article for evidence in fact.evidence}):
            stated[name].append(fact)
    found = {}
    for article in graph.articles:
        here, facts = named[article.id], stated[article.id]
        ends = {end for fact in facts for end in (fact.subject, fact.object) if end}
        wanted = {
            key: _entity(entities[key], here.get(key, []))
            for key in sorted({*here, *ends})
            if key in entities
        }
        marks = tuple(GoldMention(m.start, m.end, key) for key in sorted(here) for m in here[key])
        found[article.id] = Gold(article, marks, wanted, tuple(map(_fact, facts)))
    return found


def decided(graph: Graph) -> int:
    """How many facts and entities of `graph` are what they are because a person said so."""
    return len({key for correction in graph.corrections for key in correction.touched})


def _entity(entity: Entity, mentions: list[Mention]) -> GoldEntity:
    return GoldEntity(
        id=entity.id,
        type=entity.type,
        subtype=entity.subtype,
        name=entity.name,
        optional=not mentions,
        implied=not mentions,
        surfaces=frozenset({*entity.names, *(mention.text for mention in mentions)}),
    )


def _fact(fact: Fact) -> GoldFact:
    end = fact.value if fact.property == "date" else fact.object
    return GoldFact(fact.subject, fact.property, end, dict(fact.qualifiers))
