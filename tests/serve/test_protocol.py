"""The W3C's tests of the SPARQL 1.1 Protocol for queries, one by one, and what it leaves to the service."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from served import serving

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
ROWS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """A server of the graphs that the W3C's tests name."""
    path = tmp_path_factory.mktemp("w3c") / "data.trig"
    lines = [
        f"GRAPH <{DATA.format(n)}> {{ <{DATA.format(n)}> a <http://xmlns.com/foaf/0.1/Document> . }}"
        for n in range(4)
    ]
    path.write_text("\n".join(lines), "utf-8")
    with serving(str(path), "--quiet") as served:
        yield served


def document(*numbers):
    return " . ".join(f"<{DATA.format(n)}> a ?type" for n in numbers)


def truth(answer):
    assert answer.status == 200, answer.text
    if answer.type == ROWS[0]:
        return answer.json["boolean"]
    assert answer.type == ROWS[1]
    return ElementTree.fromstring(answer.body)[1].text == "true"


def post(endpoint, path, body, kind, **headers):
    return endpoint.ask(path, "POST", body, Content_Type=kind, **headers)


def chosen(name, *numbers):
    return "&".join(urlencode({name: DATA.format(n)}) for n in numbers)


def test_query_get(endpoint):
    assert truth(endpoint.ask("/sparql/?query=ASK%20%7B%7D&" + chosen("default-graph-uri", 0)))


def test_query_post_form(endpoint):
    assert truth(post(endpoint, "/sparql/?" + chosen("default-graph-uri", 0), "query=ASK%20%7B%7D", FORM))


def test_query_post_direct(endpoint):
    assert truth(post(endpoint, "/sparql/?" + chosen("default-graph-uri", 0), "ASK {}", QUERY))


def test_query_dataset_default_graphs_get(endpoint):
    query = urlencode({"query": f"ASK {{ {document(1, 2)} }}"})
    assert truth(endpoint.ask(f"/sparql/?{query}&" + chosen("default-graph-uri", 1, 2)))
    assert not truth(endpoint.ask(f"/sparql/?{query}&" + chosen("default-graph-uri", 1)))


def test_query_dataset_default_graphs_post(endpoint):
    query = f"ASK {{ {document(1, 2)} }}"
    assert truth(post(endpoint, "/sparql/?" + chosen("default-graph-uri", 1, 2), query, QUERY))
    assert not truth(post(endpoint, "/sparql/?" + chosen("default-graph-uri", 2, 3), query, QUERY))


NAMED = f"ASK {{ GRAPH ?g1 {{ {document(1)} }} GRAPH ?g2 {{ {document(2)} }} }}"


def test_query_dataset_named_graphs_post(endpoint):
    assert truth(post(endpoint, "/sparql/?" + chosen("named-graph-uri", 1, 2), NAMED, QUERY))
    assert not truth(post(endpoint, "/sparql/?" + chosen("named-graph-uri", 1, 3), NAMED, QUERY))


def test_query_dataset_named_graphs_get(endpoint):
    query = urlencode({"query": NAMED})
    assert truth(endpoint.ask(f"/sparql/?{query}&" + chosen("named-graph-uri", 1, 2)))


def test_query_dataset_full(endpoint):
    query = f"ASK {{ {document(3)} GRAPH ?g1 {{ {document(1)} }} GRAPH ?g2 {{ {document(2)} }} }}"
    both = chosen("default-graph-uri", 3) + "&" + chosen("named-graph-uri", 1, 2)
    assert truth(post(endpoint, "/sparql/?" + both, query, QUERY))
    assert truth(post(endpoint, "/sparql/", urlencode({"query": query}) + "&" + both, FORM))


def test_query_multiple_dataset(endpoint):
    """What the protocol chooses counts, not what the query does."""
    query = f"ASK FROM <{DATA.format(3)}> {{ GRAPH ?g1 {{ {document(1)} }} GRAPH ?g2 {{ {document(2)} }} }}"
    assert truth(post(endpoint, "/sparql/?" + chosen("named-graph-uri", 1, 2), query, QUERY))
    other = f"ASK FROM <{DATA.format(1)}> {{ {document(1)} }}"
    assert truth(post(endpoint, "/sparql/", other, QUERY))
    assert not truth(post(endpoint, "/sparql/?" + chosen("default-graph-uri", 2), other, QUERY))


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("SELECT (1 AS ?value) {}", ROWS),
        ("ASK {}", ROWS[:2]),
        ("DESCRIBE <http://example.org/>", GRAPHS),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPHS),
    ],
)
def test_query_content_type(endpoint, query, kinds):
    """query_content_type_select, _ask, _describe, _construct; with and without a wish."""
    path = "/sparql/?" + chosen("default-graph-uri", 0)
    answer = post(endpoint, path, query, QUERY)
    assert answer.status == 200 and answer.type in kinds
    for kind in kinds:
        wished = post(endpoint, path, query, QUERY, Accept=kind)
        assert (wished.status, wished.type) == (200, kind)
        readable(wished)


def readable(answer):
    if answer.type == ROWS[0]:
        json.loads(answer.body)
    elif answer.type == ROWS[1]:
        ElementTree.fromstring(answer.body)
    elif answer.type in GRAPHS:
        form = {kind: ox.RdfFormat.from_media_type(kind) for kind in GRAPHS}[answer.type]
        list(ox.parse(answer.body, form, base_iri="http://example.org/"))


BAD = {
    "bad_query_method": ("PUT", "/sparql/?query=ASK%20%7B%7D", None, None, 405),
    "bad_multiple_queries": (
        "GET",
        "/sparql/?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D",
        None,
        None,
        400,
    ),
    "bad_query_wrong_media_type": ("POST", "/sparql/", "ASK {}", "text/plain", 415),
    "bad_query_missing_form_type": ("POST", "/sparql/", "query=ASK%20%7B%7D", None, 415),
    "bad_query_missing_direct_type": ("POST", "/sparql/", "ASK {}", None, 415),
    "bad_query_non_utf8": ("POST", "/sparql/", "ASK {}".encode("utf-16"), QUERY + "; charset=UTF-16", 415),
    "bad_query_syntax": ("GET", "/sparql/?query=ASK%20%7B", None, None, 400),
    "bytes that are not UTF-8": ("POST", "/sparql/", b"ASK { ?s ?p '\xff' }", QUERY, 400),
    "a parameter that is not UTF-8": ("GET", "/sparql/?query=%FF", None, None, 400),
    "a form without a query": ("POST", "/sparql/", "default-graph-uri=x", FORM, 400),
    "an update by form": ("POST", "/sparql/", "update=CLEAR%20ALL", FORM, 403),
    "an update by GET": ("GET", "/sparql/?update=CLEAR%20ALL", None, None, 403),
    "an update by POST": ("POST", "/sparql/", "CLEAR ALL", "application/sparql-update", 403),
    "an update as a query": ("POST", "/sparql/", "CLEAR ALL", QUERY, 403),
    "a graph that is not there": (
        "GET",
        "/sparql/?query=ASK%7B%7D&default-graph-uri=http://x/y",
        None,
        None,
        400,
    ),
    "an empty query": ("GET", "/sparql/?query=", None, None, 400),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_said(endpoint, case):
    method, path, body, kind, status = BAD[case]
    headers = {"Content_Type": kind} if kind else {}
    answer = endpoint.ask(path, method, body, **headers)
    assert answer.status == status, answer.text
    assert answer.type == "text/plain" and answer.text.strip()
    assert "Traceback" not in answer.text
    if status == 405:
        assert "POST" in answer.headers["allow"]


def test_a_form_that_nothing_fits_is_refused_with_those_that_do(endpoint):
    answer = endpoint.query("SELECT * {}", accept="image/png")
    assert answer.status == 406 and "text/csv" in answer.text
    assert endpoint.query("CONSTRUCT WHERE { ?s ?p ?o }", accept="text/csv").status == 406


def test_the_address_may_name_the_form(endpoint):
    for ending, kind in {"json": ROWS[0], "xml": ROWS[1], "csv": ROWS[2], "tsv": ROWS[3]}.items():
        assert endpoint.query("SELECT * {} ", accept="*/*", format=ending).type == kind


def test_several_graphs_are_asked_as_one_unless_chosen(endpoint):
    assert endpoint.query(f"ASK {{ {document(0, 3)} }}").json["boolean"]


def test_a_graph_is_chosen_with_a_prefix_and_comments_too(endpoint):
    text = f"PREFIX d: <http://kasei.us/2009/09/sparql/data/>\nASK FROM #c\n d:data1.rdf {{ {document(1)} }}"
    assert endpoint.query(text).json["boolean"]
    assert endpoint.query(text.replace("data1.rdf {", "data9.rdf {")).status == 400


def test_without_a_query_the_endpoint_describes_itself(endpoint):
    for kind in GRAPHS:
        answer = endpoint.ask("/sparql", Accept=kind)
        assert answer.type == kind
        store = ox.Store()
        store.load(answer.body, ox.RdfFormat.from_media_type(kind), base_iri="http://x/")
        found = store.query(
            "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT ?e { ?s a sd:Service ; "
            "sd:endpoint ?e ; sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph ; "
            "sd:resultFormat <http://www.w3.org/ns/formats/Turtle> ; sd:defaultDataset/sd:namedGraph/sd:name "
            f"<{DATA.format(0)}> }}"
        )
        assert [row[0].value for row in found] == [f"http://127.0.0.1:{endpoint.port}/sparql"]
    browser = endpoint.ask("/sparql", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (browser.status, browser.headers["location"]) == (303, "/editor")


def test_head_is_get_without_its_body(endpoint):
    path = "/sparql?query=ASK%20%7B%7D"
    full, head = endpoint.ask(path), endpoint.ask(path, "HEAD")
    assert head.status == 200 and head.body == b""
    assert head.headers["content-length"] == full.headers["content-length"] == str(len(full.body))


def test_options_say_what_may_be_done(endpoint):
    answer = endpoint.ask("/sparql", "OPTIONS")
    assert answer.status == 204 and answer.headers["allow"] == "GET, POST, HEAD, OPTIONS"
    assert "access-control-allow-origin" not in answer.headers
    assert endpoint.ask("/search", "OPTIONS").headers["allow"] == "GET, HEAD, OPTIONS"


def test_every_ready_made_query_answers_as_it_does_without_a_server(server, gold_graph):
    for example in server.ask("/examples.json").json:
        answer = server.query(example["text"], accept="text/csv")
        if answer.status == 406:
            assert server.query(example["text"], accept="*/*").status == 200
            continue
        rows = gold_graph.query(example["text"])
        if rows.kind == "select":
            assert answer.text.count("\r\n") == len(rows) + 1, example["name"]
