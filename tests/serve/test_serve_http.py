"""HTTP itself: what is well formed is answered, what is not is refused, nobody slow holds anybody up."""

from __future__ import annotations

import socket
import threading
import time

import pytest

GOOD = b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


BAD = {
    "no http": (b"HELLO\r\n\r\n", 400),
    "no version": (b"GET /\r\n\r\n", 400),
    "another version": (b"GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 400),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n", 400),
    "a folded header": (b"GET / HTTP/1.1\r\nHost: localhost\r\n x: y\r\n\r\n", 400),
    "a space before the colon": (b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400),
    "a bare line feed in a header": (b"GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400),
    "a zero byte": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \x00\r\n\r\n", 400),
    "two spaces": (b"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "no path": (b"GET health HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "a path that is not UTF-8": (b"GET /%ff HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "a negative length": (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
    "two lengths": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        400,
    ),
    "length and chunks": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n",
        400,
    ),
    "another coding": (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
    "a chunk of nonsense": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        400,
    ),
    "an endless chunk": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
        413,
    ),
    "a body too long": (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n", 413),
    "headers too long": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 300_000 + b"\r\n\r\n", 431),
    "too many headers": (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431),
    "an address too long": (b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    "too many parameters": (b"GET /search?" + b"a=b&" * 200 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_malformed_is_refused_and_the_connection_closed(server, case):
    data, expected = BAD[case]
    assert status(server.raw(data)) == expected
    assert status(server.raw(GOOD)) == 200


FINE = {
    "1.0": b"GET /health HTTP/1.0\r\n\r\n",
    "an empty line first": b"\r\n" + GOOD,
    "the form for a proxy": GOOD.replace(b"/health", b"http://localhost/health"),
    "headers in any case": b"GET /health HTTP/1.1\r\nHOST:localhost\r\ncOnNeCtIoN:close\r\n\r\n",
    "chunks with a trailer": b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3;x=y\r\nASK\r\n3\r\n {}\r\n0\r\nX: y\r\n\r\n",
}


@pytest.mark.parametrize("case", FINE)
def test_what_is_unusual_is_answered(server, case):
    assert status(server.raw(FINE[case])) == 200


def test_requests_in_a_row_are_answered_in_their_order(server):
    row = b"".join(b"GET /n%d HTTP/1.1\r\nHost: localhost\r\n\r\n" % n for n in range(5)) + GOOD
    answer = server.raw(row)
    assert [answer.index(b"/n%d" % n) for n in range(5)] == sorted(
        answer.index(b"/n%d" % n) for n in range(5)
    )
    assert answer.count(b"HTTP/1.1 404") == 5 and answer.count(b"HTTP/1.1 200") == 1


def test_every_reply_has_its_length_and_date(server):
    answer = server.ask("/health")
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert answer.headers["date"].endswith("GMT")


def test_the_slow_hold_nobody_up_and_are_let_go(server):
    """Slow loris: as many half requests as there is room for; others are answered meanwhile."""
    held = []
    try:
        for _ in range(420):
            one = socket.create_connection(("127.0.0.1", server.port), timeout=30)
            one.sendall(b"GET /health HTTP/1.1\r\nHost: loc")
            held.append(one)
        start = time.monotonic()
        assert status(server.raw(GOOD)) == 200
        assert time.monotonic() - start < 5
        held[-1].settimeout(30)
        said = held[-1].recv(1000)
        assert said == b"" or b" 408 " in said
    finally:
        for one in held:
            one.close()


def test_a_body_that_never_comes_is_not_waited_for_by_others(server):
    with socket.create_connection(("127.0.0.1", server.port)) as one:
        one.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nASK")
        assert status(server.raw(GOOD)) == 200


def test_a_reader_that_does_not_read_holds_nobody_up(server):
    query = "SELECT%20*%20%7B%20?s%20?p%20?o%20%7D"
    with socket.create_connection(("127.0.0.1", server.port)) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 3)
        time.sleep(0.3)
        for _ in range(5):
            assert status(server.raw(GOOD)) == 200


def test_many_ask_at_once(server):
    found = []

    def ask() -> None:
        for _ in range(5):
            found.append(server.query("SELECT ?s { ?s a zm:Person } LIMIT 3").status)

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 60
