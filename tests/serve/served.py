"""`kg serve` as a person starts it, and small ways to speak to it."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Served:
    """A running server."""

    address: str
    process: subprocess.Popen
    log: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return urlsplit(self.address).port

    def ask(self, path: str, method: str = "GET", body: bytes | str | None = None, **headers: str) -> Answer:
        """One request; header names with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = body.encode() if isinstance(body, str) else body
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, quote(path, safe="/?&=%+:#"), content, named)
            reply = connection.getresponse()
            found = {name.lower(): value for name, value in reply.getheaders()}
            return Answer(reply.status, found, reply.read())
        finally:
            connection.close()

    def query(self, sparql: str, accept: str = "application/sparql-results+json", **more: str) -> Answer:
        """A query by GET."""
        return self.ask("/sparql?" + urlencode({"query": sparql, **more}), Accept=accept)

    def raw(self, data: bytes, wait: float = 30) -> bytes:
        """What comes back for these bytes, until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as connection:
            connection.sendall(data)
            found = b""
            try:
                while block := connection.recv(65536):
                    found += block
            except (TimeoutError, ConnectionResetError):
                pass
            return found


@contextmanager
def serving(*arguments: str) -> Iterator[Served]:
    """`kg serve` with these arguments, at any free port, until the block ends."""
    command = [sys.executable, "-m", "kg", "serve", *arguments, "--port", "0"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    served = Served("", process)

    def listen() -> None:
        for line in process.stderr:
            served.log.append(line)

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        served.address = process.stdout.readline().strip()
        assert served.address.startswith("http://"), "".join(served.log)
        yield served
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        finally:
            process.kill()
            listener.join()
            process.stdout.close()
            process.stderr.close()
