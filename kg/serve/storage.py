"""Where a server keeps what it made of a graph: a folder a graph, named by the hash of its file."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.serve.confine import environment
from kg.version import VERSION

_MARK = "zhengmai-stores"
"""The name of the file that says that a folder is ours to fill."""
_SHAPE = "1"
"""Raised when the store, the index or the page come to be made otherwise."""


@dataclass(frozen=True, slots=True)
class Storage:
    """The folder of one graph's store; `passing` ones are thrown away when the server ends."""

    graph: Path
    folder: Path
    passing: Path | None = None

    @property
    def about(self) -> dict[str, Any]:
        """What was noted of the graph when its store was made."""
        found: dict[str, Any] = json.loads((self.folder / "about.json").read_text("utf-8"))
        return found

    @property
    def made(self) -> bool:
        """Whether the store is there."""
        return (self.folder / "about.json").is_file()

    def remove(self) -> None:
        """Throw away what was made for this one time."""
        if self.passing is not None:
            shutil.rmtree(self.passing, ignore_errors=True)


def storage(graph: Path, store: Path | None) -> Storage:
    """Where the store of `graph` is or will be; under `store`, or in a folder of its own for this time."""
    path = graph / "graph.ttl" if graph.is_dir() else graph
    if not path.is_file():
        raise InputError(graph, "no such file; give a graph.ttl that kg build wrote, or a build's folder")
    if store is None:
        passing = Path(tempfile.mkdtemp(prefix="zhengmai-"))
        return Storage(path, passing / "graph", passing)
    _claim(store)
    return Storage(path, store / f"graph-{_digest(path)}")


def _claim(store: Path) -> None:
    """Make `store` ours: a new or empty folder, or one that was ours before."""
    try:
        store.mkdir(parents=True, exist_ok=True)
        if not (store / _MARK).is_file():
            if any(store.iterdir()):
                raise InputError(store, "is not empty and no folder of ours; give --store a new folder")
            (store / _MARK).write_text(f"Stores that kg serve made; {VERSION}. May be deleted.\n", "utf-8")
    except OSError as error:
        raise InputError(store, f"cannot keep a store here: {error.strerror}") from error


def _digest(path: Path) -> str:
    """A hash of the file's bytes and of how we store them."""
    found = hashlib.sha256(f"{_SHAPE}\n{path.suffixes}\n".encode())
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()[:16]


async def build(what: str, *paths: Path) -> None:
    """Have `kg.serve.building` make something; raises `InputError` with its words where it cannot."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "kg.serve.building", what, *map(str, paths)),
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=environment(),
    )
    try:
        _, said = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        lines = said.decode("utf-8", "replace").strip().splitlines() or [f"exit {process.returncode}"]
        raise InputError(paths[0], lines[-1])
