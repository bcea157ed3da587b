"""`--reconcile` against a real service, csv-reconcile, on this machine; and against services that fail."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

import kg.reconcile.service as client
from kg.errors import ConfigError, ServiceError
from kg.model import Article, Entity, EntityType, Graph
from kg.reconcile import query_of, reconciled
from kg.reconcile.answers import FILE
from kg.reconcile.service import Manifest, Query, Service

pytest.importorskip("csv_reconcile", reason="pip install csv-reconcile")

ROWS = """id\tname
91-1\t江州市水务集团
91-2\t东河大学
91-3\t东河大学医院
91-4\t北泽市人民政府
"""
SERVE = """
import sys
from csv_reconcile import create_app, initdb
app = create_app("settings.py", instance_path=sys.argv[1], scorerOption="")
with app.app_context():
    initdb.init_db_with_context("rows.tsv", "id", "name")
app.run(host="127.0.0.1", port=int(sys.argv[2]))
"""
SETTINGS = """
CSVKWARGS = {"delimiter": "\\t"}
MANIFEST = {"identifierSpace": "https://example.org/id/"}
THRESHOLD = 10.0
"""
ARTICLE = "5月10日，江州市水务集团与东河大学签署合作协议。江州市水务集团董事长林文涛出席签约仪式。"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of csv-reconcile, started for these tests."""
    folder = tmp_path_factory.mktemp("service")
    (folder / "rows.tsv").write_text(ROWS, encoding="utf-8")
    (folder / "settings.py").write_text(SETTINGS, encoding="utf-8")
    port = _free_port()
    command = [sys.executable, "-c", SERVE, str(folder / "instance"), str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}/reconcile"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(url, timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _build(url: str, out: Path) -> subprocess.CompletedProcess[str]:
    source = out.parent / "in"
    source.mkdir(exist_ok=True)
    (source / "a.txt").write_text(ARTICLE, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        str(source),
        "-o",
        str(out),
        "--no-cache",
        "--reconcile",
        url,
    ]
    return subprocess.run([*command, "-f", "ttl"], capture_output=True, text=True, check=False)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_sure_matches_become_identifiers_and_the_rest_suggestions(service: str, tmp_path: Path):
    done = _build(service, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    turtle = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert "<https://example.org/id/91-2>" in turtle
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["reconciliation"]["service"] == service
    first = _bytes(tmp_path / "out")
    again = _build(service, tmp_path / "out")
    assert again.returncode == 0 and _bytes(tmp_path / "out") == first


def test_what_a_service_said_is_not_asked_again(
    service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    graph = _graph("东河大学", "东河大学附属中学")
    found = reconciled(graph, service, tmp_path)
    assert found.graph.entities[0].identifiers == ("https://example.org/id/91-2",)
    assert found.graph.entities[1].identifiers == ()
    assert [s["name"] for s in found.suggestions] == ["东河大学附属中学"]
    (tmp_path / FILE).write_bytes(found.answers.as_bytes())
    monkeypatch.setattr(Service, "_ask", lambda *_: pytest.fail("asked again"))
    again = reconciled(graph, service, tmp_path)
    assert again.graph == found.graph and again.answers.as_bytes() == found.answers.as_bytes()


def test_two_things_never_get_one_identifier(service: str, tmp_path: Path):
    graph = _graph("东河大学", "东河大学")
    found = reconciled(graph, service, tmp_path)
    assert all(not entity.identifiers for entity in found.graph.entities)


def _graph(*names: str) -> Graph:
    kind = EntityType.ORGANISATION
    entities = (Entity(f"org-{n}-{name}", kind, name, articles=("a",)) for n, name in enumerate(names))
    return Graph((Article("a", "", "东河大学"),), tuple(entities))


class _Broken(BaseHTTPRequestHandler):
    """Answers what it is told to."""

    answer: ClassVar[bytes] = b""
    status: ClassVar[int] = 200
    to: ClassVar[str] = ""
    batch: ClassVar[bytes | None] = None

    def do_GET(self) -> None:
        self._say(self.answer)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._say(self.batch if self.batch is not None else self.answer)

    def _say(self, body: bytes) -> None:
        self.send_response(self.status)
        if self.to:
            self.send_header("Location", self.to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


GOOD = b'{"versions": ["0.2"], "name": "N", "identifierSpace": "https://example.org/"}'


@pytest.fixture
def broken() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Broken)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("answer", "batch", "status", "to", "said"),
    [
        (b"<html>", None, 200, "", "not JSON"),
        (b"[]", None, 200, "", "no manifest"),
        (b"{}", None, 500, "", "does not answer"),
        (b"{}", None, 302, "file:///etc/passwd", "does not answer"),
        (b" " * 3000, None, 200, "", "longer than"),
        (GOOD, b"{}", 200, "", "no list of results"),
        (GOOD, b'{"q0": {"result": [{"id": "1"}]}}', 200, "", "a candidate without"),
        (GOOD, b'{"q0": {"result": [7]}}', 200, "", "a candidate without"),
    ],
)
def test_a_failing_service_is_an_error(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer, batch, status, to, said
):
    monkeypatch.setattr(client, "MAX_BYTES", 2000)
    for name, value in {"answer": answer, "batch": batch, "status": status, "to": to}.items():
        monkeypatch.setattr(_Broken, name, value)
    with pytest.raises(ServiceError, match=said):
        reconciled(_graph("东河大学"), broken, tmp_path)


def test_a_failed_service_leaves_no_half_result(tmp_path: Path):
    done = _build(f"http://127.0.0.1:{_free_port()}/", tmp_path / "out")
    assert done.returncode == 1 and "does not answer" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "example.org"])
def test_only_the_web_is_asked(url: str, tmp_path: Path):
    with pytest.raises(ServiceError):
        Service(url)
    done = _build(url, tmp_path / "out")
    assert done.returncode != 0 and "http or https" in done.stderr


def test_queries_carry_type_country_and_limit():
    wikidata = Manifest("Wikidata", "http://www.wikidata.org/entity/")
    city = Entity("place-x", EntityType.PLACE, "江西省宜春市")
    assert query_of(city, wikidata) == Query("江西省宜春市", "Q2221906", (("P17", "Q148"),))
    assert query_of(city, wikidata).as_json()["limit"] == client.LIMIT
    typed = Manifest("T", "", (("t7", "Organization"),))
    assert query_of(Entity("org-x", EntityType.ORGANISATION, "东河大学"), typed).type == "t7"
    assert query_of(Entity("per-x", EntityType.PERSON, "林文涛"), typed).type == ""


def test_the_setting_must_be_an_address():
    from kg.config import Config

    with pytest.raises(ConfigError):
        Config(reconcile="nowhere")
