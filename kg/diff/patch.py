"""A difference as RDF Patch, which triple stores apply: https://afs.github.io/rdf-delta/rdf-patch.html."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator

from kg.model import Graph
from kg.rdf import PREFIXES, triples
from kg.vocabulary import ID


def patch(old: Graph, new: Graph, base: str = ID) -> Iterator[str]:
    """Yield the lines that turn the triples of `old` into those of `new`; equal graphs give equal lines.

    The patch is one transaction, its id made from its content, so that a log keeps it once.
    """
    before = {str(triple) for triple in triples(old, base)}
    after = {str(triple) for triple in triples(new, base)}
    rows = [f"D {triple} ." for triple in sorted(before - after)]
    rows += [f"A {triple} ." for triple in sorted(after - before)]
    yield f"H id <uuid:{_uuid(rows)}> ."
    yield "TX ."
    for prefix, iri in PREFIXES.items():
        yield f'PA "{prefix}" "{base if prefix == "zmid" else iri}" .'
    yield from rows
    yield "TC ."


def _uuid(rows: list[str]) -> uuid.UUID:
    """A version 8 UUID: one whose bits are ours to choose, here from the rows' hash."""
    bits = int.from_bytes(hashlib.sha256("\n".join(rows).encode()).digest()[:16])
    bits = bits & ~(0xF << 76) | (8 << 76)
    return uuid.UUID(int=bits & ~(0x3 << 62) | (0x2 << 62))
