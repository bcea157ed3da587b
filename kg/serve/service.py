"""The endpoint described by itself: SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyoxigraph as ox

from kg.rdf.terms import full
from kg.serve.opened import Opened

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_VOID: Final = "http://rdfs.org/ns/void#"
_WRITES: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "N-Triples",
    "RDF_XML",
)


def description(opened: Opened, endpoint: str, about: Mapping[str, Any]) -> list[ox.Triple]:
    """What the endpoint at the IRI `endpoint` is, speaks and holds."""
    service, dataset, graph = (ox.NamedNode(endpoint + end) for end in ("", "#dataset", "#default"))
    found: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (service, full("rdf:type"), _named("Service")),
        (service, _SD + "endpoint", service),
        (service, _SD + "supportedLanguage", _named("SPARQL11Query")),
        (service, _SD + "defaultDataset", dataset),
        (dataset, full("rdf:type"), _named("Dataset")),
        (dataset, _SD + "defaultGraph", graph),
        (graph, full("rdf:type"), _named("Graph")),
        (graph, _VOID + "triples", ox.Literal(about["triples"])),
        (dataset, _VOID + "uriSpace", ox.Literal(opened.base)),
    ]
    found += [(service, _SD + "resultFormat", ox.NamedNode(_FORMATS + name)) for name in _WRITES]
    if opened.union:
        found.append((service, _SD + "feature", _named("UnionDefaultGraph")))
    for position, iri in enumerate(about["graphs"]):
        entry = ox.NamedNode(f"{endpoint}#graph-{position}")
        found += [
            (dataset, _SD + "namedGraph", entry),
            (entry, full("rdf:type"), _named("NamedGraph")),
            (entry, _SD + "name", ox.NamedNode(iri)),
        ]
    return [ox.Triple(subject, ox.NamedNode(name), value) for subject, name, value in found]


def _named(local: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + local)
