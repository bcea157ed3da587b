"""Turtle read without a parser: all that our writer writes, and nothing that it would get wrong."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rdf import small

from kg.canonical import canonical
from kg.errors import GraphFormatError
from kg.ids import entity_id, name_key
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph, Mention
from kg.rdf import regular, turtle
from kg.rdf.files import open_rdf
from kg.rdf.nodes import gathered
from kg.rdf.reader import _Reader, read_with_base

BASES = ["https://w3id.org/zhengmai/id/", "https://data.example/kg#", "urn:example:"]


def text_of(graph: Graph, base: str = BASES[0]) -> str:
    return "".join(turtle(graph, base))


def parsed(path) -> Graph | None:
    """What the parser of Turtle makes of a file; None where it is no graph."""
    try:
        with open_rdf(path) as quads:
            return _Reader(gathered(quads)).graph()
    except GraphFormatError:
        return None


def regularly(text: str) -> Graph | None:
    found = regular.found_in(text)
    try:
        return None if found is None else _Reader(found).graph()
    except GraphFormatError:
        return None


@pytest.mark.parametrize("base", BASES)
def test_what_our_writer_writes_needs_no_parser(base, gold_graph, tmp_path):
    for graph in (small(), gold_graph.data):
        text = text_of(graph, base)
        assert regularly(text) == canonical(graph)
        (tmp_path / "g.ttl").write_text(text, "utf-8")
        assert read_with_base(tmp_path / "g.ttl") == (canonical(graph), base)
        assert parsed(tmp_path / "g.ttl") == canonical(graph)


OTHERWISE = [
    ("crlf", lambda text: text.replace("\n", "\r\n")),
    ("a comment", lambda text: text.replace(" .\n", " . # so it is\n", 20)),
    ("tabs", lambda text: text.replace("    rdfs:label", "\trdfs:label")),
    ("another prefix", lambda text: text.replace("zmid:", "ours:")),
    ("a prefix more", lambda text: "@prefix x: <urn:x:> .\n" + text),
    ("a blank node", lambda text: text + "\n[] a zm:Person .\n"),
    ("a term of another vocabulary", lambda text: text + "\nzmid:per-李明 x:seeAlso zmid:x .\n"),
    ("the whole IRI", lambda text: re.sub(r"zmid:(per-李明)", rf"<{BASES[0]}\1>", text, count=1)),
    ("two blocks of one thing", lambda text: text + "\nzmid:per-李明 a zm:Official .\n"),
    ("a long string", lambda text: text.replace('"李明"@zh', '"""李明"""@zh')),
    ("another language", lambda text: text.replace('"李明"@zh', '"李明"@zh-CN', 1)),
    ("an escape that we do not write", lambda text: text.replace('"李明"@zh', '"\\u674E明"@zh', 1)),
]


@pytest.mark.parametrize("change", [change for _, change in OTHERWISE], ids=[name for name, _ in OTHERWISE])
def test_what_is_laid_out_otherwise_is_left_to_the_parser(change):
    text = text_of(small())
    assert change(text) != text
    assert regular.found_in(change(text)) is None


PIECES = ['"', "\\", " ;", " .", ", ", "\n", "\n\n", "zmid:", "@zh", "<", "#", "1", "甲", " ", "_:b", "a"]


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_file_is_never_read_as_something_else(seed, tmp_path):
    """Either the parser makes the same of it, or it is left to the parser."""
    chance = random.Random(seed)
    whole = text_of(small())
    seen = 0
    for _ in range(300):
        at = chance.randrange(len(whole))
        cut = whole[at + chance.choice((0, 0, 1, 1, 3)) :]
        text = whole[:at] + chance.choice(PIECES) * chance.choice((0, 1, 1)) + cut
        ours = regularly(text)
        if ours is not None:
            seen += 1
            (tmp_path / "g.ttl").write_text(text, "utf-8", newline="")
            assert ours == parsed(tmp_path / "g.ttl")
    assert seen > 20


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9)
HOSTILE = [
    '"引号"',
    "back\\slash\\",
    "新\n行\r\t",
    "<script>alert(1)</script>",
    "\u202eمرحبا",
    "\U0001f1e8\U0001f1f3\U0001f468\u200d\U0001f469",
    "\x00\x07\x7f",
]


@given(names | st.sampled_from(HOSTILE), names | st.sampled_from(HOSTILE), names)
@settings(max_examples=60)
def test_whatever_a_name_holds_no_parser_is_needed(name, alias, said):
    entity = Entity(
        entity_id(EntityType.PLACE, name_key(name)),
        EntityType.PLACE,
        name,
        aliases=(Alias(alias, "introduced", Evidence("a", 0, 1, said)), Alias(alias + " ; 甲")),
        mentions=(Mention("a", 4, 5, said), Mention("a", 4, 5, said)),
    )
    place = Fact(entity.id, "partOf", entity.id, None, {"role": said, "note": alias}, 0.5, ())
    target = Fact(entity.id, "hasTarget", None, None, {"indicator": name, "value": "1", "unit": alias})
    graph = Graph((Article("a", name, "", authors=(name, alias)),), (entity,), (place, target))
    assert regularly(text_of(graph)) == canonical(graph)
