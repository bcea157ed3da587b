"""A Cypher script that makes the graph in Neo4j or Memgraph: `cypher-shell -f graph.cypher`.

Run again it changes nothing: things and facts are merged by their ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from kg.canonical import canonical
from kg.export.records import Record, edge_records, node_records
from kg.model import Graph

_BATCH = 500
_LEFT_OUT = frozenset({"id", "key", "source", "target", "mentions", "origins", "spans"})


def write_cypher(graph: Graph, path: Path) -> None:
    """Write `graph` to `path`."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_statements(canonical(graph)))


def _statements(graph: Graph) -> Iterator[str]:
    yield "CREATE CONSTRAINT thing_id IF NOT EXISTS FOR (n:Thing) REQUIRE n.id IS UNIQUE;\n"
    nodes = sorted(node_records(graph), key=lambda node: (_labels(node), node["id"]))
    for labels, group in groupby(nodes, key=_labels):
        for batch in _batches({"id": node["id"], "p": _told(node)} for node in group):
            yield f"UNWIND [\n{batch}\n] AS row MERGE (n:Thing {{id: row.id}}) SET n{labels}, n += row.p;\n"
    edges = sorted(edge_records(graph), key=lambda edge: (edge["property"], edge["key"]))
    for name, group in groupby(edges, key=lambda edge: edge["property"]):
        rows = (
            {"a": edge["source"], "b": edge["target"], "id": edge["key"], "p": _told(edge)} for edge in group
        )
        for batch in _batches(rows):
            yield (
                f"UNWIND [\n{batch}\n] AS row MATCH (a:Thing {{id: row.a}}), (b:Thing {{id: row.b}}) "
                f"MERGE (a)-[r:{name} {{id: row.id}}]->(b) SET r += row.p;\n"
            )


def _labels(node: Record) -> str:
    return f":{node['type']}" + (f":{node['subtype']}" if node.get("subtype") else "")


def _told(record: Record) -> Record:
    return {k: v for k, v in record.items() if k not in _LEFT_OUT and v not in ("", [])}


def _batches(rows: Iterable[Record]) -> Iterator[str]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield ",\n".join(map(_literal, batch))


def _literal(value: Any) -> str:
    """`value` as Cypher writes it; names of keys are our own and need no quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    shown = text.replace("\\", "\\\\").replace("'", "\\'")
    return "'" + "".join(c if c >= " " else f"\\u{ord(c):04X}" for c in shown) + "'"
