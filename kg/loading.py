"""Saved graphs, read back."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.export import read_with_base
from kg.graph import KnowledgeGraph


def load(path: str | Path) -> KnowledgeGraph:
    """The graph saved in `path`: Turtle, GraphML or node-link JSON, by its ending; or a build's folder.

    Ids keep the base that an RDF file gives them.
    """
    place = Path(path)
    if place.is_dir():
        place = place / "graph.ttl"
    if not place.is_file():
        raise InputError(path, "no such file; give a graph.ttl, graph.graphml or graph.json that kg wrote")
    graph, base = read_with_base(place)
    return KnowledgeGraph(graph, base=base)
