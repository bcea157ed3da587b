"""What one article says: names, then entities, then facts; no memory of other articles.

The frame is a spaCy pipeline over jieba's words; each step is a component that can be left out:

    jieba ─▶ kg_names ─▶ kg_entities ─▶ kg_posts ─▶ kg_relations ─▶ kg_values ─▶ Extraction

Layers of the `Doc`: `doc.spans["names"]`, and one for each type of entity ("Person", …).
"""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from kg.extract.components import COMPONENTS, extraction_of, start
from kg.extract.traditional import as_read, as_written
from kg.model import Article, Extraction
from kg.nlp import chinese

__all__ = ["extract", "pipeline"]


def extract(article: Article) -> Extraction:
    """The entities and facts of `article`."""
    read = as_read(article)
    return _extract(article) if read is article else as_written(_extract(read), article)


def _extract(article: Article) -> Extraction:
    nlp = pipeline()
    return extraction_of(nlp(start(nlp, article)))


@cache
def pipeline() -> Language:
    """The spaCy pipeline; `pipeline().select_pipes(disable="kg_values")` leaves a step out."""
    nlp = chinese()
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
