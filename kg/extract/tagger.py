"""The learned part of finding names: how likely each stretch of the text is to be a name of each type.

A BiLSTM with a CRF on top reads characters, bigrams, LAC's hidden states and the clues of
`kg.extract.clues`. It runs in ONNX; the CRF is summed here, so that any stretch can be asked
for its exact probability and not only those on the best path.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.clues import clues
from kg.extract.features import LABELS, TYPES, Alphabet, describe, stack
from kg.lac import BATCH, Encoded, session
from kg.model import Article, Candidate, EntityType
from kg.models import model_file

Floats = NDArray[np.float64]

FILE: Final = "tagger.onnx"

LIKELY: Final = 0.05
"""A stretch is looked at when the chance that a name starts there is at least this."""


class Tagger:
    """A model file, loaded."""

    def __init__(self, model: bytes) -> None:
        self._session = session(model)
        meta = self._session.get_modelmeta().custom_metadata_map
        self._alphabet = Alphabet.of(json.loads(meta["chars"]), json.loads(meta["bigrams"]))
        self._transitions = np.array(json.loads(meta["transitions"]), dtype=np.float64)

    @classmethod
    def load(cls, path: Path) -> Tagger:
        """The tagger stored in `path`."""
        return cls(path.read_bytes())

    def read(self, article: Article, encoded: Sequence[Encoded]) -> Posterior:
        """What the tagger believes of `article`, whose stretches LAC has `encoded`."""
        table = clues(article.text, article.title)
        parts: list[Stretch] = []
        order = sorted(encoded, key=lambda item: (len(item.span), item.span.start))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            scores = self._scores(article.text, batch, table)
            lengths = np.array([len(item.span) for item in batch])
            parts += _summed(scores, self._transitions, lengths, [item.span.start for item in batch])
        return Posterior(sorted(parts, key=lambda part: part.start))

    def _scores(self, text: str, batch: list[Encoded], table: NDArray[np.float32]) -> Floats:
        feed = stack([describe(text, item, table, self._alphabet) for item in batch])
        (scores,) = self._session.run(None, feed)
        return np.asarray(scores, dtype=np.float64)


class Stretch:
    """The sums of the CRF over one stretch; every figure is a natural logarithm."""

    def __init__(self, start: int, before: Floats, step: Floats, after: Floats, moves: Floats) -> None:
        self.start = start
        self.end = start + len(before)
        self._before, self._step, self._after, self._moves = before, step, after, moves
        inside = 2 + 4 * np.arange(len(TYPES))
        runs = np.cumsum(step[:, inside] + moves[inside, inside], axis=0)
        self._runs = np.vstack([np.zeros((1, len(TYPES))), runs])
        belief = np.exp(before + after)
        self.begins = np.maximum(belief[:, inside - 1], belief[:, inside + 2])
        self._belief = belief

    @property
    def labels(self) -> Floats:
        """The probability of each label at each character."""
        return self._belief

    def probability(self, start: int, end: int, kind: int) -> float:
        """That a name of the `kind`-th type is exactly text[start:end]."""
        first, last = start - self.start, end - self.start - 1
        begin, inside, close, single = range(1 + 4 * kind, 5 + 4 * kind)
        if first == last:
            return float(self._belief[first, single])
        total = self._before[first, begin] + self._step[last, close] + self._after[last, close]
        if last == first + 1:
            return float(np.exp(total + self._moves[begin, close]))
        # the first character inside is reached from the beginning, not from another inside
        run = self._runs[last, kind] - self._runs[first + 1, kind] - self._moves[inside, inside]
        return float(np.exp(total + self._moves[begin, inside] + run + self._moves[inside, close]))

    def ends(self, start: int, kind: int, least: float) -> Iterator[tuple[int, float]]:
        """Yield each end, with its probability, of names of the `kind`-th type that start at `start`."""
        first = start - self.start
        close = 3 + 4 * kind
        for last in range(first, len(self._before)):
            if last == first or self._belief[last, close] >= least:
                chance = self.probability(start, self.start + last + 1, kind)
                if chance >= least:
                    yield self.start + last + 1, chance
            if last > first and self._belief[last, close - 1] < least / 4:
                return


class Posterior:
    """The probability of every stretch of an article to be a name."""

    def __init__(self, parts: Sequence[Stretch]) -> None:
        self.parts = parts
        self._starts = np.array([part.start for part in parts])

    def probability(self, start: int, end: int, type_: EntityType) -> float:
        """That text[start:end] is exactly a name of `type_`."""
        index = int(np.searchsorted(self._starts, start, side="right")) - 1
        if index < 0 or end > self.parts[index].end:
            return 0.0
        return self.parts[index].probability(start, end, TYPES.index(type_))

    def likely(self, least: float = LIKELY) -> Iterator[Candidate]:
        """Yield every stretch whose probability is at least `least`; they may overlap."""
        for part in self.parts:
            for first, kind in zip(*np.nonzero(part.begins >= least), strict=True):
                start = part.start + int(first)
                for end, chance in part.ends(start, int(kind), least):
                    yield Candidate(start, end, TYPES[kind], chance, "tagger")


def _summed(scores: Floats, moves: Floats, lengths: NDArray[np.int64], starts: list[int]) -> list[Stretch]:
    """Forward and backward sums of a batch, cut back to each row's own length."""
    rows, size, _ = scores.shape
    peak = scores.max(axis=2, keepdims=True)
    local, chain = np.exp(scores - peak), np.exp(moves)
    opening = np.array([label[0] in "OBS" for label in LABELS])
    closing = np.array([label[0] in "OES" for label in LABELS], dtype=np.float64)
    before, after, scale = np.zeros_like(local), np.zeros_like(local), np.ones((rows, size))
    state = local[:, 0] * opening
    for step in range(size):
        if step:
            state = (state @ chain) * local[:, step]
        scale[:, step] = state.sum(axis=1)
        state /= scale[:, step, None]
        before[:, step] = state
    state = np.tile(closing, (rows, 1))
    for step in range(size - 1, -1, -1):
        last = lengths == step + 1
        state[last] = closing / (before[last, step] @ closing)[:, None]
        after[:, step] = state
        state = (local[:, step] * state) @ chain.T / scale[:, step, None]
    with np.errstate(divide="ignore"):
        logs = [np.log(array) for array in (before, local / scale[:, :, None], after)]
    return [
        Stretch(start, logs[0][row, :length], logs[1][row, :length], logs[2][row, :length], moves)
        for row, (start, length) in enumerate(zip(starts, lengths, strict=True))
    ]


@cache
def tagger() -> Tagger:
    """The tagger, read once."""
    return Tagger.load(model_file(FILE))
