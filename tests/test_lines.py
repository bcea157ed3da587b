"""An extraction is written as one line that the published schema accepts, and read back unchanged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kg.errors import GraphFormatError
from kg.lines import from_line, to_line
from kg.model import Alias, Article, Entity, EntityType, Evidence, Extraction, Fact, Mention
from kg.vocabulary import PROPERTIES

SCHEMA = Path(__file__).parent.parent / "ontology" / "extract.schema.json"
ARTICLE = "a1"
HEAD = '{"article": {"id": "a", "title": "", "text": ""}, '

text = st.text(max_size=12)
offset = st.integers(0, 10_000)
maybe = st.none() | text
evidence = st.builds(Evidence, st.just(ARTICLE), offset, offset, text)
articles = st.builds(
    Article,
    id=st.just(ARTICLE),
    title=text,
    text=text,
    date=maybe,
    publisher=maybe,
    authors=st.lists(text, max_size=2).map(tuple),
    sources=st.lists(text, max_size=2).map(tuple),
    url=maybe,
)
aliases = st.lists(
    st.builds(Alias, text, st.sampled_from(["seen", "introduced", "rule"]), st.none() | evidence),
    max_size=3,
    unique_by=lambda alias: alias.name,
)
entities = st.builds(
    Entity,
    id=text,
    type=st.sampled_from(EntityType),
    name=text,
    subtype=maybe,
    aliases=aliases.map(tuple),
    mentions=st.lists(st.builds(Mention, st.just(ARTICLE), offset, offset, text), max_size=3).map(tuple),
    articles=st.sampled_from([(), (ARTICLE,), (ARTICLE, "b2")]),
    implied=st.booleans(),
)
facts = st.builds(
    Fact,
    subject=text,
    property=st.sampled_from(PROPERTIES),
    object=maybe,
    value=maybe,
    qualifiers=st.dictionaries(text, text, max_size=3),
    confidence=st.floats(0, 1),
    evidence=st.lists(evidence, min_size=1, max_size=2).map(tuple),
)
extractions = st.builds(
    Extraction, articles, st.lists(entities, max_size=3).map(tuple), st.lists(facts, max_size=3).map(tuple)
)


@given(extractions)
def test_a_line_read_back_equals_what_was_written(extraction: Extraction) -> None:
    again = from_line(to_line(extraction))
    assert again == extraction
    assert [f.qualifiers for f in again.facts] == [f.qualifiers for f in extraction.facts]
    assert to_line(again) == to_line(extraction)


@given(extractions)
def test_the_published_schema_accepts_every_line(extraction: Extraction) -> None:
    line = to_line(extraction)
    assert line.count(b"\n") == 1 and line.endswith(b"\n")
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(json.loads(line))


def test_a_line_from_elsewhere_needs_only_what_the_schema_requires() -> None:
    line = (
        '{"article": {"id": "a", "title": "题", "text": "甲在乙。", "source": "a.txt"},'
        ' "entities": [{"id": "e1", "type": "Person", "name": "甲", "mentions": []}],'
        ' "facts": [{"subject": "e1", "property": "date",'
        ' "evidence": [{"start": 0, "end": 4, "text": "甲在乙。"}]}]}'
    )
    extraction = from_line(line)
    assert extraction.article.sources == ("a.txt",)
    assert extraction.facts[0].confidence == 1.0
    assert extraction.facts[0].evidence[0].article == "a"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("", "JSON"),
        ("[]", "the line"),
        ("{}", "'article' is missing"),
        ('{"article": {"id": 3}, "entities": [], "facts": []}', "'id' is int"),
        (
            HEAD + '"entities": [{}], "facts": []}',
            "'type' is missing",
        ),
        (
            HEAD + '"entities": [{"type": "Ship"}], "facts": []}',
            "type 'Ship': expected one of Organisation",
        ),
        (
            HEAD + '"entities": [], "facts": [{"subject": "x", "property": "date",'
            ' "evidence": [{"start": true, "end": 1, "text": ""}]}]}',
            "'start' is bool",
        ),
    ],
)
def test_a_broken_line_names_the_field_that_is_wrong(line: str, named: str) -> None:
    with pytest.raises(GraphFormatError, match=named):
        from_line(line)
