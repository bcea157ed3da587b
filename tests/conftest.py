"""What many tests share: the open gold set of the five seeds, as extractions and as a graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

# A busy machine is slow, not wrong; and a run that passed once passes again.
settings.register_profile(
    "repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def golds():
    from kg.gold import read_gold_folder

    return read_gold_folder(ROOT / "tests" / "gold")


@pytest.fixture(scope="session")
def gold_graph(golds):
    """The graph that a perfect extraction of the seeds would give."""
    from kg.gold import as_extraction
    from kg.graph import KnowledgeGraph
    from kg.resolve import resolve

    return KnowledgeGraph(resolve(as_extraction(gold) for gold in golds.values()))
