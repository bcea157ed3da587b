"""The measure itself: what counts as right, wrong and missed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.evaluate import evaluate
from kg.gold import as_extraction, read_gold_folder
from kg.model import Entity, EntityType, Extraction

GOLD = Path(__file__).parents[1] / "gold"


@pytest.fixture(scope="module")
def golds():
    return read_gold_folder(GOLD)


@pytest.fixture(scope="module")
def perfect(golds):
    return {name: as_extraction(gold) for name, gold in golds.items()}


def test_gold_against_itself_is_perfect(golds, perfect):
    result = evaluate(golds, perfect)
    assert result.core4 == 1
    assert result.all_facts.f1 == 1
    assert result.errors == []


def test_nothing_found_is_all_missed(golds):
    result = evaluate(golds, {})
    assert result.all_facts.recall == result.all_entities.recall == 0
    assert result.missing == list(golds)


def test_an_extra_entity_costs_precision_unless_implied(golds, perfect):
    name, extraction = next(iter(perfect.items()))
    for implied, wrong in ((False, 1), (True, 0)):
        extra = Entity(id="x1", type=EntityType.PERSON, name="查无此人", implied=implied)
        more = perfect | {name: replace(extraction, entities=(*extraction.entities, extra))}
        assert evaluate(golds, more).entities["PER"].wrong == wrong


def test_a_thing_split_in_two_costs_precision_and_one_dropped_costs_recall(golds, perfect):
    name, extraction = next(
        (n, e) for n, e in perfect.items() if any(x.type == EntityType.PERSON for x in e.entities)
    )
    person = next(e for e in extraction.entities if e.type == EntityType.PERSON)
    twin = replace(person, id="twin")
    split = perfect | {name: replace(extraction, entities=(*extraction.entities, twin))}
    assert evaluate(golds, split).entities["PER"].wrong == 1
    rest = tuple(e for e in extraction.entities if e.id != person.id)
    facts = tuple(f for f in extraction.facts if person.id not in (f.subject, f.object))
    dropped = perfect | {name: Extraction(extraction.article, rest, facts)}
    assert evaluate(golds, dropped).entities["PER"].missed == 1


def test_a_wrong_role_is_a_wrong_post(golds, perfect):
    name, extraction = next(
        (n, e) for n, e in perfect.items() if any(f.property == "holdsPost" for f in e.facts)
    )
    changed = tuple(
        replace(f, qualifiers={"role": "宇航员"}) if f.property == "holdsPost" else f
        for f in extraction.facts
    )
    result = evaluate(golds, perfect | {name: replace(extraction, facts=changed)})
    assert result.facts["holdsPost"].wrong > 0
    assert result.facts["holdsPost"].missed > 0


def test_calibration_counts_every_judged_fact(golds, perfect):
    result = evaluate(golds, perfect)
    assert [band[0] for band in result.calibration()] == [1.0]
    assert result.calibration()[0][2] == len(result.judged)
