"""Passages written for training: each fact fits the ontology, and what a passage says can be learned."""

from __future__ import annotations

import pytest

from kg.errors import GoldError
from kg.train.relations.samples import NO_FOLD, written_samples
from kg.train.written import _passage, named
from kg.vocabulary import allowed


def test_every_fact_of_a_passage_joins_allowed_types():
    for key, gold in named().items():
        for fact in gold.facts:
            ends = [gold.entities[end].type for end in (fact.subject, fact.object) if end in gold.entities]
            assert allowed(fact.property, ends[0], ends[1] if ends[1:] else None), (key, fact)


def test_no_text_keeps_a_mark_or_a_fact():
    for gold in named().values():
        assert gold.article.text and not set("[]|") & set(gold.article.text)


def test_a_passage_is_text_names_and_facts():
    gold = _passage("p", ["标题", "《[规划|G:g]》由[甲局|O:a]编制。", "+ a issues g", "? a implements g"])
    assert (gold.article.title, gold.article.text) == ("标题", "《规划》由甲局编制。")
    assert [(f.subject, f.property, f.object, f.optional) for f in gold.facts] == [
        ("a1", "issues", "g1", False),
        ("a1", "implements", "g1", True),
    ]
    assert (gold.entities["g1"].subtype, gold.entities["a1"].subtype) == ("Policy", "GovernmentBody")


@pytest.mark.parametrize("line", ["+ a issues x", "+ x issues a", "+ a owns g", "+ a hasTarget"])
def test_a_wrong_fact_is_named(line):
    with pytest.raises(GoldError, match="p: "):
        _passage("p", ["", "[甲局|O:a]编制《[规划|G:g]》。", line])


def test_candidates_of_passages_are_held_out_of_no_fold():
    samples = written_samples()
    assert {s.fold for s in samples} == {NO_FOLD}
    assert {s.verdict for s in samples} == {"required", "optional", "wrong"}
