"""Every stretch of the text that names something: candidates from all annotators, reconciled."""

from __future__ import annotations

from kg.model import Article, Candidate


def find_names(article: Article) -> list[Candidate]:
    """The names of `article`, none overlapping another, in order."""
    return []
