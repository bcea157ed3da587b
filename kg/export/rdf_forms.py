"""RDF in the forms that machines like: N-Triples, a graph for each article, RDF 1.2 reifiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg.canonical import canonical
from kg.model import Alias, Entity, Evidence, Fact, Graph
from kg.rdf import triples
from kg.rdf.blocks import article_name
from kg.rdf.terms import PREFIXES, full
from kg.vocabulary import ID

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
    for article in graph.articles:
        name = ox.NamedNode(base + article_name(article.id))
        part = said_by(graph, article.id)
        for triple in triples(part, base):
            if triple.predicate.value not in _OF_ALL:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)
    for triple in triples(graph, base):
        if triple.predicate.value in _OF_ALL:
            yield ox.Quad(*triple)
    silent = tuple(entity for entity in graph.entities if not entity.articles)
    for triple in triples(Graph(entities=silent, series=graph.series, corrections=graph.corrections), base):
        yield ox.Quad(*triple)


def said_by(graph: Graph, article: str) -> Graph:
    """The part of `graph` that one article states."""

    def here(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(e for e in evidence if e.article == article)

    def shown(entity: Entity) -> Entity:
        return replace(
            entity,
            articles=(article,),
            mentions=tuple(m for m in entity.mentions if m.article == article),
            aliases=tuple(known(alias) for alias in entity.aliases),
        )

    def known(alias: Alias) -> Alias:
        elsewhere = alias.where is not None and alias.where.article != article
        return Alias(alias.name) if elsewhere else alias

    facts: list[Fact] = [replace(f, evidence=said) for f in graph.facts if (said := here(f.evidence))]
    return Graph(
        tuple(a for a in graph.articles if a.id == article),
        tuple(shown(entity) for entity in graph.entities if article in entity.articles),
        tuple(facts),
        graph.series,
        tuple(replace(c, evidence=said) for c in graph.changes if (said := here(c.evidence))),
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
