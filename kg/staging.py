"""Whole files or none: what is written takes its place only when it is complete."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_STAGE = ".building-"
_OURS = threading.local()
"""The folders that this thread holds: it may hold one twice."""


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path to write to that becomes `path` at the end, so that no half file is ever left."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def staged(out: Path, last: str) -> Iterator[Path]:
    """A folder whose files take the places of those in `out` at the end, all of them or, on error, none.

    The one named `last` goes last: who finds it finds the others. What a killed build left is swept away.
    """
    out.mkdir(parents=True, exist_ok=True)
    with ExitStack() as kept:
        with held(out):
            _sweep(out)
            stage = Path(tempfile.mkdtemp(prefix=_STAGE, dir=out))
            kept.callback(shutil.rmtree, stage, ignore_errors=True)
            kept.enter_context(held(stage))
        yield stage
        with held(out):
            for path in sorted(stage.iterdir(), key=lambda p: (p.name == last, p.name)):
                os.replace(path, out / path.name)


def _sweep(out: Path) -> None:
    """Remove the stages of builds that are no more."""
    for stage in sorted(out.glob(_STAGE + "*")):
        with suppress(OSError), held(stage, wait=False):
            shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def held(folder: Path, wait: bool = True) -> Iterator[None]:
    """A folder that no other process holds, nor another thread; one that dies lets go of it.

    Windows cannot hold folders: there, two builds into one at the same time may mix their files.
    """
    place = os.path.realpath(folder)
    ours: set[str] = _OURS.__dict__.setdefault("folders", set())
    if sys.platform == "win32":
        if not wait:
            raise OSError("cannot tell whether its build still runs")
        yield
    elif place in ours:
        yield
    else:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours.add(place)
            yield
        finally:
            ours.discard(place)
            os.close(handle)
