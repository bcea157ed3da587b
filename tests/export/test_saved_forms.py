"""Every saved form: the same graph in each, the same bytes each time, read by the tools it is meant for."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import export
from kg.canonical import canonical
from kg.config import Config
from kg.errors import GraphFormatError, NotFoundError
from kg.export.tables import safe
from kg.ids import entity_id, name_key
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
from kg.network import network
from kg.rdf import to_rdflib, triples

FORMATS = ["ttl", "jsonld", "graphml", "json", "nt", "nq", "trig", "ttl12"]
SHOWN = ["csv", "gexf", "cypher"]
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9)
scalars = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=9
)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_is_read_back_whole(name, gold_graph, tmp_path):
    (path,) = export.write(gold_graph.data, tmp_path, name)
    assert path == tmp_path / f"graph.{name}"
    assert export.read(path) == canonical(gold_graph.data)


@pytest.mark.parametrize("name", [*FORMATS, *SHOWN])
def test_the_same_graph_gives_the_same_bytes_in_whatever_order_it_comes(name, gold_graph, tmp_path):
    graph = gold_graph.data
    shuffled = replace(
        graph, entities=graph.entities[::-1], facts=graph.facts[::-1], articles=graph.articles[::-1]
    )
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for one, other in zip(
        export.write(graph, tmp_path / "a", name), export.write(shuffled, tmp_path / "b", name), strict=True
    ):
        assert one.read_bytes() == other.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sentence=names, name=scalars, alias=names)
def test_any_text_survives_every_form(sentence, name, alias, tmp_path):
    entity = Entity(
        entity_id(EntityType.EVENT, name_key(name)),
        EntityType.EVENT,
        name,
        aliases=(Alias(alias, "introduced", Evidence("a", 0, 1, sentence)), Alias(alias + "2")),
        mentions=(Mention("a", 3, 5, sentence),),
    )
    said = (Evidence("a", 2, 4, sentence),)
    graph = Graph(
        (Article("a", name, "", authors=(name, name + "甲"), sources=("x",)),),
        (entity,),
        (
            Fact(entity.id, "partOf", entity.id, None, {"role": name}, 0.123456, said),
            Fact(entity.id, "date", None, "2021", {}, 1.0, said),
            Fact(
                entity.id, "hasTarget", None, None, {"indicator": name, "value": "1", "unit": "亿"}, 0.5, said
            ),
        ),
        (Series("series-x", EntityType.EVENT, name, (entity.id,)),),
        (Change("change-x", "merged", (entity.id,), (entity.id,), None, said),),
        (
            Correction(
                "confirm", name, "partOf", alias, {"role": sentence}, "a", sentence, name, "2024-05-31", alias
            ),
            Correction("same", alias, object=name, touched=(entity.id,)),
        ),
    )
    for form in FORMATS:
        (path,) = export.write(graph, tmp_path, form)
        assert export.read(path) == canonical(graph), form


# -- NetworkX ------------------------------------------------------------------------------


def test_networkx_reads_json_and_graphml_as_the_view_has_it(gold_graph, tmp_path):
    view = network(canonical(gold_graph.data))
    export.write(gold_graph.data, tmp_path, "json")
    export.write(gold_graph.data, tmp_path, "graphml")
    linked = nx.node_link_graph(json.loads((tmp_path / "graph.json").read_text("utf-8")))
    xml = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    for graph in (linked, xml):
        assert isinstance(graph, nx.MultiDiGraph)
        assert set(graph.nodes) == set(view.nodes)
        assert set(graph.edges(keys=True)) == set(view.edges(keys=True))
    for edge in view.edges(keys=True):
        assert view.edges[edge].items() <= linked.edges[edge].items()
        assert xml.edges[edge]["property"] == view.edges[edge]["property"]
        assert xml.edges[edge]["confidence"] == view.edges[edge]["confidence"]
    for node in view:
        assert xml.nodes[node]["label"] == view.nodes[node]["name"]


# -- JSON-LD -------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_json_ld_is_the_same_rdf_and_needs_no_network(gold_graph, tmp_path):
    (path,) = export.write(gold_graph.data, tmp_path, "jsonld")
    assert set(rdflib.Graph().parse(path, format="json-ld")) == set(to_rdflib(gold_graph.data))


def test_json_ld_nests_facts_and_sentences_under_entities(gold_graph, tmp_path):
    (path,) = export.write(gold_graph.data, tmp_path, "jsonld")
    found = {node["id"]: node for node in json.loads(path.read_text("utf-8"))["@graph"]}
    person = next(node for node in found.values() if node.get("label") == "白廷辉")
    post = next(fact for fact in person["facts"] if fact.get("role") == "主任")
    assert post["property"] == "holdsPost"
    assert "白廷辉" in post["evidence"][0]["exact"]
    assert post["evidence"][0]["isPartOf"] in found


# -- RDF of other kinds ----------------------------------------------------------------------


def test_each_article_has_a_graph_of_its_own_and_together_they_say_it_all(gold_graph, tmp_path):
    (path,) = export.write(gold_graph.data, tmp_path, "nq")
    quads = list(ox.parse(path=str(path)))
    named = {str(quad.graph_name) for quad in quads if quad.graph_name != ox.DefaultGraph()}
    assert len(named) == len(gold_graph.data.articles)
    assert {quad.triple for quad in quads} == set(triples(gold_graph.data))


def test_rdf_1_2_reifies_every_fact(gold_graph, tmp_path):
    (path,) = export.write(gold_graph.data, tmp_path, "ttl12")
    reified = [
        t for t in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE) if isinstance(t.object, ox.Triple)
    ]
    assert len(reified) == len(gold_graph.data.facts)


# -- Gephi, Neo4j, Spark ---------------------------------------------------------------------


def test_networkx_reads_gexf(gold_graph, tmp_path):
    (path,) = export.write(gold_graph.data, tmp_path, "gexf")
    read = nx.read_gexf(path, version="1.3")
    view = network(gold_graph.data)
    assert set(read.nodes) == set(view.nodes)
    assert {read.nodes[node]["label"] for node in read} == {view.nodes[node]["name"] for node in view}


def test_cypher_quotes_what_names_hold(tmp_path):
    entity = Entity("place-a", EntityType.PLACE, "甲'}) DETACH DELETE n //\\\n乙")
    (path,) = export.write(Graph(entities=(entity,)), tmp_path, "cypher")
    assert r"name: '甲\'}) DETACH DELETE n //\\\u000A乙'" in path.read_text("utf-8")


def test_parquet_has_the_columns_of_graphframes(gold_graph, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    nodes, edges = (parquet.read_table(path) for path in export.write(gold_graph.data, tmp_path, "parquet"))
    assert "id" in nodes.column_names
    assert {"src", "dst", "relationship"} <= set(edges.column_names)
    assert edges.num_rows == network(gold_graph.data).size()


# -- tables --------------------------------------------------------------------------------


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_have_the_columns_that_neo4j_and_gephi_ask_for(gold_graph, tmp_path):
    nodes, edges = (rows(path) for path in export.write(gold_graph.data, tmp_path, "csv"))
    assert {":ID", ":LABEL", "Id", "Label"} <= set(nodes[0])
    assert {":START_ID", ":END_ID", ":TYPE", "Source", "Target", "Type"} <= set(edges[0])
    ids = [node[":ID"] for node in nodes]
    assert len(set(ids)) == len(ids)
    assert {edge[end] for edge in edges for end in (":START_ID", ":END_ID")} <= set(ids)
    assert {edge["Type"] for edge in edges} == {"Directed"}
    view = network(gold_graph.data)
    assert (len(nodes), len(edges)) == (len(view), view.size())
    official = next(node for node in nodes if node["name"] == "白廷辉")
    assert official[":LABEL"] == "Person;Official"


CELLS = [
    ("=1+1", "'=1+1"),
    ("+86", "+86"),
    ("+甲", "'+甲"),
    ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("-5.2", "-5.2"),
    ("-5%", "-5%"),
    ("甲=乙", "甲=乙"),
    ("", ""),
]


@pytest.mark.parametrize(("cell", "kept"), CELLS)
def test_a_cell_is_never_a_formula(cell, kept):
    assert safe(cell) == kept


# -- asking for a form ---------------------------------------------------------------------


def test_an_unknown_format_or_ending_names_the_known(gold_graph, tmp_path):
    with pytest.raises(NotFoundError, match="graphml"):
        export.write(gold_graph.data, tmp_path, "docx")
    with pytest.raises(NotFoundError, match="graphml"):
        export.save(gold_graph.data, tmp_path / "g.docx")
    with pytest.raises(GraphFormatError, match=r"\.graphml"):
        export.read(tmp_path / "g.docx")


def test_save_takes_the_base_of_ids(gold_graph, tmp_path):
    path = export.save(gold_graph.data, tmp_path / "g.ttl", base="https://data.example/")
    assert "<https://data.example/>" in path.read_text("utf-8")
    assert list(triples(gold_graph.data, "https://data.example/"))
    assert Config().base not in path.read_text("utf-8").split("zmid:")[1]


DAMAGED = [
    ("graph.json", "{", "not valid JSON"),
    ("graph.json", "[]", "not node-link JSON"),
    ("graph.json", '{"nodes": [], "edges": []}', "'graph' of the graph is missing"),
    ("graph.json", '{"nodes": [], "edges": [], "graph": {}}', "format"),
    ("graph.json", '{"nodes": [{"id": "a"}], "edges": [], "graph": {"format": "zhengmai 1"}}', "'type' of a"),
    ("graph.graphml", "<graphml", "not valid GraphML"),
    ("graph.graphml", "<graphml/>", "format"),
    ("graph.graphml", '<!DOCTYPE x [<!ENTITY a "b">]><graphml>&a;</graphml>', "not valid GraphML"),
]


@pytest.mark.parametrize(("name", "text", "said"), DAMAGED)
def test_a_damaged_file_is_explained(name, text, said, tmp_path):
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(GraphFormatError, match=name) as told:
        export.read(tmp_path / name)
    assert said in str(told.value)
