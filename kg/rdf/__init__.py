"""The graph as RDF, in the shape that `ontology/zhengmai.ttl` defines; and read back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.model import Graph
from kg.rdf.chunks import Chunks
from kg.rdf.files import FORMATS, is_rdf, no_collection, open_rdf
from kg.rdf.reader import from_triples, read_graph, read_with_base
from kg.rdf.terms import PREFIXES
from kg.rdf.turtle import turtle
from kg.vocabulary import ID

if TYPE_CHECKING:
    import rdflib

__all__ = [
    "FORMATS",
    "PREFIXES",
    "from_triples",
    "is_rdf",
    "open_rdf",
    "read_graph",
    "read_with_base",
    "to_rdflib",
    "triples",
    "turtle",
    "write_turtle",
]


def write_turtle(graph: Graph, path: Path, base: str = ID) -> None:
    """Write `graph` to `path` as Turtle, a block at a time."""
    with no_collection(), path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(turtle(graph, base))


def triples(graph: Graph, base: str = ID) -> Iterator[ox.Triple]:
    """Yield what `graph` says, triple by triple, in the order of the Turtle form."""
    for quad in ox.parse(cast(IO[bytes], Chunks(turtle(graph, base))), ox.RdfFormat.TURTLE):
        yield quad.triple


def to_rdflib(graph: Graph, base: str = ID) -> rdflib.Graph:
    """`graph` as an rdflib `Graph` with our prefixes bound."""
    from kg.rdf.shared import SharedGraph

    found = SharedGraph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        found.bind(prefix, base if prefix == "zmid" else iri, override=True)
    found.parse(data=b"".join(chunk.encode() for chunk in turtle(graph, base)), format="turtle")
    return found
