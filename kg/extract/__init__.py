"""What one article says: names, then entities, then facts; no memory of other articles."""

from __future__ import annotations

from itertools import chain

from kg.extract.coreference import join_names
from kg.extract.names import find_names
from kg.extract.posts import posts
from kg.extract.reading import Reading
from kg.extract.relations import relations
from kg.extract.values import values
from kg.model import Article, Entity, Extraction, Fact
from kg.officials import with_officials

__all__ = ["extract"]


def extract(article: Article) -> Extraction:
    """The entities and facts of `article`."""
    candidates = find_names(article)
    reading = Reading(article, join_names(article, candidates))
    found = list(chain(posts(reading), relations(reading), values(reading)))
    implied = {item.id: item for item in found if isinstance(item, Entity)}
    facts = tuple(item for item in found if isinstance(item, Fact))
    entities = (*reading.entities.values(), *implied.values())
    return Extraction(article, with_officials(entities, facts), facts)
