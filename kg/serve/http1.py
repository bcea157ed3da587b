"""HTTP/1.1 as far as this server speaks it: requests read within limits, replies sent whole."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, unquote_to_bytes

TARGET: Final = 200_000
"""Bytes of the request line: the longest query that is accepted, each character percent-encoded."""
HEAD: Final = TARGET + 32_000
BODY: Final = 400_000
FIELDS: Final = 100
TO_ASK, TO_HEAD, TO_BODY = 60.0, 10.0, 20.0
"""Seconds: to begin the next request, to finish its head, to finish its body."""
_SLOWEST = 20_000
"""Bytes a second below which a reader of our answer is let go, after half a minute."""

_UNREAD, _LINGER = 10, 5.0
"""What is read and dropped of a request that was answered before its end: times `BODY`, seconds."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")


class HttpError(Exception):
    """A request that is answered by its fault alone, after which the connection closes."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One request, its head decoded and its body whole."""

    method: str
    target: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    client: str
    keep: bool
    body: bytes = b""

    def header(self, name: str) -> str:
        """A header by its lower-case name; empty where it was not sent."""
        return self.headers.get(name, "")

    @property
    def type(self) -> str:
        """The media type of the body, without parameters."""
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(slots=True)
class Response:
    """What goes back; `close` ends the connection after it."""

    status: int
    type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    close: bool = False

    @classmethod
    def said(cls, status: int, words: str, **headers: str) -> Response:
        """A reply in a few words."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls(status, body=f"{words}\n".encode("utf-8", "replace"), headers=named)


async def read_head(reader: asyncio.StreamReader, client: str) -> Request | None:
    """The next request without its body; None where the client has nothing more to say."""
    try:
        first = await asyncio.wait_for(reader.readexactly(1), TO_ASK)
    except (TimeoutError, asyncio.IncompleteReadError):
        return None
    try:
        rest = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), TO_HEAD)
    except asyncio.IncompleteReadError:
        return None
    except TimeoutError:
        raise HttpError(408, "the request did not arrive in time") from None
    except asyncio.LimitOverrunError:
        start = await reader.read(HEAD)
        if b"\r\n" in start:
            raise HttpError(431, "the headers are too long") from None
        raise HttpError(414, "the address is too long; send a long query by POST") from None
    return _parsed((first + rest).lstrip(b"\r\n"), client)


def _parsed(head: bytes, client: str) -> Request:
    line, *fields = head[:-4].decode("latin-1").split("\r\n")
    parts = line.split(" ")
    if len(parts) != 3 or not _TOKEN.fullmatch(parts[0]) or parts[2] not in ("HTTP/1.1", "HTTP/1.0"):
        raise HttpError(400, "this is no HTTP/1.1 request")
    method, target, version = parts
    if len(target) > TARGET:
        raise HttpError(414, "the address is too long; send a long query by POST")
    headers = _headers(fields)
    if version == "HTTP/1.1" and "host" not in headers:
        raise HttpError(400, "the request names no host")
    path, query = _target(target)
    words = {word.strip().lower() for word in headers.get("connection", "").split(",")}
    keep = "close" not in words if version == "HTTP/1.1" else "keep-alive" in words
    return Request(method, target, path, query, headers, client, keep)


def _headers(fields: list[str]) -> dict[str, str]:
    if len(fields) > FIELDS:
        raise HttpError(431, "too many headers")
    found: dict[str, str] = {}
    for line in fields:
        name, colon, value = line.partition(":")
        if not colon or not _TOKEN.fullmatch(name) or not _VALUE.fullmatch(value):
            raise HttpError(400, "a header is malformed")
        key, value = name.lower(), value.strip(" \t")
        if key in found and key in ("host", "content-length", "content-type", "authorization", "origin"):
            raise HttpError(400, f"two headers '{name}'")
        found[key] = f"{found[key]}, {value}" if key in found else value
    if "content-length" in found and "transfer-encoding" in found:
        raise HttpError(400, "a body has one length")
    return found


def _target(target: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    if not target.startswith("/"):
        # A proxy's form; only its path means anything to us.
        match = re.fullmatch(r"https?://[^/?#]*(.*)", target)
        if match is None and target != "*":
            raise HttpError(400, "the address is malformed")
        target = (match[1] if match else "") or "/"
    path, _, query = target.partition("?")
    return _utf8(unquote_to_bytes(path), "address"), pairs(query)


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """The parameters of an address or a form."""
    try:
        found = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except UnicodeDecodeError:
        raise HttpError(400, "the parameters are not UTF-8") from None
    except ValueError:
        raise HttpError(400, "too many parameters") from None
    return tuple(found)


def _utf8(text: bytes, what: str) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise HttpError(400, f"the {what} is not UTF-8") from None


async def read_body(reader: asyncio.StreamReader, request: Request) -> bytes:
    """The body of `request`, at most `BODY` bytes of it."""
    length = request.header("content-length")
    coding = request.header("transfer-encoding").lower()
    if coding and coding != "chunked":
        raise HttpError(501, f"the coding '{coding}' is not understood")
    if length and not (length.isascii() and length.isdecimal() and len(length) < 16):
        raise HttpError(400, "the length of the body is malformed")
    if length and int(length) > BODY:
        raise HttpError(413, f"the body is too long; at most {BODY} bytes are read")
    work = _chunks(reader) if coding else reader.readexactly(int(length or 0))
    try:
        return await asyncio.wait_for(work, TO_BODY)
    except TimeoutError:
        raise HttpError(408, "the body did not arrive in time") from None
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        raise HttpError(400, "the body ended early") from None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while True:
        size = (await reader.readuntil(b"\r\n")).partition(b";")[0].strip()
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            raise HttpError(400, "a chunk is malformed")
        count = int(size, 16)
        if len(body) + count > BODY:
            raise HttpError(413, f"the body is too long; at most {BODY} bytes are read")
        if count == 0:
            while await reader.readuntil(b"\r\n") != b"\r\n":
                pass
            return bytes(body)
        body += await reader.readexactly(count)
        if await reader.readexactly(2) != b"\r\n":
            raise HttpError(400, "a chunk is malformed")


async def send(writer: asyncio.StreamWriter, response: Response, *, body: bool) -> None:
    """Send `response`, without its body where the client asked for the head alone."""
    lines = [f"HTTP/1.1 {response.status} {_phrase(response.status)}", f"Date: {formatdate(usegmt=True)}"]
    if response.status != HTTPStatus.NO_CONTENT and response.status != HTTPStatus.NOT_MODIFIED:
        response.headers.setdefault("Content-Type", response.type)
        response.headers["Content-Length"] = str(len(response.body))
    if response.close:
        response.headers["Connection"] = "close"
    # No value of ours holds a line end; were one to, it must not begin another header.
    lines += [f"{name}: {' '.join(value.splitlines())}" for name, value in response.headers.items()]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace"))
    if body and response.body:
        writer.write(response.body)
    await asyncio.wait_for(writer.drain(), 30 + len(response.body) / _SLOWEST)


async def linger(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Let a client that still sends its body read our answer first: closing at once would reset it."""
    writer.write_eof()
    left = BODY * _UNREAD
    with suppress(TimeoutError):
        async with asyncio.timeout(_LINGER):
            while left > 0 and (piece := await reader.read(HEAD)):
                left -= len(piece)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
