"""Words, parts of speech and first guesses at names, from Baidu's LAC encoder run in batches.

The encoder is LAC's own (Apache-2.0), cut down to the characters it can meet one by one and
told where each sentence of a batch ends; `kg.train.names.export_lac` makes it. Besides its tags it
gives its hidden states, which the tagger reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from kg.model import Span
from kg.text import sentences

LONGEST = 160
"""Longer sentences are cut at a comma: memory and padding grow with the longest of a batch."""

BATCH = 32


class Word(NamedTuple):
    """A word of the text with LAC's tag (`n`, `v`, `PER`, `LOC`, `ORG`, …)."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Encoded:
    """A stretch of text as the encoder sees it: one row a character."""

    span: Span
    tags: NDArray[np.int64]
    hidden: NDArray[np.float32]


class Lac:
    """The encoder and its tag grammar."""

    def __init__(self, model: bytes) -> None:
        self._session = session(model)
        meta = self._session.get_modelmeta().custom_metadata_map
        ids = json.loads(meta["ids"])
        self._ids = dict(zip(meta["chars"], ids, strict=True))
        self._unknown = int(meta["unknown"])
        self.tags: tuple[str, ...] = tuple(json.loads(meta["tags"]))
        self._kinds = [tag.partition("-")[0] for tag in self.tags]
        self._opens = np.array([not tag.endswith("-I") for tag in self.tags])

    def encode(self, text: str, spans: Sequence[Span]) -> list[Encoded]:
        """Each of `spans` encoded, in their order; what one gives does not hang on other articles."""
        done: dict[int, Encoded] = {}
        order = sorted(range(len(spans)), key=lambda i: (len(spans[i]), i))
        for first in range(0, len(order), BATCH):
            numbers = order[first : first + BATCH]
            batch = self._batch(text, [spans[i] for i in numbers])
            done.update(zip(numbers, batch, strict=True))
        return [done[i] for i in range(len(spans))]

    def words(self, encoded: Encoded) -> Iterator[Word]:
        """Yield the words of an encoded stretch, without gaps."""
        tags = encoded.tags
        opens = self._opens[tags]
        opens[:1] = True
        starts = np.flatnonzero(opens).tolist()
        kinds = [self._kinds[tag] for tag in tags[starts].tolist()]
        base = encoded.span.start
        for (start, end), kind in zip(pairwise([*starts, len(tags)]), kinds, strict=True):
            yield Word(base + start, base + end, kind)

    def _batch(self, text: str, spans: Sequence[Span]) -> list[Encoded]:
        lengths = np.array([len(span) for span in spans], dtype=np.int32)
        ids = np.full((len(spans), int(lengths.max())), self._unknown, dtype=np.int64)
        for row, span in enumerate(spans):
            chars = text[span.start : span.end]
            ids[row, : len(chars)] = [self._ids.get(char, self._unknown) for char in chars]
        hidden, scores = self._session.run(None, {"token_ids": ids, "length": lengths})
        # LAC chains its tags with a CRF; the tag that is best by itself is the same 99 times in 100, and free
        tags = scores.argmax(axis=2)
        return [
            Encoded(span, tags[row, : len(span)], hidden[row, : len(span)]) for row, span in enumerate(spans)
        ]


def session(model: bytes) -> ort.InferenceSession:
    """A session on one thread, so that results do not hang on the number of processors."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def stretches(text: str) -> list[Span]:
    """The sentences of `text`, the longest cut after a comma; what the encoder reads at once."""
    found: list[Span] = []
    for sentence in sentences(text):
        start = sentence.start
        while sentence.end - start > LONGEST:
            window = text[start : start + LONGEST]
            cut = max(window.rfind(mark) for mark in "，；、：, ")
            cut = cut + 1 if cut > 0 else LONGEST
            found.append(Span(start, start + cut))
            start += cut
        if start < sentence.end:
            found.append(Span(start, sentence.end))
    return found


@cache
def lac() -> Lac:
    """The encoder that the package ships."""
    return Lac((files("kg") / "data" / "lac.onnx").read_bytes())


def words(text: str) -> list[Word]:
    """Every word of `text`, in order; what lies between sentences (line ends, margins) has none."""
    encoder = lac()
    return [word for item in encoder.encode(text, stretches(text)) for word in encoder.words(item)]
