"""GraphML: written node by node, readable by NetworkX, Gephi and yEd, and by us without loss.

Lists stand as JSON inside a string attribute, as GraphML has no lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

import orjson
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from kg.canonical import canonical
from kg.errors import GraphFormatError
from kg.export.records import Record, base_of, edge_records, graph_from_records, graph_record, node_records
from kg.model import Graph
from kg.vocabulary import ID

_NS: Final = "http://graphml.graphdrawing.org/xmlns"
_HEAD: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="{_NS}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="{_NS} http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_LISTS: Final = frozenset(
    {
        "aliases",
        "articles",
        "mentions",
        "origins",
        "identifiers",
        "dates",
        "sentences",
        "spans",
        "series",
        "changes",
        "corrections",
    }
)
_KINDS: Final = MappingProxyType({bool: "boolean", int: "int", float: "double"})
_SPECIAL = re.compile(r"[&<>\"\t\n\r]|[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}
"""Tabs and line ends too, as they would become spaces in an attribute."""
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: Graph, path: Path, base: str = ID) -> None:
    """Write `graph` to `path`."""
    graph = canonical(graph)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_pieces(graph, base))


def _pieces(graph: Graph, base: str) -> Iterator[str]:
    """Keys are declared before the nodes that use them, so the records are gone through twice."""
    whole = graph_record(graph, base)
    kinds = {
        "graph": _kinds(iter([whole])),
        "node": _kinds(map(_labelled, node_records(graph))),
        "edge": _kinds(map(_labelled, edge_records(graph))),
    }
    yield _HEAD
    for owner, found in kinds.items():
        for name, kind in found.items():
            yield f'  <key id="{owner[0]}_{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '  <graph id="zhengmai" edgedefault="directed">\n'
    yield from _data("g", whole, "    ")
    for record in map(_labelled, node_records(graph)):
        yield f'    <node id="{escaped(record.pop("id"))}">\n'
        yield from _data("n", record, "      ")
        yield "    </node>\n"
    for record in map(_labelled, edge_records(graph)):
        ends = " ".join(
            f'{name}="{escaped(record.pop(key))}"'
            for name, key in (("id", "key"), ("source", "source"), ("target", "target"))
        )
        yield f"    <edge {ends}>\n"
        yield from _data("e", record, "      ")
        yield "    </edge>\n"
    yield "  </graph>\n</graphml>\n"


def _labelled(record: Record) -> Record:
    """Gephi and yEd show the attribute `label`."""
    return {**record, "label": record.get("name") or record.get("property", "")}


def _kinds(records: Iterator[Record]) -> dict[str, str]:
    """The GraphML type of each attribute; sorted, as the order of first use says nothing."""
    found: dict[str, str] = {}
    for record in records:
        for name, value in record.items():
            if name not in found and name not in ("id", "key", "source", "target"):
                found[name] = _KINDS.get(type(value), "string")
    return dict(sorted(found.items()))


def _data(owner: str, record: Record, indent: str) -> Iterator[str]:
    for name, value in record.items():
        yield f'{indent}<data key="{owner}_{name}">{_text(value)}</data>\n'


def _text(value: Any) -> str:
    if isinstance(value, str):
        return escaped(value)
    # JSON can name a character that XML cannot hold.
    return escaped(_NOT_XML.sub(lambda m: f"\\u{ord(m[0]):04x}", orjson.dumps(value).decode()))


def escaped(text: str) -> str:
    """`text` as XML holds it; what it cannot hold becomes U+FFFD."""
    return _SPECIAL.sub(lambda m: _ENTITIES.get(m[0], "\ufffd"), text)


def read_graphml(path: Path) -> tuple[Graph, str]:
    """The graph saved in `path`, and the base of its ids."""
    try:
        whole, nodes, edges = _records(path)
        return graph_from_records(whole, nodes, edges), base_of(whole)
    except (ParseError, DefusedXmlException) as error:
        raise GraphFormatError(f"{path}: not valid GraphML: {error or type(error).__name__}") from error
    except (GraphFormatError, TypeError, AttributeError, IndexError, ValueError) as error:
        raise GraphFormatError(f"{path}: {error}") from error


def _records(path: Path) -> tuple[Record, list[Record], list[Record]]:
    names: dict[str, tuple[str, str]] = {}
    whole: Record = {}
    nodes: list[Record] = []
    edges: list[Record] = []
    graph: Element | None = None
    for event, element in iterparse(path, events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            graph = element if tag == "graph" else graph
            continue
        if tag == "key":
            names[element.get("id", "")] = (element.get("attr.name", ""), element.get("attr.type", ""))
        elif tag == "node":
            nodes.append(_record(element, names))
        elif tag == "edge":
            edges.append({**_record(element, names), "key": element.get("id", "")})
        elif tag == "graph":
            whole = _record(element, names)
        if tag in ("node", "edge") and graph is not None:
            graph.remove(element)  # what has been read need not stay in memory
    return whole, nodes, edges


def _record(element: Element, names: dict[str, tuple[str, str]]) -> Record:
    record: Record = dict(element.attrib)
    for data in element:
        if data.tag.rpartition("}")[2] == "data":
            name, kind = names.get(data.get("key", ""), ("", ""))
            record[name] = _value(name, kind, data.text or "")
    return record


def _value(name: str, kind: str, text: str) -> Any:
    if kind == "boolean":
        return text in ("true", "1")
    if kind in ("double", "int"):
        return float(text) if kind == "double" else int(text)
    return orjson.loads(text) if name in _LISTS else text
