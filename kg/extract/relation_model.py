"""How sure a candidate relation is: learned weights and trees, read from `kg/data/relations.json`.

A candidate is a set of features, each there or not. A linear model rules out most candidates; for the
rest its score is joined with that of a few shallow trees, and the sum becomes a probability. Pure
arithmetic on a table: no training library at run time, the same figures everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

from kg.extract.calibration import Calibration
from kg.models import model_file
from kg.vocabulary import RELATIONS

FILE = "relations.json"


@dataclass(frozen=True, slots=True)
class RelationModel:
    """Weights by property and feature, trees, and the mapping from score to probability."""

    weights: dict[str, dict[str, float]]
    trees: tuple[Tree, ...]
    calibration: Calibration
    floor: float
    """The linear score below which a candidate is not worth the trees."""
    thresholds: dict[str, float]

    def confidence(self, prop: str, features: Collection[str], doubts: tuple[int, int] = (0, 0)) -> float:
        """The probability that the candidate is a fact of the article; 0 when it is ruled out.

        `doubts` says how many of its two names were found with much and with some doubt.
        """
        score = self.score(prop, features)
        return 0.0 if score is None else self.calibration.probability(score, doubts)

    def score(self, prop: str, features: Collection[str]) -> float | None:
        """What speaks for the candidate less what speaks against it; None when it is ruled out."""
        weights = self.weights.get(prop, {})
        linear = weights.get("", 0.0) + sum(map(weights.get, features, repeat(0.0)))
        if linear < self.floor:
            return None
        return linear + sum(tree.value(features) for tree in self.trees)

    def threshold(self, prop: str) -> float:
        """The confidence from which a candidate is told as a fact."""
        return self.thresholds.get(prop, self.thresholds[""])


@dataclass(frozen=True, slots=True)
class Tree:
    """Questions "is this feature there?", and a value at each leaf.

    Node `i` asks for `asks[i]`; `no[i]` and `yes[i]` are the next nodes; a leaf asks for nothing
    and has its value in `values[i]`.
    """

    asks: tuple[str, ...]
    no: tuple[int, ...]
    yes: tuple[int, ...]
    values: tuple[float, ...]

    def value(self, features: Collection[str]) -> float:
        """The value of the leaf that `features` lead to."""
        node = 0
        asks = self.asks
        while asks[node]:
            node = self.yes[node] if asks[node] in features else self.no[node]
        return self.values[node]


def read_model(path: Path) -> RelationModel:
    """The model stored at `path`."""
    return model_of(json.loads(path.read_text(encoding="utf-8")))


def model_of(stored: Mapping[str, Any]) -> RelationModel:
    """The model that the content of a model file describes."""
    return RelationModel(
        weights=_joined(stored["weights"]),
        trees=tuple(_tree(nodes) for nodes in stored["trees"]),
        calibration=Calibration(**stored["calibration"]),
        floor=stored["floor"],
        thresholds=stored["thresholds"],
    )


def _joined(weights: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """For each property the weights that all share and its own, added."""
    joined = {}
    for prop in RELATIONS:
        joined[prop] = dict(weights[""])
        for feature, weight in weights.get(prop, {}).items():
            joined[prop][feature] = joined[prop].get(feature, 0.0) + weight
    return joined


def _tree(nodes: Iterable[Sequence[object]]) -> Tree:
    """A tree from its nodes, each `[feature, no, yes]` or, a leaf, `[value]`."""
    asks, no, yes, values = [], [], [], []
    for node in nodes:
        leaf = len(node) == 1
        asks.append("" if leaf else str(node[0]))
        no.append(0 if leaf else int(str(node[1])))
        yes.append(0 if leaf else int(str(node[2])))
        values.append(float(str(node[0])) if leaf else 0.0)
    return Tree(tuple(asks), tuple(no), tuple(yes), tuple(values))


@cache
def relation_model() -> RelationModel:
    """The model, read once."""
    return read_model(model_file(FILE))
