"""The learned judge of targets: two logistic models over named features, kept as one small file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from kg.extract.calibration import Calibration
from kg.models import model_file

FILE = "targets.json"

_BOUND = frozenset({"of=1", "aligned=same", "inbracket=1", "whole=1"})
"""3万亿元的甲; 甲、乙分别为3%、5%; 甲（3%）; 全市增长3%."""

_LOOSE = {"owned=1": 0.3, "aligned=other": 0.3, "bracketed=1": 0.5}
"""A name that belongs to another number, or stands in brackets closed before this one."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights by feature, and the bias."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """How likely, between 0 and 1; a feature never seen counts for nothing."""
        score = self.bias + math.fsum(self.weights.get(feature, 0.0) for feature in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True, slots=True)
class TargetModel:
    """Whether a number is worth a target, whose it is, and how far both are to be trusted."""

    worth: Logistic
    subject: Logistic
    calibration: Calibration
    threshold: float
    """The least confidence that is given out."""

    def owns(self, features: Iterable[str]) -> float:
        """How likely the entity so described has the number: as learned, then as grammar has it.

        What is rare but certain in the language is too rare in the gold to be learned.
        """
        known = set(features)
        likely = self.subject.probability(known)
        if known & _BOUND:
            likely = 0.5 + 0.45 * likely
        for feature, factor in _LOOSE.items():
            if feature in known:
                likely *= factor
        if "attended=1" in known and "type=Event" not in known:
            likely *= 0.4
        return likely

    def confidence(self, worth: float, subject: float, doubts: tuple[int, int] = (0, 0)) -> float:
        """How often a target judged so is right, by what held in articles not trained on."""
        return round(self.calibration.probability(log_odds(worth * subject), doubts), 2)


def log_odds(chance: float) -> float:
    """The logarithm of the odds of `chance`, kept finite."""
    kept = max(1e-6, min(1 - 1e-6, chance))
    return math.log(kept / (1 - kept))


@cache
def target_model() -> TargetModel:
    """The model, read once."""
    return loads(model_file(FILE).read_text(encoding="utf-8"))


def loads(text: str) -> TargetModel:
    """A model from its JSON."""
    data = json.loads(text)
    worth, subject = (Logistic(data[part]["bias"], data[part]["weights"]) for part in ("worth", "subject"))
    return TargetModel(worth, subject, Calibration(**data["calibration"]), data["threshold"])


def save(model: TargetModel, path: Path) -> None:
    """Write `model` as JSON, the same bytes for the same model."""
    data = {
        part: {"bias": round(logistic.bias, 4), "weights": _kept(logistic.weights)}
        for part, logistic in (("worth", model.worth), ("subject", model.subject))
    }
    numbers = {"calibration": asdict(model.calibration), "threshold": model.threshold}
    lines = json.dumps({**numbers, **data}, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_text(lines + "\n", encoding="utf-8")


def _kept(weights: Mapping[str, float]) -> dict[str, float]:
    return {feature: round(weight, 3) for feature, weight in weights.items() if abs(weight) >= 0.005}
