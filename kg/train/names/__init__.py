"""Trains the tagger from annotated text; needs `zhengmai[train]`, which run time does not.

    news ──pretrain──▶ language model ──▶ frozen states ─┐
    CLUENER, Resume ──warm up──▶ a member's start ───────┼─▶ members ──▶ one ONNX file
    gold (with a share of the others) ──fit──────────────┘

A fixed seed, one thread and one version of torch give the same file again.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.extract.features import Alphabet
from kg.gold import Gold, read_gold_folder
from kg.train.folds import fold_of
from kg.train.names.corpora import Row, cluener_texts, gold_text, resume_texts, rows
from kg.train.names.fitting import Memory, Plan, fit, warm_up
from kg.train.names.lac_export import export_lac
from kg.train.names.onnx_export import write_tagger
from kg.train.names.variants import name_lists, variant

__all__ = ["Sources", "Trainer", "export_lac", "train"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the data lie; without `news` the language model is taken from `language_model`."""

    gold: Path
    cluener: Path
    resume: Path
    news: Sequence[Path] = ()
    language_model: Path | None = None
    seeds: tuple[int, ...] = (1, 2)
    plan: Plan = field(default_factory=Plan)


class Trainer:
    """Everything that no fold changes, prepared once."""

    def __init__(self, sources: Sources, say: Callable[[str], None]) -> None:
        import torch

        torch.set_num_threads(1)
        torch.use_deterministic_algorithms(True)
        self.sources, self.say = sources, say
        self.golds: dict[str, Gold] = read_gold_folder(sources.gold)
        others = {"cluener": cluener_texts(sources.cluener), "resume": resume_texts(sources.resume)}
        self.lists, parts = self._language_model([item.text for items in others.values() for item in items])
        self.alphabet = Alphabet.of(*self.lists)
        self.memory = Memory(parts)
        self.texts = {name: gold_text(gold) for name, gold in self.golds.items()}
        self.ours: dict[str, list[Row]] = {
            name: list(rows("gold", text, self.alphabet)) for name, text in self.texts.items()
        }
        self.names = [item for items in others.values() for item in items]
        self.others = [
            row for task, items in others.items() for item in items for row in rows(task, item, self.alphabet)
        ]
        say(f"{len(self.ours)} articles of gold, {len(self.others)} sentences of other tasks")
        self.starts = {seed: warm_up(self.memory, self.others, sources.plan, seed) for seed in sources.seeds}

    def fit(self, held_out: int | None, out: Path) -> None:
        """Write to `out` a tagger trained on all articles but those of the fold `held_out`."""
        seen = [name for name in self.ours if fold_of(name) != held_out]
        members = []
        for seed, start in self.starts.items():
            variants = self._variants(seen, seed)
            ours = [row for name in seen for row in self.ours[name]] + variants
            self.say(f"seed {seed}: {len(ours)} stretches of gold")
            members.append(fit(self.memory, start, (ours, self.others), self.sources.plan, seed))
            self.memory.forget(variants)
        write_tagger(self.memory.parts, members, self.lists, out)
        self.say(f"wrote {out}")

    def keep_language_model(self, out: Path) -> None:
        """Write the language model to `out`, for `Sources.language_model` of a later run."""
        import torch

        chars, bigrams = self.lists
        weights = self.memory.parts.state_dict()
        torch.save({"chars": chars, "bigrams": bigrams, "weights": weights}, out)

    def _variants(self, seen: list[str], seed: int) -> list[Row]:
        """Rows of the articles `seen` with other names in them: only names that are seen too."""
        chance = random.Random(seed)
        texts = [self.texts[name] for name in seen]
        names = name_lists([*texts, *self.names])
        return [
            row
            for _ in range(self.sources.plan.variants)
            for text in texts
            for row in rows("gold", variant(text, names, chance), self.alphabet)
        ]

    def _language_model(self, texts: list[str]) -> tuple[tuple[list[str], list[str]], Any]:
        import torch

        from kg.train.names.language_model import alphabet_lists, new_parts, pretrain

        stored = self.sources.language_model
        if stored:
            saved = torch.load(stored, weights_only=True)
            lists = (list(saved["chars"]), list(saved["bigrams"]))
            parts = new_parts(Alphabet.of(*lists))
            parts.load_state_dict(saved["weights"])
            return lists, parts
        texts = [*(text for path in self.sources.news for text in _news(path)), *texts]
        lists = alphabet_lists(texts)
        return lists, pretrain(texts, Alphabet.of(*lists), passes=3, say=self.say)


def _news(path: Path) -> list[str]:
    """The texts of a file of JSON lines, packed or not."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines()
    return [json.loads(line)["text"] for line in lines]


def train(sources: Sources, out: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """Write to `out` the tagger that `sources` give."""
    Trainer(sources, say).fit(None, out)
