"""What the store says of one thing: its triples, its facts, their sentences, and names of what they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from kg.rdf.terms import full
from kg.serve.frames import RefusedError
from kg.serve.opened import Opened
from kg.vocabulary import PROPERTIES, ZM

Node = ox.NamedNode | ox.BlankNode

_TYPE, _LABEL = ox.NamedNode(full("rdf:type")), ox.NamedNode(full("rdfs:label"))
_TITLE = ox.NamedNode(full("dcterms:title"))
_ENDS: Final = (ox.NamedNode(full("rdf:subject")), ox.NamedNode(full("rdf:object")))
_PREDICATE = ox.NamedNode(full("rdf:predicate"))
_EVIDENCE, _PART = ox.NamedNode(full("prov:wasDerivedFrom")), ox.NamedNode(full("dcterms:isPartOf"))
_CHANGES: Final = tuple(ox.NamedNode(full(f"org:{end}Organization")) for end in ("original", "resulting"))
_WHOLE: Final = frozenset({full("zm:hasTarget"), full("skosxl:altLabel"), full("zm:partOfSeries")})
"""What these lead to is told with the thing itself."""
_WHOLE_CLASSES: Final = frozenset({full("zm:Target")})


_ORDER: Final = {ZM + name: position for position, name in enumerate(PROPERTIES)}


@dataclass(slots=True)
class Described:
    """Everything that is said of `iri`; `facts` are the fact nodes among it."""

    iri: ox.NamedNode
    triples: dict[ox.Triple, None] = field(default_factory=dict)
    facts: list[Node] = field(default_factory=list)
    told: set[Node] = field(default_factory=set)


def entity(opened: Opened, iri: str, part: slice | None = None) -> tuple[int, Described]:
    """How many facts a thing is an end of, and what is said of it and of these facts, or `part` of them."""
    found = _start(opened, iri)
    ends = (quad.subject for end in _ENDS for quad in _quads(opened, None, end, found.iri))
    nodes = dict.fromkeys(node for node in ends if not isinstance(node, ox.Triple))
    order = sorted(nodes, key=lambda node: (_place(opened, node), str(node)))
    found.facts = order[part or slice(None)]
    for change in _CHANGES:
        for quad in _quads(opened, None, change, found.iri):
            _tell(opened, found, quad.subject)
    _complete(opened, found)
    return len(order), found


def fact(opened: Opened, iri: str) -> Described:
    """What is said of one fact, both its ends named."""
    found = _start(opened, iri)
    if not any(triple.predicate == _ENDS[0] for triple in found.triples):
        raise RefusedError(404, f"<{iri}> is no fact of this graph")
    found.facts = [found.iri]
    _complete(opened, found)
    return found


def _place(opened: Opened, fact: Node) -> int:
    """Where the facts of one property stand among the others."""
    found = [quad.object for quad in _quads(opened, fact, _PREDICATE, None)]
    name = found[0].value if found and isinstance(found[0], ox.NamedNode) else ""
    return _ORDER.get(name, len(_ORDER))


def _start(opened: Opened, iri: str) -> Described:
    try:
        found = Described(ox.NamedNode(iri))
    except ValueError as error:
        raise RefusedError(404, f"<{iri}> is no IRI") from error
    _tell(opened, found, found.iri)
    if not found.triples:
        raise RefusedError(404, f"nothing is said of <{iri}>")
    return found


def _complete(opened: Opened, found: Described) -> None:
    """Add the facts, what carries them, and the names of whatever else is named."""
    if len(found.facts) > opened.limits.rows:
        raise RefusedError(413, "this thing has more facts than one answer holds; ask for them in SPARQL")
    for node in found.facts:
        _tell(opened, found, node)
    for triple in list(found.triples):
        if triple.predicate == _EVIDENCE and isinstance(triple.object, ox.NamedNode):
            _tell(opened, found, triple.object)
        elif triple.predicate.value in _WHOLE and isinstance(triple.object, ox.NamedNode):
            _tell(opened, found, triple.object)
    for node in _sources(found.triples):
        _tell(opened, found, node)
    for node in _named(found):
        for predicate in (_TYPE, _LABEL, _TITLE):
            _keep(found, _quads(opened, node, predicate, None))


def _sources(triples: Iterable[ox.Triple]) -> list[ox.NamedNode]:
    """The articles of the sentences."""
    parts = (t.object for t in triples if t.predicate == _PART)
    return list(dict.fromkeys(node for node in parts if isinstance(node, ox.NamedNode)))


def _named(found: Described) -> list[ox.NamedNode]:
    """What is named and not yet told."""
    nodes = (t.object for t in found.triples if t.predicate != _TYPE and isinstance(t.object, ox.NamedNode))
    subjects = (t.object for t in found.triples if t.predicate in _ENDS)
    both = dict.fromkeys([*nodes, *subjects])
    return [node for node in both if isinstance(node, ox.NamedNode) and node not in found.told]


def _tell(opened: Opened, found: Described, node: Node | ox.Triple) -> None:
    """Add all that is said of `node`, and of a target that it states."""
    if isinstance(node, ox.Triple) or node in found.told:
        return
    found.told.add(node)
    quads = list(_quads(opened, node, None, None))
    _keep(found, quads)
    if any(quad.predicate == _ENDS[1] for quad in quads):
        for quad in quads:
            if quad.predicate == _ENDS[1] and isinstance(quad.object, ox.NamedNode):
                kinds = {str(kind.object) for kind in _quads(opened, quad.object, _TYPE, None)}
                if kinds & {f"<{name}>" for name in _WHOLE_CLASSES}:
                    _tell(opened, found, quad.object)


def _keep(found: Described, quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        found.triples[quad.triple] = None


def _quads(
    opened: Opened, subject: Node | None, predicate: ox.NamedNode | None, term: Node | None
) -> Iterator[ox.Quad]:
    graph = None if opened.union else ox.DefaultGraph()
    return opened.store.quads_for_pattern(subject, predicate, term, graph)
