"""RDF in the forms that machines like: N-Triples, a graph for each article, RDF 1.2 reifiers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.canonical import canonical
from kg.model import Alias, Article, Change, Entity, Evidence, Fact, Graph
from kg.rdf import triples
from kg.rdf.blocks import article_name
from kg.rdf.terms import PREFIXES, full
from kg.vocabulary import ID

Stated = TypeVar("Stated", Fact, Change)

_TYPE, _REIFIES = ox.NamedNode(full("rdf:type")), ox.NamedNode(full("rdf:reifies"))
_STATEMENT = ox.NamedNode(full("rdf:Statement"))
_PARTS = tuple(full(f"rdf:{part}") for part in ("subject", "predicate", "object"))

_OF_ALL = tuple(full(f"zm:{name}") for name in ("sources", "voices", "retells"))
"""What no one article says, but all of them together."""


def write_ntriples(graph: Graph, path: Path, base: str = ID) -> None:
    """Write one triple a line: for loaders and line tools."""
    ox.serialize(triples(graph, base), str(path), ox.RdfFormat.N_TRIPLES)


def write_quads(graph: Graph, path: Path, base: str = ID) -> None:
    """Write what each article says into a graph named by the article; as `.nq` or `.trig`."""
    form = ox.RdfFormat.TRIG if path.suffix == ".trig" else ox.RdfFormat.N_QUADS
    prefixes = {**PREFIXES, "zmid": base} if form == ox.RdfFormat.TRIG else None
    ox.serialize(_quads(canonical(graph), base), str(path), form, prefixes=prefixes)


def write_reified(graph: Graph, path: Path, base: str = ID) -> None:
    """Write RDF 1.2 Turtle: a fact node reifies its triple instead of repeating its parts."""
    prefixes = {**PREFIXES, "zmid": base}
    ox.serialize(_reified(triples(graph, base)), str(path), ox.RdfFormat.TURTLE, prefixes=prefixes)


def _quads(graph: Graph, base: str) -> Iterator[ox.Quad]:
    for article, part in _parts_said(graph):
        name = ox.NamedNode(base + article_name(article.id))
        for triple in triples(part, base):
            if triple.predicate.value not in _OF_ALL:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)
    for triple in triples(graph, base):
        if triple.predicate.value in _OF_ALL:
            yield ox.Quad(*triple)
    silent = tuple(entity for entity in graph.entities if not entity.articles)
    for triple in triples(Graph(entities=silent, series=graph.series, corrections=graph.corrections), base):
        yield ox.Quad(*triple)


def _parts_said(graph: Graph) -> Iterator[tuple[Article, Graph]]:
    """Each article with the part of `graph` that it states."""
    entities: dict[str, list[Entity]] = defaultdict(list)
    for entity in graph.entities:
        for article_id in entity.articles:
            entities[article_id].append(entity)
    facts, changes = _by_article(graph.facts), _by_article(graph.changes)
    of_member = defaultdict(list)
    for series in graph.series:
        for member in series.members:
            of_member[member].append(series)
    for article in graph.articles:
        here = entities[article.id]
        told = {series.id: series for entity in here for series in of_member[entity.id]}
        yield (
            article,
            Graph(
                (article,),
                tuple(_as_known_to(entity, article.id) for entity in here),
                tuple(facts[article.id]),
                tuple(told[id_] for id_ in sorted(told)),
                tuple(changes[article.id]),
            ),
        )


def _by_article(stated: Iterable[Stated]) -> dict[str, list[Stated]]:
    """What is stated, under each article that states it, with that article's evidence alone."""
    found: dict[str, list[Stated]] = defaultdict(list)
    for item in stated:
        said: dict[str, list[Evidence]] = defaultdict(list)
        for evidence in item.evidence:
            said[evidence.article].append(evidence)
        for article, part in said.items():
            found[article].append(replace(item, evidence=tuple(part)))
    return found


def _as_known_to(entity: Entity, article: str) -> Entity:
    """`entity` with the mentions of one article, and no word of where else its aliases stand."""

    def known(alias: Alias) -> Alias:
        elsewhere = alias.where is not None and alias.where.article != article
        return Alias(alias.name) if elsewhere else alias

    return replace(
        entity,
        articles=(article,),
        mentions=tuple(mention for mention in entity.mentions if mention.article == article),
        aliases=tuple(known(alias) for alias in entity.aliases),
    )


def _reified(found: Iterator[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples of a fact's parts come together, so that one fact at a time is held."""
    parts: dict[str, object] = {}
    for triple in found:
        if triple.predicate.value in _PARTS:
            parts[triple.predicate.value] = triple.object
            if len(parts) == len(_PARTS):
                said = ox.Triple(*(parts[part] for part in _PARTS))  # type: ignore[arg-type]
                yield ox.Triple(triple.subject, _REIFIES, said)
                parts = {}
        elif triple.predicate != _TYPE or triple.object != _STATEMENT:
            yield triple
