"""Extraction as a spaCy pipeline: offsets kept, layers filled, steps that can be left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract, pipeline
from kg.model import Article, EntityType, Span
from kg.nlp import chinese, cut_at

TEXT = "3月2日，东河市副市长赵立新出席绿色发展论坛并致辞。\n论坛由东河市商务局主办。"


@pytest.fixture(scope="module")
def doc():
    return pipeline()(TEXT)


def test_words_add_up_to_the_text(doc):
    assert "".join(token.text for token in doc) == TEXT
    assert all(TEXT[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_every_name_is_a_span_with_its_entity(doc):
    spans = [span for kind in EntityType for span in doc.spans[str(kind)]]
    assert spans
    assert {span.id_ for span in spans} <= set(doc.user_data["reading"].entities)
    assert {(s.start_char, s.end_char) for s in doc.spans["names"]} >= {
        (s.start_char, s.end_char) for s in spans
    }


def test_a_step_left_out_leaves_its_facts_out():
    article = Article(id="a", title="", text=TEXT, date="2024-03-03")
    assert "holdsPost" in {fact.property for fact in extract(article).facts}
    with pipeline().select_pipes(disable="kg_posts"):
        assert "holdsPost" not in {fact.property for fact in extract(article).facts}


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80), data=st.data())
def test_cutting_words_never_moves_an_offset(text, data):
    doc = chinese().make_doc(text)
    edges = st.integers(0, len(text))
    spans = [Span(*sorted(data.draw(st.tuples(edges, edges)))) for _ in range(3)]
    cut = cut_at(doc, spans)
    assert "".join(token.text for token in cut) == text
    for span in spans:
        assert span.start == span.end or cut.char_span(span.start, span.end) is not None


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_harm(text):
    found = extract(Article(id="a", title="", text=text))
    for entity in found.entities:
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)
    for fact in found.facts:
        assert fact.evidence
        assert all(text[e.start : e.end] == e.text for e in fact.evidence)
