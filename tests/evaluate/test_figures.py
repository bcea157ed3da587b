"""The figures of the last release: kept with how they were measured, and compared with a point's grace."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"


def quality():
    spec = importlib.util.spec_from_file_location("quality", BENCH / "quality.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_kept_figures_say_how_they_were_measured():
    kept = json.loads((BENCH / "figures.json").read_text(encoding="utf-8"))
    assert kept["command"].startswith("python tests/bench/quality.py")
    assert kept["date"].count("-") == 2
    assert "facts precision" in quality().main_figures(kept["figures"])


@pytest.mark.parametrize(("now", "down"), [(0.70, []), (0.692, []), (0.689, ["facts all F1"]), (0.75, [])])
def test_a_figure_may_fall_by_a_point(now, down):
    assert quality().fallen({"facts all F1": 0.70}, {"facts all F1": now}) == down


def test_small_types_are_no_figures_of_their_own():
    def score(gold):
        return {"p": 0.5, "r": 0.5, "f1": 0.5, "gold": gold}

    result = {
        "core4_macro_f1": 0.5,
        "entities": {"ORG": score(600)},
        "facts": {"all": score(900), "chairs": score(12)},
    }
    names = quality().main_figures(result)
    assert "entities ORG F1" in names and "facts chairs F1" not in names
