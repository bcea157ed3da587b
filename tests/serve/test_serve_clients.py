"""Programs that people have: SPARQLWrapper, rdflib's SPARQLStore, pandas' read_csv, curl."""

from __future__ import annotations

import io
import json
import shutil
import subprocess

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

# rdflib's own JSON-LD and RDF/XML parsers use a class that rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib", "ignore:ConjunctiveGraph")

NAMES = "SELECT ?name { ?p a zm:Official ; rdfs:label ?name } ORDER BY ?name"
FULL = (
    """PREFIX zm: <https://w3id.org/zhengmai/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
    + NAMES
)


@pytest.fixture(scope="module")
def officials(gold_graph):
    return sorted(gold_graph.query(NAMES).column("name"))


@pytest.fixture(autouse=True)
def straight(monkeypatch):
    """No proxy between a client and this machine."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_selects(server, officials, method, form):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(server.address + "sparql")
    client.setQuery(FULL)
    client.setMethod(method)
    client.setReturnFormat(form)
    found = client.query().convert()
    if form == "json":
        assert sorted(row["name"]["value"] for row in found["results"]["bindings"]) == officials
    elif form == "xml":
        assert sorted(node.firstChild.data for node in found.getElementsByTagName("literal")) == officials
    else:
        assert all(name in found.decode() for name in officials)


@pytest.mark.parametrize("form", ["turtle", "n3", "xml", "json-ld"])
def test_sparqlwrapper_constructs(server, form):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(server.address + "sparql")
    client.setQuery("CONSTRUCT { ?p a <http://example.org/Official> } WHERE { ?p a zm:Official }")
    client.setReturnFormat(form)
    found = client.query().convert()
    if isinstance(found, bytes):
        found = rdflib.Graph().parse(data=found, format="turtle")
    assert len(found) > 3


def test_sparqlwrapper_asks_directly_and_hears_of_mistakes(server):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(server.address + "sparql", returnFormat="json")
    client.setMethod("POST")
    client.setRequestMethod("postdirectly")
    client.setQuery("ASK { ?s ?p ?o }")
    assert client.query().convert()["boolean"]
    client.setQuery("ASK { ?s ?p")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="does not parse at line 1"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_a_sparqlstore(server, officials, method):
    graph = rdflib.Graph(SPARQLStore(server.address + "sparql", method=method))
    assert sorted(str(row.name) for row in graph.query(FULL)) == officials
    official = rdflib.URIRef("https://w3id.org/zhengmai/ns#Official")
    assert len(set(graph.subjects(rdflib.RDF.type, official))) == len(officials)
    assert bool(graph.query("ASK { ?s ?p ?o }").askAnswer)
    assert len(graph.query("CONSTRUCT WHERE { ?s a <https://w3id.org/zhengmai/ns#Official> }").graph)


def test_rdflib_reads_a_thing_and_pandas_an_answer(server, officials):
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(io.BytesIO(server.query(NAMES, accept="text/csv").body))
    assert sorted(frame["name"]) == officials
    for form, kind in {"turtle": "ttl", "json-ld": "jsonld", "nt": "nt", "xml": "rdf"}.items():
        content = server.ask(f"/entity/per-{officials[0]}.{kind}").body
        graph = rdflib.Graph().parse(data=content, format=form)
        me = rdflib.URIRef(f"https://w3id.org/zhengmai/id/per-{officials[0]}")
        assert str(graph.value(me, rdflib.RDFS.label)) == officials[0]


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
class TestCurl:
    def curl(self, *words):
        done = subprocess.run(
            ["curl", "-sS", "--noproxy", "*", "--max-time", "60", *words], capture_output=True, check=True
        )
        return done.stdout.decode()

    def test_a_query_in_a_form(self, server, officials):
        found = self.curl(
            server.address + "sparql", "-H", "Accept: text/csv", "--data-urlencode", "query=" + NAMES
        )
        assert found.split("\r\n")[1:-1] == officials

    def test_a_query_in_the_address(self, server):
        found = self.curl("-G", server.address + "sparql", "--data-urlencode", "query=ASK { ?s ?p ?o }")
        assert json.loads(found)["boolean"]

    def test_a_long_query_from_a_file_in_chunks(self, server, tmp_path):
        file = tmp_path / "long.rq"
        file.write_text("ASK { ?s ?p ?o }\n#" + "长" * 15_000, "utf-8")
        words = ["-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}"]
        for more in ([], ["-H", "Transfer-Encoding: chunked"], ["-H", "Expect: 100-continue"]):
            assert json.loads(self.curl(server.address + "sparql", *words, *more))["boolean"]

    def test_a_thing_by_its_chinese_name(self, server):
        found = self.curl("-L", server.address + "entity/陈寅", "-H", "Accept: text/turtle")
        assert 'rdfs:label "陈寅"@zh' in found

    def test_several_requests_over_one_connection(self, server):
        place = server.address + "health"
        said = self.curl("-v", "--stderr", "-", place, place)
        assert "Re-using existing" in said or "Reusing existing" in said
