"""A linear model and shallow trees over the features of candidates, and how they are stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from kg.train.relations.samples import Key, Sample
from kg.vocabulary import RELATIONS

OPTIONAL_WEIGHT = 0.2
SOURCE_WEIGHT = {"gold": 1.0, "tagger": 0.3, "passage": 1.0, "article": 0.35}
"""How much a candidate counts, by what named its ends."""
RARE = 3
"""A feature seen in fewer articles than this is left out."""
RARE_IN_TREES = 12
FLOOR = -3.5
"""A linear score below this rules a candidate out."""
LINEAR_SHARE = 0.35
"""How much the linear model counts in the score; the trees have the rest."""
_ROUNDING = 4
_SLIGHT = 0.01
"""A weight smaller than this is left out."""


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
    return SOURCE_WEIGHT[sample.source] * (OPTIONAL_WEIGHT if sample.verdict == "optional" else 1.0)


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
