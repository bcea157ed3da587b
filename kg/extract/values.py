"""Targets and dates."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.dating import dates
from kg.extract.reading import Reading
from kg.extract.targets import targets
from kg.model import Entity, Fact


def values(reading: Reading) -> Iterator[Fact | Entity]:
    """Yield the targets that the article states, then its dates."""
    yield from targets(reading)
    yield from dates(reading)
