"""The one place where jieba meets spaCy: an article becomes a `Doc`, offsets kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import jieba
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import Span
from kg.text import sentences

jieba.setLogLevel(logging.WARNING)


class JiebaTokenizer:
    """jieba's words as spaCy tokens; whitespace is a token, so that no offset moves."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str, cuts: Sequence[int] = ()) -> Doc:
        """Segment `text`; no word crosses a position in `cuts`."""
        words: list[str] = []
        edges = [0, *sorted({c for c in cuts if 0 < c < len(text)}), len(text)]
        for start, end in pairwise(edges):
            words.extend(jieba.cut(text[start:end], HMM=False))
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


@cache
def language() -> Language:
    """The shared spaCy pipeline, with jieba as its tokenizer."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = JiebaTokenizer(nlp.vocab)
    return nlp


@cache
def _tokenizer() -> JiebaTokenizer:
    return JiebaTokenizer(language().vocab)


def make_doc(text: str, names: Sequence[Span] = ()) -> Doc:
    """A `Doc` of `text` whose words never cross a name or a sentence edge.

    Layers: `doc.spans["sentences"]`, `doc.spans["names"]`.
    """
    layers = {"sentences": list(sentences(text)), "names": list(names)}
    cuts = [edge for spans in layers.values() for span in spans for edge in (span.start, span.end)]
    doc = _tokenizer()(text, cuts)
    for layer, spans in layers.items():
        found = (doc.char_span(span.start, span.end) for span in spans)
        doc.spans[layer] = [span for span in found if span is not None]
    return doc
