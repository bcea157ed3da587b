"""A graph as files, and files as a graph: each format is one row of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from kg.config import Config
from kg.errors import GraphFormatError, NotFoundError
from kg.model import Graph
from kg.rdf import FORMATS as RDF_FORMATS
from kg.rdf import is_rdf
from kg.vocabulary import ID

Write = Callable[[Graph, Path, Config], None]


def _ttl(graph: Graph, path: Path, config: Config) -> None:
    from kg.rdf import write_turtle

    write_turtle(graph, path, config.base)


def _jsonld(graph: Graph, path: Path, config: Config) -> None:
    from kg.export.jsonld import write_jsonld

    write_jsonld(graph, path, config.base)


def _graphml(graph: Graph, path: Path, config: Config) -> None:
    from kg.export.graphml import write_graphml

    write_graphml(graph, path, config.base)


def _json(graph: Graph, path: Path, config: Config) -> None:
    from kg.export.json_file import write_json

    write_json(graph, path, config.base)


def _nt(graph: Graph, path: Path, config: Config) -> None:
    from kg.export.rdf_forms import write_ntriples

    write_ntriples(graph, path, config.base)


def _quads(graph: Graph, path: Path, config: Config) -> None:
    from kg.export.rdf_forms import write_quads

    write_quads(graph, path, config.base)


def _ttl12(graph: Graph, path: Path, config: Config) -> None:
    from kg.export.rdf_forms import write_reified

    write_reified(graph, path, config.base)


def _gexf(graph: Graph, path: Path, config: Config) -> None:
    from kg.export.gexf import write_gexf

    write_gexf(graph, path)


def _cypher(graph: Graph, path: Path, config: Config) -> None:
    from kg.export.cypher import write_cypher

    write_cypher(graph, path)


def _csv(graph: Graph, folder: Path) -> list[Path]:
    from kg.export.tables import write_tables

    return write_tables(graph, folder)


def _parquet(graph: Graph, folder: Path) -> list[Path]:
    from kg.export.parquet import write_parquet

    return write_parquet(graph, folder)


def _html(graph: Graph, path: Path, config: Config) -> None:
    from kg.export.page import PageOptions, write_page

    lang: Literal["zh", "en"] = "en" if config.page_lang == "en" else "zh"
    write_page(graph, path, PageOptions(config.page_title, lang, config.page_max))


WRITERS: Final[Mapping[str, Write]] = MappingProxyType(
    {
        "ttl": _ttl,
        "jsonld": _jsonld,
        "graphml": _graphml,
        "json": _json,
        "html": _html,
        "nt": _nt,
        "nq": _quads,
        "trig": _quads,
        "ttl12": _ttl12,
        "gexf": _gexf,
        "cypher": _cypher,
    }
)
"""Format → what writes it as one file, `graph.FORMAT`."""

TABLES: Final[Mapping[str, Callable[[Graph, Path], list[Path]]]] = MappingProxyType(
    {"csv": _csv, "parquet": _parquet}
)
"""Format → what writes it as two files, nodes and edges, into a folder."""


def write(graph: Graph, folder: Path, name: str, config: Config | None = None) -> list[Path]:
    """Write `graph` into `folder` in the format `name`; returns the files made."""
    if name in TABLES:
        return TABLES[name](graph, folder)
    path = folder / f"graph.{name}"
    _writer(name)(graph, path, config or Config())
    return [path]


def save(graph: Graph, path: Path, *, base: str = ID) -> Path:
    """Write `graph` to `path` in the format that its ending names."""
    _writer(path.suffix.lstrip(".").lower())(graph, path, Config(base=base))
    return path


def read(path: Path) -> Graph:
    """The graph saved in `path`, by its ending: GraphML, node-link JSON, or RDF of any kind."""
    return read_with_base(path)[0]


def read_with_base(path: Path) -> tuple[Graph, str]:
    """The graph saved in `path`, and the base of its ids."""
    ending = path.suffix.lower()
    if ending == ".graphml":
        from kg.export.graphml import read_graphml

        return read_graphml(path)
    if ending == ".json":
        from kg.export.json_file import read_json

        return read_json(path)
    if is_rdf(path):
        from kg.rdf import read_with_base as read_rdf

        return read_rdf(path)
    known = ", ".join([*RDF_FORMATS, ".graphml", ".json"])
    raise GraphFormatError(f"{path}: no graph has this ending; known are {known}")


def _writer(name: str) -> Write:
    found = WRITERS.get(name)
    if found is None:
        known = (*WRITERS, *TABLES)
        raise NotFoundError(f"no format '{name}'; known are {', '.join(known)}", known)
    return found
