"""The one place where jieba meets spaCy: a text becomes a `Doc` of jieba's words, offsets kept."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import pairwise

import jieba
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import Span

jieba.setLogLevel(logging.WARNING)


class JiebaTokenizer:
    """jieba's words as spaCy tokens; whitespace is a token, so that no offset moves."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Segment `text` by jieba's dictionary."""
        # Its model for unknown words glues names to their verbs; names are the tagger's work.
        return _doc(self.vocab, jieba.cut(text, HMM=False))


def chinese() -> Language:
    """A blank spaCy pipeline for Chinese, with jieba as its tokenizer."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = JiebaTokenizer(nlp.vocab)
    return nlp


def cut_at(doc: Doc, spans: Iterable[Span]) -> Doc:
    """`doc` with its words cut where any of `spans` begins or ends, so that each is a spaCy span."""
    edges = {edge for span in spans for edge in (span.start, span.end)}
    cut = _doc(doc.vocab, _pieces(doc, edges))
    cut.user_data.update(doc.user_data)
    return cut


def add_layer(doc: Doc, layer: str, spans: Iterable[tuple[Span, str, str]]) -> None:
    """Put (place, label, id) spans on `doc` as the layer `doc.spans[layer]`."""
    made = (doc.char_span(span.start, span.end, label=label, span_id=id_) for span, label, id_ in spans)
    doc.spans[layer] = [span for span in made if span is not None]


def _pieces(doc: Doc, edges: set[int]) -> Iterator[str]:
    """The words of `doc`, those with edges inside in pieces."""
    text = doc.text
    starts = [token.idx for token in doc]
    for begin, end in pairwise(sorted(edges.union(starts, [len(text)]))):
        yield text[begin:end]


def _doc(vocab: Vocab, words: Iterable[str]) -> Doc:
    found = list(words)
    return Doc(vocab, words=found, spaces=[False] * len(found))
