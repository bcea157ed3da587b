"""A difference as RDF Patch: applied to the old triples it gives the new ones, undone the old."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from worlds import extractions, joined

from kg.diff.patch import patch
from kg.rdf import from_triples, triples

ROW = re.compile(r'(H id <uuid:[0-9a-f-]{36}>|TX|TC|PA "[a-z]+" "[^"]+"|[AD] <[^>]+> <[^>]+> .+) \.')


def applied(before: set[str], rows: list[str], *, undo: bool = False) -> set[str]:
    """What a triple store holds after the patch, or after taking it back."""
    after = set(before)
    come, gone = ("D", "A") if undo else ("A", "D")
    for row in rows:
        code, _, rest = row.partition(" ")
        if code == come:
            assert rest not in after
            after.add(rest)
        elif code == gone:
            after.remove(rest)
    return after


def stated(graph):
    return {f"{triple} ." for triple in triples(graph)}


@settings(max_examples=40)
@given(extractions(4), extractions(4))
def test_a_patch_leads_from_one_graph_to_the_other_and_back(one, two):
    old, new = joined(one), joined(two)
    rows = list(patch(old, new))
    assert applied(stated(old), rows) == stated(new)
    assert applied(stated(new), rows, undo=True) == stated(old)
    assert all(ROW.fullmatch(row) for row in rows)
    assert rows == list(patch(old, new))


def test_what_a_patch_makes_reads_as_the_new_graph(gold_graph):
    from kg.canonical import canonical
    from kg.parts import part

    new = gold_graph.data
    old = part(new, [entity.id for entity in new.entities[::2]])
    rows = applied(stated(old), list(patch(old, new)))
    parsed = ox.parse("\n".join(sorted(rows)).encode(), ox.RdfFormat.N_TRIPLES)
    assert from_triples(quad.triple for quad in parsed) == canonical(new)


def test_no_change_is_an_empty_transaction(gold_graph):
    rows = list(patch(gold_graph.data, gold_graph.data))
    assert rows[1] == "TX ." and rows[-1] == "TC ."
    assert not [row for row in rows if row[:2] in ("A ", "D ")]


@pytest.mark.parametrize("base", ["https://example.org/id/", "urn:kg:"])
def test_another_base_is_kept(gold_graph, base):
    rows = list(patch(gold_graph.data.__class__(), gold_graph.data, base))
    assert f'PA "zmid" "{base}" .' in rows
    assert any(row.startswith(f"A <{base}org-") for row in rows)
