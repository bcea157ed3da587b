"""What a build leaves is what is reviewed: its graph, its articles' texts, its doubts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kg.errors import GraphFormatError, InputError
from kg.gold import as_extraction
from kg.lines import to_line
from kg.review import open_build


@pytest.fixture
def folder(golds, gold_graph, tmp_path):
    gold_graph.save(tmp_path / "graph.ttl")
    lines = [to_line(as_extraction(gold)) for gold in golds.values()]
    (tmp_path / "extraction.jsonl").write_bytes(b"".join(lines))
    return tmp_path


def test_the_texts_come_from_the_extraction_where_they_are_the_same(folder, golds):
    graph, doubts = open_build(folder)
    assert {a.id: a.text for a in graph.articles} == {key: gold.article.text for key, gold in golds.items()}
    assert doubts == []
    changed = [
        replace(e, article=replace(e.article, text="别的", sha256=""))
        for e in map(as_extraction, golds.values())
    ]
    (folder / "extraction.jsonl").write_bytes(b"".join(map(to_line, changed)))
    assert {a.text for a in open_build(folder)[0].articles} == {""}


def test_a_graph_alone_can_be_reviewed(folder):
    (folder / "extraction.jsonl").unlink()
    graph, _ = open_build(folder / "graph.ttl")
    assert graph.entities
    assert {a.text for a in graph.articles} == {""}


def test_what_the_build_doubted_comes_from_its_report(folder):
    doubt = {"score": 0.4, "one": "甲", "two": "乙", "joined": True, "reason": "short for two things"}
    (folder / "report.json").write_text(json.dumps({"doubtful": [doubt]}), encoding="utf-8")
    (found,) = open_build(folder)[1]
    assert (found.one, found.two, found.score, found.joined) == ("甲", "乙", 0.4, True)
    (folder / "report.json").write_text("{}", encoding="utf-8")
    assert open_build(folder)[1] == []


@pytest.mark.parametrize("content", ["", "[]", '{"doubtful": [1]}', '{"doubtful": [{"one": "甲"}]}'])
def test_a_broken_report_is_a_plain_error(folder, content):
    (folder / "report.json").write_text(content, encoding="utf-8")
    with pytest.raises(GraphFormatError, match="not a report that kg build wrote"):
        open_build(folder)


def test_a_missing_graph_is_a_plain_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        open_build(tmp_path / "none")
