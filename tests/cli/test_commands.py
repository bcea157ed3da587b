"""The command line as scripts and people use it: what is printed, what is written, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.cli import main


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """The seeds, built once."""
    from kg.config import Config
    from kg.outputs import write_build
    from kg.pipeline import run

    out = tmp_path_factory.mktemp("built")
    write_build(run([root / "seeds"], Config()), out)
    return out


@pytest.fixture
def kg(monkeypatch, capsysbinary):
    """Call `kg` with arguments; returns exit code, output and errors."""

    def call(*args: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, args)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


def test_help_teaches_in_both_languages_and_starts_fast():
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "kg", "--help"], capture_output=True, text=True, check=True)
    took = time.perf_counter() - start
    assert "kg build seeds/ -o exports/" in done.stdout
    assert "知识图谱" in done.stdout
    assert took < 3  # 0.2 s on a quiet machine; the real guard is the test that nothing heavy is imported


COMMANDS = (
    "build add remove extract page show query why stats validate verify "
    "conflicts diff review evaluate train version"
).split()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(kg, command):
    code, out, _ = kg(command, "--help")
    assert code == 0
    assert any("\u4e00" <= char <= "\u9fff" for char in out)


def test_build_writes_every_file_and_says_how_to_open_them(kg, root, tmp_path):
    code, out, _ = kg("build", root / "seeds", "-o", tmp_path)
    assert code == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {
        "graph.ttl", "graph.jsonld", "graph.graphml", "graph.json", "graph.html",
        "nodes.csv", "edges.csv", "extraction.jsonl", "report.json",
    }  # fmt: skip
    assert "file://" in out
    assert "kg query" in out


def test_an_unreadable_input_is_named_skipped_reported_and_exits_3(kg, root, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_bytes(next((root / "seeds").glob("*.txt")).read_bytes())
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    code, _, err = kg("build", folder, "-o", tmp_path / "out", "--format", "ttl")
    assert code == 3
    assert "bad.txt" in err
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert [Path(item["source"]).name for item in report["skipped"]] == ["bad.txt"]
    code, _, err = kg("build", folder, "-o", tmp_path / "out2", "--strict")
    assert code == 1
    assert "bad.txt" in err
    assert not (tmp_path / "out2").exists()


def test_a_missing_input_is_a_plain_error(kg, tmp_path):
    code, _, err = kg("build", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert code == 1
    assert "nowhere" in err
    assert "Traceback" not in err


def test_extract_prints_lines_that_meet_the_schema(kg, root):
    import jsonschema

    schema = json.loads((root / "ontology" / "extract.schema.json").read_text("utf-8"))
    code, out, _ = kg("extract", root / "seeds")
    assert code == 0
    lines = [json.loads(line) for line in out.splitlines()]
    assert len(lines) == 5
    for line in lines:
        jsonschema.validate(line, schema)
        text = line["article"]["text"]
        spans = [m for e in line["entities"] for m in e["mentions"]] + [
            s for f in line["facts"] for s in f["evidence"]
        ]
        assert spans
        assert all(text[s["start"] : s["end"]] == s["text"] for s in spans)


def test_evaluate_scores_what_extract_wrote(kg, root, tmp_path):
    assert kg("extract", root / "seeds", "-o", tmp_path / "x.jsonl")[0] == 0
    code, out, _ = kg("evaluate", root / "tests" / "gold", tmp_path / "x.jsonl", "--json")
    assert code == 0
    assert json.loads(out)["missing"] == []


def test_show_prints_facts_with_sentences(kg, built):
    code, out, _ = kg("show", built / "graph.ttl", "吴金城")
    assert code == 0
    assert "吴金城 holdsPost" in out
    assert "“" in out


def test_show_of_an_unknown_name_suggests(kg, built):
    code, _, err = kg("show", built, "国资委委委")
    assert code == 1
    assert "国资委委委" in err


@pytest.mark.parametrize("name", ["graph.ttl", "graph.graphml", "graph.json"])
def test_stats_are_the_same_from_every_saved_form(kg, built, name):
    code, out, _ = kg("stats", built / name, "--json")
    assert code == 0
    assert json.loads(out) == json.loads((built / "report.json").read_text("utf-8"))["counts"]


def test_query_answers_text_file_and_ready_made(kg, built, tmp_path):
    sparql = "SELECT (COUNT(*) AS ?n) { ?a a zm:Article }"
    code, out, _ = kg("query", built / "graph.ttl", sparql, "--format", "csv")
    assert (code, out.split()) == (0, ["n", "5"])
    (tmp_path / "q.rq").write_text(sparql, "utf-8")
    assert kg("query", built, "-f", tmp_path / "q.rq", "--format", "csv")[1].split() == ["n", "5"]
    listed = kg("query", "--list")[1]
    assert listed.count("\n    ") >= 12


def test_a_broken_query_says_where(kg, built):
    code, _, err = kg("query", built / "graph.ttl", "SELECT ?x {")
    assert code == 1
    assert "line 1" in err
    code, _, err = kg("query", built / "graph.ttl", "posts-of-everybody")
    assert code == 1
    assert "posts" in err


def test_validate_passes_what_build_wrote_and_fails_what_was_broken(kg, built, tmp_path):
    assert kg("validate", built / "graph.ttl")[0] == 0
    broken = (built / "graph.ttl").read_text("utf-8").replace("prov:wasDerivedFrom", "prov:had")
    (tmp_path / "graph.ttl").write_text(broken, "utf-8")
    assert kg("validate", tmp_path / "graph.ttl")[0] in (1, 4)


def test_page_around_an_entity_is_smaller_than_the_whole(kg, built, tmp_path):
    assert kg("page", built / "graph.ttl", "-o", tmp_path / "all.html")[0] == 0
    assert kg("page", built, "-o", tmp_path / "part.html", "--around", "吴金城", "--depth", "1")[0] == 0
    assert (tmp_path / "part.html").stat().st_size < (tmp_path / "all.html").stat().st_size


def test_settings_come_from_toml_and_a_wrong_one_is_named(kg, root, tmp_path):
    (tmp_path / "kg.toml").write_text("min_confidence = 0.9\n", "utf-8")
    one = next((root / "seeds").glob("*.txt"))
    assert kg("build", one, "-o", tmp_path / "a", "-f", "ttl", "--config", tmp_path / "kg.toml")[0] == 0
    (tmp_path / "kg.toml").write_text("confidence = 0.9\n", "utf-8")
    code, _, err = kg("build", one, "-o", tmp_path / "b", "--config", tmp_path / "kg.toml")
    assert code == 1
    assert "min_confidence" in err


def test_a_build_killed_midway_leaves_no_half_file(tmp_path, monkeypatch, root):
    from kg import staging

    def fail(*args):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), staging.whole(tmp_path / "graph.ttl") as part:
        part.write_text("half")
        fail()
    assert list(tmp_path.iterdir()) == []


def test_why_explains_one_thing_and_two(kg, built):
    code, out, _ = kg("why", built, "吴金城", "吴金城")
    assert code == 0
    assert out.startswith("one thing")
    assert kg("why", built, "吴金城", "陈寅")[1].startswith("not one thing")
