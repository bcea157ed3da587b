"""The encoder and the tagger: words without gaps, probabilities that are probabilities."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kg.extract.clues import SIZE, clues
from kg.extract.features import LABELS, TYPES, Alphabet, describe, stack
from kg.extract.tagger import Posterior, tagger
from kg.lac import LONGEST, lac, stretches, words
from kg.model import Article, Span

TEXT = (
    "7月2日，郑州市市场监管局局长赵明远在“质量月”启动仪式上介绍，全市已有3200家企业参加。\n"
    "由河南农业大学承办的中原种业论坛同日举行。"
)


def posterior(text: str, title: str = "") -> Posterior:
    return tagger().read(Article("a", title, text), lac().encode(text, stretches(text)))


def test_words_cover_every_sentence_without_gaps() -> None:
    found = words(TEXT)
    covered = "".join(TEXT[word.start : word.end] for word in found)
    assert covered == TEXT.replace("\n", "")
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_a_sentence_reads_the_same_alone_and_among_others() -> None:
    encoder = lac()
    alone = encoder.encode(TEXT, [Span(0, 20)])[0]
    among = encoder.encode(TEXT, [Span(0, 20), *stretches(TEXT)])[0]
    assert alone.tags.tolist() == among.tags.tolist()
    np.testing.assert_allclose(alone.hidden, among.hidden, atol=1e-5)


@pytest.mark.parametrize("text", ["甲" * 1000, "甲，" * 300, "短句。" * 100, "\n\n", ""])
def test_stretches_are_short_and_lose_nothing(text: str) -> None:
    found = stretches(text)
    assert all(0 < len(span) <= LONGEST for span in found)
    assert "".join(text[span.start : span.end] for span in found) == text.replace("\n", "")


def test_the_probabilities_of_all_readings_of_a_character_add_up_to_one() -> None:
    belief = posterior(TEXT)
    place = TEXT.index("赵明远")
    sentence = stretches(TEXT)[0]
    named = sum(
        belief.probability(start, end, type_)
        for type_ in TYPES
        for start in range(sentence.start, place + 1)
        for end in range(place + 1, sentence.end + 1)
    )
    part = next(part for part in belief.parts if part.start == sentence.start)
    assert named + part.labels[place, 0] == pytest.approx(1, abs=1e-6)


def test_the_labels_of_a_character_add_up_to_one() -> None:
    for part in posterior(TEXT).parts:
        np.testing.assert_allclose(part.labels.sum(axis=1), 1, atol=1e-6)


def test_likely_stretches_are_those_of_high_probability() -> None:
    belief = posterior(TEXT)
    found = list(belief.likely(0.2))
    assert found
    for item in found:
        assert item.confidence >= 0.2
        assert belief.probability(item.start, item.end, item.type) == pytest.approx(item.confidence)


def test_a_stretch_over_two_sentences_has_no_probability() -> None:
    assert posterior(TEXT).probability(3, len(TEXT), TYPES[0]) == 0


def test_clues_know_marks_heads_and_repeats() -> None:
    table = clues("《办法》由省税务局制定。省税务局解读。", "省税务局新规")
    assert table.shape == (19, SIZE)
    assert table[1:3, 0].all()
    assert table[5:9, -2:].all()


def test_features_of_short_rows_are_padded() -> None:
    alphabet = Alphabet.of(["省"], ["税务"])
    rows = [
        describe(text, lac().encode(text, [Span(0, len(text))])[0], clues(text), alphabet)
        for text in ("省税务局", "局")
    ]
    batch = stack(rows)
    assert batch["chars"].tolist() == [[2, 1, 1, 1], [1, 0, 0, 0]]
    assert batch["left"].tolist()[0] == [1, 1, 2, 1]
    assert batch["length"].tolist() == [4, 1]
    assert len(LABELS) == 1 + 4 * len(TYPES)
