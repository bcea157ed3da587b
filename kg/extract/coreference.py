"""Names of one article joined into entities."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Article, Candidate, Entity


def join_names(article: Article, candidates: Iterable[Candidate]) -> list[Entity]:
    """The entities that `candidates` name, in order of first mention."""
    return []
