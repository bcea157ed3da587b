"""Checking a graph: every rule can be broken and is then explained, and pySHACL finds the same."""

from __future__ import annotations

import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.model import Article, Correction, Entity, EntityType, Evidence, Fact, Graph, Mention
from kg.query import Loaded
from kg.rdf import PREFIXES, triples
from kg.validate import validate
from kg.validate.shapes import checks

SHAPES = Path(__file__).parents[2] / "ontology" / "shapes.ttl"
TEXT = "江州市科委主任李明出席江州大会。"
SAID = Evidence("a", 0, len(TEXT), TEXT)
ENTITIES = (
    Entity(
        "event-e",
        EntityType.EVENT,
        "江州大会",
        articles=("a",),
        mentions=(Mention("a", 11, 15, "江州大会"),),
    ),
    Entity("org-o", EntityType.ORGANISATION, "江州市科委", "GovernmentBody", articles=("a",)),
    Entity("per-p", EntityType.PERSON, "李明", articles=("a",)),
)
PEOPLE = {"indicator": "人数", "value": "5", "unit": "万人"}
FACTS = (
    Fact("per-p", "attends", "event-e", None, {}, 0.9, (SAID,)),
    Fact("per-p", "holdsPost", "org-o", None, {"role": "主任"}, 0.9, (SAID,)),
    Fact("event-e", "date", None, "2024-05", {}, 0.9, (SAID,)),
    Fact("event-e", "hasTarget", None, None, PEOPLE, 0.9, (SAID,)),
)
SOUND = Graph((Article("a", "江州大会召开", TEXT, "2024-05-06"),), ENTITIES, FACTS)
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

CASES = tomllib.loads((Path(__file__).parent / "broken.toml").read_text("utf-8"))["case"]
BREAKS = pytest.mark.parametrize("case", CASES, ids=[case["update"] for case in CASES])


def broken(update: str) -> Loaded:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples(SOUND))
    store.update(update, prefixes=dict(PREFIXES))
    return Loaded(store, PREFIXES)


def test_a_sound_graph_and_the_gold_graph_have_no_problem(gold_graph):
    assert validate(SOUND).ok
    assert str(validate(SOUND)) == "ok"
    assert list(validate(gold_graph.data)) == []


def test_a_graph_that_people_corrected_is_sound():
    made = Correction(
        "add-fact",
        "李明",
        "attends",
        "江州大会",
        {"role": "主任"},
        "a",
        TEXT,
        "周编辑",
        "2024-05-31",
        "漏抽",
        ("per-p",),
    )
    assert str(validate(replace(SOUND, corrections=(made,)))) == "ok"


@BREAKS
def test_a_broken_rule_is_found_and_explained_with_the_name(case):
    report = validate(broken(case["update"]))
    assert not report.ok
    assert sorted({problem.shape for problem in report}) == case["shapes"]
    assert any(case["names"] in str(problem) for problem in report)
    for problem in report:
        assert problem.en and problem.zh
        assert problem.en in str(problem) and problem.zh in str(problem)


@BREAKS
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_pyshacl_finds_the_same(case):
    pyshacl = pytest.importorskip("pyshacl")
    loaded = broken(case["update"])
    lines = loaded.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    data = rdflib.Graph().parse(data=lines, format="nt")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=str(SHAPES), inplace=True)
    assert not conforms
    found = {
        (bare(report.value(result, SH.sourceShape)), bare(report.value(result, SH.focusNode)))
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    }
    assert {(problem.shape, bare(problem.id)) for problem in validate(loaded)} == found


def bare(term: object) -> str:
    """The local part of an IRI or prefixed name; blank nodes, which engines name differently, are alike."""
    text = str(term)
    local = text.rpartition("/")[2].rpartition(":")[2]
    is_blank = isinstance(term, rdflib.BNode) or not ({":", "/"} & set(text))
    return "blank" if is_blank else local.removeprefix("shapes#")


def test_a_quote_that_the_text_does_not_hold_is_found():
    moved = replace(SAID, text=TEXT.replace("李明", "李鸣"))
    report = validate(replace(SOUND, facts=tuple(replace(f, evidence=(moved,)) for f in SOUND.facts)))
    assert ["李鸣" in str(p) and "李明" in str(p) for p in report] == [True]


def test_a_text_that_is_not_the_one_hashed_is_found():
    article = replace(SOUND.articles[0], text=TEXT + " ", sha256=SOUND.articles[0].sha256)
    assert ["SHA-256" in str(p) for p in validate(replace(SOUND, articles=(article,)))] == [True]


def test_checking_a_body_with_a_thousand_posts_stays_quick():
    """No check looks at all facts again for every fact: that took minutes, and must take moments."""
    people = [Entity(f"per-{n}", EntityType.PERSON, f"李{n}", articles=("a",)) for n in range(1000)]
    posts = [Fact(p.id, "holdsPost", "org-o", None, {"role": "主任"}, 0.9, (SAID,)) for p in people]
    start = time.process_time()
    assert validate(replace(SOUND, entities=(*ENTITIES, *people), facts=(*FACTS, *posts))).ok
    assert time.process_time() - start < 10


def test_every_check_has_a_sentence_in_both_languages():
    assert len(checks()) > 100
    for check in checks():
        assert check.en and check.zh, check.shape
