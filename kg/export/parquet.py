"""nodes.parquet and edges.parquet with the column names of Spark GraphFrames: id; src, dst, relationship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.canonical import canonical
from kg.errors import NotFoundError
from kg.export.records import edge_records, node_records
from kg.model import Graph

_NODE = ("name", "type", "subtype", "date", "indicator", "value", "unit", "by")
_EDGE = ("role", "start", "end", "status")


def write_parquet(graph: Graph, folder: Path) -> list[Path]:
    """Write both tables into `folder`; returns their paths. Needs pyarrow."""
    try:
        import pyarrow  # type: ignore[import-untyped,import-not-found,unused-ignore]
        from pyarrow import parquet  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError as error:
        raise NotFoundError("Parquet needs pyarrow: pip install 'zhengmai[parquet]'") from error
    graph = canonical(graph)
    text, texts = pyarrow.string(), pyarrow.list_(pyarrow.string())
    tables: dict[str, tuple[list[dict[str, Any]], list[Any]]] = {
        "nodes": (
            [
                {
                    "id": n["id"],
                    **{k: n.get(k) or None for k in _NODE},
                    "aliases": n.get("aliases", []),
                    "articles": n.get("articles", []),
                }
                for n in node_records(graph)
            ],
            [("id", text), *((k, text) for k in _NODE), ("aliases", texts), ("articles", texts)],
        ),
        "edges": (
            [
                {
                    "src": e["source"],
                    "dst": e["target"],
                    "relationship": e["property"],
                    "id": e["key"],
                    **{
                        k: e.get(k)
                        for k in (*_EDGE, "confidence", "sources", "voices", "articles", "sentences")
                    },
                }
                for e in edge_records(graph)
            ],
            [
                ("src", text),
                ("dst", text),
                ("relationship", text),
                ("id", text),
                *((k, text) for k in _EDGE),
                ("confidence", pyarrow.float64()),
                ("sources", pyarrow.int64()),
                ("voices", pyarrow.int64()),
                ("articles", texts),
                ("sentences", texts),
            ],
        ),
    }
    paths = []
    for name, (rows, columns) in tables.items():
        paths.append(folder / f"{name}.parquet")
        parquet.write_table(pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(columns)), paths[-1])
    return paths
