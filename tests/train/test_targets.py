"""The judge of targets learns from gold: examples, folds, and the same model every time."""

from __future__ import annotations

import pytest

from kg.extract.target_model import loads, save
from kg.train.folds import fold_of
from kg.train.targets import examples, gold_reading, train_targets


def test_numbers_of_the_gold_are_examples_with_their_owners(golds):
    found = [example for gold in golds.values() for example in examples(gold)]
    assert any(example.owners for example in found) and any(not example.wanted for example in found)
    for example in found:
        asked = {subject.entity for subject in example.stated.subjects}
        assert example.owners <= set(golds[example.article].entities)
        assert asked <= set(gold_reading(golds[example.article]).entities)


def test_names_found_by_a_tagger_give_examples_too(golds):
    gold = next(gold for gold in golds.values() if any(e.owners for e in examples(gold)))
    assert not any(example.owners for example in examples(gold, []))


def test_an_article_stays_in_its_fold():
    assert [fold_of(name) for name in ("a", "b", "a")] == [fold_of("a"), fold_of("b"), fold_of("a")]


def test_training_twice_gives_the_same_file(golds, tmp_path):
    pytest.importorskip("sklearn")
    for name in ("one", "two"):
        save(train_targets(golds), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    model = loads((tmp_path / "one").read_text(encoding="utf-8"))
    assert model.worth.weights and model.subject.weights
