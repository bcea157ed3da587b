"""The same questions of bare text: everything from finding the names on is put to the test."""

from __future__ import annotations

import pytest

from kg.ids import name_key
from kg.model import Graph

from .conftest import RAW, Case, all_cases
from .test_cases import check

WRITTEN_RAW = list(all_cases(RAW))
MARKED = list(all_cases())
LEAST = 0.94
"""So many of the marked cases hold as bare text too; a text of a few words gives a tagger little to go by."""


def called(graph: Graph, where: str) -> str:
    """Id of the one thing that the article calls so: by a mention of it, else by a name of it."""
    article, _, name = where.partition(":")
    here = [e for e in graph.entities if article in e.articles]
    by_mention = {
        e.id for e in here for m in e.mentions if m.article == article and name_key(m.text) == name_key(name)
    }
    found = by_mention or {e.id for e in here if name_key(name) in map(name_key, e.names)}
    assert len(found) == 1, f"{where} is {sorted(found) or 'nothing'}"
    return found.pop()


@pytest.mark.parametrize("case", WRITTEN_RAW, ids=lambda case: case.name)
def test_raw_case(case: Case):
    check(case, case.raw_resolution().graph, called)


def _holds(case: Case) -> bool:
    try:
        check(case, case.raw_resolution().graph, called)
    except AssertionError:
        return False
    return True


def test_marked_cases_as_bare_text():
    missed = [case.name for case in MARKED if not _holds(case)]
    assert len(missed) <= (1 - LEAST) * len(MARKED), missed


def test_there_are_enough_raw_cases():
    assert len(WRITTEN_RAW) >= 120
    assert len({case.name for case in WRITTEN_RAW}) == len(WRITTEN_RAW)
