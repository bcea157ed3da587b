"""Node-link JSON: one node or edge a line; `networkx.node_link_graph` reads it, and so do we."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO

import orjson

from kg.canonical import canonical
from kg.errors import GraphFormatError
from kg.export.records import (
    Record,
    base_of,
    edge_records,
    field,
    graph_from_records,
    graph_record,
    node_records,
)
from kg.model import Graph
from kg.vocabulary import ID


def write_json(graph: Graph, path: Path, base: str = ID) -> None:
    """Write `graph` to `path`."""
    graph = canonical(graph)
    with path.open("wb") as file:
        file.write(b'{"directed": true, "multigraph": true, "graph": ')
        file.write(orjson.dumps(graph_record(graph, base)))
        for name, records in (("nodes", node_records(graph)), ("edges", edge_records(graph))):
            _write_list(file, name, records)
        file.write(b"}\n")


def _write_list(file: IO[bytes], name: str, records: Iterable[Record]) -> None:
    file.write(f',\n"{name}": ['.encode())
    separator = b"\n"
    for record in records:
        file.write(separator + orjson.dumps(record))
        separator = b",\n"
    file.write(b"\n]")


def read_json(path: Path) -> tuple[Graph, str]:
    """The graph saved in `path`, and the base of its ids."""
    try:
        whole = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise GraphFormatError(f"{path}: not valid JSON: {error}") from error
    if not isinstance(whole, dict):
        raise GraphFormatError(f"{path}: not node-link JSON; give a graph.json that kg wrote")
    try:
        nodes, edges = field(whole, "nodes", list), field(whole, "edges", list)
        about = field(whole, "graph", dict)
        return graph_from_records(about, nodes, edges), base_of(about)
    except (GraphFormatError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise GraphFormatError(f"{path}: {error}") from error
