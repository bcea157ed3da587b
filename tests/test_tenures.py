"""Posts over time: what several articles bound together, the same in Python and in SPARQL."""

from __future__ import annotations

import pytest

from kg.graph import KnowledgeGraph
from kg.model import Article, Entity, EntityType, Evidence, Extraction, Fact, Mention
from kg.ontology_files import ontology_folder
from kg.resolve import resolve

BODY, ROLE, NAME = "江州市科技局", "局长", "林文涛"
DAYS = ("2015-01-01", "2018-03-15", "2019-06-01", "2020-05-01", "2021-07-01", "2022-03-01", "2023-01-01")


def stated(day: str | None, **qualifiers: str) -> Extraction:
    """An article of that day that gives the post."""
    text = BODY + ROLE + NAME
    key = f"a-{day}-{'-'.join(qualifiers.values())}"
    article = Article(key, "", text, date=day)
    entities = (
        Entity("o1", EntityType.ORGANISATION, BODY, mentions=(Mention(key, 0, 6, BODY),), articles=(key,)),
        Entity("p1", EntityType.PERSON, NAME, mentions=(Mention(key, 8, 11, NAME),), articles=(key,)),
    )
    told = {"role": ROLE, **qualifiers}
    evidence = (Evidence(key, 0, len(text), text),)
    return Extraction(article, entities, (Fact("p1", "holdsPost", "o1", qualifiers=told, evidence=evidence),))


SEEN_20 = stated("2020-05-01")
SEEN_22 = stated("2022-03-01")
TAKEN = stated("2019-06-02", start="2018-03")
REMOVED = stated("2022-09-02", status="former", end="2022-09-01")
FORMER = stated("2023-01-01", status="former")
BACK = stated("2024-01-01")
UNDATED = stated(None)

CASES = {
    "seen once": ([SEEN_20], "?", "?", "?", "yes", "?", "?", "?"),
    "seen twice": ([SEEN_20, SEEN_22], "?", "?", "?", "yes", "yes", "yes", "?"),
    "taken up in a month": ([TAKEN], "no", "?", "yes", "?", "?", "?", "?"),
    "removed": ([SEEN_20, REMOVED], "?", "?", "?", "yes", "yes", "yes", "no"),
    "former": ([SEEN_20, FORMER], "?", "?", "?", "yes", "?", "?", "?"),
    "whole": ([TAKEN, SEEN_20, SEEN_22, REMOVED], "no", "?", "yes", "yes", "yes", "yes", "no"),
    "undated": ([UNDATED], "?", "?", "?", "?", "?", "?", "?"),
}
HELD = {True: "yes", None: "?", False: "no"}


@pytest.mark.parametrize("name", CASES)
def test_the_articles_narrow_the_bounds_together(name: str):
    articles, *expected = CASES[name]
    for order in (articles, articles[::-1]):
        (tenure,) = KnowledgeGraph(resolve(order)).career(NAME)
        assert [HELD[tenure.held_on(day)] for day in DAYS] == expected


@pytest.mark.parametrize("name", CASES)
def test_sparql_and_python_agree(name: str):
    graph = KnowledgeGraph(resolve(CASES[name][0]))
    query = (ontology_folder() / "queries" / "holders-on-date.rq").read_text(encoding="utf-8")
    for day in DAYS:
        by_python = {(t.person.name, t.role, t.held_on(day)) for t in graph.holders(BODY, ROLE, on=day)}
        rows = graph.query(query, org=BODY, date=day)
        by_sparql = {
            (r.name, r.role, True if r.first and r.last and r.first <= day <= r.last else None) for r in rows
        }
        assert by_sparql == by_python, day


def test_a_removal_ends_the_tenure():
    (tenure,) = KnowledgeGraph(resolve([SEEN_20, REMOVED])).career(NAME)
    said = tenure.fact.qualifiers
    assert (said["status"], said["endEarliest"], said["endLatest"]) == ("former", "2022-09-01", "2022-09-01")


def test_a_post_taken_up_again_is_held():
    (tenure,) = KnowledgeGraph(resolve([SEEN_20, REMOVED, BACK])).career(NAME)
    assert tenure.held_on("2024-01-01") is True
    assert "status" not in tenure.fact.qualifiers


def test_a_month_or_a_year_can_be_asked_for():
    (tenure,) = KnowledgeGraph(resolve([SEEN_20, REMOVED])).career(NAME)
    assert tenure.held_on("2020-05") is True
    assert tenure.held_on("2021") is True
    assert tenure.held_on("2023") is False
