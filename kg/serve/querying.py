"""SPARQL as a worker answers it: checked, bounded, written in the form the client asked for."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query import explained
from kg.query.guard import NotAllowedError, check, without_literals
from kg.serve import negotiation
from kg.serve.frames import RefusedError, Reply
from kg.serve.opened import Opened

_UPDATE = re.compile(
    r"(?:\s|(?:PREFIX|BASE)\b[^\n]*\n)*(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|COPY|MOVE|WITH)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?<![\w:.-])FROM\b(?!:)", re.IGNORECASE)
_SPACE = r"(?:\s|#[^\n]*\n)*"
_SOURCE = re.compile(
    _SPACE + r"(?:NAMED\b)?" + _SPACE + r"(?:<([^<>\s]*)>|([A-Za-z][\w-]*)?:([^\s{}<>()]*))", re.IGNORECASE
)
_PREFIX = re.compile(r"\bPREFIX\s+([\w-]*):\s*<([^<>\s]*)>", re.IGNORECASE)

FORMATS: Final = MappingProxyType(
    {
        negotiation.TURTLE: ox.RdfFormat.TURTLE,
        negotiation.JSON_LD: ox.RdfFormat.JSON_LD,
        negotiation.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
        negotiation.RDF_XML: ox.RdfFormat.RDF_XML,
    }
)
_ROWS: Final = MappingProxyType(
    {
        negotiation.RESULTS[0]: (ox.QueryResultsFormat.JSON, b"},{"),
        negotiation.RESULTS[1]: (ox.QueryResultsFormat.XML, b"<result>"),
        negotiation.RESULTS[2]: (ox.QueryResultsFormat.CSV, b"\n"),
        negotiation.RESULTS[3]: (ox.QueryResultsFormat.TSV, b"\n"),
    }
)
"""How rows are written, and what is found between any two of them and nowhere else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it came by the SPARQL protocol."""

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    accept: str = ""


class _Bounded(io.RawIOBase):
    """Takes an answer as it is written, until there is too much of it."""

    def __init__(self, rows: int, size: int, mark: bytes = b"") -> None:
        super().__init__()
        self.parts: list[bytes] = []
        self._rows, self._size, self._mark = rows, size, mark
        self._tail = b""

    def writable(self) -> bool:
        """Always: that is its use."""
        return True

    def write(self, data: Any) -> int:
        """Keep `data`; raises `RefusedError` past a bound."""
        part = bytes(data)
        self.parts.append(part)
        self._size -= len(part)
        if self._mark:
            joined = self._tail + part
            self._rows -= joined.count(self._mark)
            self._tail = joined[len(joined) - len(self._mark) + 1 :] if len(self._mark) > 1 else b""
        if self._rows < 0 or self._size < 0:
            what = "rows" if self._rows < 0 else "bytes"
            raise RefusedError(413, f"the answer has more {what} than this server sends; add a LIMIT")
        return len(part)


def answer(opened: Opened, asked: Asked) -> Reply:
    """The answer to a query, or `RefusedError` saying why there is none."""
    sources = _checked(opened, asked)
    options: dict[str, Any] = {"use_default_graph_as_union": opened.union and not sources}
    if asked.default or asked.named:
        options["default_graph"] = [ox.NamedNode(iri) for iri in asked.default]
        options["named_graphs"] = [ox.NamedNode(iri) for iri in asked.named]
    try:
        found = opened.store.query(
            asked.text, base_iri=opened.base, prefixes=opened.named_in(asked.text), **options
        )
        return _written(opened, found, asked.accept)
    except SyntaxError as error:
        raise RefusedError(400, explained(asked.text, str(error), opened.prefixes)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise RefusedError(400, f"the query cannot be answered: {error}") from error


def _checked(opened: Opened, asked: Asked) -> bool:
    """Refuse what may not run; says whether the query chooses its graphs."""
    bare = without_literals(asked.text)
    if _UPDATE.match(bare):
        raise RefusedError(403, "this server only reads: SELECT, ASK, CONSTRUCT and DESCRIBE, no updates")
    try:
        check(asked.text, datasets=True)
    except QueryError as error:
        raise RefusedError(403 if isinstance(error, NotAllowedError) else 400, str(error)) from error
    written = [iri for match in _FROM.finditer(bare) for iri in _source(asked.text, match.end(), opened)]
    chosen = [*asked.default, *asked.named]
    for iri in chosen or written:
        _check_graph(opened, iri)
    for iri in written:
        _check_scheme(iri)
    return bool(chosen or written)


def _source(text: str, start: int, opened: Opened) -> list[str]:
    """The IRI after a FROM; none where the parser will find that there is none."""
    match = _SOURCE.match(text, start)
    if match is None:
        return []
    if match[1] is not None:
        return [match[1]]
    prefixes = {**opened.prefixes, **dict(_PREFIX.findall(text))}
    return [prefixes[match[2] or ""] + match[3]] if (match[2] or "") in prefixes else []


def _check_scheme(iri: str) -> None:
    if not iri.lower().startswith(("http:", "https:", "urn:")):
        raise RefusedError(403, f"<{iri}>: graphs are chosen from this store; nothing is opened or fetched")


def _check_graph(opened: Opened, iri: str) -> None:
    _check_scheme(iri)
    try:
        known = opened.store.contains_named_graph(ox.NamedNode(iri))
    except ValueError as error:
        raise RefusedError(400, f"<{iri}> is no IRI: {error}") from error
    if not known:
        some = ", ".join(str(name) for name in islice(opened.store.named_graphs(), 3))
        raise RefusedError(
            400,
            f"<{iri}> is no graph of this store, and nothing is fetched; "
            + (f"its named graphs are {some} …" if some else "it has one graph, which needs no name"),
        )


def _written(opened: Opened, found: Any, accept: str) -> Reply:
    limits = opened.limits
    if isinstance(found, ox.QueryTriples):
        form = chosen(accept, negotiation.GRAPHS)
        held = list(islice(found, limits.rows + 1))
        if len(held) > limits.rows:
            raise RefusedError(413, "the answer has more triples than this server sends; add a LIMIT")
        return Reply(200, form, graph_bytes(opened, held, form))
    offered = negotiation.RESULTS[:2] if isinstance(found, ox.QueryBoolean) else negotiation.RESULTS
    form = chosen(accept, offered)
    kind, mark = _ROWS[form]
    # The heading of CSV and TSV ends in the mark; of n JSON rows only n - 1 are followed by it.
    headings = 1 if mark == b"\n" else -1 if mark == b"},{" else 0
    sink = _Bounded(limits.rows + headings, limits.size, b"" if len(offered) == 2 else mark)
    found.serialize(sink, format=kind)
    return Reply(200, form, b"".join(sink.parts))


def chosen(accept: str, offered: tuple[str, ...]) -> str:
    """The form to answer in; raises `RefusedError` where the client takes none of them."""
    form = negotiation.choose(accept, offered)
    if form is None:
        raise RefusedError(406, f"nothing of '{accept[:200]}' fits; this comes as {', '.join(offered)}")
    return form


def graph_bytes(opened: Opened, triples: list[ox.Triple], form: str) -> bytes:
    """Triples in the form `form`, sorted."""
    held = sorted(set(triples), key=_place)
    sink = _Bounded(0, opened.limits.size)
    prefixes: Mapping[str, str] = opened.prefixes if form in (negotiation.TURTLE, negotiation.RDF_XML) else {}
    ox.serialize(held, cast(IO[bytes], sink), FORMATS[form], prefixes=dict(prefixes))
    return b"".join(sink.parts)


def _place(triple: ox.Triple) -> tuple[str, bool, str, str]:
    predicate = triple.predicate.value
    return (str(triple.subject), predicate != _TYPE, predicate, str(triple.object))


_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
