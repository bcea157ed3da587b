"""Fits a network of the tagger: rows of every task in random order, the rate falling to nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.extract.features import stack
from kg.train.names.corpora import Row
from kg.train.names.language_model import BIGRAM_SIZE, CHAR_SIZE, HIDDEN
from kg.train.names.network import both_ways, crf_loss, new_member, scores


@dataclass(frozen=True, slots=True)
class Voice:
    """What sets one network apart from the others: networks that err alike add nothing to each other."""

    seed: int
    variants: int
    """Times each article is told again with other names."""
    dropped: float
    """Share of the inputs that are hidden in training."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train; the tagger that is shipped was made by this one."""

    voices: tuple[Voice, ...] = (Voice(1, 1, 0.4), Voice(2, 2, 0.45))
    epochs: int = 5
    readings: int = 2
    """Times the texts are read that others than the gold's readers marked."""
    warm_epochs: int = 2
    """Passes over the other tasks before the first of ours."""
    share: float = 0.2
    """Batches of the other tasks for each batch of ours."""
    until: float = 0.75
    """So far along the way other texts are read; the last word is the gold's."""
    rate: float = 2e-3
    decay: float = 1e-4
    size: int = 1500
    """Characters in a batch."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """The rows that a network learns from."""

    gold: Sequence[Row]
    others: Sequence[Row]
    """Of the other tasks."""
    read: Sequence[Row] = ()
    """Written for training, or marked in the news."""


class Memory:
    """The frozen language model: asked once for every row, its answers kept in half precision."""

    def __init__(self, parts: Any) -> None:
        self.parts = parts.eval()
        self._kept: dict[int, NDArray[np.float16]] = {}

    def forget(self, rows: Sequence[Row]) -> None:
        """Drop what is kept of `rows`, which will not come again."""
        for row in rows:
            self._kept.pop(id(row), None)

    def batch(self, rows: Sequence[Row]) -> dict[str, Any]:
        """The rows as tensors, with what the language model remembers at each character."""
        import torch

        batch: dict[str, Any] = {
            name: torch.from_numpy(array) for name, array in stack([row.features for row in rows]).items()
        }
        batch["length"] = batch["length"].long()
        batch["mask"] = torch.arange(batch["chars"].shape[1])[None] < batch["length"][:, None]
        labels = np.zeros(batch["chars"].shape, dtype=np.int64)
        for number, row in enumerate(rows):
            labels[number, : len(row)] = row.labels
        batch["labels"] = torch.from_numpy(labels)
        batch["widths"] = torch.tensor([CHAR_SIZE, BIGRAM_SIZE, BIGRAM_SIZE])
        with torch.no_grad():
            chars = self.parts["chars"](batch["chars"])
            sides = [self.parts["bigrams"](batch[side]) for side in ("left", "right")]
            batch["words"] = torch.cat([chars, *sides], 2)
            batch["memory"] = self._states(rows, batch, chars, sides)
        return batch

    def _states(self, rows: Sequence[Row], batch: dict[str, Any], chars: Any, sides: list[Any]) -> Any:
        import torch

        if not all(id(row) in self._kept for row in rows):
            forward, backward = (torch.cat([chars, side], 2) for side in sides)
            both = torch.cat(both_ways(self.parts, forward, backward, batch["length"]), 2)
            for number, row in enumerate(rows):
                self._kept[id(row)] = both[number, : len(row)].numpy().astype(np.float16)
        states = np.zeros((*chars.shape[:2], 2 * HIDDEN), dtype=np.float32)
        for number, row in enumerate(rows):
            states[number, : len(row)] = self._kept[id(row)]
        return torch.from_numpy(states)


def batches(rows: Sequence[Row], size: int, chance: random.Random) -> list[list[Row]]:
    """Rows of like length together, at most `size` characters a batch, in random order."""
    found: list[list[Row]] = []
    batch: list[Row] = []
    for row in sorted(rows, key=lambda row: len(row) + 8 * chance.random()):
        longest = max([len(row), *map(len, batch)])
        if batch and longest * (len(batch) + 1) > size:
            found.append(batch)
            batch = []
        batch.append(row)
    if batch:
        found.append(batch)
    chance.shuffle(found)
    return found


def warm_up(memory: Memory, others: Sequence[Row], plan: Plan) -> Any:
    """A network that knows the other tasks only: the start of every one trained on gold."""
    import torch

    first = plan.voices[0]
    torch.manual_seed(first.seed)
    chance = random.Random(first.seed)
    sequence = [batch for _ in range(plan.warm_epochs) for batch in _by_task(others, plan, chance)]
    return _fit(memory, new_member(), sequence, plan, first.dropped)


def fit(memory: Memory, start: Any, lessons: Lessons, plan: Plan, voice: Voice) -> Any:
    """The member `start`, trained on with `lessons`."""
    import torch

    torch.manual_seed(voice.seed)
    member = new_member()
    member.load_state_dict(start.state_dict())
    return _fit(memory, member, _sequence(lessons, plan, random.Random(voice.seed)), plan, voice.dropped)


def _sequence(lessons: Lessons, plan: Plan, chance: random.Random) -> list[list[Row]]:
    """The batches in the order of learning: what is not gold among the gold, but none of it at the end."""
    sequence: list[list[Row]] = []
    for _ in range(plan.epochs):
        mine = batches(lessons.gold, plan.size, chance)
        mixed = mine + _by_task(lessons.others, plan, chance)[: round(plan.share * len(mine))]
        chance.shuffle(mixed)
        sequence += mixed
    other = [batch for _ in range(plan.readings) for batch in batches(lessons.read, plan.size, chance)]
    placed = [(number / len(sequence), batch) for number, batch in enumerate(sequence)]
    placed += [(plan.until * chance.random(), batch) for batch in other]
    return [batch for _, batch in sorted(placed, key=lambda pair: pair[0])]


def _by_task(rows: Sequence[Row], plan: Plan, chance: random.Random) -> list[list[Row]]:
    tasks = sorted({row.task for row in rows})
    found = [
        batch for task in tasks for batch in batches([r for r in rows if r.task == task], plan.size, chance)
    ]
    chance.shuffle(found)
    return found


def _fit(memory: Memory, member: Any, sequence: list[list[Row]], plan: Plan, dropped: float) -> Any:
    import torch

    member.train()
    optimiser = torch.optim.AdamW(member.parameters(), lr=plan.rate, weight_decay=plan.decay)
    for step, rows in enumerate(sequence):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * min(1.0, (step + 1) / 50) * (1 - 0.95 * step / len(sequence))
        loss = _loss(member, rows[0].task, memory.batch(rows), dropped)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(member.parameters(), 2.0)
        optimiser.step()
    return member.eval()


def _loss(member: Any, task: str, batch: dict[str, Any], dropped: float) -> Any:
    from torch.nn.functional import cross_entropy

    emitted = scores(member, task, batch, dropped)
    if task == "gold":
        return crf_loss(member, emitted, batch) / batch["mask"].sum()
    return cross_entropy(emitted[batch["mask"]], batch["labels"][batch["mask"]])
