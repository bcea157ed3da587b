"""Files, folders, globs and standard input as a sorted list of sources, and their bytes within limits."""

from __future__ import annotations

import glob
import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.read.draft import UnreadableError

STANDARD_INPUT = "-"
ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".shtml": "page",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
}
"""What each ending holds; `.gz` may follow any."""
MAX_RATIO = 100
"""A packed file that grows more than this, once it is large, is a bomb."""
MAX_BLANK = 100_000
"""So many empty lines one after the other are no file of records."""
_HEAD = 1 << 13
_ACCEPTED = f"files ({' '.join(ENDINGS)}, each also .gz), folders, globs, or - for standard input"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One file to read; `name` is how outputs call it."""

    name: str
    path: Path | None = None

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        if self.path is None:
            return "stdin"
        stem = _without_gz(self.name.rpartition("/")[2])
        return stem[: -len(self.ending)] if self.ending in ENDINGS else stem

    @property
    def ending(self) -> str:
        """The ending that says what it holds, lower case."""
        return os.path.splitext(_without_gz(self.name))[1].lower() if self.path else ""


def find_sources(inputs: Iterable[str | Path]) -> list[Source]:
    """Every file that `inputs` name, each once, sorted; raises `InputError` for one that is not there."""
    found: dict[str, Source] = {}
    for given in inputs:
        for source in _expand(str(given)):
            real = os.path.realpath(source.path) if source.path else STANDARD_INPUT
            known = found.get(real)
            if known is None or (len(source.name), source.name) < (len(known.name), known.name):
                found[real] = source
    return sorted(found.values(), key=lambda source: source.name)


def _expand(given: str) -> Iterator[Source]:
    if given == STANDARD_INPUT:
        yield Source(STANDARD_INPUT)
    elif os.path.lexists(given):
        yield from _walk(Path(given))
    elif glob.has_magic(given):
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            raise InputError(given, f"no file matches; give {_ACCEPTED}")
        for match in matches:
            if os.path.isfile(match) or "**" not in given:
                yield from _walk(Path(match))
    else:
        raise InputError(given, f"not found; give {_ACCEPTED}")


def _walk(path: Path) -> Iterator[Source]:
    """The file itself, or every file of the folder that is not hidden; linked folders are not entered."""
    root = _root(path)
    if not path.is_dir():
        yield Source(_name(path, root), path)
        return
    closed: list[OSError] = []
    for folder, folders, files in os.walk(path, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                inside = Path(folder, name)
                yield Source(_name(inside, root), inside)
    for error in closed:
        closed_folder = Path(error.filename)
        yield Source(_name(closed_folder, root), closed_folder)


def _name(path: Path, root: Path) -> str:
    """How outputs call `path`: its bytes read as UTF-8, whatever letters this machine's locale knows."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "backslashreplace")


def _root(path: Path) -> Path:
    """What the names in outputs leave out: where on this machine an input lies is not part of it."""
    elsewhere = path.is_absolute() or ".." in path.parts
    return path.parent if elsewhere else Path()


@contextmanager
def opened(source: Source, limit: int) -> Iterator[Content]:
    """The bytes of `source`, unpacked if packed; raises `UnreadableError` when they cannot be had."""
    try:
        if source.path is None:
            yield Content(io.BufferedReader(sys.stdin.buffer), limit)
            return
        state = source.path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise UnreadableError("a folder that cannot be listed")
        # A pipe or a device could block for ever or never end.
        if not stat.S_ISREG(state.st_mode):
            raise UnreadableError("not a regular file")
        with source.path.open("rb") as stream:
            yield Content(stream, limit, state.st_size)
    except FileNotFoundError as error:
        raise UnreadableError("a link to a file that is not there") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableError(f"damaged gzip: {error}") from error
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from error


class Content:
    """The bytes of one file, unpacked as they are read, and never more than the limit at once."""

    def __init__(self, stream: io.BufferedReader[Any], limit: int, size: int | None = None) -> None:
        packed = stream.peek(2)[:2] == b"\x1f\x8b"
        self.stream = io.BufferedReader(gzip.GzipFile(fileobj=stream)) if packed else stream
        self.limit = limit
        self.most = max(limit, MAX_RATIO * size) if packed and size is not None else None

    def head(self) -> bytes:
        """The first bytes, still to be read again."""
        return self.stream.peek(_HEAD)[:_HEAD]

    def whole(self) -> bytes:
        """All bytes; raises `UnreadableError` when they are more than the limit."""
        data = self.stream.read(self.limit + 1)
        if len(data) > self.limit:
            raise UnreadableError(self.too_large)
        return data

    def lines(self) -> Iterator[bytes | None]:
        """Yield each line; None for one over the limit, which is passed over."""
        total = blank = 0
        while line := self.stream.readline(self.limit + 1):
            total += len(line)
            blank = blank + 1 if line.isspace() else 0
            complete = len(line) <= self.limit
            while not complete and line and not line.endswith(b"\n"):
                line = self.stream.readline(_HEAD)
                total += len(line)
                self._check(total, blank)
            self._check(total, blank)
            yield line if complete else None

    @property
    def too_large(self) -> str:
        """The reason that names the limit."""
        return f"too large: more than {self.limit:,} bytes (setting max_bytes)"

    def _check(self, total: int, blank: int) -> None:
        if blank > MAX_BLANK:
            raise UnreadableError(f"more than {MAX_BLANK:,} empty lines")
        if self.most is not None and total > self.most:
            raise UnreadableError(f"grows more than {MAX_RATIO}-fold when unpacked: taken for a bomb")


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name
