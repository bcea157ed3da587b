"""The ready-made queries: they teach, they answer right, and another engine gives the same rows."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.query import declared, load, run
from kg.query.parameters import fill
from kg.rdf import to_rdflib

HERE = Path(__file__).parent
QUERIES = sorted((HERE.parents[1] / "ontology" / "queries").glob("*.rq"))
ANSWERS = tomllib.loads((HERE / "answers.toml").read_text("utf-8"))["answer"]


@pytest.fixture(scope="module")
def loaded(gold_graph):
    return load(gold_graph.data)


@pytest.fixture(scope="module")
def other_engine(gold_graph):
    return to_rdflib(gold_graph.data)


@pytest.fixture(scope="module")
def meant(gold_graph):
    """Text → the things that go by it: which of its names is a thing's label is not the queries' affair."""
    found: dict[str, set[str]] = {}
    for entity in gold_graph.data.entities:
        for name in entity.names:
            found.setdefault(name, set()).add(entity.id)
    return lambda cell: "|".join(sorted(found.get(cell, {str(cell)}))) if isinstance(cell, str) else cell


def test_there_are_more_than_thirty():
    assert len(QUERIES) > 30


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_has_a_title_a_comment_that_teaches_and_examples_for_its_parameters(path):
    text = path.read_text("utf-8")
    comments = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    assert any("\u4e00" <= char <= "\u9fff" for char in comments[0])
    assert len(" ".join(line for line in comments[1:] if not line.startswith("param:"))) > 40
    used = {match[1:] for match in text.replace("(", " ").replace(")", " ").split() if match.startswith("$")}
    assert used == {parameter.name for parameter in declared(text)}


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda a: "-".join([a["query"], *a.get("with", {}).values()]))
def test_a_query_answers_what_the_articles_say(answer, loaded, meant):
    path = next(path for path in QUERIES if path.stem == answer["query"])
    result = run(loaded, path.read_text("utf-8"), answer.get("with", {}))
    found = {tuple(meant("" if row[c] is None else row[c]) for c in answer["columns"]) for row in result}
    assert found == {tuple(map(meant, row)) for row in answer["rows"]}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_rdflib_gives_the_same_rows(path, loaded, other_engine):
    text = path.read_text("utf-8")
    ours = [tuple(map(plain, row)) for row in run(loaded, text).terms]
    theirs = rows_of(other_engine.query(fill(text, {})))
    if "CONSTRUCT" in text:
        ours, theirs = sorted(ours), sorted(theirs)
    assert ours == theirs


def rows_of(result: rdflib.query.Result) -> list[tuple[object, ...]]:
    if result.type == "ASK":
        return [(plain(rdflib.Literal(result.askAnswer)),)]
    rows = result.graph if result.type == "CONSTRUCT" else result
    return [tuple(map(plain, row)) for row in rows]


def plain(term: object) -> object:
    """A term of either library; numbers by what they come to, as engines write them differently."""
    if term is None:
        return None
    if isinstance(term, rdflib.Literal | ox.Literal):
        text = str(term) if isinstance(term, rdflib.Literal) else term.value
        kind = str(term.datatype or "") if isinstance(term, rdflib.Literal) else term.datatype.value
        return ("literal", str(float(text)) if kind.endswith(("decimal", "integer")) else text, term.language)
    return ("iri", str(term) if isinstance(term, rdflib.term.Identifier) else term.value)
