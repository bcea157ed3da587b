"""Authority files: identifiers for the things they name, and names that are one by them."""

from __future__ import annotations

import pytest

from kg.authority import Authority, Record, read_authority
from kg.canonical import canonical
from kg.errors import LexiconError
from kg.export import read, write
from kg.model import EntityType
from kg.resolve import resolve

from .test_resolve import said

ORG, PER = EntityType.ORGANISATION, EntityType.PERSON
TABLE = """# names and numbers
name\talias\ttype\tidentifier
江海新能源有限公司\t江新能；江海绿能\tCompany\t91310000132202168T
江海新能源有限公司\t\tCompany\tQ123
海陵大学\t\tOrganisation\tQ456
"""
TURTLE = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix schema: <http://schema.org/> .
<http://example.org/1> a schema:Organization ; rdfs:label "海陵大学"@zh ; skos:altLabel "海大"@zh ;
    owl:sameAs <http://www.wikidata.org/entity/Q456> .
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "authority.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return read_authority(path)


def test_rows_of_one_name_are_one_record(table):
    first = table.records[0]
    assert first.aliases == ("江新能", "江海绿能")
    assert first.identifiers == ("91310000132202168T", "http://www.wikidata.org/entity/Q123")
    assert first.type is ORG


def test_identifiers_are_added_and_aliases_joined(table):
    graph = resolve(
        [said("a", (ORG, "江海绿能")), said("b", (ORG, "江海新能源有限公司"), (ORG, "江新能"))], table
    )
    (entity,) = graph.entities
    assert entity.name == "江海新能源有限公司"
    assert "91310000132202168T" in entity.identifiers


def test_a_person_of_that_name_gets_nothing(table):
    (entity,) = resolve([said("a", (PER, "江新能"))], table).entities
    assert entity.identifiers == ()


def test_a_name_that_two_records_share_tells_nothing():
    authority = Authority(
        [Record("甲乙集团", ("甲乙",), ORG, ("1",)), Record("甲乙大学", ("甲乙",), ORG, ("2",))]
    )
    (entity,) = resolve([said("a", (ORG, "甲乙"))], authority).entities
    assert entity.identifiers == ()


def test_rdf(tmp_path):
    path = tmp_path / "authority.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    (entity,) = resolve(
        [said("a", (ORG, "海大")), said("b", (ORG, "海陵大学"))], read_authority(path)
    ).entities
    assert entity.identifiers == ("http://example.org/1", "http://www.wikidata.org/entity/Q456")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name\talias\n甲\t乙\n", "no column type, identifier"),
        ("name\talias\ttype\tidentifier\n\t乙\t\t1\n", "name is empty"),
        ("name\talias\ttype\tidentifier\n甲\t乙\tPlanet\t1\n", "'Planet' is not known"),
    ],
)
def test_a_broken_table_is_refused(tmp_path, text, problem):
    path = tmp_path / "authority.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=problem):
        read_authority(path)


def test_no_such_file(tmp_path):
    with pytest.raises(LexiconError, match="no such file"):
        read_authority(tmp_path / "none.tsv")


def test_identifiers_go_into_files_and_come_back(table, tmp_path):
    graph = canonical(resolve([said("a", (ORG, "江新能"))], table))
    for name in ("graph.ttl", "graph.json", "graph.graphml"):
        path = tmp_path / name
        write(graph, tmp_path, name.partition(".")[2])
        assert read(path) == graph
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert "owl:sameAs <http://www.wikidata.org/entity/Q123>" in text
    assert 'dcterms:identifier "91310000132202168T"' in text
