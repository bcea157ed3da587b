"""kg diff, conflicts and review as scripts and people use them: what is printed, exit codes."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cli import main
from kg.graph import KnowledgeGraph
from kg.parts import part


@pytest.fixture
def kg(monkeypatch, capsys):
    """Call `kg` with arguments and what is typed; returns exit code, output and errors."""

    def call(*args: str | Path, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def saved(gold_graph, tmp_path):
    """The seeds' graph, and a part of it."""
    graph = gold_graph.data
    less = part(graph, [entity.id for entity in graph.entities if entity.name != "上海市国资委"])
    return gold_graph.save(tmp_path / "new.ttl"), KnowledgeGraph(less).save(tmp_path / "old.ttl")


def test_diff_of_one_graph_with_itself_is_silent_success(kg, saved):
    new, _ = saved
    assert kg("diff", new, new) == (0, "两图相同\n", "")
    assert kg("diff", new, new, "--lang", "en") == (0, "nothing changed\n", "")


def test_diff_tells_in_words_and_by_its_exit_code(kg, saved):
    new, old = saved
    code, out, err = kg("diff", old, new)
    assert (code, err) == (5, "")
    assert "  + 上海市国资委［党政机关］" in out
    code, out, _ = kg("diff", new, old, "--lang", "en")
    assert code == 5
    assert "  - 上海市国资委 [GovernmentBody]" in out


def test_diff_as_json_and_as_patch(kg, saved):
    new, old = saved
    code, out, _ = kg("diff", old, new, "--json")
    assert code == 5
    assert [e["name"] for e in json.loads(out)["entities"]["added"]] == ["上海市国资委"]
    code, out, _ = kg("diff", old, new, "--patch")
    assert code == 5
    rows = out.splitlines()
    assert rows[1] == "TX ." and rows[-1] == "TC ."
    assert any(row.startswith("A <") and "上海市国资委" in row for row in rows)


@pytest.mark.parametrize("wrong", [["--json", "--patch"], ["--lang", "fr"]])
def test_diff_refuses_what_it_cannot_do(kg, saved, wrong):
    assert kg("diff", *saved, *wrong)[0] == 2


def test_diff_of_a_missing_graph_is_a_plain_error(kg, saved):
    code, _, err = kg("diff", saved[0], "none.ttl")
    assert code == 1
    assert err.startswith("kg: none.ttl: no such file")


def test_conflicts_shows_both_sides_with_their_sentences(kg, gold_graph, tmp_path):
    graph = gold_graph.data
    dated = next(fact for fact in graph.facts if fact.property == "date")
    sentence = next(f.evidence[0] for f in graph.facts if f.evidence[0] not in dated.evidence)
    other = replace(dated, value="1999", evidence=(sentence,))
    path = KnowledgeGraph(replace(graph, facts=(*graph.facts, other))).save(tmp_path / "g.ttl")
    code, out, _ = kg("conflicts", path)
    assert code == 0
    assert "several dates 日期不一" in out
    assert "1999" in out and dated.value in out and sentence.text in out
    (record,) = json.loads(kg("conflicts", path, "--json")[1])
    assert record["kind"] == "date"
    assert len(record["facts"]) == 2


def test_no_conflicts(kg, saved):
    assert kg("conflicts", saved[0]) == (0, "no contradictions 没有矛盾\n", "")


def test_review_writes_corrections_beside_the_graph_and_comes_to_an_end(kg, gold_graph, tmp_path):
    unsure = tuple(replace(f, confidence=0.6) for f in gold_graph.data.facts[:2])
    KnowledgeGraph(replace(gold_graph.data, facts=unsure)).save(tmp_path / "graph.ttl")
    code, out, err = kg("review", tmp_path, "--kind", "fact", "--author", "甲", typed="y\nn\n")
    assert (code, err) == (0, "")
    assert "1 yes 是 · 1 no 否 · 0 skipped 跳过 · 0 left 剩余" in out
    assert "--corrections" in out
    kinds = [line.split("\t")[0] for line in (tmp_path / "corrections.tsv").read_text("utf-8").splitlines()]
    assert kinds == ["kind", "confirm", "drop-fact"]
    code, out, _ = kg("review", tmp_path, "--kind", "fact")
    assert (code, out) == (0, "nothing left to decide 没有待定的问题\n")


def test_review_of_a_broken_file_of_corrections_names_its_line(kg, saved, tmp_path):
    (tmp_path / "corrections.tsv").write_text("kind\n", encoding="utf-8")
    code, _, err = kg("review", saved[0])
    assert code == 1
    assert err.startswith("kg: corrections.tsv:1: ")


def test_review_knows_its_kinds(kg, saved):
    assert kg("review", saved[0], "--kind", "all")[0] == 2


def test_review_as_a_page_ends_when_the_person_quits_there(kg, gold_graph, tmp_path, monkeypatch):
    import threading
    import urllib.request

    def visit(address: str) -> None:
        def answer() -> None:
            for key in ("y", "q"):
                body = json.dumps({"key": key}).encode()
                urllib.request.urlopen(
                    urllib.request.Request(address + "answer", data=body), timeout=10
                ).close()

        threading.Thread(target=answer, daemon=True).start()

    monkeypatch.setattr("webbrowser.open", visit)
    unsure = tuple(replace(f, confidence=0.6) for f in gold_graph.data.facts[:2])
    KnowledgeGraph(replace(gold_graph.data, facts=unsure)).save(tmp_path / "graph.ttl")
    code, out, _ = kg("review", tmp_path, "--kind", "fact", "--web")
    assert code == 0
    assert "http://127.0.0.1:" in out
    assert "1 yes 是 · 0 no 否" in out


def test_a_build_with_an_article_less_and_again_with_it(kg, root, tmp_path):
    """Through the command line, with its cache: files, exit codes, what is printed."""
    folder, cache = tmp_path / "in", ("--cache", tmp_path / "cache", "--workers", "1")
    folder.mkdir()
    for seed in sorted((root / "seeds").glob("*.txt"))[:2]:
        (folder / seed.name).write_bytes(seed.read_bytes())
    one, two = sorted(folder.iterdir())
    assert kg("build", folder, "-o", tmp_path / "both", "-f", "ttl", *cache)[0] == 0
    assert kg("build", one, "-o", tmp_path / "out", "-f", "ttl", *cache)[0] == 0
    code, out, _ = kg("add", tmp_path / "out", two, *cache)
    assert (code, out.splitlines()[0]) == (0, f"+ {two.stem}")
    code, out, _ = kg("remove", tmp_path / "out", one.stem, *cache)
    assert (code, out.splitlines()[0]) == (0, f"- {one.stem}")
    assert "1 articles" in out
    code, _, err = kg("remove", tmp_path / "out", "nothing.txt", *cache)
    assert code == 1
    assert err.startswith("kg: nothing.txt: not in ")


def test_answers_take_effect_without_naming_the_inputs_again(kg, root, tmp_path):
    cache = ("--cache", tmp_path / "cache", "--workers", "1")
    seed = next((root / "seeds").glob("*.txt"))
    out = tmp_path / "out"
    assert kg("build", seed, "-o", out, "-f", "ttl", *cache)[0] == 0
    _, said, _ = kg("review", out, "--kind", "fact", "--author", "王", typed="n\nq\n")
    assert f"kg add {out}" in said
    assert kg("add", out, *cache)[0] == 0
    assert "zm:Correction" in (out / "graph.ttl").read_text("utf-8")
    code, said, err = kg("evaluate", out)
    assert code == 0
    assert "people decided on" in err and "facts F1" in said


def test_where_nothing_can_be_written_is_a_plain_error(kg, root, tmp_path):
    (tmp_path / "file").write_text("in the way")
    code, _, err = kg(
        "build", next((root / "seeds").glob("*.txt")), "-o", tmp_path / "file", "-f", "ttl", "--workers", "1"
    )
    assert code == 1
    assert err.startswith("kg: ") and "file" in err and "Traceback" not in err
