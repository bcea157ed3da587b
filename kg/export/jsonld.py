"""JSON-LD, framed by our context: each entity with its facts, each fact with its sentences.

The context stands in the file, so that nobody has to fetch it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pyoxigraph as ox

from kg.model import Graph
from kg.ontology_files import ontology_file
from kg.rdf import triples
from kg.rdf.terms import PREFIXES, full
from kg.vocabulary import ID

Node = dict[str, list[Any]]

_TYPE = full("rdf:type")
_REVERSED = {full("rdf:subject"): "facts", full("zm:names"): "mentions"}
_EMBEDDED = {full(c) for c in ("prov:wasDerivedFrom", "zm:hasTarget", "skosxl:altLabel")}
_INSIDE = {full(c) for c in ("rdf:Statement", "zm:Sentence", "zm:Target", "skosxl:Label")}


def write_jsonld(graph: Graph, path: Path, base: str = ID) -> None:
    """Write `graph` to `path`, one entity or article a line."""
    with path.open("wb") as file:
        file.writelines(framed(triples(graph, base), base))


def framed(found: Iterable[ox.Triple], base: str = ID) -> Iterator[bytes]:
    """Yield `found`, which are in our shape, as a file of JSON-LD, piece by piece."""
    context = json.loads(ontology_file("context.jsonld").read_text(encoding="utf-8"))["@context"]
    context["zmid"] = base
    yield b'{"@context": ' + orjson.dumps(context) + b',\n"@graph": ['
    separator = b"\n"
    for node in _Frame(context, found).top():
        yield separator + orjson.dumps(node)
        separator = b",\n"
    yield b"\n]}\n"


class _Frame:
    """Triples as nested objects, in the words of a context."""

    def __init__(self, context: dict[str, Any], found: Iterable[ox.Triple]) -> None:
        self.terms = _terms(context)
        self.classes = {iri: name for name, iri in _plain_terms(context).items()}
        self.names = self.terms | self.classes
        self.coerced = {
            name: term["@type"]
            for name, term in context.items()
            if isinstance(term, dict) and "@type" in term
        }
        self.sets = {
            name
            for name, term in context.items()
            if isinstance(term, dict) and term.get("@container") == "@set"
        }
        self.base = context["zmid"]
        self.nodes: dict[str, Node] = {}
        self.inside: dict[str, dict[str, list[str]]] = {}
        """Subject → reversed term → nodes that speak of it."""
        for triple in found:
            self._add(triple)

    def _add(self, triple: ox.Triple) -> None:
        subject, predicate = _iri(triple.subject), triple.predicate.value
        reverse = _REVERSED.get(predicate)
        if reverse and isinstance(triple.object, ox.NamedNode):
            self.inside.setdefault(triple.object.value, {}).setdefault(reverse, []).append(subject)
            self.nodes.setdefault(subject, {})
        else:
            self.nodes.setdefault(subject, {}).setdefault(predicate, []).append(triple.object)

    def top(self) -> Iterator[dict[str, Any]]:
        """Yield articles and entities; what is told inside another is not repeated."""
        held = {iri for told in self.inside.values() for iris in told.values() for iri in iris}
        for iri, node in self.nodes.items():
            kinds = {kind.value for kind in node.get(_TYPE, ())}
            if iri not in held and not kinds & _INSIDE:
                yield self._object(iri)
        for iri in self.inside:
            if iri not in self.nodes:
                yield self._object(iri)

    def _object(self, iri: str) -> dict[str, Any]:
        made: dict[str, Any] = {"id": self._short(iri)}
        for predicate, objects in self.nodes.get(iri, {}).items():
            if predicate == _TYPE:
                made["type"] = [self.classes.get(kind.value) or self._short(kind.value) for kind in objects]
                continue
            name = self.terms.get(predicate) or self._short(predicate)
            values = [self._value(name, predicate, term) for term in objects]
            made[name] = values if len(values) > 1 or name in self.sets else values[0]
        for name, iris in self.inside.get(iri, {}).items():
            made[name] = [self._object(other) for other in iris]
        return made

    def _value(self, name: str, predicate: str, term: Any) -> Any:
        if isinstance(term, ox.NamedNode):
            if predicate in _EMBEDDED and term.value in self.nodes:
                return self._object(term.value)
            if self.coerced.get(name) == "@vocab":
                return self.names.get(term.value) or self._short(term.value)
            short = self._short(term.value)
            return short if self.coerced.get(name) == "@id" else {"id": short}
        return self._literal(name, term)

    def _literal(self, name: str, literal: ox.Literal) -> Any:
        kind = self._short(literal.datatype.value)
        if kind == "xsd:integer":
            return int(literal.value)
        if kind == "xsd:boolean":
            return literal.value == "true"
        if literal.language or kind in (self.coerced.get(name), "xsd:string"):
            return literal.value
        return {"@type": kind, "@value": literal.value}

    def _short(self, iri: str) -> str:
        """`iri` with the prefix of our things or of a vocabulary; mentions keep theirs, having a fragment."""
        for prefix, start in (("zmid", self.base), *PREFIXES.items()):
            if iri.startswith(start):
                return f"{prefix}:{iri[len(start) :]}"
        return iri


def _iri(term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    return "" if isinstance(term, ox.Triple) else term.value


def _plain_terms(context: dict[str, Any]) -> dict[str, str]:
    return {
        name: full(term)
        for name, term in context.items()
        if isinstance(term, str) and term.partition(":")[0] in PREFIXES and not term.startswith("http")
    }


def _terms(context: dict[str, Any]) -> dict[str, str]:
    """Property IRI → the term that stands for it."""
    return {
        full(term["@id"]): name for name, term in context.items() if isinstance(term, dict) and "@id" in term
    }
