"""The security checklist of the design, each item a test; and what a page elsewhere or a stranger may do."""

from __future__ import annotations

import base64
import http.server
import os
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode, urlsplit

import pytest
from served import serving

ESTABLISHED = "ASK { ?s ?p ?o }"


@pytest.fixture(scope="module")
def strict(graph_file):
    """A server with small limits, to cross them quickly."""
    limits = ["--timeout", "2", "--memory", "200", "--rows", "500"]
    with serving(str(graph_file), *limits) as served:
        yield served


@pytest.fixture
def trap():
    """A web server that counts who calls it; nobody should."""
    calls = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def do_POST(self):
            self.do_GET()

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/", calls
        listening.shutdown()
        thread.join()


# -- 1, 2, 3: nothing is fetched ---------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}",
        "SELECT*{{SERVICE<{}>{{?s ?p ?o}}}}",
        "SELECT * {{ sErViCe\n#x\n<{}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?g {{ <{}> }} SERVICE ?g {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{}> {{ ?s ?p ?o }} }} }}",
        "ASK {{ BIND('}}' AS ?x) SERVICE <{}> {{ ?s ?p ?o }} }}",
        "LOAD <{}>",
        "LOAD SILENT <{}> INTO GRAPH <urn:x>",
        "PREFIX x: <urn:x>\nLOAD <{}>",
        "ASK {{}} ; LOAD <{}>",
    ],
)
def test_no_other_server_is_asked(server, trap, query):
    address, calls = trap
    answer = server.query(query.format(address))
    assert answer.status in (400, 403), answer.text
    assert calls == []


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED", "from\n#c\n"])
@pytest.mark.parametrize(
    "iri", ["file:///etc/passwd", "FILE:/etc/passwd", "{}", "ftp://x/y", "data:text/turtle,", "../x"]
)
def test_from_opens_and_fetches_nothing(server, trap, clause, iri):
    address, calls = trap
    answer = server.query(f"SELECT * {clause} <{iri.format(address)}> {{ ?s ?p ?o }}")
    assert answer.status in (400, 403), answer.text
    assert "root:" not in answer.text and calls == []


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("iri", ["file:///etc/passwd", "{}", "not an iri"])
def test_no_parameter_opens_or_fetches_anything(server, trap, name, iri):
    address, calls = trap
    answer = server.query(ESTABLISHED, **{name: iri.format(address)})
    assert answer.status in (400, 403)
    assert "root:" not in answer.text and calls == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's part is Linux's")
def test_even_past_the_guard_a_worker_reaches_nothing(graph_file, trap, tmp_path):
    """What confines a worker holds by itself: network, programs, files, memory."""
    address, calls = trap
    code = f"""
import subprocess, sys
from pathlib import Path
from kg.serve import Limits, building
from kg.serve.confine import confine
from kg.serve.opened import Opened
building.store(Path({str(graph_file)!r}), Path({str(tmp_path / "made")!r}))
opened = Opened.at(Path({str(tmp_path / "made")!r}), Limits())
confine(200_000_000)
def tried(work):
    try:
        work()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"
def write():
    with open({str(tmp_path / "written")!r}, "w") as file:
        file.write("x")
print(tried(lambda: list(opened.store.query("SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))))
print(tried(lambda: subprocess.run(["true"])))
print(tried(write))
print(tried(lambda: bytearray(400_000_000)))
print(len(list(opened.store.query("SELECT * {{ ?s ?p ?o }}"))) > 1000)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    said = done.stdout.split()
    assert said == ["PermissionError", "PermissionError", "OSError", "MemoryError", "True"], done.stderr
    assert calls == []


# -- 4: nesting and length ---------------------------------------------------------------


def deep(open_, close, count):
    return open_ * count + close * count


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + deep("{", "}", 5000),
        "SELECT * " + deep("{", "}", 100_000),
        "SELECT * { ?s " + deep("(", ")", 3000) + " ?o }",
        "SELECT * { FILTER(" + deep("(", ")", 3000) + ") }",
        "SELECT * { FILTER(" + "!" * 15_000 + "true) }",
        "SELECT * { ?s " + "/".join(["a"] * 5000) + " ?o }",
        "SELECT * { ?s " + "^" * 15_000 + "a ?o }",
        "SELECT * { " + " UNION ".join(["{}"] * 1500) + " }",
        "SELECT * { " + "OPTIONAL { " * 1000 + "}" * 1001,
        "ASK { ?s ?p " + "[ ?p " * 3000 + "] " * 3000 + "}",
        "ASK { ?s ?p " + "( " * 3000 + ") " * 3000 + "}",
        "ASK { ?s ?p " + "<< " * 3000 + "}",
        "ASK { BIND(1" + "+1" * 8000 + " AS ?x) }",
        "ASK { FILTER(?x IN (" + "1," * 9000 + "1)) }",
        "ASK {" * 4000,
    ],
    ids=lambda query: query[:30],
)
def test_deep_and_long_queries_are_refused_or_answered_and_break_nothing(server, query):
    form = urlencode({"query": query})
    answer = server.ask("/sparql", "POST", form, Content_Type="application/x-www-form-urlencoded")
    assert answer.status in (200, 400, 413), answer.text
    assert server.query(ESTABLISHED).json["boolean"]


def test_who_sends_too_much_can_read_why(server):
    """The refusal comes before the body has gone: sending on must neither break nor lose the answer."""
    address = urlsplit(server.address)
    with socket.create_connection((address.hostname, address.port), timeout=20) as client:
        size = 1_000_000
        client.sendall(
            f"POST /sparql HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Length: {size}\r\n"
            "Content-Type: application/sparql-query\r\n\r\n".encode()
        )
        first = client.recv(1)
        for _ in range(size // 50_000):
            client.sendall(b"x" * 50_000)
            time.sleep(0.01)
        said = first + b"".join(iter(lambda: client.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 413 ") and b"the body is too long" in said


def test_a_question_that_kills_its_process_harms_no_other(strict):
    """Whatever the guard lets through may still end a worker; here the memory is what ends it."""
    heavy = "SELECT * { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(4)) + " } ORDER BY ?a1 ?b2 ?c3"
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(strict.query(heavy))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        assert strict.query(ESTABLISHED).json["boolean"]
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert {answer.status for answer in answers} <= {429, 503}
    assert strict.query(ESTABLISHED).json["boolean"]


# -- 5, 6: time, memory, rows, bytes -----------------------------------------------------

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(5)) + " }"


def test_a_query_that_takes_too_long_is_stopped_in_time(strict):
    start = time.monotonic()
    answer = strict.query(ENDLESS)
    assert answer.status == 503 and "2 seconds" in answer.text
    assert time.monotonic() - start < 20
    assert "retry-after" in answer.headers


def test_memory_is_bounded(strict):
    answer = strict.query("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f")
    assert answer.status == 503 and ("200 MB" in answer.text or "2 seconds" in answer.text)


@pytest.mark.parametrize(
    "accept",
    [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ],
)
def test_rows_are_bounded_and_never_cut_off_unsaid(strict, accept):
    assert strict.query("SELECT ?s { ?s ?p ?o } LIMIT 500", accept).status == 200
    answer = strict.query("SELECT ?s { ?s ?p ?o } LIMIT 501", accept)
    assert answer.status == 413 and "rows" in answer.text


def test_triples_are_bounded(strict):
    assert strict.query("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 500", "text/turtle").status == 200
    assert strict.query("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 501", "text/turtle").status == 413


def test_bytes_are_bounded(server):
    big = "SELECT (CONCAT({}) AS ?x) {{ VALUES ?y {{ '{}' }} ?s ?p ?o }}".format(
        ", ".join(["?y"] * 100), "x" * 500
    )
    answer = server.query(big)
    assert answer.status == 413 and "bytes" in answer.text


def test_one_client_has_so_many_slow_queries_and_others_are_not_kept_waiting(strict):
    answers = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(strict.query(ENDLESS + f"#{n}")))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    waits = []
    for _ in range(10):
        start = time.monotonic()
        assert strict.ask("/sparql?query=ASK%7B%7D", User_Agent="another").status == 200
        waits.append(time.monotonic() - start)
    for thread in threads:
        thread.join()
    assert {answer.status for answer in answers} <= {429, 503}
    assert sorted(waits)[len(waits) // 2] < 2, waits


def test_a_client_that_leaves_takes_its_query_with_it(strict):
    import socket

    with socket.create_connection(("127.0.0.1", strict.port)) as connection:
        path = "/sparql?" + urlencode({"query": ENDLESS + "#left"})
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(0.3)
    for _ in range(40):
        if strict.ask("/health").json["workers"]["running"] == 0:
            return
        time.sleep(0.1)
    pytest.fail("the query of a client that left is still running")


# -- 6: what a browser is told -----------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/", "/editor", "/search?q=x", "/entity/nothing", "/sparql", "/static/editor.js", "/health", "/nothing"],
)
def test_every_reply_carries_the_security_headers(server, path):
    headers = server.ask(path, Accept="text/html").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "'unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_labels_are_escaped_and_only_web_addresses_are_linked(tmp_path):
    from kg.graph import KnowledgeGraph
    from kg.model import Article, Entity, EntityType, Evidence, Fact, Graph

    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    said = Evidence("n1", 0, 4, bad)
    graph = Graph(
        (Article("n1", bad, "", publisher=bad, url="javascript:alert(1)"),),
        (
            Entity(
                "org-a",
                EntityType.ORGANISATION,
                bad,
                None,
                (),
                (),
                ("n1",),
                identifiers=("javascript:alert(2)",),
            ),
            Entity("per-b", EntityType.PERSON, "甲", None, (), (), ("n1",)),
        ),
        (Fact("per-b", "holdsPost", "org-a", None, {"role": bad}, 0.9, (said,)),),
    )
    path = KnowledgeGraph(graph).save(tmp_path / "bad.ttl")
    with serving(str(path), "--quiet") as served:
        for place in ("/entity/org-a", "/entity/per-b", "/entity/art-n1", "/search?q=script"):
            page = served.ask(place, Accept="text/html")
            assert page.status == 200
            assert "<script" not in page.text and "<img" not in page.text
            assert "&lt;script&gt;" in page.text
            assert 'href="javascript' not in page.text


# -- 6: who may ask ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{}",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "",
        "a b",
        "[::1",
        "localhost@evil",
    ],
)
def test_a_name_that_is_not_ours_is_not_answered(server, host):
    """DNS rebinding: a page elsewhere makes a name of its own lead here."""
    named = host.format(server.port)
    answer = server.raw(f"GET /health HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 421 ") or (not host and answer.startswith(b"HTTP/1.1 200")), answer[
        :80
    ]
    assert b"triples" not in answer or not host


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.0.0.1:{}", "localhost:{}", "[::1]:{}", "LOCALHOST"]
)
def test_names_of_this_machine_are_answered(server, host):
    named = host.format(server.port)
    answer = server.raw(f"GET /health HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 200 ")


CROSS = [
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://127.0.0.1:1"}, 403),
    ({"Origin": "http://127.0.0.1:{}"}, 200),
    ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}, 403),
    ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors"}, 403),
    ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}, 200),
    ({"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}, 200),
    ({"Sec_Fetch_Site": "none"}, 200),
]


@pytest.mark.parametrize(("headers", "status"), CROSS)
def test_pages_of_other_sites_may_not_make_us_work(server, headers, status):
    named = {name: value.format(server.port) for name, value in headers.items()}
    assert server.ask("/sparql?query=ASK%7B%7D", **named).status == status


@pytest.fixture(scope="module")
def open_to_one(graph_file):
    with serving(str(graph_file), "--quiet", "--cors", "https://app.example") as served:
        yield served


class TestCors:
    def test_the_site_named_may_read_and_no_other(self, open_to_one):
        good = open_to_one.ask("/sparql?query=ASK%7B%7D", Origin="https://app.example")
        assert good.status == 200
        assert good.headers["access-control-allow-origin"] == "https://app.example"
        assert "Origin" in good.headers["vary"]
        bad = open_to_one.ask("/sparql?query=ASK%7B%7D", Origin="https://evil.example")
        assert bad.status == 403 and "access-control-allow-origin" not in bad.headers
        none = open_to_one.ask("/sparql?query=ASK%7B%7D")
        assert none.status == 200 and "access-control-allow-origin" not in none.headers

    def test_the_browser_may_ask_first(self, open_to_one):
        wish = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "content-type"}
        good = open_to_one.ask("/sparql", "OPTIONS", Origin="https://app.example", **wish)
        assert good.status == 204
        assert "POST" in good.headers["access-control-allow-methods"]
        assert "Content-Type" in good.headers["access-control-allow-headers"]
        bad = open_to_one.ask("/sparql", "OPTIONS", Origin="https://evil.example", **wish)
        assert "access-control-allow-methods" not in bad.headers


@pytest.fixture(scope="module")
def closed(graph_file):
    with serving(str(graph_file), "--token", "s3cret-word") as served:
        yield served


class TestToken:
    PATH = "/sparql?query=ASK%7B%7D"

    def test_without_it_nothing_is_told(self, closed):
        for path in (
            "/",
            "/editor",
            "/search?q=x",
            "/entity/x",
            self.PATH,
            "/static/editor.js",
            "/words.json",
        ):
            answer = closed.ask(path)
            assert answer.status == 401 and "www-authenticate" in answer.headers, path
        assert closed.ask("/health").json == {"status": "ok"}

    @pytest.mark.parametrize(
        "headers",
        [
            {"Authorization": "Bearer wrong"},
            {"Authorization": "Bearer "},
            {"Authorization": "Bearer s3cret-word2"},
            {"Authorization": "Basic !!!"},
            {"Authorization": "Basic " + base64.b64encode(b"me:wrong").decode()},
            {"Cookie": "zhengmai=wrong"},
            {"Cookie": 'zhengmai="'},
        ],
    )
    def test_a_wrong_word_is_none(self, closed, headers):
        assert closed.ask(self.PATH, **headers).status == 401
        assert closed.ask(self.PATH + "&token=wrong").status == 401

    @pytest.mark.parametrize(
        "headers",
        [
            {"Authorization": "Bearer s3cret-word"},
            {"Authorization": "bearer s3cret-word"},
            {"Authorization": "Basic " + base64.b64encode("谁:s3cret-word".encode()).decode()},
            {"Cookie": "a=b; zhengmai=s3cret-word"},
        ],
    )
    def test_the_word_opens(self, closed, headers):
        assert closed.ask(self.PATH, **headers).status == 200

    def test_the_address_opens_once_and_the_word_leaves_it(self, closed):
        answer = closed.ask("/search?token=s3cret-word&q=江 州")
        assert answer.status == 303
        assert answer.headers["location"] == "/search?q=%E6%B1%9F+%E5%B7%9E"
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
        assert closed.ask(self.PATH, Cookie=cookie.partition(";")[0]).status == 200
        assert closed.ask("//evil.example/?token=s3cret-word").headers.get("location") is None

    def test_it_is_in_the_address_printed_and_not_in_the_log(self, closed):
        assert "?token=s3cret-word" in closed.address
        closed.ask("/search?q=logged&token=s3cret-word")
        time.sleep(0.3)
        assert any("q=logged" in line for line in closed.log)
        assert not any("s3cret" in line for line in closed.log)


def test_beyond_this_machine_a_token_is_made(graph_file):
    with serving(str(graph_file), "--host", "0.0.0.0", "--quiet") as served:
        token = served.address.partition("?token=")[2]
        assert len(token) >= 32
        assert served.ask("/search?q=x").status == 401
        assert served.ask("/search?q=x", Authorization=f"Bearer {token}").status == 200
        named = served.raw(
            f"GET /search?q=x HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer {token}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        assert named.startswith(b"HTTP/1.1 421 ")


# -- 7: what is read ---------------------------------------------------------------------


def test_an_rdf_file_of_another_kind_is_not_opened(tmp_path):
    path = tmp_path / "bomb.rdf"
    path.write_text('<!DOCTYPE x [<!ENTITY a "b">]><rdf:RDF/>', "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", str(path), "--port", "0"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr and str(path) in done.stderr


def test_no_context_of_a_file_is_fetched(trap, tmp_path):
    address, calls = trap
    path = tmp_path / "remote.jsonld"
    path.write_text(f'{{"@context": "{address}", "@id": "urn:x", "name": "x"}}', "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "kg", "serve", str(path), "--port", "0"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert calls == []


def test_nothing_can_be_uploaded(server):
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT"):
        assert server.ask("/sparql", method).status == 405
        assert server.ask("/entity/per-x", method).status == 405
    assert server.ask("/entity/per-x", "POST", "x").status == 405


# -- the log -----------------------------------------------------------------------------


def test_nothing_in_a_request_can_forge_a_line_of_the_log(server):
    server.raw(b'GET /x"%0aroot\x1b[31m HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    server.ask("/marker-" + "a" * 2000)
    time.sleep(0.3)
    line = next(line for line in server.log if "root" in line)
    assert "\x1b" not in line and line.count('"') == 2 and line.count("\n") == 1
    assert all(len(line) < 600 for line in server.log)


def test_workers_die_with_their_server(graph_file):
    if not os.path.isdir("/proc"):
        pytest.skip("reads /proc")
    with serving(str(graph_file), "--quiet") as served:
        started = children(served.process.pid)
        assert started
        served.process.kill()
        served.process.wait()
        for _ in range(200):
            if not any(os.path.isdir(f"/proc/{pid}") and alive(pid) for pid in started):
                break
            time.sleep(0.1)
        assert not any(alive(pid) for pid in started)


def children(parent):
    return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if owner(pid) == parent]


def owner(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except OSError:
        return None


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
