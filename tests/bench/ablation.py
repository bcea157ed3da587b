"""What each part of extraction adds: the figures with the part switched off, on articles no model has seen.

    python tests/bench/ablation.py GOLD --models FOLDS [--only WORD] [--json FILE]

GOLD and FOLDS are those of `tests/bench/quality.py`. A part is switched off by putting something idle
in its place from outside; the code under test knows nothing of it. What the encoder and the tagger
say of an article is computed once and used in every row.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from kg.evaluate import Evaluation, evaluate
from kg.extract import extract, relation_model, tagger, target_model
from kg.extract.calibration import Calibration
from kg.extract.relation_model import RelationModel
from kg.extract.tagger import Posterior
from kg.gold import Gold, read_gold_folder
from kg.lac import lac
from kg.model import Article, Candidate, Entity, Extraction, Mention
from kg.models import VARIABLE
from kg.train.folds import FOLDS, fold_of


def nothing(*_: object, **__: object) -> tuple[()]:
    """In place of a part that finds things."""
    return ()


def no_sign(*_: object, **__: object) -> None:
    """In place of a part that finds one thing."""


@dataclass(frozen=True)
class Part:
    """A part of extraction: what it is, and what is put where to switch it off."""

    group: str
    name: str
    idle: Sequence[tuple[str, Any]]
    """Places within `kg.extract`, and what is put there."""


def unread(self: Posterior, *_: object) -> Iterator[Candidate]:
    """A tagger that believes in nothing."""
    return iter(())


def each_by_itself(article: Article, found: Sequence[Candidate]) -> list[Entity]:
    """Names joined only where they are spelt alike."""
    spelt: dict[tuple[str, str], list[Mention]] = {}
    for c in found:
        text = article.text[c.start : c.end]
        spelt.setdefault((c.type, text), []).append(Mention(article.id, c.start, c.end, text))
    types = {str(c.type): c.type for c in found}
    return [
        Entity(f"x{number}", types[kind], name, mentions=tuple(mentions), articles=(article.id,))
        for number, ((kind, name), mentions) in enumerate(spelt.items())
    ]


_STRENGTH = {"strong": 0.9, "fair": 0.7, "weak": 0.4}


def by_frames_alone(self: RelationModel, prop: str, features: Any, doubts: Any = (0, 0)) -> float:
    """Frames as verdicts: the strength that each was given when it was written."""
    told = [f.partition("@")[0].removeprefix("Fs.") for f in features if f.startswith("Fs.")]
    return max((_STRENGTH[strength] for strength in told), default=0.0)


def linear_alone(self: RelationModel, prop: str, features: Any) -> float | None:
    """The model of relations without its trees."""
    weights = self.weights.get(prop, {})
    linear = weights.get("", 0.0) + sum(weights.get(feature, 0.0) for feature in features)
    return None if linear < self.floor else linear / _LINEAR_SHARE


_LINEAR_SHARE = 0.35


def certain_names(self: Calibration, score: float, doubts: Any = (0, 0)) -> float:
    """Confidence that does not ask how sure the names are."""
    return PROBABILITY(self, score)


PROBABILITY = Calibration.probability
_RULES = (
    ("events: editions, themes, heads", ["events"]),
    ("book marks and quotation marks", ["titles", "quoted", "unmarked"]),
    ("described programmes, five-year plans", ["plans", "five_years", "undertakings", "kinds"]),
    ("wording that makes a name certain", ["certain", "implied"]),
    ("short names that are introduced", ["short_names"]),
    ("lists, and names alike", ["listed", "alike"]),
    ("known names found again", ["_again"]),
)
PARTS = (
    Part("names", "tagger", [("tagger.Posterior.likely", unread)]),
    Part("names", "LAC's say in a name's type", [("names.LAC_TYPES", {})]),
    *(Part("names", what, [("names." + n, nothing) for n in names]) for what, names in _RULES),
    Part("names", "sound edges of names", [("names.mend", lambda text, item: item)]),
    Part("entities", "coreference", [("components.join_names", each_by_itself)]),
    Part("entities", "events of the headline", [("components.headline_events", nothing)]),
    Part("posts", "posts that titles imply", [("implied_bodies.ImpliedBodies.of", no_sign)]),
    Part("relations", "frames", [("scene.firings", nothing)]),
    Part("relations", "model (frames alone)", [("relation_model.RelationModel.confidence", by_frames_alone)]),
    Part("relations", "trees of the model", [("relation_model.RelationModel.score", linear_alone)]),
    Part("relations", "words that stand for names", [("event_context.Context.anaphors", nothing)]),
    Part("relations", "event carried over", [("scene._events", nothing)]),
    Part("relations", "subject carried over", [("scene._topic", nothing)]),
    Part("relations", "lines of lists", [("scene._led", nothing)]),
    Part("relations", "rivals at one signal", [("relations._RIVALRY", 1.0)]),
    Part("values", "target model: all numbers", [("target_model.TargetModel.confidence", lambda *_: 1.0)]),
    Part("values", "chains of numbers vote", [("target_subjects.Subjects.chain", lambda self, q: q.start)]),
    Part("values", "dates of meetings", [("dating._at_meeting", no_sign)]),
    Part("all", "doubt about names", [("calibration.Calibration.probability", certain_names)]),
)  # fmt: skip


class Remembered:
    """Answers the same question about an article once, whatever is asked of it elsewhere."""

    def __init__(self, inner: Any, method: str) -> None:
        self._inner, self._method = inner, method
        self._known: dict[object, Any] = {}

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return partial(self._ask, found) if name == self._method else found

    def _ask(self, found: Callable[..., Any], about: Any, *rest: Any) -> Any:
        key = (about.title, about.text) if isinstance(about, Article) else about
        if key not in self._known:
            self._known[key] = found(about, *rest)
        return self._known[key]


@contextmanager
def models_of(folder: Path) -> Iterator[None]:
    """The models in `folder` are those that extraction uses."""
    cached = (tagger.tagger, relation_model.relation_model, target_model.target_model)
    for model in cached:
        model.cache_clear()
    with mock.patch.dict(os.environ, {VARIABLE: str(folder)}):
        yield
    for model in cached:
        model.cache_clear()


def extractions(
    golds: dict[str, Gold], models: Path, parts: Sequence[Part]
) -> dict[str, dict[str, Extraction]]:
    """For each part, and for "" with all of them at work, every article as it is then extracted."""
    found: dict[str, dict[str, Extraction]] = {}
    encoder = Remembered(lac(), "encode")
    for fold in range(FOLDS):
        mine = [gold.article for name, gold in golds.items() if fold_of(name) == fold]
        with models_of(models / f"fold{fold}"):
            reader = Remembered(tagger.tagger(), "read")
            remembered = [
                ("names.lac", lambda: encoder),
                ("names.tagger", lambda r=reader: r),
            ]
            for part in (Part("", "", ()), *parts):
                with ExitStack() as stack:
                    for target, idle in (*remembered, *part.idle):
                        stack.enter_context(mock.patch(f"kg.extract.{target}", idle))
                    found.setdefault(part.name, {}).update({a.id: extract(a) for a in mine})
    return found


def figures(result: Evaluation) -> dict[str, float]:
    """The three figures of a row."""
    facts = result.all_facts
    return {"core4": result.core4, "facts F1": facts.f1, "facts P": facts.precision}


def table(rows: Sequence[tuple[Part, dict[str, float]]], base: dict[str, float]) -> Iterator[str]:
    """The lines of the table, in Markdown."""
    yield "| switched off | core4 | facts F1 | facts P | change of core4 | change of facts F1 |"
    yield "|---|---|---|---|---|---|"
    for part, row in rows:
        changes = " | ".join(f"{row[name] - base[name]:+.3f}" for name in ("core4", "facts F1"))
        label = f"{part.group}: {part.name}" if part.name else "nothing"
        yield f"| {label} | {row['core4']:.3f} | {row['facts F1']:.3f} | {row['facts P']:.3f} | {changes} |"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--only", default="", help="only parts whose group or name holds this word")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    golds = read_gold_folder(args.gold)
    parts = [part for part in PARTS if args.only in f"{part.group}: {part.name}"]
    found = extractions(golds, args.models, parts)
    rows = [(part, figures(evaluate(golds, found[part.name]))) for part in (Part("", "", ()), *parts)]
    print("\n".join(table(rows, rows[0][1])))
    if args.json:
        kept = {part.name or "nothing": row for part, row in rows}
        args.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
