"""Same or different: every case, in every order of its articles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Graph

from .conftest import Case, all_cases

Find = Callable[[Graph, str], str]

ALL = list(all_cases())


def named(graph: Graph, where: str) -> str:
    """Id of the entity that the article names so."""
    article, _, name = where.partition(":")
    found = {e.id for e in graph.entities for m in e.mentions if m.article == article and m.text == name}
    assert len(found) == 1, f"{where} is {sorted(found) or 'nothing'}"
    return found.pop()


def check(case: Case, graph: Graph, find: Find) -> None:
    """Hold the graph against everything that the case says."""
    for names in case.data.get("same", ()):
        ids = {where: find(graph, where) for where in names}
        assert len(set(ids.values())) == 1, ids
    for names in case.data.get("different", ()):
        ids = {where: find(graph, where) for where in names}
        assert len(set(ids.values())) == len(names), ids
    for name, count in case.data.get("count", {}).items():
        assert len([e for e in graph.entities if name in e.names]) == count
    if "series" in case.data:
        assert len(graph.series) == case.data["series"]
    stated = {(c.kind, c.before, c.after) for c in graph.changes}
    for kind, before, after in case.data.get("changes", ()):
        ends = [tuple(sorted(find(graph, where) for where in side)) for side in (before, after)]
        assert (kind, *ends) in stated


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_case(case: Case):
    check(case, case.resolution().graph, named)


def test_there_are_enough_cases():
    assert len(ALL) >= 120
    assert len({case.name for case in ALL}) == len(ALL)
