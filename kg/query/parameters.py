"""Parameters of a query: `$name` in its text stands for a value given from outside.

A query may declare them in comments, one a line, each with an example that is also the default:

    # param: body = 上海市国资委
    # param: on = 2021-10-12

The form of the example is the form that a value must have: a name becomes a Chinese literal, a
date or a year a typed one, a number a number. Values enter as literals, never as query text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TypeAlias

from kg.errors import QueryError
from kg.query.guard import variables
from kg.rdf.terms import PREFIXES, decimal, temporal, temporal_type, zh

Value: TypeAlias = str | int | float | Decimal

_DECLARED = re.compile(r"^#\s*param:\s*(\w+)\s*=\s*(.*?)\s*$", re.MULTILINE)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter that a query declares; `example` is its default and shows its form."""

    name: str
    example: str

    @property
    def kind(self) -> str:
        """What a value must be: date, number, IRI or text."""
        if temporal_type(self.example):
            return "date"
        if _number(self.example) is not None:
            return "number"
        return "IRI" if _is_iri(self.example) else "text"

    def literal(self, value: Value) -> str:
        """`value` as a SPARQL term of this parameter's kind."""
        text = str(value).strip()
        number = _number(text)
        if self.kind == "text":
            return zh(str(value))
        if self.kind == "date" and temporal_type(text):
            # The whole IRI, as the query may go to an engine that does not know our prefixes.
            return temporal(text).replace("xsd:", "<" + PREFIXES["xsd"]) + ">"
        if self.kind == "number" and number is not None:
            return decimal(number)
        if self.kind == "IRI" and _is_iri(text):
            return f"<{text}>"
        raise QueryError(f"'{text}' is no {self.kind} for '{self.name}'; give one like {self.example}")


def declared(sparql: str) -> tuple[Parameter, ...]:
    """The parameters that the comments of `sparql` declare, in order.

    >>> [(p.name, p.kind) for p in declared("# param: org = 江州\\n# param: date = 2021-10-12")]
    [('org', 'text'), ('date', 'date')]
    """
    return _template(sparql).declared


def fill(sparql: str, values: Mapping[str, Value]) -> str:
    """`sparql` with every declared or given `$name` replaced by its literal.

    >>> fill("ASK { ?s rdfs:label $name }", {"name": '甲" } #'})
    'ASK { ?s rdfs:label "甲\\\\" } #"@zh }'
    """
    template = _template(sparql)
    used = template.names
    for name in values:
        if name not in used:
            choices = ", ".join(f"${other}" for other in sorted(set(used))) or "none"
            raise QueryError(f"the query has no ${name} to fill; it has {choices}")
    known = {parameter.name: parameter for parameter in template.declared}
    literals = {}
    for name in set(used):
        if name in known:
            literals[name] = known[name].literal(values.get(name, known[name].example))
        elif name in values:
            literals[name] = Parameter(name, str(values[name])).literal(values[name])
    parts = [template.texts[0]]
    for name, text in zip(used, template.texts[1:], strict=True):
        parts += [literals.get(name, f"${name}"), text]
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Template:
    """A query taken apart once, however often it is asked."""

    declared: tuple[Parameter, ...]
    texts: tuple[str, ...]
    """What stands before, between and after the `$name`s: one more than there are of these."""
    names: tuple[str, ...]


@lru_cache(maxsize=256)
def _template(sparql: str) -> _Template:
    texts, names, last = [], [], 0
    for match in variables(sparql):
        if match[0][0] == "$":
            texts.append(sparql[last : match.start()])
            names.append(match[0][1:])
            last = match.end()
    known = (Parameter(name, example) for name, example in _DECLARED.findall(sparql))
    return _Template(tuple(known), (*texts, sparql[last:]), tuple(names))


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://", "urn:")) and _IRI.fullmatch(text) is not None


def _number(text: str) -> Decimal | None:
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
