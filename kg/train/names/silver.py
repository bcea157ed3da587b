"""What a teacher believes of unannotated text, as rows that a student learns from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from kg.extract.clues import clues
from kg.extract.features import Alphabet, describe
from kg.extract.tagger import Tagger
from kg.lac import lac, stretches
from kg.model import Article
from kg.train.names.corpora import Belief, Row, halved


def silver_rows(teacher: Tagger, articles: Iterable[Article], alphabet: Alphabet) -> Iterator[Row]:
    """Yield the rows of `articles`, labelled with every probability that `teacher` gives."""
    encoder = lac()
    for article in articles:
        encoded = encoder.encode(article.text, stretches(article.text))
        table = clues(article.text, article.title)
        for item, part in zip(encoded, teacher.read(article, encoded).parts, strict=True):
            features = describe(article.text, item, table, alphabet)
            belief = Belief(part.labels.astype(np.float16), part.moves().astype(np.float32))
            yield halved(Row("gold", article.id, item.span, features, belief.labels.argmax(axis=1), belief))
