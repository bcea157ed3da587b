"""GEXF, Gephi's own form: labels, types and weights where Gephi looks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from kg.canonical import canonical
from kg.export.graphml import escaped
from kg.export.records import Record, edge_records, node_records
from kg.model import Graph

_NODE = ("type", "subtype", "aliases", "date", "indicator", "value", "unit", "by", "articles")
_NUMBERS = {"confidence": "double", "sources": "integer", "voices": "integer"}
_EDGE = (
    "property",
    "role",
    "start",
    "end",
    "confidence",
    "sources",
    "voices",
    "articles",
    "dates",
    "sentences",
)


def write_gexf(graph: Graph, path: Path) -> None:
    """Write `graph` to `path`."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_pieces(canonical(graph)))


def _pieces(graph: Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '  <graph mode="static" defaultedgetype="directed">\n'
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        yield f'    <attributes class="{kind}">\n'
        for name in names:
            type_ = _NUMBERS.get(name, "string")
            yield f'      <attribute id="{name}" title="{name}" type="{type_}"/>\n'
        yield "    </attributes>\n"
    yield "    <nodes>\n"
    for node in node_records(graph):
        head = f'<node id="{escaped(node["id"])}" label="{escaped(node["name"])}">'
        yield from _element(head, "node", node, _NODE)
    yield "    </nodes>\n    <edges>\n"
    for edge in edge_records(graph):
        ends = " ".join(f'{name}="{escaped(edge[name])}"' for name in ("source", "target"))
        label, weight = escaped(edge.get("role") or edge["property"]), len(edge["sentences"])
        head = f'<edge id="{escaped(edge["key"])}" {ends} label="{label}" weight="{weight}.0">'
        yield from _element(head, "edge", edge, _EDGE)
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _element(head: str, kind: str, record: Record, names: tuple[str, ...]) -> Iterator[str]:
    yield f"      {head}\n        <attvalues>\n"
    for name in names:
        if name in record:
            yield f'          <attvalue for="{name}" value="{escaped(_text(record[name]))}"/>\n'
    yield f"        </attvalues>\n      </{kind}>\n"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
