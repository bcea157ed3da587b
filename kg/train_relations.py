"""Train the scorer of candidate relations on gold articles: a linear model and shallow trees.

The names are the gold's. What is optional in the gold counts little: finding it is right, missing
it is not wrong. Where a triple has several candidates, the likeliest carry it in a second round.
Scores of articles held out turn into probabilities, and choose the thresholds.

    python -m kg.train_relations GOLD kg/data/relations.json --folds FOLDER
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.evaluate.matching import match_entities
from kg.extract.coreference import join_names
from kg.extract.pairs import pairs
from kg.extract.reading import Reading
from kg.extract.relation_model import model_of
from kg.gold import Gold, as_extraction, read_gold_folder
from kg.model import Candidate, EntityType
from kg.vocabulary import RELATIONS

FOLDS = 5
OPTIONAL_WEIGHT = 0.2
TAGGED_WEIGHT = 0.3
"""How much a candidate between tagged names counts beside one between the names of the gold."""
RARE = 3
"""A feature seen in fewer articles than this is left out."""
RARE_IN_TREES = 6
FLOOR = -3.5
"""A linear score below this rules a candidate out."""
LINEAR_SHARE = 0.35
"""How much the linear model counts in the score; the trees have the rest."""
LEAST_PRECISION = 0.65
_ROUNDING = 4
_SLIGHT = 0.01
"""A weight smaller than this is left out."""

Key = tuple[str, str, str, str]
"""Article, subject, property, object."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A candidate with what the gold says of it: `required`, `optional` or `wrong`."""

    key: Key
    fold: int
    features: frozenset[str]
    verdict: str
    tagged: bool = False
    """Whether a tagger found its names."""


def fold_of(article: str) -> int:
    """The fold that an article belongs to."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % FOLDS


def samples(
    golds: Mapping[str, Gold], names: Mapping[str, Sequence[Candidate]] | None = None
) -> list[Sample]:
    """Every candidate of every article: between names of the gold, and between a tagger's where given."""
    found = []
    for key, gold in golds.items():
        found += _samples(gold, gold_reading(gold), {})
        if names is not None and key in names:
            reading = Reading(gold.article, join_names(gold.article, names[key]))
            found += _samples(gold, reading, match_entities(gold, reading.entities.values()))
    return found


def read_names(path: Path) -> dict[str, list[Candidate]]:
    """Names that a tagger found in articles it was not trained on: lines of id and candidates."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        stored = json.loads(line)
        found[stored["id"]] = [
            Candidate(a, b, EntityType(t), *rest) for a, b, t, *rest in stored["candidates"]
        ]
    return found


def gold_reading(gold: Gold) -> Reading:
    """The article with the names of the gold."""
    return Reading(gold.article, [e for e in as_extraction(gold).entities if not e.implied])


def _samples(gold: Gold, reading: Reading, mapping: Mapping[str, str]) -> list[Sample]:
    facts = {(f.subject, f.property, f.object): f.optional for f in gold.facts}
    found = []
    for pair in pairs(reading):
        ends = [mapping.get(e, "+" + e) if mapping else e for e in (pair.subject.entity, pair.object.entity)]
        triple = _as_stated((ends[0], pair.property, ends[1]), facts)
        verdict = "wrong" if triple not in facts else "optional" if facts[triple] else "required"
        key = (gold.article.id, triple[0], triple[1], triple[2])
        features = frozenset(pair.features)
        found.append(Sample(key, fold_of(gold.article.id), features, verdict, tagged=bool(mapping)))
    return found


def _as_stated(
    triple: tuple[str, str, str], facts: Mapping[tuple[str, str, str | None], bool]
) -> tuple[str, str, str]:
    turned = (triple[2], triple[1], triple[0])
    return turned if triple[1] == "cooperatesWith" and triple not in facts and turned in facts else triple


class Scorer:
    """A linear model and trees, fitted on some samples."""

    def __init__(self, given: Sequence[Sample]) -> None:
        from sklearn.ensemble import HistGradientBoostingClassifier
        from sklearn.linear_model import LogisticRegression

        self.names = _common(given, RARE, by_property=True)
        self.asked = _common(given, RARE_IN_TREES, by_property=False)
        self.scale = np.array([_scale(name) for name in self.names], dtype=np.float32)
        right = np.array([s.verdict != "wrong" for s in given])
        weight = np.array([_weight(sample) for sample in given])
        table = self._linear_table(given)
        self.linear = LogisticRegression(C=0.1, max_iter=400, solver="liblinear")
        self.linear.fit(table, right, sample_weight=weight)
        carried = _carried(given, self.linear.predict_proba(table)[:, 1])
        self.linear.fit(table, right, sample_weight=np.where(right, weight * carried, weight))
        self.trees = HistGradientBoostingClassifier(
            max_iter=60, max_leaf_nodes=12, learning_rate=0.12, l2_regularization=5.0,
            min_samples_leaf=10, early_stopping=False, random_state=0,
        )  # fmt: skip
        open_ = np.flatnonzero(self.linear.decision_function(table) > FLOOR)
        kept = [given[int(index)] for index in open_]
        self.trees.fit(self._tree_table(kept), right[open_], sample_weight=weight[open_])

    def stored(self) -> dict[str, Any]:
        """Weights and trees as the model file holds them."""
        coefficients = self.linear.coef_[0] * self.scale * LINEAR_SHARE
        start = round(float(self.linear.intercept_[0]) * LINEAR_SHARE, _ROUNDING)
        weights: dict[str, dict[str, float]] = {"": {"": start}}
        for name, index in self.names.items():
            value = round(float(coefficients[index]), _ROUNDING)
            if abs(value) >= _SLIGHT:
                prop, _, feature = name.partition("|") if _is_own(name) else ("", "", name)
                weights.setdefault(prop, {})[feature] = value
        base = float(np.ravel(self.trees._baseline_prediction)[0])
        asked = list(self.asked)
        trees = [[[round(base * (1 - LINEAR_SHARE), _ROUNDING)]]] + [
            [_node(node, asked) for node in step[0].nodes] for step in self.trees._predictors
        ]
        return {"weights": weights, "trees": trees}

    def _linear_table(self, given: Sequence[Sample]) -> Any:
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

        columns, ends = [], [0]
        for sample in given:
            both = (*sample.features, *(f"{sample.key[2]}|{f}" for f in sample.features))
            columns += sorted(self.names[f] for f in both if f in self.names)
            ends.append(len(columns))
        return csr_matrix((self.scale[columns], columns, ends), shape=(len(given), len(self.names)))

    def _tree_table(self, given: Sequence[Sample]) -> Any:
        table = np.zeros((len(given), len(self.asked)), dtype=np.uint8)
        for row, sample in enumerate(given):
            table[row, [self.asked[f] for f in sample.features if f in self.asked]] = 1
        return table


def _weight(sample: Sample) -> float:
    share = TAGGED_WEIGHT if sample.tagged else 1.0
    return share * (OPTIONAL_WEIGHT if sample.verdict == "optional" else 1.0)


def _is_own(name: str) -> bool:
    """Whether a feature of the linear model belongs to one property: `attends|ordSTO`."""
    head, bar, _ = name.partition("|")
    return bool(bar) and head in RELATIONS


def _is_framed(name: str) -> bool:
    """Whether a feature says that a frame fits."""
    return (name.partition("|")[2] if _is_own(name) else name).startswith(("F.", "Fs.", "Fany"))


def _scale(name: str) -> float:
    """What a feature is multiplied with: frames are trusted before they are often seen."""
    return 3.0 if _is_framed(name) else 1.0


def _node(node: Any, asked: Sequence[str]) -> list[Any]:
    if node["is_leaf"]:
        return [round(float(node["value"]) * (1 - LINEAR_SHARE), _ROUNDING)]
    return [asked[int(node["feature_idx"])], int(node["left"]), int(node["right"])]


def _common(given: Sequence[Sample], least: int, *, by_property: bool) -> dict[str, int]:
    articles: dict[str, set[str]] = defaultdict(set)
    for sample in given:
        for feature in sample.features:
            articles[feature].add(sample.key[0])
            if by_property:
                articles[f"{sample.key[2]}|{feature}"].add(sample.key[0])
    kept = sorted(n for n, where in articles.items() if len(where) >= (2 if _is_framed(n) else least))
    return {name: index for index, name in enumerate(kept)}


def _carried(given: Sequence[Sample], chances: Any) -> Any:
    best: dict[Key, float] = defaultdict(float)
    for sample, chance in zip(given, chances, strict=True):
        best[sample.key] = max(best[sample.key], float(chance))
    return np.array([max(0.1, c / best[s.key]) for s, c in zip(given, chances, strict=True)])


def held_out(given: Sequence[Sample]) -> tuple[list[float | None], list[dict[str, Any]]]:
    """The score of each sample by a model that has not seen its article, and these models."""
    scores: list[float | None] = [None] * len(given)
    models = []
    for fold in range(FOLDS):
        stored = Scorer([s for s in given if s.fold != fold]).stored()
        model = model_of({**stored, **_UNCALIBRATED})
        for index, sample in enumerate(given):
            if sample.fold == fold:
                scores[index] = model.score(sample.key[2], sample.features)
        models.append(stored)
    return scores, models


_UNCALIBRATED: dict[str, Any] = {
    "slope": 1.0,
    "offset": 0.0,
    "floor": FLOOR * LINEAR_SHARE,
    "thresholds": {"": 0.5},
}


def calibration(
    given: Sequence[Sample], scores: Sequence[float | None], golds: Mapping[str, Gold]
) -> dict[str, Any]:
    """From score to probability, and the confidence from which telling a fact pays."""
    from sklearn.linear_model import LogisticRegression

    best = _best(given, scores)
    keys = sorted(best)
    table = np.array([[best[key][0]] for key in keys])
    fit = LogisticRegression(C=100.0).fit(table, np.array([best[key][1] != "wrong" for key in keys]))
    slope, offset = float(fit.coef_[0][0]), float(fit.intercept_[0])
    sure = {key: (float(_logistic(slope * best[key][0] + offset)), best[key][1]) for key in keys}
    wanted = sum(not f.optional and f.property in RELATIONS for gold in golds.values() for f in gold.facts)
    return {
        "slope": round(slope, _ROUNDING),
        "offset": round(offset, _ROUNDING),
        "floor": FLOOR * LINEAR_SHARE,
        "thresholds": {"": _threshold(list(sure.values()), wanted)},
    }


def _best(given: Sequence[Sample], scores: Sequence[float | None]) -> dict[Key, tuple[float, str]]:
    best: dict[Key, tuple[float, str]] = {}
    for sample, score in zip(given, scores, strict=True):
        if score is not None and (sample.key not in best or score > best[sample.key][0]):
            best[sample.key] = (score, sample.verdict)
    return best


def _logistic(score: float) -> float:
    return float(1.0 / (1.0 + np.exp(-score)))


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
    given = samples(golds, names)
    scores, models = held_out(given)
    judged = [(s, score) for s, score in zip(given, scores, strict=True) if s.tagged == (names is not None)]
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


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description="Train the scorer of candidate relations.")
    parser.add_argument("gold", type=Path, help="folder of .ann files")
    parser.add_argument("out", type=Path, help="the model file to write")
    parser.add_argument(
        "--names", type=Path, help="names by a tagger that did not see the article, JSON lines"
    )
    parser.add_argument("--folds", type=Path, help="folder for the five models that each leave a fold out")
    given = parser.parse_args()
    names = read_names(given.names) if given.names else None
    write(given.out, train(read_gold_folder(given.gold), names, given.folds))


if __name__ == "__main__":
    main()
