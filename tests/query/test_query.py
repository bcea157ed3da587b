"""Asking a graph: what may be asked, how values enter, what comes back, what errors teach."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import datetime

import pytest

from kg.errors import GraphFormatError, NotFoundError, QueryError
from kg.query import load, run
from kg.query.guard import MAX_DEPTH, MAX_LENGTH, check
from kg.query.parameters import declared, fill
from kg.rdf import write_turtle

EVENTS = "SELECT ?name ?date { ?e a zm:Event ; rdfs:label ?name ; zm:date ?date } ORDER BY ?name"


@pytest.fixture(scope="module")
def loaded(gold_graph):
    return load(gold_graph.data)


# -- what may be asked ---------------------------------------------------------------------

REFUSED = [
    ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { ?s ?p 1SERVICE<http://x/>{ ?s ?p ?o } }", "SERVICE"),
    ("PREFIX x: <http://x/> SELECT * { ?s ?p ?o SERVICE x:y { ?s ?p ?o } }", "SERVICE"),
    (r"SELECT * { ?s zm:a\# ?o . SERVICE <http://x/> { } }", "SERVICE"),
    ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
    ("SELECT * FROM NAMED <http://x/> { ?s ?p ?o }", "FROM"),
    ("LOAD <http://x/>", "only read"),
    ("INSERT DATA { <x:a> <x:b> <x:c> }", "only read"),
    ("PREFIX x: <http://x/> delete where { ?s ?p ?o }", "only read"),
    (r"SELECT * { ?s ?p ?o . \u0053ERVICE <http://x/> { } }", "escapes"),
    ("SELECT * " + "{" * (MAX_DEPTH + 1) + "}" * (MAX_DEPTH + 1), "nested"),
    ("SELECT * { ?s " + "/".join(["zm:partOf"] * 1100) + " ?o }", "operators"),
    ("SELECT * { ?s ?p ?o } #" + "x" * MAX_LENGTH, "characters"),
]


@pytest.mark.parametrize(("sparql", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_leaves_the_graph_writes_or_overflows_is_refused(sparql, said, loaded):
    with pytest.raises(QueryError, match=said):
        run(loaded, sparql)


ACCEPTED = [
    "SELECT * { ?s rdfs:label 'SERVICE FROM LOAD' }",
    'SELECT * { ?s rdfs:label """a "quoted" SERVICE""" }',
    "SELECT * { ?s <http://x/SERVICE> ?o } # SERVICE <http://x/> { }",
    "SELECT ?service ?from { ?service zm:date ?from }",
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 3) }",
    r"SELECT * { ?s rdfs:label '\u0041' }",
    "SELECT * { ?x schema:fromLocation ?y }",
]


@pytest.mark.parametrize("sparql", ACCEPTED)
def test_words_inside_strings_iris_comments_and_names_are_no_offence(sparql, loaded):
    run(loaded, sparql)


LARGE = {
    "not": "!" * 900 + "true",
    "minus": "-" * 900 + "1",
    "or": "||".join(["?o"] * 450),
    "plus": "+".join(["1"] * 900),
    "brackets": "(" * 28 + "1" + ")" * 28,
    "in": f"?o IN ({','.join(['1'] * 5000)})",
}


@pytest.mark.parametrize("pattern", LARGE.values(), ids=LARGE)
def test_the_largest_accepted_queries_do_not_bring_the_process_down(pattern):
    code = """
import sys, pyoxigraph
from kg.query.guard import check
check(sys.argv[1])
try:
    pyoxigraph.Store().query(sys.argv[1])
except SyntaxError:
    pass
"""
    command = [sys.executable, "-c", code, f"ASK {{ ?s ?p ?o FILTER({pattern}) }}"]
    assert subprocess.run(command, check=False, timeout=60).returncode == 0


# -- parameters ----------------------------------------------------------------------------

FILLED = [
    ("# param: n = 甲\nSELECT * { ?s ?p $n }", {}, '"甲"@zh'),
    ("# param: n = 甲\nSELECT * { ?s ?p $n }", {"n": '"} DROP ALL #\\'}, '"\\"} DROP ALL #\\\\"@zh'),
    (
        "# param: d = 2021-10-12\nSELECT * { ?s ?p $d }",
        {"d": "2022"},
        '"2022"^^<http://www.w3.org/2001/XMLSchema#gYear>',
    ),
    ("# param: n = 5\nSELECT * { ?s ?p $n }", {"n": "7.50"}, "7.5"),
    ("# param: n = 5\nSELECT * { ?s ?p $n }", {"n": 8}, "8.0"),
    ("# param: i = https://x/a\nSELECT * { ?s ?p $i }", {"i": "urn:x:b"}, "<urn:x:b>"),
    ("SELECT * { ?s ?p $n }", {"n": "甲"}, '"甲"@zh'),
]


@pytest.mark.parametrize(("sparql", "values", "literal"), FILLED)
def test_a_value_enters_as_a_literal_of_the_declared_kind(sparql, values, literal):
    assert fill(sparql, values).endswith(f"{{ ?s ?p {literal} }}")


def test_a_dollar_inside_a_string_or_comment_is_left_alone():
    assert (
        fill("SELECT * { ?s ?p '$n', $n } # $n", {"n": "甲"}) == """SELECT * { ?s ?p '$n', "甲"@zh } # $n"""
    )


MISFITS = [
    ("# param: d = 2021\nSELECT * { ?s ?p $d }", {"d": "去年"}, "is no date for 'd'; give one like 2021"),
    ("# param: n = 5\nSELECT * { ?s ?p $n }", {"n": "many"}, "is no number"),
    ("# param: i = http://x/\nSELECT * { ?s ?p $i }", {"i": "http://x/> ?y"}, "is no IRI"),
    ("SELECT * { ?s ?p $org }", {"orgg": "甲"}, r"no \$orgg to fill; it has \$org"),
]


@pytest.mark.parametrize(("sparql", "values", "said"), MISFITS)
def test_a_value_that_does_not_fit_is_explained(sparql, values, said):
    with pytest.raises(QueryError, match=said):
        fill(sparql, values)


def test_declared_parameters_are_found_in_order():
    assert [(p.name, p.kind) for p in declared("# param: a = 甲\n#param: b= 2021-01\n# c = 1")] == [
        ("a", "text"),
        ("b", "date"),
    ]


# -- what comes back -----------------------------------------------------------------------


def test_rows_go_by_position_and_by_name(loaded):
    result = run(loaded, EVENTS)
    assert result.columns == ("name", "date")
    first = result[0]
    assert first.name == first["name"] == first[0]
    assert first.as_dict() == {"name": first[0], "date": first[1]}
    name, date = first
    assert (name, date) == tuple(first)
    assert result.column("name") == [row.name for row in result]
    assert len(result) == len(result[:]) > 2
    with pytest.raises(AttributeError, match="the columns are name, date"):
        _ = first.nothing
    with pytest.raises(KeyError, match="name, date"):
        _ = first["nothing"]


def test_a_column_called_like_a_method_of_tuples_is_reached_by_name(loaded):
    (row,) = run(loaded, "SELECT (1 AS ?count) (2 AS ?index) { }")
    assert (row["count"], row["index"]) == (1, 2)


def test_cells_are_python_values(loaded):
    (row,) = run(
        loaded,
        'SELECT (1 AS ?i) (1.5 AS ?d) (true AS ?b) ("甲"@zh AS ?t) (zm:date AS ?iri) (?none AS ?n) '
        '("2021"^^xsd:gYear AS ?y) ("x"^^xsd:integer AS ?bad) { }',
    )
    assert tuple(row) == (1, 1.5, True, "甲", "https://w3id.org/zhengmai/ns#date", None, "2021", "x")


def test_ask_is_true_or_false(loaded):
    assert run(loaded, "ASK { ?s a zm:Event }")
    assert not run(loaded, "ASK { ?s a zm:Nothing }")


def test_construct_gives_triples_that_become_turtle(loaded):
    result = run(loaded, "CONSTRUCT { ?e a schema:Event } WHERE { ?e a zm:Event }")
    assert result.columns == ("subject", "predicate", "object")
    assert "a schema:Event" in result.text("ttl") or "schema:Event" in result.text("ttl")
    assert result.text("nt").count("\n") == len(result)


def test_pandas_gets_a_frame_of_numbers_and_text(loaded):
    pytest.importorskip("pandas")
    frame = run(
        loaded, "SELECT ?who ?value { ?t zm:value ?value . ?w zm:hasTarget ?t ; rdfs:label ?who }"
    ).to_pandas()
    assert list(frame.columns) == ["who", "value"]
    assert frame["value"].dtype.kind == "f"


def test_every_text_form_holds_the_same_rows(loaded):
    result = run(loaded, EVENTS)
    rows = [list(map(str, row)) for row in result]
    assert list(csv.reader(io.StringIO(result.text("csv"))))[1:] == rows
    assert list(csv.reader(io.StringIO(result.text("tsv")), delimiter="\t"))[1:] == rows
    found = json.loads(result.text("json"))
    assert found["head"]["vars"] == ["name", "date"]
    assert [[b[v]["value"] for v in ("name", "date")] for b in found["results"]["bindings"]] == rows
    assert [list(map(str, json.loads(line).values())) for line in result.text("jsonl").splitlines()] == rows
    assert [line.split("  ")[0] for line in result.text().splitlines()[2:-1]] == [row[0] for row in rows]
    assert result.text().endswith(f"({len(rows)} rows)\n")


def test_a_table_lines_up_under_chinese(loaded):
    lines = run(loaded, 'SELECT ?a ?b { VALUES (?a ?b) { ("甲乙" "x") ("c" "y") } }').text().splitlines()
    assert lines[2:4] == ["甲乙  x", "c     y"]


def test_iris_of_ours_are_shown_with_their_prefix(loaded):
    assert "zm:Event" in run(loaded, "SELECT DISTINCT ?c { ?e a ?c } ORDER BY ?c").text()


def test_an_unknown_form_names_the_known(loaded):
    with pytest.raises(NotFoundError, match="csv"):
        run(loaded, EVENTS).text("xlsx")


def test_a_notebook_shows_escaped_cells(loaded):
    html = run(loaded, "SELECT ('<b>' AS ?x) { }")._repr_html_()
    assert "&lt;b&gt;" in html and "<b>" not in html


# -- errors that teach ---------------------------------------------------------------------

TAUGHT = [
    ("SELECT *\n{ ?s foaf2:name ?o }", "prefix 'foaf2:' is not declared", "line 2"),
    ("SELECT * { ?s ?p }", "^", "line 1, column 19"),
    ("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b }", "", "does not parse"),
]


@pytest.mark.parametrize(("sparql", "shown", "where"), TAUGHT)
def test_a_query_that_does_not_parse_is_shown_where_it_breaks(sparql, shown, where, loaded):
    with pytest.raises(QueryError) as told:
        run(loaded, sparql)
    assert where in str(told.value)
    assert shown in str(told.value)


def test_prefixes_of_ours_need_no_declaring_and_may_be_declared(loaded):
    plain = "SELECT ?e { ?e a zm:Event } ORDER BY ?e"
    declared_ = f"PREFIX zm: <https://w3id.org/zhengmai/ns#> {plain}"
    assert run(loaded, plain).rows == run(loaded, declared_).rows
    assert not run(loaded, f"PREFIX zm: <https://elsewhere.example/> {plain}")


# -- where a graph may come from -------------------------------------------------------------


def test_a_graph_a_file_and_a_path_answer_alike(gold_graph, tmp_path):
    write_turtle(gold_graph.data, tmp_path / "g.ttl")
    answers = [
        run(source, EVENTS).rows for source in (gold_graph.data, tmp_path / "g.ttl", str(tmp_path / "g.ttl"))
    ]
    assert answers[0] == answers[1] == answers[2]


def test_the_prefix_of_ids_is_that_of_the_file(gold_graph, tmp_path):
    write_turtle(gold_graph.data, tmp_path / "g.ttl", "https://data.example/")
    person = gold_graph.entity("华源").id
    assert run(tmp_path / "g.ttl", f"SELECT ?n {{ zmid:{person} rdfs:label ?n }}")[0].n == "华源"


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "g.xlsx").write_bytes(b"")
    with pytest.raises(GraphFormatError, match=r"\.ttl"):
        run(tmp_path / "g.xlsx", EVENTS)


def test_the_guard_is_quick():
    start = datetime.now()
    check("SELECT * { ?s ?p '" + "\\'" * 9000 + "' }")
    assert (datetime.now() - start).total_seconds() < 1
