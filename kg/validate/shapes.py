"""`ontology/shapes.ttl` as SPARQL: each shape becomes a few queries that find what breaks it.

Only the part of SHACL that our shapes use is understood; an unknown constraint is an error here,
never passed over. pySHACL gives the same findings, which a test proves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.ontology_files import ontology_file
from kg.rdf.terms import PREFIXES

SH = "http://www.w3.org/ns/shacl#"
_RDF, _XSD = PREFIXES["rdf"], PREFIXES["xsd"]
_CAST = frozenset(_XSD + name for name in ("integer", "decimal", "boolean", "date", "gYear", "gYearMonth"))
_DESCRIBING = frozenset(
    {"message", "path", "property", "sparql", "targetClass", "targetSubjectsOf", "lessThan"}
)

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Node = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True, slots=True)
class Check:
    """One query that finds what breaks one shape; its rows give ?this and perhaps ?value."""

    shape: str
    path: str
    """The property that the shape is about; empty when it is about the thing itself."""
    en: str
    zh: str
    sparql: str


@cache
def checks() -> tuple[Check, ...]:
    """Every check that `ontology/shapes.ttl` asks for, in the order of the shapes' names."""
    store = ox.Store()
    store.load(path=str(ontology_file("shapes.ttl")), format=ox.RdfFormat.TURTLE)
    return tuple(_Shapes(store).checks())


class _Shapes:
    """Reads shapes from a store."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def checks(self) -> Iterator[Check]:
        kind = ox.NamedNode(SH + "NodeShape")
        found = (q.subject for q in self.store.quads_for_pattern(None, ox.NamedNode(_RDF + "type"), kind))
        for shape in sorted((s for s in found if isinstance(s, ox.NamedNode)), key=lambda s: s.value):
            target = self._target(shape)
            if own := self._conditions(shape, "$this"):
                yield self._check(shape, "", f"SELECT DISTINCT $this WHERE {{ {target} FILTER({own}) }}")
            for constraint in self._all(shape, "sparql"):
                yield self._sparql(shape, constraint, target)
            for prop in sorted(self._all(shape, "property"), key=str):
                yield from self._property(prop, target)

    def _target(self, shape: Node) -> str:
        classes = self._all(shape, "targetClass")
        if classes:
            listed = " ".join(map(str, sorted(classes, key=str)))
            return f"VALUES ?targetClass {{ {listed} }} $this a ?targetClass ."
        (predicate,) = self._all(shape, "targetSubjectsOf")
        # Once each: a thing may be the subject of thousands.
        return f"{{ SELECT DISTINCT $this {{ $this {predicate} ?anything }} }}"

    def _check(self, shape: Node, path: str, sparql: str) -> Check:
        said = {m.language: m.value for m in self._all(shape, "message") if isinstance(m, ox.Literal)}
        return Check(_name(shape), path, said.get("en", ""), said.get("zh", ""), sparql)

    def _sparql(self, shape: Node, constraint: Term, target: str) -> Check:
        node = _node(constraint)
        (select,) = self._all(node, "select")
        before, brace, after = _text(select).partition("{")
        found = self._check(node, "", f"{before}{brace} {target} {after}")
        return Check(_name(shape), found.path, found.en, found.zh, found.sparql)

    def _property(self, term: Term, target: str) -> Iterator[Check]:
        shape = _node(term)
        (path,) = self._all(shape, "path")
        inverse = self._all(path, "inversePath") if isinstance(path, ox.BlankNode) else []
        pattern = f"?value {inverse[0]} $this ." if inverse else f"$this {path} ?value ."
        if f"$this {path} ?anything" in target:
            target = ""  # the values lead to all that the shape is about
        shown = _text(inverse[0] if inverse else path)
        if least := self._all(shape, "minCount"):
            if _text(least[0]) != "1":
                raise NotImplementedError(f"{shape}: sh:minCount other than 1")
            missing = f"FILTER NOT EXISTS {{ {pattern} }}"
            yield self._check(shape, shown, f"SELECT DISTINCT $this WHERE {{ {target} {missing} }}")
        if most := self._all(shape, "maxCount"):
            many = f"GROUP BY $this HAVING (COUNT(DISTINCT ?value) > {_text(most[0])})"
            yield self._check(shape, shown, f"SELECT $this WHERE {{ {target} {pattern} }} {many}")
        conditions = self._conditions(shape, "?value")
        for other in self._all(shape, "lessThan"):
            pattern += f" $this {other} ?other ."
            conditions = " || ".join(filter(None, [conditions, "COALESCE(!(?value < ?other), true)"]))
        if conditions:
            where = f"{target} {pattern} FILTER({conditions})"
            yield self._check(shape, shown, f"SELECT DISTINCT $this ?value WHERE {{ {where} }}")

    def _conditions(self, shape: Node, variable: str) -> str:
        """What is true of `variable` when it breaks the shape."""
        found: list[str] = []
        for quad in self.store.quads_for_pattern(shape, None, None):
            name = quad.predicate.value.removeprefix(SH)
            if quad.predicate.value.startswith(SH) and name not in _DESCRIBING | {"minCount", "maxCount"}:
                found.append(self._condition(name, quad.object, variable))
        return " || ".join(sorted(found))

    def _condition(self, name: str, value: Term, variable: str) -> str:
        match name:
            case "class":
                return f"NOT EXISTS {{ {variable} a {value} }}"
            case "datatype":
                return f"!{_has_datatype(variable, _text(value))}"
            case "nodeKind" if _text(value) == SH + "IRI":
                return f"!isIRI({variable})"
            case "or":
                return self._none_of([self._only(option) for option in self._list(value)], variable)
            case "in":
                same = (f"sameTerm({variable}, {item})" for item in self._list(value))
                return f"!({' || '.join(same)})"
            case "languageIn":
                (language,) = self._list(value)
                return f'COALESCE(LANG({variable}) != "{_text(language)}", true)'
            case "minLength":
                return f"STRLEN(STR({variable})) < {_text(value)}"
            case "minInclusive":
                return f"COALESCE({variable} < {_text(value)}, true)"
            case "maxInclusive":
                return f"COALESCE({variable} > {_text(value)}, true)"
            case "pattern":
                return f"!REGEX(STR({variable}), {value})"
            case _:
                raise NotImplementedError(f"ontology/shapes.ttl: sh:{name} is not understood by kg validate")

    def _none_of(self, options: list[tuple[str, Term]], variable: str) -> str:
        """That none of the alternatives holds; classes are asked for at once, which is quicker."""
        if all(name == "class" for name, _ in options):
            listed = ", ".join(str(value) for _, value in options)
            return f"NOT EXISTS {{ {variable} a ?class . FILTER(?class IN ({listed})) }}"
        return "(" + " && ".join(self._condition(*option, variable) for option in options) + ")"

    def _only(self, option: Term) -> tuple[str, Term]:
        """The one constraint of an alternative of sh:or."""
        (quad,) = self.store.quads_for_pattern(_node(option), None, None)
        return quad.predicate.value.removeprefix(SH), quad.object

    def _all(self, shape: Term, name: str) -> list[Term]:
        return [q.object for q in self.store.quads_for_pattern(_node(shape), ox.NamedNode(SH + name), None)]

    def _list(self, head: Term) -> Iterator[Term]:
        while _text(head) != _RDF + "nil":
            node = _node(head)
            yield next(self.store.quads_for_pattern(node, ox.NamedNode(_RDF + "first"), None)).object
            head = next(self.store.quads_for_pattern(node, ox.NamedNode(_RDF + "rest"), None)).object


def _has_datatype(variable: str, datatype: str) -> str:
    """Of this datatype, and well formed: an ill-formed literal cannot be cast to its own type."""
    own = f"COALESCE(DATATYPE({variable}) = <{datatype}>, false)"
    if datatype not in _CAST:
        return own
    return f"({own} && COALESCE(DATATYPE(<{datatype}>(STR({variable}))) = <{datatype}>, false))"


def _node(term: Term) -> Node:
    assert isinstance(term, ox.NamedNode | ox.BlankNode), f"ontology/shapes.ttl: {term} is no node"
    return term


def _text(term: Term) -> str:
    return "" if isinstance(term, ox.Triple) else term.value


def _name(shape: Node) -> str:
    return shape.value.rpartition("#")[2] if isinstance(shape, ox.NamedNode) else ""
