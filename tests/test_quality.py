"""Extraction does not get worse unnoticed: the open gold set against figures kept in `quality.json`.

The shipped models were trained on these articles too, so the figures are no measure of quality (that is
`tests/bench/quality.py`, on articles that no model has seen); they are a guard against losing it.
A change for the better is recorded by `python tests/test_quality.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

from kg.evaluate import evaluate
from kg.gold import read_gold_folder
from kg.pipeline import extract_all, read_all

KEPT = Path(__file__).with_name("quality.json")
ROOT = Path(__file__).parents[1]
ALLOWED = 0.01


def figures() -> dict[str, float]:
    """Core4 and facts F1 of today's extraction of the seeds."""
    from kg.config import Config

    golds = read_gold_folder(ROOT / "tests" / "gold")
    articles, _ = read_all([ROOT / "seeds"], Config(), lambda *_: None)
    result = evaluate(golds, {x.article.id: x for x in extract_all(articles, 1)})
    return {
        "core4": round(result.core4, 4),
        "facts": round(result.all_facts.f1, 4),
        "factsPrecision": round(result.all_facts.precision, 4),
    }


def test_the_seeds_are_read_as_well_as_before():
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    for name, value in figures().items():
        assert value >= kept[name] - ALLOWED, f"{name} fell from {kept[name]} to {value}"


if __name__ == "__main__":
    KEPT.write_text(json.dumps(figures(), indent=1) + "\n", encoding="utf-8")
