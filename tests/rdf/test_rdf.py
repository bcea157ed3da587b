"""Turtle: the shape of the contract, the same bytes always, and the same graph back."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.canonical import canonical
from kg.errors import GraphFormatError
from kg.graph import KnowledgeGraph
from kg.ids import correction_id, entity_id, fact_id, name_key, sentence_id, target_id
from kg.loading import load
from kg.model import (
    Alias,
    Article,
    Change,
    Correction,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Graph,
    Mention,
    Series,
)
from kg.rdf import from_triples, read_graph, to_rdflib, triples, turtle, write_turtle
from kg.rdf.terms import decimal, temporal

TEXT = "江州市发展改革委主任李明在会上说，到2026年投入不低于20亿元。"


BODY, PERSON_ID, EVENT = "org-江州市发展改革委", "per-李明", "event-2024江州大会"
SAID = Evidence("a1", 0, len(TEXT), TEXT)
ARTICLES = (
    Article(
        "a1",
        "江州启动“数字江州”",
        TEXT,
        date="2024-03-05",
        publisher="江州日报",
        authors=("周一", "王二"),
        sources=("a1.txt",),
        url="https://example.org/a?b=1",
    ),
)
ENTITIES = (
    Entity(EVENT, EntityType.EVENT, "2024江州大会", articles=("a1",), implied=True),
    Entity(
        BODY,
        EntityType.ORGANISATION,
        "江州市发展改革委",
        "GovernmentBody",
        aliases=(Alias("发改委"), Alias("市发改委", "introduced", SAID)),
        mentions=(Mention("a1", 0, 8, TEXT[:8]),),
        articles=("a1",),
        identifiers=("11310000000000000X", "http://www.wikidata.org/entity/Q1"),
    ),
    Entity(PERSON_ID, EntityType.PERSON, "李明", mentions=(Mention("a1", 10, 12, "李明"),), articles=("a1",)),
)
POST = {"role": "主任", "start": "2023-01", "startEarliest": "2023-01-01"}
TARGET = {
    "indicator": "投入",
    "value": "20",
    "upto": "30",
    "unit": "亿元",
    "by": "2026",
    "stated": "不低于20亿元",
    "comparison": "at least",
}
FACTS = (
    Fact(PERSON_ID, "holdsPost", BODY, None, POST, 0.97, (SAID,)),
    Fact(PERSON_ID, "speaksAt", EVENT, None, {}, 0.8, (SAID,)),
    Fact(EVENT, "date", None, "2024-03", {}, 1.0, (SAID,)),
    Fact(BODY, "hasTarget", None, None, TARGET, 0.9, (SAID,)),
)


CORRECTIONS = (
    Correction(
        "add-fact",
        "李明",
        "holdsPost",
        "市发改委",
        {"role": "主任", "start": "2023-01"},
        "a1",
        "江州市发展改革委主任李明",
        "周编辑",
        "2024-04-01",
        "职务漏抽",
        (PERSON_ID, fact_id(FACTS[0])),
    ),
    Correction(
        "rename", "发改委", object="江州市发展改革委", author="周编辑", date="2024-04-02", reason="full name"
    ),
)


def small() -> Graph:
    """One article, a person with a post, a target, a dated event, a series, a change and two corrections."""
    return Graph(
        ARTICLES,
        ENTITIES,
        FACTS,
        (Series("series-event-江州大会", EntityType.EVENT, "江州大会", (EVENT,)),),
        (Change("change-1", "renamed", (BODY,), (BODY,), "2020", (SAID,)),),
        CORRECTIONS,
    )


def text_of(graph: Graph) -> str:
    return "".join(turtle(graph))


def rdf(graph: Graph) -> rdflib.Graph:
    return to_rdflib(graph)


def ask(graph: Graph, pattern: str) -> bool:
    return bool(rdf(graph).query(f"ASK {{ {pattern} }}").askAnswer)


HERE = Path(__file__).parent
SHAPE = [block for block in (HERE / "shape.txt").read_text("utf-8").split("\n\n") if block[0] != "#"]


@pytest.mark.parametrize("pattern", SHAPE)
def test_the_shape_is_that_of_the_vocabulary(pattern):
    graph = small()
    fact = graph.facts[0]
    names = {"FACT": fact_id(fact), "SENTENCE": sentence_id(fact.evidence[0]), "END": str(len(TEXT))}
    for placeholder, name in names.items():
        pattern = pattern.replace(placeholder, name)
    assert ask(graph, pattern)


def test_there_are_no_blank_nodes_and_no_text_of_the_article():
    assert not any(isinstance(term, ox.BlankNode) for t in triples(small()) for term in (t.subject, t.object))
    long = replace(small(), articles=(replace(small().articles[0], text="甲" * 99, sha256=""),))
    assert "甲甲" not in text_of(long)


def test_turtle_comes_back_as_the_same_graph_and_the_same_bytes(tmp_path):
    write_turtle(small(), tmp_path / "g.ttl")
    back = read_graph(tmp_path / "g.ttl")
    assert back == canonical(small())
    assert text_of(back).encode() == (tmp_path / "g.ttl").read_bytes()


def test_the_gold_graph_comes_back(gold_graph, tmp_path):
    write_turtle(gold_graph.data, tmp_path / "g.ttl")
    assert read_graph(tmp_path / "g.ttl") == canonical(gold_graph.data)


@pytest.mark.parametrize("ending", ["nt", "trig", "nq"])
def test_other_rdf_forms_are_read_too(ending, tmp_path):
    form = ox.RdfFormat.from_extension(ending)
    ox.serialize((ox.Quad(*t) for t in triples(small())), str(tmp_path / f"g.{ending}"), form)
    assert read_graph(tmp_path / f"g.{ending}") == canonical(small())


def test_the_order_of_triples_and_of_values_does_not_matter():
    shuffled = list(triples(small()))
    random.Random(1).shuffle(shuffled)
    assert from_triples(shuffled) == canonical(small())
    backwards = small()
    backwards = replace(backwards, entities=backwards.entities[::-1], facts=backwards.facts[::-1])
    assert text_of(backwards) == text_of(small())


def test_rdflib_and_oxigraph_read_the_same_triples():
    ours = {tuple(map(str, t)) for t in triples(small())}
    theirs = {tuple(term.n3() for term in t) for t in rdf(small())}
    assert len(ours) == len(theirs)


def test_triples_of_other_vocabularies_are_left_aside(tmp_path):
    more = '<x:note> <x:says> "hello" .\nzmid:per-李明 rdfs:seeAlso <x:y> .'
    (tmp_path / "g.ttl").write_text(f"{text_of(small())}{more}", "utf-8")
    assert read_graph(tmp_path / "g.ttl") == canonical(small())


def test_another_base_is_kept_in_the_file(tmp_path):
    write_turtle(small(), tmp_path / "g.ttl", "https://data.example/kg#")
    assert "@prefix zmid: <https://data.example/kg#> ." in (tmp_path / "g.ttl").read_text("utf-8")
    assert read_graph(tmp_path / "g.ttl") == canonical(small())


@pytest.mark.parametrize("base", ["https://data.example/kg#", "https://data.example/id/", "urn:example:"])
@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld", "trig", "nq", "ttl12", "json", "graphml"])
def test_a_graph_that_is_loaded_keeps_the_base_of_its_ids(ending, base, tmp_path):
    KnowledgeGraph(small(), base=base).save(tmp_path / f"g.{ending}")
    again = load(tmp_path / f"g.{ending}")
    assert again.base == base
    again.save(tmp_path / f"again.{ending}")
    assert (tmp_path / f"again.{ending}").read_bytes() == (tmp_path / f"g.{ending}").read_bytes()


def test_a_base_is_known_without_its_prefix(tmp_path):
    text = "".join(turtle(small(), "https://data.example/id/")).replace("zmid:", "ours:")
    (tmp_path / "g.ttl").write_text(text, "utf-8")
    assert load(tmp_path / "g.ttl").base == "https://data.example/id/"


def test_a_correction_is_told_once_with_all_that_it_touched():
    once = Correction("same", "甲", object="乙", qualifiers={"by": "2025"}, touched=("org-乙",), line="x:2")
    again = replace(once, touched=("org-甲", "org-乙"), line="y:7")
    (told,) = canonical(Graph(corrections=(once, again))).corrections
    assert (told.touched, told.line) == (("org-乙", "org-甲"), "")
    assert correction_id(once) == correction_id(again)
    for other in ({"object": "丙"}, {"reason": "乙"}, {"qualifiers": {}}, {"quote": "乙", "object": ""}):
        assert correction_id(replace(once, **other)) != correction_id(once)


AMOUNTS = [("613.44", "亿元", "61344000000.0"), ("0.07", "万", "700.0"), ("8.45", "%", "8.45")]


@pytest.mark.parametrize(("value", "unit", "number"), AMOUNTS)
def test_the_value_of_a_target_is_exact(value, unit, number):
    told = Fact(BODY, "hasTarget", None, None, {"indicator": "投入", "value": value, "unit": unit})
    assert f"zm:value {number} ;" in text_of(Graph(facts=(told,)))


def test_an_equal_statement_pools_its_evidence():
    one = Fact("a", "attends", "b", confidence=0.5, evidence=(Evidence("x", 0, 1, "甲"),))
    two = Fact("a", "attends", "b", confidence=0.7, evidence=(Evidence("x", 2, 3, "乙"),))
    (pooled,) = canonical(Graph(facts=(one, two))).facts
    assert pooled.confidence == 0.7
    assert [e.text for e in pooled.evidence] == ["甲", "乙"]


PERSON = 'zmid:per-a a zm:Person ; rdfs:label "甲"@zh .'
ARTICLE = 'zmid:art-x a zm:Article ; dcterms:identifier "x" ; dcterms:title "t"@zh ; zm:sha256 "0" .'
SENTENCE = (
    'zmid:s a zm:Sentence ; oa:exact "甲"@zh ; oa:start "one" ; oa:end 1 ; dcterms:isPartOf zmid:art-x .'
)
BROKEN = [
    ("!", "not valid"),
    ("<x:a> <x:b> <x:c> .", "no zm:Article"),
    ("zmid:per-a a zm:Person .", "no rdfs:label"),
    ('zmid:per-a a zm:Person ; rdfs:label "甲"@zh, "乙"@zh .', "2 values of rdfs:label"),
    (f"{PERSON} zmid:per-a zm:mentionedIn zmid:art-x .", "not described"),
    (f"{ARTICLE} {SENTENCE}", "whole number"),
    (f"{PERSON} zmid:f a rdf:Statement ; rdf:predicate zm:chairs .", "one rdf:object"),
    (f'{PERSON} <x:m> zm:names zmid:per-a ; oa:exact "甲"@zh .', "#char="),
]


@pytest.mark.parametrize(("body", "said"), BROKEN)
def test_a_damaged_file_is_explained(body, said, tmp_path):
    head = "\n".join(line for line in text_of(Graph()).splitlines())
    (tmp_path / "bad.ttl").write_text(f"{head}\n{body}", "utf-8")
    with pytest.raises(GraphFormatError, match=r"bad\.ttl") as told:
        read_graph(tmp_path / "bad.ttl")
    assert said in str(told.value)


@pytest.mark.parametrize("base", ["", "no iri", "https://example.org/x", "https://example.org/<x>/"])
def test_a_base_that_cannot_hold_ids_is_refused(base):
    with pytest.raises(GraphFormatError, match="base"):
        turtle(small(), base)


def test_an_id_that_cannot_be_a_local_name_is_refused():
    with pytest.raises(GraphFormatError, match="cannot be an id"):
        text_of(Graph(entities=(Entity("per 1", EntityType.PERSON, "甲"),)))


LITERALS = [
    ("2021", '"2021"^^xsd:gYear'),
    ("2021-10", '"2021-10"^^xsd:gYearMonth'),
    ("2021-10-12", '"2021-10-12"^^xsd:date'),
    ("2021-02-30", '"2021-02-30"'),
    ("去年底", '"去年底"'),
    ("２０２１", '"２０２１"'),
]


@pytest.mark.parametrize(("text", "literal"), LITERALS)
def test_time_is_typed_as_exactly_as_it_is_told(text, literal):
    assert temporal(text) == literal


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_decimals_have_one_form(number):
    text = decimal(number)
    assert ox.Literal(text, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    assert type(number)(text) == number
    assert "." in text and "E" not in text
    assert not text.endswith("00") or text.endswith(".0")


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(names, names, names)
def test_any_name_comes_back(name, alias, sentence):
    """Whatever a name holds: quotes, line ends, control characters, other scripts."""
    entity = Entity(
        entity_id(EntityType.PLACE, name_key(name)), EntityType.PLACE, name, aliases=(Alias(alias),)
    )
    told = Fact(entity.id, "partOf", entity.id, None, {"role": alias}, 1.0, (Evidence("a", 0, 1, sentence),))
    graph = Graph((Article("a", name, ""),), (entity,), (told,))
    assert from_triples(triples(graph)) == canonical(graph)


def test_a_target_is_named_after_its_fact():
    fact = small().facts[3]
    assert target_id(fact).removeprefix("target-") == fact_id(fact).removeprefix("fact-")
