"""RDF files: opened by their ending, their triples grouped by subject."""

from __future__ import annotations

import gc
import gzip
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final, TypeAlias, cast

import pyoxigraph as ox

from kg.errors import GraphFormatError
from kg.rdf.terms import full

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Node: TypeAlias = dict[str, list[Term]]
"""What is said of one subject: predicate → objects."""
Nodes: TypeAlias = dict[str, Node]

FORMATS: Final = MappingProxyType(
    {
        ".ttl": ox.RdfFormat.TURTLE,
        ".ttl12": ox.RdfFormat.TURTLE,
        ".nt": ox.RdfFormat.N_TRIPLES,
        ".nq": ox.RdfFormat.N_QUADS,
        ".trig": ox.RdfFormat.TRIG,
        ".jsonld": ox.RdfFormat.JSON_LD,
    }
)

_TYPE, _REIFIES = full("rdf:type"), full("rdf:reifies")
_STATEMENT = full("rdf:Statement")


def is_rdf(path: Path) -> bool:
    """Whether the ending of `path` is that of an RDF file."""
    return path.name.lower().removesuffix(".gz").endswith(tuple(FORMATS))


@contextmanager
def open_rdf(path: Path) -> Iterator[ox.QuadParser]:
    """The statements in `path`, while it is open; raises `GraphFormatError` saying where it breaks."""
    suffixes = [s for s in path.suffixes if s != ".gz"]
    form = FORMATS.get(suffixes[-1].lower() if suffixes else "")
    if form is None:
        raise GraphFormatError(f"{path}: not a known RDF ending; known are {', '.join(FORMATS)}")
    try:
        with cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb") as file:
            yield ox.parse(file, form)
    except (SyntaxError, ValueError, EOFError, OSError) as error:
        raise GraphFormatError(f"{path}: not valid {form.name}: {error}") from error


@contextmanager
def no_collection() -> Iterator[None]:
    """No search for cycles meanwhile: files make none, and looking for them takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def grouped(triples: Iterable[ox.Quad | ox.Triple]) -> Nodes:
    """What is said of each subject, in whatever order it comes."""
    nodes: Nodes = {}
    for triple in triples:
        subject, predicate, term = triple.subject, triple.predicate.value, triple.object
        if isinstance(subject, ox.Triple):
            continue
        if predicate == _REIFIES and isinstance(term, ox.Triple):
            nodes.setdefault(subject.value, {}).update(_reified(term))
            continue
        node = nodes.get(subject.value)
        if node is None:
            node = nodes[subject.value] = {}
        known = node.get(predicate)
        if known is None:
            node[predicate] = [term]
        elif term not in known or len(known) > 64:
            known.append(term)
    return nodes


def _reified(triple: ox.Triple) -> Node:
    """What RDF 1.2 says in one triple, as RDF 1.1 says it in four."""
    parts = {"subject": triple.subject, "predicate": triple.predicate, "object": triple.object}
    found: Node = {full(f"rdf:{part}"): [term] for part, term in parts.items()}
    return {**found, _TYPE: [ox.NamedNode(_STATEMENT)]}
