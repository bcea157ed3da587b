"""What RDF says, gathered beneath each subject: the form from which a graph is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox

from kg.errors import GraphFormatError
from kg.model import Evidence, Mention
from kg.rdf.terms import full


class Iri(str):
    """The name of a thing; a literal is a plain string."""

    __slots__ = ()


Node: TypeAlias = dict[str, list[str]]
"""What is said of one subject: predicate → objects."""
Nodes: TypeAlias = dict[str, Node]

REIFIES = ox.NamedNode(full("rdf:reifies"))
_IS, _STATEMENT = ox.NamedNode(full("rdf:type")), ox.NamedNode(full("rdf:Statement"))
_PARTS = tuple(ox.NamedNode(full(f"rdf:{part}")) for part in ("subject", "predicate", "object"))


class Told(NamedTuple):
    """A fact as a file tells it."""

    subject: str
    predicate: str
    end: str | None
    value: str | None
    qualifiers: dict[str, str]
    sure: str
    evidence: list[str]


@dataclass(slots=True)
class Found:
    """What a file says; what was known as such while reading stands in no node."""

    nodes: Nodes = field(default_factory=dict)
    sentences: dict[str, Evidence] = field(default_factory=dict)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    """Entity → where it is named."""
    facts: dict[str, Told] = field(default_factory=dict)
    base: str | None = None
    """What `zmid:` stands for, where IRIs are kept short."""


def gathered(triples: Iterable[ox.Quad | ox.Triple]) -> Found:
    """What is said of each subject, in whatever order it comes."""
    nodes: Nodes = {}
    iris: dict[str, Iri] = {}
    for triple in triples:
        subject, predicate, term = triple.subject, triple.predicate.value, triple.object
        if isinstance(subject, ox.Triple):
            continue
        if isinstance(term, ox.Triple):
            if predicate == REIFIES.value:
                told = in_full([ox.Quad(subject, REIFIES, term)])
                nodes.setdefault(subject.value, {}).update(gathered(told).nodes[subject.value])
            continue
        value = term.value
        if not isinstance(term, ox.Literal):
            value = iris.get(value) or iris.setdefault(value, Iri(value))
        node = nodes.get(subject.value)
        if node is None:
            node = nodes[subject.value] = {}
        known = node.get(predicate)
        if known is None:
            node[predicate] = [value]
        elif value not in known or len(known) > 64:
            known.append(value)
    return Found(nodes)


def in_full(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """What RDF 1.2 says in one triple, as RDF 1.1 says it in four: queries and shapes know these."""
    for quad in quads:
        if isinstance(quad.object, ox.Triple):
            said = quad.object
            yield ox.Quad(quad.subject, _IS, _STATEMENT, quad.graph_name)
            for name, part in zip(_PARTS, (said.subject, said.predicate, said.object), strict=True):
                yield ox.Quad(quad.subject, name, part, quad.graph_name)


class Described:
    """Nodes to be asked for what they say; what is not as it must be is told with the node's name."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes

    def all(self, iri: str, predicate: str) -> list[str]:
        """Every value of a predicate."""
        node = self.nodes.get(iri)
        return node.get(full(predicate), []) if node else []

    def maybe(self, iri: str, predicate: str) -> str | None:
        """The one value of a predicate, if it has any."""
        found = self.all(iri, predicate)
        if len(found) > 1:
            raise GraphFormatError(f"<{iri}> has {len(found)} values of {predicate}; it must have one")
        return found[0] if found else None

    def one(self, iri: str, predicate: str) -> str:
        """The one value of a predicate."""
        found = self.maybe(iri, predicate)
        if found is None:
            raise GraphFormatError(f"<{iri}> has no {predicate}; it must have one")
        return found

    def number(self, iri: str, predicate: str) -> int:
        """The one value of a predicate, a whole number."""
        text = self.one(iri, predicate)
        if not text.isdecimal():
            raise GraphFormatError(f"<{iri}>: {predicate} is '{text}'; it must be a whole number")
        return int(text)
