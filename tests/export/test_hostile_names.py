"""Names that try to break out of a format stay names in each: quotes, markup, control characters, scripts."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import networkx as nx
import pytest

from kg import export
from kg.canonical import canonical
from kg.export.tables import safe
from kg.ids import entity_id, name_key
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph, Mention
from kg.network import network
from kg.query import load, run
from kg.validate import validate

NAMES = {
    "quotes": "江州\"数字\"'计划'`x`",
    "backslashes": "C:\\江州\\",
    "markup": "</data><script>alert(1)</script>&amp;<!--",
    "line ends": "江州\n第二行\r\n第三行\t。",
    "right to left": "\u202eمرحبا بالعالم\u202c江州",
    "emoji": "江州\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f1e8\U0001f1f3",
    "turtle": '江州"@zh . <x:a> <x:b> "y',
    "json": '江州"},{"id":"x"',
    "cypher": "江州'}) DETACH DELETE n //",
    "formula": '=HYPERLINK("http://x")',
    "semicolons": "江州;甲,乙;",
    "rare characters": "𠮷野家\u3000江州\ufeff",
}
CONTROL = "江州\x00\x07\x1b[31m\x7f\x85\u2028"
LOSSLESS = ["ttl", "jsonld", "json", "nt", "nq", "trig", "ttl12"]


def graph_of(name: str) -> Graph:
    """A graph in which everything that may be a text is `name`."""
    said = (Evidence("a", 0, len(name), name),)
    body = Entity(
        entity_id(EntityType.ORGANISATION, name_key(name)),
        EntityType.ORGANISATION,
        name,
        "GovernmentBody",
        (Alias(f"{name}甲", "introduced", said[0]), Alias(f"{name}乙")),
        (Mention("a", 0, len(name), name),),
        ("a",),
    )
    person = Entity("per-x", EntityType.PERSON, f"{name}人", articles=("a",))
    told = {"indicator": name, "value": "20", "unit": "亿元", "by": "2026", "stated": name}
    facts = (
        Fact("per-x", "holdsPost", body.id, None, {"role": name}, 0.9, said),
        Fact(body.id, "hasTarget", None, None, told, 0.8, said),
    )
    article = Article("a", name, name, "2024-03-05", name, (name, f"{name}二"), (name,))
    return canonical(Graph((article,), (body, person), facts))


@pytest.mark.parametrize("name", [*NAMES.values(), CONTROL], ids=[*NAMES, "control characters"])
@pytest.mark.parametrize("form", LOSSLESS)
def test_it_comes_back_as_it_was_and_holds_to_the_shapes(form, name, tmp_path):
    graph = graph_of(name)
    (path,) = export.write(graph, tmp_path, form)
    assert export.read(path) == graph
    if form != "json":
        assert str(validate(path)) == "ok"


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_graphml_and_gexf_hold_what_xml_can_hold(name, tmp_path):
    graph = graph_of(name)
    (path,) = export.write(graph, tmp_path, "graphml")
    assert export.read(path) == graph
    (gexf,) = export.write(graph, tmp_path, "gexf")
    read, view = nx.read_gexf(gexf, version="1.3"), network(graph)
    assert {read.nodes[node]["label"] for node in read} == {view.nodes[node]["name"] for node in view}


def test_what_xml_cannot_hold_becomes_the_sign_for_it_and_the_rest_stays(tmp_path):
    (path,) = export.write(graph_of(CONTROL), tmp_path, "graphml")
    body = next(e for e in export.read(path).entities if e.type == EntityType.ORGANISATION)
    assert body.name == "江州\ufffd\ufffd\ufffd[31m\x7f\x85\u2028"
    assert [mention.text for mention in body.mentions] == [CONTROL]
    assert nx.read_gexf(export.write(graph_of(CONTROL), tmp_path, "gexf")[0], version="1.3")


@pytest.mark.parametrize("name", [*NAMES.values(), CONTROL], ids=[*NAMES, "control characters"])
def test_cypher_keeps_it_inside_one_string(name, tmp_path):
    (path,) = export.write(graph_of(name), tmp_path, "cypher")
    script = path.read_bytes().decode()
    bare = re.sub(r"'(?:[^'\\]|\\.)*'", "''", script)
    assert re.findall(r"[^\x00-\x7f]", bare) == []
    assert "DELETE" not in bare
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", script)


@pytest.mark.parametrize("name", [*NAMES.values(), CONTROL], ids=[*NAMES, "control characters"])
def test_tables_hold_it_in_one_cell(name, tmp_path):
    nodes, edges = export.write(graph_of(name), tmp_path, "csv")
    assert safe(name) in {row["name"] for row in rows(nodes)}
    assert {row["role"] for row in rows(edges)} >= {safe(name)}
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(export.write(graph_of(name), tmp_path, "parquet")[0])
    assert name in table.column("name").to_pylist()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", [*NAMES.values(), CONTROL], ids=[*NAMES, "control characters"])
def test_it_enters_a_query_as_a_value(name):
    loaded = load(graph_of(name))
    asked = "SELECT ?role { ?fact zm:role ?role . ?fact rdf:object/rdfs:label $name }"
    assert [row.role for row in run(loaded, asked, {"name": name})] == [name]
