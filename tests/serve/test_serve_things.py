"""Entities and facts: every form of them, and what is said where there is none."""

from __future__ import annotations

import json
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.rdf import from_triples, triples

FORMS = {
    "text/html": "html",
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
}


@pytest.fixture(scope="module")
def person(gold_graph):
    return max(gold_graph.people, key=lambda one: (len(one.facts), one.id))


@pytest.mark.parametrize(("accept", "ending"), FORMS.items())
def test_a_thing_comes_in_the_form_asked_for_by_header_or_ending(server, person, accept, ending):
    by_header = server.ask(f"/entity/{person.id}", Accept=accept)
    by_ending = server.ask(f"/entity/{person.id}.{ending}", Accept="image/png")
    assert by_header.status == by_ending.status == 200
    assert by_header.type == by_ending.type == accept
    assert by_header.body == by_ending.body
    assert "accept" in by_header.headers["vary"].lower()
    for other in FORMS.values():
        assert f"</entity/{quote(person.id)}.{other}>" in by_header.headers["link"]


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
WISHES = {
    BROWSER: "text/html",
    "*/*": "text/turtle",
    "": "text/turtle",
    "application/json": "application/json",
    "text/*;q=0.3, application/n-triples;q=0.5": "application/n-triples",
    "text/turtle;q=0, application/rdf+xml;q=0.1": "application/rdf+xml",
    "application/ld+json;profile=x, text/html;q=0.2": "application/ld+json",
}


@pytest.mark.parametrize("accept", WISHES)
def test_what_is_liked_best_is_sent(server, person, accept):
    assert server.ask(f"/entity/{person.id}", Accept=accept).type == WISHES[accept]


def test_what_cannot_be_is_not_acceptable(server, person):
    answer = server.ask(f"/entity/{person.id}", Accept="image/png")
    assert answer.status == 406 and "text/turtle" in answer.text


def held(server, path, form=ox.RdfFormat.TURTLE):
    kind = {ox.RdfFormat.TURTLE: "ttl", ox.RdfFormat.N_TRIPLES: "nt", ox.RdfFormat.JSON_LD: "jsonld"}[form]
    return {quad.triple for quad in ox.parse(server.ask(f"{path}.{kind}").body, form)}


def test_the_forms_say_the_same_and_nothing_but_what_the_graph_says(server, gold_graph, person):
    path = f"/entity/{person.id}"
    turtle, lines = held(server, path), held(server, path, ox.RdfFormat.N_TRIPLES)
    assert turtle == lines
    store = ox.Store()  # which writes numbers in their canonical form
    store.extend(ox.Quad(*triple) for triple in triples(gold_graph.data))
    assert turtle <= {quad.triple for quad in store}


def test_a_thing_brings_its_facts_with_their_sentences(server, gold_graph, person):
    graph = from_triples(held(server, f"/entity/{person.id}"))
    told = {fact for fact in graph.facts if person.id in (fact.subject, fact.object)}
    assert told == {view.fact for view in person.facts}
    assert all(fact.evidence for fact in told)


def test_json_ld_is_framed_by_our_context_and_fetches_nothing(server, person):
    found = json.loads(server.ask(f"/entity/{person.id}", Accept="application/json").body)
    assert isinstance(found["@context"], dict)
    node = next(node for node in found["@graph"] if node["id"] == f"zmid:{person.id}")
    assert person.name in json.dumps(node["name"] if "name" in node else node, ensure_ascii=False)
    assert len(node["facts"]) == len([f for f in person.facts if f.fact.subject == person.id])


def test_the_page_shows_every_fact_with_its_sentence_and_its_article(server, person):
    page = server.ask(f"/entity/{person.id}.html").text
    for fact in person.facts:
        assert f'href="/fact/{fact.id}"' in page
        assert fact.evidence[0].text.replace("&", "&amp;")[:20] in page
    assert page.count("<script") == 0


def test_a_fact_has_an_address(server, person):
    fact = person.facts[0]
    page = server.ask(f"/fact/{fact.id}", Accept="text/html")
    assert page.status == 200 and fact.evidence[0].article.title[:10] in page.text
    graph = from_triples(held(server, f"/fact/{fact.id}"))
    assert fact.fact in graph.facts
    moved = server.ask(f"/entity/{fact.id}")
    assert (moved.status, moved.headers["location"]) == (308, f"/fact/{fact.id}")


def test_articles_and_sentences_have_pages_too(server, gold_graph):
    from kg.rdf.turtle import article_name

    article = gold_graph.articles[0]
    page = server.ask(f"/entity/{article_name(article.id)}", Accept="text/html")
    assert page.status == 200 and article.title in page.text


def test_a_name_leads_to_the_thing(server, person):
    answer = server.ask(f"/entity/{person.name}")
    assert (answer.status, answer.headers["location"]) == (303, f"/entity/{quote(person.id)}")


@pytest.mark.parametrize(
    "path", ["/entity/per-无此人", "/fact/fact-000000000000", "/entity/..%2F..", "/entity/%00", "/entity/<x>"]
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle", BROWSER])
def test_what_is_not_there_is_said_in_words(server, path, accept):
    answer = server.ask(path, Accept=accept)
    assert answer.status == 404
    assert "图谱中没有" in answer.text
    assert answer.type == ("text/html" if "html" in accept else "text/plain")


def test_a_fact_is_no_entity_and_an_entity_no_fact(server, person):
    assert server.ask(f"/fact/{person.id}").status == 404


def test_addresses_that_are_nothing_say_what_there_is(server):
    for path in ("/nothing", "/entity", "/entity/", "/static/../page.html", "/static/nothing.js", "/.env"):
        answer = server.ask(path)
        assert answer.status == 404 and "/sparql" in answer.text, path


def test_a_client_that_has_it_is_told_so(server, person):
    first = server.ask(f"/entity/{person.id}.ttl")
    again = server.ask(f"/entity/{person.id}.ttl", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = server.ask(f"/entity/{person.id}.nt", If_None_Match=first.headers["etag"])
    assert other.status == 200


def test_head_of_a_thing(server, person):
    answer = server.ask(f"/entity/{person.id}", "HEAD")
    assert answer.status == 200 and answer.body == b"" and int(answer.headers["content-length"]) > 100
