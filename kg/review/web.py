"""The same sitting as a local page that a keyboard drives."""

from __future__ import annotations

import json
import secrets
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from kg.review.session import KIND_WORDS, Session

_TYPES: Final = MappingProxyType(
    {"review.html": "text/html", "review.css": "text/css", "review.js": "text/javascript"}
)
_HEADERS: Final = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
)
_LARGEST: Final = 10_000
"""Bytes of an answer; a reason is a sentence or two."""
_OVER: Final = "没有待定的问题 nothing left to decide"


class ReviewServer(ThreadingHTTPServer):
    """Serves one sitting on this machine only, until the person quits.

    Only who knows the address, which holds a random word, can read or answer.
    """

    def __init__(self, session: Session, titles: dict[str, str], port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.session = session
        self.titles = titles
        self.word = secrets.token_urlsafe(16)
        self.closed = False
        # Browsers open connections that they use later, so each has a thread; answers come one by one.
        self.turn = threading.Lock()

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}/{self.word}/"

    def run(self) -> None:
        """Serve until the person quits."""
        with self:
            self.serve_forever(poll_interval=0.1)

    def state(self) -> dict[str, Any]:
        """What the page shows."""
        tally, question = self.session.tally(), self.session.question
        shown = question.shown if question else ()
        return {
            "yes": tally.yes,
            "no": tally.no,
            "skipped": tally.skipped,
            "left": tally.left,
            "closed": self.closed,
            "over": "已结束 ended" if self.closed else _OVER,
            "question": question
            and not self.closed
            and {
                "kind": KIND_WORDS[question.kind],
                "text": question.text,
                "shown": [
                    {"text": s.text, "article": self.titles.get(s.article, s.article), "marked": s.marked}
                    for s in shown
                ],
            },
        }

    def take(self, key: object, reason: object) -> None:
        """Do what the key says; a key that fits no question does nothing."""
        if key == "q":
            self.closed = True
        elif key == "u":
            self.session.undo()
        elif self.session.question is not None and key == "s":
            self.session.skip()
        elif self.session.question is not None and key in ("y", "n"):
            self.session.answer(key == "y", str(reason).strip())


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    timeout = 10
    """Seconds that a silent client may keep the others waiting."""

    def do_GET(self) -> None:
        """The page, its parts, and the state."""
        name = self._name()
        if name in ("", *_TYPES):
            name = name or "review.html"
            content = files("kg").joinpath("data", "review", name).read_bytes()
            self._send(HTTPStatus.OK, content, _TYPES[name])
        elif name == "state":
            self._send_state()
        else:
            self._send(HTTPStatus.NOT_FOUND, b"not found", "text/plain")

    def do_POST(self) -> None:
        """An answer."""
        length = self.headers.get("Content-Length", "")
        if self._name() != "answer" or not length.isdecimal() or int(length) > _LARGEST:
            self._send(HTTPStatus.NOT_FOUND, b"not found", "text/plain")
            return
        try:
            said = json.loads(self.rfile.read(int(length)))
            with self.server.turn:
                self.server.take(said["key"], said.get("reason", ""))
        except (ValueError, TypeError, KeyError, AttributeError):
            self._send(HTTPStatus.BAD_REQUEST, b'send {"key": "y", "reason": ""}', "text/plain")
        except OSError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, str(error).encode(), "text/plain")
        else:
            self._send_state()
            if self.server.closed:
                self.server.shutdown()

    def _name(self) -> str | None:
        """What is asked for under our address; None elsewhere, or under another host's name."""
        own = f"127.0.0.1:{self.server.server_port}"
        start = f"/{self.server.word}/"
        if self.headers.get("Host") != own or not self.path.startswith(start):
            return None
        return self.path.removeprefix(start)

    def _send_state(self) -> None:
        with self.server.turn:
            content = json.dumps(self.server.state(), ensure_ascii=False).encode()
        self._send(HTTPStatus.OK, content, "application/json")

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is the person's."""
