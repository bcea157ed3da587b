"""Saved graphs, read back."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.export import read_with_base
from kg.graph import KnowledgeGraph

_READABLE = ("ttl", "json", "graphml", "jsonld", "nt", "ttl12", "nq", "trig")
"""Of a build's folder, the first of these that is there."""


def load(path: str | Path) -> KnowledgeGraph:
    """The graph saved in `path`: Turtle, GraphML or node-link JSON, by its ending; or a build's folder.

    Ids keep the base that an RDF file gives them.
    """
    place = Path(path)
    if place.is_dir():
        saved = (place / f"graph.{ending}" for ending in _READABLE)
        place = next(filter(Path.is_file, saved), place / "graph.ttl")
    if not place.is_file():
        raise InputError(path, "no such file; give a graph.ttl, graph.graphml or graph.json that kg wrote")
    graph, base = read_with_base(place)
    return KnowledgeGraph(graph, base=base)
