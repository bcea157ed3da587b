"""nodes.csv and edges.csv: one pair of tables that both Neo4j's importer and Gephi accept.

Neo4j reads the columns `:ID`, `:LABEL`, `:START_ID`, `:END_ID`, `:TYPE`; Gephi reads `Id`, `Label`,
`Source`, `Target`, `Type`, `Weight`. Each takes the other's columns for plain attributes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg import network
from kg.canonical import canonical
from kg.ids import fact_id, target_id
from kg.model import Entity, Fact, Graph
from kg.vocabulary import SUBTYPES
from kg.witnesses import independent, sources, speakers

NODE_HEADER = (
    ":ID", ":LABEL", "Id", "Label", "name", "type", "subtype", "aliases:string[]", "date",
    "indicator", "value", "unit", "by", "stated", "articles:string[]", "mentions:int",
)  # fmt: skip
EDGE_HEADER = (
    ":START_ID", ":END_ID", ":TYPE", "Source", "Target", "Type", "Id", "Label", "Weight:double", "role",
    "start", "end", "confidence:double", "sources:int", "voices:int", "articles:string[]", "sentence",
)  # fmt: skip

_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")


def write_tables(graph: Graph, folder: Path) -> list[Path]:
    """Write both tables into `folder`; returns their paths."""
    graph = canonical(graph)
    paths = [folder / "nodes.csv", folder / "edges.csv"]
    _write(paths[0], NODE_HEADER, _nodes(graph))
    _write(paths[1], EDGE_HEADER, _edges(graph))
    return paths


def safe(cell: str) -> str:
    """`cell`, kept from being taken for a formula by a spreadsheet.

    >>> safe("=HYPERLINK(1)"), safe("-5.2")
    ("'=HYPERLINK(1)", '-5.2')
    """
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([safe(cell) for cell in row] for row in rows)


def _many(values: Iterable[str]) -> str:
    """Values of a list column, which `;` parts."""
    return ";".join(value.replace(";", "；") for value in values)


def _nodes(graph: Graph) -> Iterator[list[str]]:
    dates = network.best_dates(graph)
    for entity in graph.entities:
        yield _node(entity, dates.get(entity.id, ""))
    targets = {target_id(fact): fact for fact in graph.facts if network.is_target(fact)}
    for key in sorted(targets):
        said = network.target_attributes(targets[key])
        told = [said.get(name, "") for name in ("indicator", "value", "unit", "by", "stated")]
        articles = _many(sorted({e.article for e in targets[key].evidence}))
        yield [key, "Target", key, said["name"], said["name"], "Target", "", "", "", *told, articles, "0"]


def _node(entity: Entity, date: str) -> list[str]:
    kind = str(entity.type)
    subtype = entity.subtype if entity.subtype in SUBTYPES[entity.type] else None
    aliases = _many(alias.name for alias in entity.aliases)
    return [
        entity.id,
        f"{kind};{subtype}" if subtype else kind,
        entity.id,
        entity.name,
        entity.name,
        kind,
        subtype or "",
        aliases,
        date,
        *[""] * 5,
        _many(entity.articles),
        str(len(entity.mentions)),
    ]


def _edges(graph: Graph) -> Iterator[list[str]]:
    speaker = speakers(graph.articles)
    return (_edge(fact, speaker) for fact in graph.facts if network.is_edge(fact))


def _edge(fact: Fact, speaker: Mapping[str, str]) -> list[str]:
    end = fact.object or target_id(fact)
    return [
        *(fact.subject, end, fact.property, fact.subject, end, "Directed", fact_id(fact)),
        fact.qualifiers.get("role") or fact.property,
        str(len(fact.evidence)),
        *(fact.qualifiers.get(name, "") for name in ("role", "start", "end")),
        repr(float(fact.confidence)),
        str(sources(fact.evidence)),
        str(independent(fact.evidence, speaker)),
        _many(sorted({evidence.article for evidence in fact.evidence})),
        fact.evidence[0].text if fact.evidence else "",
    ]
