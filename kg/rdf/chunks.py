"""Text that is made piece by piece, read like a file."""

from __future__ import annotations

import io
from collections.abc import Iterator


class Chunks(io.RawIOBase):
    """A readable binary file over an iterator of text, so that a parser need not wait for all of it."""

    def __init__(self, pieces: Iterator[str]) -> None:
        super().__init__()
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        """Always: that is its only use."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes: at most `size`, or all that remain."""
        parts = [self._left]
        have = len(self._left)
        while size < 0 or have < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece.encode())
            have += len(parts[-1])
        data = b"".join(parts)
        if size < 0:
            self._left = b""
            return data
        self._left = data[size:]
        return data[:size]
