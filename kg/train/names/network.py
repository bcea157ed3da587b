"""The network: a frozen language model and LAC's states below, a BiLSTM above, one last layer a task."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.clues import SIZE as CLUES
from kg.extract.features import LABELS
from kg.train.names.corpora import TASKS
from kg.train.names.language_model import BIGRAM_SIZE, CHAR_SIZE, HIDDEN

LAC_SIZE: Final = 512
LAC_TAGS: Final = 59
NARROW: Final = 128
"""LAC's states, and the language model's, are each brought down to so many columns."""
TAG_SIZE: Final = 16
CLUE_SIZE: Final = 16
STATES: Final = 160
"""Memory of the BiLSTM, one direction."""
FORBIDDEN: Final = -1e4


def new_member() -> Any:
    """An untrained tagger on top of the language model."""
    from torch import nn

    width = CHAR_SIZE + 2 * BIGRAM_SIZE + TAG_SIZE + CLUE_SIZE + 2 * NARROW
    parts = {
        "tags": nn.Embedding(LAC_TAGS, TAG_SIZE),
        "clues": nn.Linear(CLUES, CLUE_SIZE),
        "lac": nn.Linear(LAC_SIZE, NARROW),
        "memory": nn.Linear(2 * HIDDEN, NARROW),
        "ahead": nn.LSTM(width, STATES, batch_first=True),
        "back": nn.LSTM(width, STATES, batch_first=True),
        "moves": nn.Embedding(len(LABELS), len(LABELS)),
    }
    nn.init.zeros_(parts["moves"].weight)
    parts |= {f"out_{task}": nn.Linear(2 * STATES, len(labels)) for task, labels in TASKS.items()}
    return nn.ModuleDict(parts)


def scores(member: Any, task: str, batch: dict[str, Any], dropped: float) -> Any:
    """How well each label of `task` fits each character; `dropped` of the inputs are hidden in training."""
    import torch
    from torch.nn.functional import dropout

    train = bool(member.training)
    words = batch["words"]
    if train:
        # whole characters and bigrams vanish now and then: names never seen must be read from context
        words = words * (torch.rand(*words.shape[:2], 3) > 0.1).repeat_interleave(batch["widths"], 2)
    parts = [
        words,
        member["tags"](batch["tags"]),
        torch.relu(member["clues"](batch["clues"])),
        member["lac"](dropout(batch["hidden"], dropped, train)),
        member["memory"](dropout(batch["memory"], dropped, train)),
    ]
    joined = dropout(torch.cat(parts, 2), dropped, train)
    states = torch.cat(both_ways(member, joined, joined, batch["length"]), 2)
    return member[f"out_{task}"](dropout(states, dropped, train))


def both_ways(parts: Any, forward: Any, backward: Any, length: Any) -> tuple[Any, Any]:
    """What the LSTMs `ahead` and `back` remember; each row is turned round within its own length.

    A packed bidirectional LSTM would say the same; without packing torch is twice as fast on a CPU.
    """
    import torch

    steps = torch.arange(forward.shape[1])
    turned = (length[:, None] - 1 - steps[None]).clamp(min=0)[:, :, None]
    ahead, _ = parts["ahead"](forward)
    back, _ = parts["back"](backward.gather(1, turned.expand(-1, -1, backward.shape[2])))
    return ahead, back.gather(1, turned.expand(-1, -1, back.shape[2]))


def grammar() -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """What is forbidden: one label after another, at the start, at the end."""
    moves = np.full((len(LABELS), len(LABELS)), FORBIDDEN, dtype=np.float32)
    for row, before in enumerate(LABELS):
        for column, after in enumerate(LABELS):
            if before[0] in "OES":
                legal = after[0] in "OBS"
            else:
                legal = after[0] in "IE" and after[2:] == before[2:]
            moves[row, column] = 0 if legal else FORBIDDEN
    start = np.array([0 if label[0] in "OBS" else FORBIDDEN for label in LABELS], dtype=np.float32)
    end = np.array([0 if label[0] in "OES" else FORBIDDEN for label in LABELS], dtype=np.float32)
    return moves, start, end


def crf_loss(member: Any, emitted: Any, batch: dict[str, Any]) -> Any:
    """How improbable the right labels are, summed over the batch."""
    import torch

    labels, mask, weight = batch["labels"], batch["mask"], member["moves"].weight
    legal, start, end = (torch.from_numpy(array) for array in grammar())
    moves = weight + legal
    inside = mask.float()
    right = (emitted.gather(2, labels[:, :, None]).squeeze(2) * inside).sum()
    right = right + (moves[labels[:, :-1], labels[:, 1:]] * inside[:, 1:]).sum()
    total = emitted[:, 0] + start
    chain = moves.exp()
    for step in range(1, emitted.shape[1]):
        peak = total.max(1, keepdim=True).values
        reached = torch.log((total - peak).exp() @ chain + 1e-30) + peak + emitted[:, step]
        total = torch.where(mask[:, step : step + 1], reached, total)
    return torch.logsumexp(total + end, 1).sum() - right
