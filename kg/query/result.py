"""The answer to a query: rows with named columns, as Python values, tables or files."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, overload

import pyoxigraph as ox

from kg.errors import NotFoundError
from kg.rdf.terms import PREFIXES

if TYPE_CHECKING:
    import pandas

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Cell: TypeAlias = str | int | float | bool | None

_XSD = PREFIXES["xsd"]
_INTEGERS = frozenset({_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger")})
_FLOATS = frozenset({_XSD + name for name in ("decimal", "double", "float")})


class Row(tuple[Cell, ...]):
    """One row: a tuple whose cells also go by name, as `row.name` or `row["name"]`."""

    __slots__ = ()
    columns: Sequence[str] = ()

    def __getattr__(self, name: str) -> Cell:
        if name in self.columns:
            return tuple.__getitem__(self, self.columns.index(name))
        raise AttributeError(f"no column '{name}'; the columns are {', '.join(self.columns)}")

    @overload  # type: ignore[override]
    def __getitem__(self, key: str | int) -> Cell: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Cell, ...]: ...
    def __getitem__(self, key: str | int | slice) -> Cell | tuple[Cell, ...]:
        """The cell of a column by name or position."""
        if not isinstance(key, str):
            return tuple.__getitem__(self, key)
        if key not in self.columns:
            raise KeyError(f"no column '{key}'; the columns are {', '.join(self.columns)}")
        return tuple.__getitem__(self, self.columns.index(key))

    def as_dict(self) -> dict[str, Cell]:
        """The row as a dict."""
        return dict(zip(self.columns, self, strict=True))

    def __repr__(self) -> str:
        return "Row(" + ", ".join(f"{k}={v!r}" for k, v in self.as_dict().items()) + ")"


class Result:
    """Rows of a SELECT, the one row `answer` of an ASK, or the triples of a CONSTRUCT.

    Iterate over it, index it, take `len`, or use `.columns`, `.terms`, `.to_pandas()`,
    `.text("table")` (or csv, tsv, json, jsonl; for triples ttl, nt).
    """

    def __init__(
        self,
        columns: Sequence[str],
        found: Sequence[Iterable[Term | None]],
        *,
        kind: str = "select",
        prefixes: Mapping[str, str] = PREFIXES,
    ) -> None:
        self.columns = tuple(columns)
        self._found = found
        self.kind = kind
        """`select`, `ask` or `construct`."""
        self.prefixes = prefixes

    @cached_property
    def terms(self) -> list[tuple[Term | None, ...]]:
        """The rows as RDF terms; triples sorted, each once."""
        if self.kind == "construct":
            return [tuple(triple) for _, triple in sorted({str(t): t for t in self._found}.items())]
        return [tuple(row) for row in self._found]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row as Python values: IRIs and texts as str, numbers as int or float, truth as bool."""
        row_type = type("Row", (Row,), {"columns": self.columns, "__slots__": ()})
        return tuple(row_type(map(python_value, row)) for row in self.terms)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.terms)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        """A row by position, or rows by slice."""
        return self.rows[index]

    def __bool__(self) -> bool:
        return bool(self.rows[0][0]) if self.kind == "ask" else bool(self.terms)

    def column(self, name: str) -> list[Cell]:
        """Every cell of one column."""
        return [row[name] for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas frame; needs pandas."""
        import pandas

        return pandas.DataFrame([tuple(row) for row in self.rows], columns=list(self.columns))

    def text(self, form: str = "table") -> str:
        """The result as text: table, csv, tsv, json (W3C), jsonl (an object a row); triples as ttl or nt."""
        forms = GRAPH_FORMS if self.kind == "construct" and form in GRAPH_FORMS else FORMS
        if form not in forms:
            known = [*FORMS, *(GRAPH_FORMS if self.kind == "construct" else ())]
            raise NotFoundError(f"no result format '{form}'; known are {', '.join(known)}", tuple(known))
        return forms[form](self)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Result: {len(self)} rows of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(c)}</th>" for c in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(shown(t, self.prefixes))}</td>" for t in row) + "</tr>"
            for row in self.terms[:200]
        )
        more = f"<p>… {len(self) - 200} more rows</p>" if len(self) > 200 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def python_value(term: Term | None) -> Cell:
    """`term` as Python has it."""
    if term is None or isinstance(term, ox.NamedNode):
        return None if term is None else term.value
    if not isinstance(term, ox.Literal):
        return str(term)
    kind = term.datatype.value
    try:
        if kind in _INTEGERS:
            return int(term.value)
        if kind in _FLOATS:
            return float(term.value)
    except ValueError:
        return term.value
    return term.value == "true" if kind == _XSD + "boolean" else term.value


def shown(term: Term | None, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """`term` as a person reads it in a table: IRIs with their prefix, numbers without an exponent."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, iri in prefixes.items():
            if term.value.startswith(iri) and len(term.value) > len(iri):
                return f"{prefix}:{term.value[len(iri) :]}"
        return term.value
    if not isinstance(term, ox.Literal):
        return str(term)
    if term.datatype.value == _XSD + "decimal":
        return f"{Decimal(term.value):,f}"
    return term.value


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _table(result: Result) -> str:
    """Columns lined up, a Chinese character taking two places."""
    rows = [[shown(term, result.prefixes).replace("\n", " ") for term in row] for row in result.terms]
    widths = [
        max(_width(name), *(_width(row[i]) for row in rows)) if rows else _width(name)
        for i, name in enumerate(result.columns)
    ]

    def line(cells: Sequence[str]) -> str:
        padded = (c + " " * (w - _width(c)) for c, w in zip(cells, widths, strict=True))
        return "  ".join(padded).rstrip()

    rule = "  ".join("─" * width for width in widths)
    count = f"({len(rows)} row{'' if len(rows) == 1 else 's'})"
    return "\n".join([line(result.columns), rule, *map(line, rows), count]) + "\n"


def _separated(result: Result, delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([plain(term) for term in row] for row in result.terms)
    return out.getvalue()


def plain(term: Term | None) -> str:
    """`term` without quotes or type, as CSV results have it."""
    return "" if term is None else term.value if not isinstance(term, ox.Triple) else str(term)


def _json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON, indented."""
    if result.kind == "ask":
        return json.dumps({"head": {}, "boolean": bool(result)}, indent=2) + "\n"
    bindings = [
        {name: _json_term(t) for name, t in zip(result.columns, row, strict=True) if t is not None}
        for row in result.terms
    ]
    value = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _json_term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, ox.Literal):
        return {"type": "bnode", "value": plain(term)}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != _XSD + "string":
        found["datatype"] = term.datatype.value
    return found


def _jsonl(result: Result) -> str:
    return "".join(json.dumps(row.as_dict(), ensure_ascii=False) + "\n" for row in result.rows)


def _triples(result: Result, form: ox.RdfFormat) -> str:
    made = [ox.Triple(*row) for row in result.terms]  # type: ignore[arg-type]
    prefixes = dict(result.prefixes) if form == ox.RdfFormat.TURTLE else None
    return (ox.serialize(made, format=form, prefixes=prefixes) or b"").decode()


FORMS: Final[Mapping[str, Callable[[Result], str]]] = MappingProxyType(
    {
        "table": _table,
        "csv": lambda result: _separated(result, ","),
        "tsv": lambda result: _separated(result, "\t"),
        "json": _json,
        "jsonl": _jsonl,
    }
)
"""How rows are written."""

GRAPH_FORMS: Final[Mapping[str, Callable[[Result], str]]] = MappingProxyType(
    {
        "ttl": lambda result: _triples(result, ox.RdfFormat.TURTLE),
        "nt": lambda result: _triples(result, ox.RdfFormat.N_TRIPLES),
    }
)
"""How the triples of a CONSTRUCT are written."""
