"""One LSTM a direction, trained to guess the next character of unannotated text."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.features import UNKNOWN, Alphabet

CHAR_SIZE: Final = 64
BIGRAM_SIZE: Final = 48
HIDDEN: Final = 256
LENGTH: Final = 96
"""Characters read at once; a passage starts after a comma or full stop, with an empty memory."""
BATCH: Final = 48
NOISE: Final = 800
"""The right character is told from so many random ones: a softmax over all would take four times as long."""
RATE: Final = 3e-3
SEED: Final = 5
RARE_CHAR, RARE_BIGRAM, BIGRAMS = 4, 12, 32000


def alphabet_lists(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """The characters and the most frequent bigrams of `texts` that a model should know."""
    chars: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in texts:
        chars.update(text)
        pairs.update(a + b for a, b in pairwise(text))
    common = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:BIGRAMS]
    return (
        sorted(char for char, count in chars.items() if count >= RARE_CHAR),
        sorted(pair for pair, count in common if count >= RARE_BIGRAM and "\n" not in pair),
    )


def new_parts(alphabet: Alphabet) -> Any:
    """An untrained language model: embeddings shared by the LSTMs `ahead` and `back`."""
    from torch import nn

    parts = nn.ModuleDict(
        {
            "chars": nn.Embedding(len(alphabet.chars) + UNKNOWN + 1, CHAR_SIZE),
            "bigrams": nn.Embedding(len(alphabet.bigrams) + UNKNOWN + 1, BIGRAM_SIZE),
            "ahead": nn.LSTM(CHAR_SIZE + BIGRAM_SIZE, HIDDEN, batch_first=True),
            "back": nn.LSTM(CHAR_SIZE + BIGRAM_SIZE, HIDDEN, batch_first=True),
        }
    )
    nn.init.normal_(parts["chars"].weight, 0, 0.3)
    nn.init.normal_(parts["bigrams"].weight, 0, 0.2)
    return parts


@dataclass(frozen=True, slots=True)
class Stream:
    """All text in a row, as numbers, and where passages start."""

    chars: NDArray[np.int32]
    bigrams: NDArray[np.int32]
    starts: NDArray[np.int64]
    weights: NDArray[np.float64]
    """How often each character is drawn as noise."""


def as_stream(texts: Sequence[str], alphabet: Alphabet) -> Stream:
    """`texts` joined and numbered."""
    joined = "\n".join(texts)
    chars = np.array([alphabet.chars.get(char, UNKNOWN) for char in joined], dtype=np.int32)
    pairs = [alphabet.bigrams.get(joined[i : i + 2], UNKNOWN) for i in range(len(joined))]
    starts, position = [], 0
    while position + LENGTH + 1 < len(joined):
        starts.append(position)
        ends = [
            match.end()
            for match in re.finditer("[。，\n]", joined[position + LENGTH - 40 : position + LENGTH])
        ]
        position += LENGTH - 40 + ends[-1] if ends else LENGTH
    counts = np.bincount(chars, minlength=len(alphabet.chars) + UNKNOWN + 1)
    weights = np.maximum(counts, 1).astype(np.float64) ** 0.75
    return Stream(chars, np.array(pairs, dtype=np.int32), np.array(starts), weights / weights.sum())


def pretrain(texts: Sequence[str], alphabet: Alphabet, passes: int, say: Callable[[str], None]) -> Any:
    """A language model that has read `texts` so many times."""
    import torch
    from torch import nn

    torch.manual_seed(SEED)
    parts, stream = new_parts(alphabet), as_stream(texts, alphabet)
    out = nn.Embedding(len(alphabet.chars) + UNKNOWN + 1, HIDDEN)
    nn.init.normal_(out.weight, 0, 0.05)
    head = nn.ModuleDict({"out": out, "bias": nn.Embedding(len(alphabet.chars) + UNKNOWN + 1, 1)})
    nn.init.zeros_(head["bias"].weight)
    weights = [*parts.parameters(), *head.parameters()]
    optimiser = torch.optim.Adam(weights, lr=RATE)
    total = passes * (len(stream.starts) // BATCH)
    for step, batch in enumerate(_batches(stream, passes)):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / 100) * (1 - 0.97 * step / total)
        loss = _loss(parts, head, stream, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        if step % 500 == 0:
            say(f"language model: step {step} of {total}, loss {loss.item() / 2:.3f}")
    return parts


def _batches(stream: Stream, passes: int) -> Iterator[NDArray[np.int64]]:
    chance = random.Random(SEED)
    for _ in range(passes):
        order = list(range(len(stream.starts)))
        chance.shuffle(order)
        for first in range(0, len(order) - BATCH + 1, BATCH):
            yield stream.starts[order[first : first + BATCH]]


def _loss(parts: Any, head: Any, stream: Stream, starts: NDArray[np.int64]) -> Any:
    import torch
    from torch.nn.functional import dropout

    places = starts[:, None] + np.arange(LENGTH + 1)[None]
    chars = torch.from_numpy(stream.chars[places]).long()
    pairs = torch.from_numpy(stream.bigrams[places]).long()
    edge = torch.full((len(starts), 1), UNKNOWN)
    seen = parts["chars"](chars)
    ahead = torch.cat([seen[:, :-1], parts["bigrams"](torch.cat([edge, pairs[:, : LENGTH - 1]], 1))], 2)
    back = torch.cat([seen[:, 1:], parts["bigrams"](torch.cat([pairs[:, 1:-1], edge], 1))], 2).flip(1)
    forward, _ = parts["ahead"](dropout(ahead, 0.1))
    backward, _ = parts["back"](dropout(back, 0.1))
    noise = torch.from_numpy(stream.weights).float()
    return _guess(head, dropout(forward, 0.1), chars[:, 1:], noise) + _guess(
        head, dropout(backward, 0.1), chars[:, :-1].flip(1), noise
    )


def _guess(head: Any, states: Any, right: Any, weights: Any) -> Any:
    import torch
    from torch.nn.functional import cross_entropy

    states, right = states.reshape(-1, HIDDEN), right.reshape(-1)
    drawn = torch.multinomial(weights, NOISE, replacement=True)
    shift = torch.log(weights * NOISE)
    good = (states * head["out"](right)).sum(1) + head["bias"](right)[:, 0] - shift[right]
    other = states @ head["out"](drawn).T + head["bias"](drawn)[:, 0] - shift[drawn]
    other = other.masked_fill(right[:, None] == drawn[None], -1e4)
    scores = torch.cat([good[:, None], other], 1)
    return cross_entropy(scores, torch.zeros(len(right), dtype=torch.long))
