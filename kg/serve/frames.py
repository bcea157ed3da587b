"""Jobs and replies as they pass between the server and its workers: two lengths, a JSON head, a body."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import IO, Any, Final

LENGTHS: Final = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: its status, its media type, its bytes."""

    status: int
    type: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """A question that gets no answer; `status` is HTTP's, the message says why in words."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def packed(head: Mapping[str, Any], body: bytes = b"") -> bytes:
    """One frame."""
    text = json.dumps(head, ensure_ascii=False).encode("utf-8", "replace")
    return LENGTHS.pack(len(text), len(body)) + text + body


def packed_reply(reply: Reply) -> bytes:
    """A reply as a frame."""
    head = asdict(reply)
    del head["body"]
    return packed(head, reply.body)


def reply_of(head: Mapping[str, Any], body: bytes) -> Reply:
    """The reply in a frame."""
    return Reply(head["status"], head["type"], body, head["headers"])


def read(file: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next frame of `file`; None at its end."""
    lengths = file.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    return json.loads(file.read(head)), file.read(body)
