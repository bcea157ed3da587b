"""What one question may cost."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one answer; a query that crosses one is told which, and never half answered."""

    seconds: float = 10.0
    """How long a query may run before its process is killed."""
    memory: int = 512_000_000
    """Bytes that a process may take on top of the open store."""
    rows: int = 100_000
    """Rows, or triples, of an answer."""
    size: int = 32_000_000
    """Bytes of an answer."""

    def to_json(self) -> str:
        """For the command line of a worker."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Limits:
        """From the command line of a worker."""
        return cls(**json.loads(text))
