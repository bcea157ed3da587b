"""SPARQL over a graph, answered by Oxigraph; it only reads, and never uses the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.model import Graph
from kg.query.guard import check
from kg.query.parameters import Parameter, Value, declared, fill
from kg.query.result import Result, Row
from kg.rdf import PREFIXES, turtle
from kg.rdf.chunks import Chunks
from kg.rdf.files import open_rdf
from kg.rdf.nodes import REIFIES, in_full
from kg.vocabulary import ID

__all__ = ["Loaded", "Parameter", "Result", "Row", "Value", "declared", "explained", "load", "run"]

_AT = re.compile(r"at (\d+):(\d+)(?:-\S+)?: ?")
_UNKNOWN_PREFIX = re.compile(r"(?<![\w?$:<])([A-Za-z][\w-]*):(?!//)")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A graph ready to be asked, and the prefixes that its queries need not declare."""

    store: ox.Store
    prefixes: Mapping[str, str]
    union: bool = False
    """Whether there are named graphs, which then count as part of the one graph."""


def load(source: Graph | str | Path, base: str = ID) -> Loaded:
    """Make `source`, a graph or an RDF file, ready for queries."""
    store = ox.Store()
    if isinstance(source, Graph):
        store.load(cast(IO[bytes], Chunks(turtle(source, base))), ox.RdfFormat.TURTLE)
        return Loaded(store, _prefixes({"zmid": base}))
    with open_rdf(Path(source)) as quads:
        next(quads, None)  # prefixes are known once the first statement is read
        own = quads.prefixes
    with open_rdf(Path(source)) as quads:
        store.extend(quads)
    store.extend(list(in_full(store.quads_for_pattern(None, REIFIES, None))))
    return Loaded(store, _prefixes(own), union=any(True for _ in store.named_graphs()))


def run(
    source: Loaded | Graph | str | Path, sparql: str, parameters: Mapping[str, Value] | None = None
) -> Result:
    """The answer to `sparql`; each `$name` in it stands for the parameter of that name.

    Raises `QueryError` where the query does not parse or asks for what is not allowed.
    """
    check(sparql)
    loaded = source if isinstance(source, Loaded) else load(source)
    text = fill(sparql, parameters or {})
    try:
        # Each prefix costs as much as a short query's parsing: only those that stand in the text are given.
        prefixes = {name: iri for name, iri in loaded.prefixes.items() if f"{name}:" in text}
        answer = loaded.store.query(text, prefixes=prefixes, use_default_graph_as_union=loaded.union)
        return _result(answer, loaded.prefixes)
    except SyntaxError as error:
        raise QueryError(explained(text, str(error), loaded.prefixes)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def _prefixes(own: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({**PREFIXES, **own})


def _result(
    answer: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, prefixes: Mapping[str, str]
) -> Result:
    if isinstance(answer, ox.QueryBoolean):
        return Result(["answer"], [(ox.Literal(bool(answer)),)], kind="ask", prefixes=prefixes)
    if isinstance(answer, ox.QueryTriples):
        return Result(["subject", "predicate", "object"], list(answer), kind="construct", prefixes=prefixes)
    columns = [variable.value for variable in answer.variables]
    return Result(columns, list(answer), prefixes=prefixes)


def _said(problem: str) -> str:
    """Explanations in the parser's message, without its lists of what it would rather have read."""
    phrases = re.findall(r"(?<![\w'])[A-Z][a-z]*(?: [A-Za-z]+){2,}", problem)
    return ": " + "; ".join(phrases) if phrases else ""


def explained(text: str, problem: str, prefixes: Mapping[str, str]) -> str:
    """The line that does not parse, the place in it, and what would help."""
    match = _AT.search(problem)
    if match is None:
        return f"the query does not parse: {problem}"
    row, column = int(match[1]), int(match[2])
    lines = text.splitlines() or [""]
    line = lines[min(row, len(lines)) - 1]
    said = _said(problem[match.end() :])
    shown = (
        f"the query does not parse at line {row}, column {column}{said}\n  {line}\n  {' ' * (column - 1)}^"
    )
    declared_here = set(re.findall(r"PREFIX\s+([\w-]*):", text, re.IGNORECASE))
    unknown = sorted(set(_UNKNOWN_PREFIX.findall(line)) - declared_here - set(prefixes))
    if unknown:
        shown += f"\nprefix '{unknown[0]}:' is not declared; known without declaring: {', '.join(prefixes)}"
    return shown
