"""Both counts of a fact, sources and independent voices, in the graph and in every saved form."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest
from test_voices import ORIGINAL, edited, story

from kg import export
from kg.canonical import canonical
from kg.graph import KnowledgeGraph
from kg.ids import fact_id
from kg.model import Article, Entity, EntityType, Evidence, Extraction, Fact, Graph, Mention
from kg.parts import part
from kg.rdf import turtle
from kg.resolve import resolve
from kg.witnesses import together

SAYS = {"a": "江州市发展改革委主任李明介绍情况。", "b": "李明任江州市发展改革委主任。"}


def said(name: str, body: str, sentence: str, sure: float = 0.8) -> Extraction:
    """An article that states one post in one sentence, and is otherwise `body`."""
    text = sentence + body
    evidence = Evidence(name, 0, len(sentence), sentence)
    entities = tuple(
        Entity(key, type_, word, mentions=(Mention(name, at, at + len(word), word),), articles=(name,))
        for key, type_, word in (
            ("p", EntityType.PERSON, "李明"),
            ("o", EntityType.ORGANISATION, "江州市发展改革委"),
        )
        if (at := text.index(word)) >= 0
    )
    fact = Fact("p", "holdsPost", "o", qualifiers={"role": "主任"}, confidence=sure, evidence=(evidence,))
    return Extraction(Article(name, name, text, f"2023-03-0{len(name)}"), entities, (fact,))


FIRST = said("a", ORIGINAL, SAYS["a"])
REPRINT = said("aa", edited(ORIGINAL, 3, 9), SAYS["a"])
OTHER = said("aaa", story(7), SAYS["b"])


def only(*extractions: Extraction) -> tuple[Graph, Fact]:
    graph = resolve(extractions)
    (fact,) = graph.facts
    return graph, fact


@pytest.mark.parametrize(
    ("articles", "sources", "voices", "confidence"),
    [
        ((FIRST,), 1, 1, 0.8),
        ((FIRST, REPRINT), 2, 1, 0.8),
        ((FIRST, OTHER), 2, 2, 0.88),
        ((FIRST, REPRINT, OTHER), 3, 2, 0.88),
    ],
)
def test_confidence_rises_with_independent_voices_only(articles, sources, voices, confidence):
    graph, fact = only(*articles)
    view = KnowledgeGraph(graph).facts()[0]
    assert (view.sources, view.voices, fact.confidence) == (sources, voices, confidence)


def test_a_surer_reprint_speaks_for_its_voice():
    _, fact = only(FIRST, said("aa", ORIGINAL + "完", SAYS["a"], 0.9))
    assert fact.confidence == 0.9


def test_voices_never_make_certain_and_never_less_sure():
    assert together([0.9] * 40) == 0.99
    assert together([1.0, 0.5]) == 1.0
    assert together([0.5, 0.5]) == 0.62


def test_a_reprint_names_the_story_it_retells():
    graph, _ = only(FIRST, REPRINT, OTHER)
    assert [article.voice for article in graph.articles] == [None, "a", None]
    written = "".join(turtle(graph))
    assert "zm:retells zmid:art-a " in written
    assert "zm:confidence 0.88 ; zm:sources 3 ; zm:voices 2 " in written


@pytest.mark.parametrize("name", ["ttl", "jsonld", "nt", "ttl12", "json", "graphml"])
def test_saved_and_read_back_the_voices_are_the_same(name, tmp_path):
    graph, _ = only(FIRST, REPRINT, OTHER)
    (path,) = export.write(graph, tmp_path, name)
    again = export.read(path)
    assert again == canonical(graph)
    assert KnowledgeGraph(again).facts()[0].voices == 2


def test_the_counts_stand_in_json_and_tables(tmp_path):
    graph, fact = only(FIRST, REPRINT, OTHER)
    (path,) = export.write(graph, tmp_path, "json")
    (edge,) = json.loads(path.read_text("utf-8"))["edges"]
    assert (edge["key"], edge["sources"], edge["voices"]) == (fact_id(fact), 3, 2)
    export.write(graph, tmp_path, "csv")
    with (tmp_path / "edges.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["sources:int"], row["voices:int"]) == ("3", "2")


def test_a_part_without_the_first_article_keeps_its_copies_one_voice():
    third = said("aaaa", ORIGINAL + "完", SAYS["a"])
    graph, fact = only(FIRST, REPRINT, third)
    evidence = tuple(e for e in fact.evidence if e.article != "a")
    rest = replace(graph, articles=graph.articles[1:], facts=(replace(fact, evidence=evidence),))
    saved = canonical(part(rest, {entity.id for entity in graph.entities}))
    assert [article.voice for article in saved.articles] == [None, "aa"]
    assert KnowledgeGraph(saved).facts()[0].voices == 1
