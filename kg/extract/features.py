"""What the tagger is given of a stretch of text, the same in training and at run time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.lac import Encoded
from kg.model import EntityType

TYPES: Final = tuple(EntityType)
LABELS: Final = ("O", *(f"{place}-{type_}" for type_ in TYPES for place in "BIES"))
"""Outside, then begin, inside, end and single of each type: column 1 + 4 * type + place."""

PADDING: Final = 0
UNKNOWN: Final = 1
"""The number of a character or bigram that training never saw."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The characters and bigrams that a model knows, each with its number."""

    chars: Mapping[str, int]
    bigrams: Mapping[str, int]

    @classmethod
    def of(cls, chars: Sequence[str], bigrams: Sequence[str]) -> Alphabet:
        """The alphabet that numbers both lists in their order, after padding and unknown."""
        first = UNKNOWN + 1
        return cls(
            {char: number for number, char in enumerate(chars, first)},
            {pair: number for number, pair in enumerate(bigrams, first)},
        )


@dataclass(frozen=True, slots=True)
class Features:
    """One stretch of text, one row a character."""

    chars: NDArray[np.int64]
    left: NDArray[np.int64]
    """The bigram that ends at the character."""
    right: NDArray[np.int64]
    """The bigram that starts at it."""
    tags: NDArray[np.int64]
    hidden: NDArray[np.float32]
    clues: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.chars)


def describe(text: str, item: Encoded, table: NDArray[np.float32], alphabet: Alphabet) -> Features:
    """The features of the stretch `item` of `text`, whose clues stand in `table`."""
    line = text[item.span.start : item.span.end]
    pairs = [alphabet.bigrams.get(a + b, UNKNOWN) for a, b in pairwise(line)]
    return Features(
        chars=np.array([alphabet.chars.get(char, UNKNOWN) for char in line], dtype=np.int64),
        left=np.array([UNKNOWN, *pairs], dtype=np.int64),
        right=np.array([*pairs, UNKNOWN], dtype=np.int64),
        tags=item.tags,
        hidden=item.hidden,
        clues=table[item.span.start : item.span.end],
    )


def stack(rows: Sequence[Features]) -> dict[str, NDArray[np.generic]]:
    """A batch as the network takes it: short rows padded at their ends."""
    size = max(len(row) for row in rows)
    batch: dict[str, NDArray[np.generic]] = {
        "length": np.array([len(row) for row in rows], dtype=np.int32),
    }
    for name in ("chars", "left", "right", "tags", "hidden", "clues"):
        sample = getattr(rows[0], name)
        kind = np.float32 if sample.dtype.kind == "f" else np.int64
        array = np.zeros((len(rows), size, *sample.shape[1:]), dtype=kind)
        for number, row in enumerate(rows):
            array[number, : len(row)] = getattr(row, name)
        batch[name] = array
    return batch
