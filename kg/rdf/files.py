"""RDF files, opened by their ending."""

from __future__ import annotations

import gc
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Final, cast

import pyoxigraph as ox

from kg.errors import GraphFormatError

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


def text_of(path: Path) -> str | None:
    """The text of `path` where it is Turtle; None for other forms, and for what is no text."""
    if not path.name.lower().removesuffix(".gz").endswith(".ttl"):
        return None
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return data.decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        return None  # the parser says better what is wrong


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
