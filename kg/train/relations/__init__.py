"""Train the scorer of candidate relations on gold articles: a linear model and shallow trees.

The names are the gold's, and a tagger's where given. What is optional in the gold counts little:
finding it is right, missing it is not wrong. Where a triple has several candidates, the likeliest
carry it in a second round. Scores of articles held out turn into probabilities, and choose the
threshold.

    kg train relations --gold GOLD --found FOUND.jsonl -o kg/data/relations.json
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.extract.relation_model import model_of
from kg.gold import Gold
from kg.model import Candidate
from kg.train.calibration import fitted
from kg.train.folds import FOLDS
from kg.train.relations.samples import Key, Sample, samples, written_samples
from kg.train.relations.scorer import FLOOR, LINEAR_SHARE, Scorer
from kg.vocabulary import RELATIONS

__all__ = ["train", "write"]

LEAST_PRECISION = 0.66
"""The threshold keeps the precision of relations, on names as they come, at least here."""


def held_out(given: Sequence[Sample]) -> tuple[list[float | None], list[dict[str, Any]]]:
    """The score of each sample by a model that has not seen its article, and these models."""
    scores: list[float | None] = [None] * len(given)
    models = []
    for fold in range(FOLDS):
        stored = Scorer([s for s in given if s.fold != fold]).stored()
        model = model_of({**stored, **_UNCALIBRATED})
        for index, sample in enumerate(given):
            if sample.fold == fold:
                scores[index] = model.score(sample.key[2], dict.fromkeys(sorted(sample.features)))
        models.append(stored)
    return scores, models


_UNCALIBRATED: dict[str, Any] = {
    "calibration": {"slope": 1.0, "offset": 0.0},
    "floor": FLOOR * LINEAR_SHARE,
    "thresholds": {"": 0.5},
}


def calibration(
    given: Sequence[Sample], scores: Sequence[float | None], golds: Mapping[str, Gold]
) -> dict[str, Any]:
    """From score to probability, and the confidence from which telling a fact pays."""
    best = _best(given, scores)
    keys = sorted(best)
    curve = fitted(
        [(best[key].score, best[key].doubts) for key in keys], [best[key].verdict != "wrong" for key in keys]
    )
    sure = [(curve.probability(best[key].score, best[key].doubts), best[key].verdict) for key in keys]
    wanted = sum(not f.optional and f.property in RELATIONS for gold in golds.values() for f in gold.facts)
    return {
        "calibration": asdict(curve),
        "floor": FLOOR * LINEAR_SHARE,
        "thresholds": {"": _threshold(sure, wanted)},
    }


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    doubts: tuple[int, int]
    verdict: str


def _best(given: Sequence[Sample], scores: Sequence[float | None]) -> dict[Key, _Scored]:
    best: dict[Key, _Scored] = {}
    for sample, score in zip(given, scores, strict=True):
        if score is not None and (sample.key not in best or score > best[sample.key].score):
            best[sample.key] = _Scored(score, sample.doubts, sample.verdict)
    return best


def _threshold(sure: Sequence[tuple[float, str]], wanted: int) -> float:
    """The threshold of the best F1 whose precision suffices."""
    ranked = []
    for step in range(10, 95):
        told = [verdict for confidence, verdict in sure if confidence >= step / 100]
        right, wrong = told.count("required"), told.count("wrong")
        if right and right / (right + wrong) >= LEAST_PRECISION:
            ranked.append((2 * right / (right + wrong + wanted), -step))
    return -max(ranked)[1] / 100 if ranked else 0.5


def train(
    golds: Mapping[str, Gold],
    names: Mapping[str, Sequence[Candidate]] | None = None,
    folder: Path | None = None,
) -> dict[str, Any]:
    """The model of all `golds`; the models that each leave a fold out go to `folder`."""
    given = [*samples(golds, names), *written_samples()]
    scores, models = held_out(given)
    wanted = "gold" if names is None else "tagger"
    judged = [(s, score) for s, score in zip(given, scores, strict=True) if s.source == wanted]
    mapping = calibration([s for s, _ in judged], [score for _, score in judged], golds)
    if folder is not None:
        for fold, stored in enumerate(models):
            write(folder / f"fold{fold}.json", {**mapping, **stored})
    return {**mapping, **Scorer(given).stored()}


def write(path: Path, stored: Mapping[str, Any]) -> None:
    """Write a model file: sorted, compact, the same bytes for the same model."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
