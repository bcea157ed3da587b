"""`kg serve` as a command: where it listens, what it keeps, how it ends, what it says when it cannot."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from served import serving

import kg
from kg.serve.storage import storage


def failing(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env=os.environ | environment,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def test_it_says_where_it_is_and_ends_in_peace(graph_file):
    for number in (signal.SIGINT, signal.SIGTERM):
        with serving(str(graph_file)) as served:
            assert served.address == f"http://127.0.0.1:{served.port}/"
            assert served.ask("/health").json["status"] == "ok"
            served.process.send_signal(number)
            said = served.process.stdout.read()
            assert served.process.wait(30) == 0
            assert "/editor" in said and "已停止" in said


def test_a_slow_query_does_not_hold_up_the_end(graph_file):
    with serving(str(graph_file)) as served:
        with socket.create_connection(("127.0.0.1", served.port)) as connection:
            query = "ASK%7B?a+?b+?c.+?d+?e+?f.+?g+?h+?i.+?j+?k+?l+FILTER(?a=?l+%26%26+?c=?d+%26%26+?h=1)%7D"
            connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            time.sleep(0.5)
            start = time.monotonic()
            served.process.send_signal(signal.SIGINT)
            assert served.process.wait(30) == 0
            assert time.monotonic() - start < 8


def test_nothing_is_left_behind(graph_file, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving(str(graph_file)) as served:
        assert served.ask("/search?q=x").status == 200
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_a_port_in_use_is_a_plain_error(graph_file):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, said = failing(graph_file, "--port", port)
    assert code == 1 and f"127.0.0.1:{port}" in said and "--port 0" in said


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere.ttl"], 1, "no such file"),
        (["{graph}", "--host", "not.a.host.invalid"], 1, "not.a.host.invalid"),
        (["{graph}", "--host", "203.0.113.7"], 1, "203.0.113.7"),
        (["{graph}", "--port", "70000"], 2, "65535"),
        (["{graph}", "--token", "two words"], 2, "--token"),
        (["{graph}", "--store", "{graph}"], 1, "cannot keep a store"),
        (["{graph}", "--store", "{folder}"], 1, "not empty"),
        (["{graph}", "--log", "{folder}/no/such/log"], 1, "cannot be written"),
        (["{broken}"], 1, "broken.ttl"),
        (["{folder}"], 1, "graph.ttl"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(graph_file, tmp_path, arguments, code, words):
    (tmp_path / "broken.ttl").write_text("<a> <b> .", "utf-8")
    places = {"graph": graph_file, "folder": tmp_path, "broken": tmp_path / "broken.ttl"}
    port = [] if "--port" in arguments else ["--port", "0"]
    found, said = failing(*(word.format(**places) for word in arguments), *port)
    assert found == code and words in said, said


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_starts_in_less_than_a_second(graph_file):
    """In time of the processor: what a machine with nothing else to do takes by the clock."""
    with serving(str(graph_file), "--quiet") as served:
        fields = Path(f"/proc/{served.process.pid}/stat").read_text().rpartition(")")[2].split()
        own_and_ended = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        # The first worker is up, and starts as fast as the store is made; the rest start beside it.
        assert own_and_ended < 0.7


def test_the_server_itself_opens_no_graph():
    heavy = ["pyoxigraph", "rdflib", "kg.rdf"]
    code = f"import sys, kg.serve.server; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("form", ["json", "graphml", "nt", "trig", "ttl12", "jsonld", "ttl.gz", ""])
def test_every_saved_form_is_served(gold_graph, tmp_path, form):
    if form == "ttl.gz":
        path = tmp_path / "graph.ttl.gz"
        path.write_bytes(gzip.compress(gold_graph.save(tmp_path / "plain.ttl").read_bytes()))
    elif form:
        path = gold_graph.save(tmp_path / f"graph.{form}")
    else:
        gold_graph.save(tmp_path / "graph.ttl")
        path = tmp_path
    person = gold_graph.people[0]
    with serving(str(path), "--quiet") as served:
        rows = served.query("SELECT DISTINCT ?p { ?p a zm:Person }", "text/csv").text
        assert rows.count("\r\n") == len(gold_graph.people) + 1
        assert served.ask(f"/search?q={person.name}").json["entities"]["items"][0]["id"] == person.id
        assert served.ask(f"/entity/{person.id}", Accept="text/html").text.count(person.name) > 1


def test_ids_may_have_a_base_of_their_own(gold_graph, tmp_path):
    from kg.graph import KnowledgeGraph

    path = KnowledgeGraph(gold_graph.data, base="https://data.example.org/id/").save(tmp_path / "own.ttl")
    person = gold_graph.people[0]
    with serving(str(path), "--quiet") as served:
        answer = served.ask(f"/entity/{person.id}")
        assert "<https://data.example.org/id/> ." in answer.text and f"zmid:{person.id}" in answer.text


class TestStore:
    def test_it_is_made_once_and_used_again(self, graph_file, tmp_path):
        kept = tmp_path / "stores"
        with serving(str(graph_file), "--store", str(kept), "--quiet") as served:
            served.ask("/")  # by then all is made
            served.ask("/search?q=x")
        (made,) = (path for path in kept.iterdir() if path.is_dir())
        before = {path.name: path.stat().st_mtime_ns for path in made.iterdir()}
        assert {"about.json", "store", "search.db", "words.json", "page.html"} <= set(before)
        for _ in range(2):
            with serving(str(graph_file), "--store", str(kept), "--quiet") as served:
                assert served.query("ASK { ?s ?p ?o }").json["boolean"]
                served.ask("/")
        assert {path.name: path.stat().st_mtime_ns for path in made.iterdir()} == before

    def test_two_servers_read_the_same_store(self, graph_file, tmp_path):
        arguments = (str(graph_file), "--store", str(tmp_path / "stores"), "--quiet")
        with serving(*arguments) as one, serving(*arguments) as two:
            for served in (one, two):
                assert served.query("ASK { ?s ?p ?o }").json["boolean"]

    def test_another_graph_has_another_store(self, graph_file, tmp_path):
        changed = tmp_path / "graph.ttl"
        shutil.copy(graph_file, changed)
        kept = tmp_path / "stores"
        one = storage(changed, kept)
        changed.write_text(changed.read_text("utf-8") + "\n<urn:a> <urn:b> <urn:c> .\n", "utf-8")
        assert storage(changed, kept).folder != one.folder
        assert storage(graph_file, kept).folder == one.folder

    def test_half_a_store_is_none(self, graph_file, tmp_path):
        kept = tmp_path / "stores"
        place = storage(graph_file, kept)
        (place.folder / "store").mkdir(parents=True)
        assert not place.made

    def test_a_folder_of_somebody_else_is_left_alone(self, graph_file, tmp_path):
        (tmp_path / "mine.txt").write_text("mine", "utf-8")
        code, _ = failing(graph_file, "--store", tmp_path, "--port", "0")
        assert code == 1 and [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_log_goes_where_it_is_told(graph_file, tmp_path):
    log = tmp_path / "access.log"
    with serving(str(graph_file), "--log", str(log)) as served:
        served.ask("/health")
        served.ask("/nothing")
    lines = log.read_text("utf-8").splitlines()
    assert ['"GET /health" 200' in lines[0], '"GET /nothing" 404' in lines[1]] == [True, True]
    assert not served.log


def test_the_page_is_the_file_that_the_same_graph_saves(server, graph_file, tmp_path):
    page = kg.load(graph_file).save(tmp_path / "page.html")
    assert server.ask("/").body == page.read_bytes()


def test_the_token_may_come_by_the_environment(graph_file, monkeypatch):
    monkeypatch.setenv("KG_TOKEN", "from-the-environment")
    with serving(str(graph_file), "--quiet") as served:
        assert served.ask("/search?q=x").status == 401


def test_help_teaches(capsys):
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--help"], capture_output=True, text=True, encoding="utf-8"
    )
    for word in ("kg serve exports/", "--store", "--token", "--cors", "/sparql", "/search?q=", "curl"):
        assert word in done.stdout


def test_nothing_of_the_machine_stands_in_what_is_shipped():
    folder = Path(__file__).parents[2] / "kg" / "data" / "serve"
    assert "MIT" in (folder / "LICENSE-yasqe.txt").read_text("utf-8")
    for path in folder.glob("*.html"):
        text = path.read_text("utf-8")
        assert "//" not in text.replace("<!doctype", ""), f"{path.name} names another host"
