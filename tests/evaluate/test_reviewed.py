"""A graph that people reviewed is gold for the articles it was made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.corrections import apply, parse
from kg.evaluate import evaluate
from kg.evaluate.reviewed import decided, golds_of
from kg.gold import as_extraction
from kg.resolve import resolve

HEAD = "kind\tsubject\tproperty\tobject\tqualifiers\tarticle\tquote\tauthor\tdate\treason\n"


@pytest.fixture(scope="module")
def found(golds):
    return {name: as_extraction(gold) for name, gold in golds.items()}


@pytest.fixture(scope="module")
def graph(found):
    return resolve(found.values())


def corrected(graph, *lines: str):
    text = HEAD + "".join(f"{line}\t王\t2024-01-02\t核对原文\n" for line in lines)
    right, unused = apply(graph, parse(text))
    assert unused == ()
    return right


def test_a_graph_that_nobody_corrected_agrees_with_what_it_is_made_of(graph, found):
    result = evaluate(golds_of(graph), found)
    assert result.missing == []
    assert result.all_entities.f1 > 0.97
    assert result.all_facts.f1 > 0.97
    assert decided(graph) == 0


def test_a_fact_dropped_in_review_counts_as_wrong(graph, found):
    fact = next(f for f in graph.facts if f.property == "attends")
    right = corrected(graph, f"drop-fact\t{fact.subject}\tattends\t{fact.object}\t\t\t")
    before, after = (evaluate(golds_of(g), found).facts["attends"] for g in (graph, right))
    assert after.wrong == before.wrong + len({e.article for e in fact.evidence})
    assert after.right < before.right


def test_a_fact_added_in_review_counts_as_missed(graph, found):
    """Added by a person, and so never in what was extracted."""
    fact = next(f for f in graph.facts if f.property == "organises")
    where = set(fact.evidence)
    less = {
        name: replace(x, facts=tuple(f for f in x.facts if where.isdisjoint(f.evidence)))
        for name, x in found.items()
    }
    before, after = (evaluate(golds_of(graph), x).facts["organises"] for x in (found, less))
    assert after.missed > before.missed


def test_a_thing_that_is_none_counts_as_wrong_and_decisions_are_counted(graph, found):
    person = next(e for e in graph.entities if e.type == "Person")
    right = corrected(graph, f"drop-entity\t{person.id}\t\t\t\t\t")
    before, after = (evaluate(golds_of(g), found).entities["PER"] for g in (graph, right))
    assert after.wrong == before.wrong + len(person.articles)
    other = next(e for e in graph.entities if e.type == "Organisation")
    assert decided(corrected(graph, f"rename\t{other.id}\t\t新名称\t\t\t")) == 1
