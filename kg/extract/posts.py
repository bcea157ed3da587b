"""Who holds which post in which body."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.reading import Reading
from kg.model import Entity, Fact


def posts(reading: Reading) -> Iterator[Fact | Entity]:
    """Yield the facts, and the entities that are implied by them."""
    yield from ()
