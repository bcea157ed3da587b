"""Trains the tagger from annotated text; needs `zhengmai[train]`, which run time does not.

    news ──pretrain──▶ language model ──▶ frozen states ─┐
    CLUENER, Resume ──warm up──▶ the start of every ─────┤
    gold, retold, with a share of the others ────────────┼──fit──▶ networks ──▶ one ONNX file
    texts written for training, news that readers marked ┘

The same data, one thread and one version of torch give the same file again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.extract.features import Alphabet
from kg.gold import Gold, read_gold_folder
from kg.train.folds import fold_of
from kg.train.names.corpora import Row, cluener_texts, gold_text, halved, resume_texts, rows
from kg.train.names.fitting import Lessons, Memory, Plan, Voice, fit, warm_up
from kg.train.names.lac_export import export_lac
from kg.train.names.marked import marked_news
from kg.train.names.news import read_news, unlike
from kg.train.names.onnx_export import write_tagger
from kg.train.names.variants import name_lists, variant
from kg.train.written import named

__all__ = ["Plan", "Sources", "Trainer", "export_lac", "train"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the data lie; `news` hold the marked items and teach the language if no model knows it."""

    gold: Path
    cluener: Path
    resume: Path
    news: Sequence[Path] = ()
    language_model: Path | None = None
    plan: Plan = field(default_factory=Plan)


class Trainer:
    """Everything that no fold changes, prepared once."""

    def __init__(self, sources: Sources, say: Callable[[str], None]) -> None:
        import torch

        torch.set_num_threads(1)
        torch.use_deterministic_algorithms(True)
        self.plan, self.say = sources.plan, say
        self.golds: dict[str, Gold] = read_gold_folder(sources.gold)
        told = [article for path in sources.news for article in read_news(path)]
        news = unlike(told, [gold.article for gold in self.golds.values()])
        others = {"cluener": cluener_texts(sources.cluener), "resume": resume_texts(sources.resume)}
        self.names = [item for items in others.values() for item in items]
        language = [item.text for item in news] + [item.text for item in self.names]
        self.lists, parts = _language_model(sources.language_model, language, say)
        self.alphabet = Alphabet.of(*self.lists)
        self.memory = Memory(parts)
        self.texts = {name: gold_text(gold) for name, gold in self.golds.items()}
        self.ours: dict[str, list[Row]] = {
            name: list(rows("gold", text, self.alphabet)) for name, text in self.texts.items()
        }
        self.others = [
            row for task, items in others.items() for item in items for row in rows(task, item, self.alphabet)
        ]
        read = [*map(gold_text, named().values()), *marked_news(news)]
        self.read = [halved(row) for item in read for row in rows("gold", item, self.alphabet)]
        say(f"{len(self.ours)} articles of gold, {len(self.others)} sentences of other tasks")
        say(f"{len(read)} texts written or marked for training")
        say(f"{len(told) - len(news)} of {len(told)} items of news share wording with the gold")
        self.start = warm_up(self.memory, self.others, self.plan)

    def fit(self, held_out: int | None, out: Path) -> None:
        """Write to `out` a tagger trained on all articles but those of the fold `held_out`."""
        seen = [name for name in self.ours if fold_of(name) != held_out]
        read = [row for row in self.read if fold_of(row.article) != held_out]
        networks = [self._network(seen, voice, read) for voice in self.plan.voices]
        write_tagger(self.memory.parts, networks, self.lists, out)
        self.say(f"wrote {out}")

    def _network(self, seen: list[str], voice: Voice, read: list[Row]) -> Any:
        """A network trained on the articles `seen` and on the rows `read`."""
        variants = self._variants(seen, voice)
        ours = [row for name in seen for row in self.ours[name]] + variants
        self.say(f"seed {voice.seed}: {len(ours)} stretches of gold, {len(read)} of other texts")
        network = fit(self.memory, self.start, Lessons(ours, self.others, read), self.plan, voice)
        self.memory.forget(variants)
        return network

    def keep_language_model(self, out: Path) -> None:
        """Write the language model to `out`, for `Sources.language_model` of a later run."""
        import torch

        chars, bigrams = self.lists
        weights = self.memory.parts.state_dict()
        torch.save({"chars": chars, "bigrams": bigrams, "weights": weights}, out)

    def _variants(self, seen: list[str], voice: Voice) -> list[Row]:
        """Rows of the articles `seen` with other names in them: only names that are seen too."""
        chance = random.Random(voice.seed)
        texts = [self.texts[name] for name in seen]
        names = name_lists([*texts, *self.names])
        return [
            row
            for _ in range(voice.variants)
            for text in texts
            for row in rows("gold", variant(text, names, chance), self.alphabet)
        ]


def _language_model(
    stored: Path | None, texts: list[str], say: Callable[[str], None]
) -> tuple[tuple[list[str], list[str]], Any]:
    """What it knows and the network that knows it: as `stored`, or learnt from `texts`."""
    import torch

    from kg.train.names.language_model import alphabet_lists, new_parts, pretrain

    if stored:
        saved = torch.load(stored, weights_only=True)
        lists = (list(saved["chars"]), list(saved["bigrams"]))
        parts = new_parts(Alphabet.of(*lists))
        parts.load_state_dict(saved["weights"])
        return lists, parts
    lists = alphabet_lists(texts)
    return lists, pretrain(texts, Alphabet.of(*lists), passes=3, say=say)


def train(sources: Sources, out: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """Write to `out` the tagger that `sources` give."""
    Trainer(sources, say).fit(None, out)
