"""Builds that are killed, interrupted, or run at the same time: no half file, and the next goes on."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes in /proc")

ARTICLES = 200
PATIENCE = 600.0
"""Seconds to wait on a busy machine."""


@pytest.fixture(scope="module")
def articles(tmp_path_factory) -> Path:
    """Enough short articles that a build of them can be stopped on its way."""
    folder = tmp_path_factory.mktemp("many") / "in"
    folder.mkdir()
    for number in range(ARTICLES):
        text = (
            f"{number % 9 + 1}月{number % 27 + 1}日，第{number}届河谷论坛在青川市举行。"
            f"青川市副市长王芳出席论坛并致辞。青川市科技局印发《绿色出行方案（第{number}版）》。"
        )
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(articles, tmp_path_factory) -> dict[str, bytes]:
    """What an undisturbed build writes."""
    out = tmp_path_factory.mktemp("whole")
    assert started(articles, out, "--no-cache").wait(PATIENCE) == 0
    return contents(out)


_STARTED: list[subprocess.Popen[bytes]] = []


def started(articles: Path, out: Path, *args: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kg", "build", str(articles), "-o", str(out), "-f", "ttl", "-f", "json"]
    quiet = subprocess.DEVNULL
    build = subprocess.Popen(
        [*command, "--workers", "2", *args], stdout=quiet, stderr=quiet, preexec_fn=_hear_interrupts
    )
    _STARTED.append(build)
    return build


def _hear_interrupts() -> None:
    """What runs in the background of a script ignores Ctrl-C, and so would all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    yield
    for build in _STARTED:
        build.kill()
        build.wait()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def until(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def kept(cache: Path) -> int:
    """How many extractions the cache holds."""
    for path in cache.glob("*.sqlite"):
        try:
            with closing(sqlite3.connect(path, timeout=20)) as database:
                return database.execute("SELECT COUNT(*) FROM extraction").fetchone()[0]
        except sqlite3.OperationalError:
            return 0
    return 0


def children(process: int) -> Iterator[int]:
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return
    yield from map(int, told.split())


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_build_leaves_no_half_file_no_process_and_the_next_goes_on(articles, whole, tmp_path):
    cache, out = tmp_path / "cache", tmp_path / "out"
    build = started(articles, out, "--cache", str(cache))
    until(lambda: kept(cache) > 0 or build.poll() is not None)
    workers = list(children(build.pid))
    build.send_signal(signal.SIGKILL)
    assert build.wait(PATIENCE) == -signal.SIGKILL
    before = kept(cache)
    assert 0 < before < ARTICLES
    assert not out.exists() or [p for p in out.iterdir() if not p.name.startswith(".building-")] == []
    assert len(workers) == 2
    until(lambda: not any(map(alive, workers)))
    assert started(articles, out, "--cache", str(cache)).wait(PATIENCE) == 0
    assert contents(out) == whole
    assert kept(cache) == ARTICLES


def test_what_a_build_killed_while_writing_left_is_swept_away(articles, whole, tmp_path):
    left = tmp_path / ".building-gone"
    left.mkdir()
    (left / "graph.ttl").write_text("half")
    (tmp_path / "graph.ttl").write_text("of an earlier build")
    assert started(articles, tmp_path, "--no-cache").wait(PATIENCE) == 0
    assert contents(tmp_path) == whole


def test_an_interrupted_build_says_so_and_leaves_nothing(articles, tmp_path):
    cache, out = tmp_path / "cache", tmp_path / "out"
    build = started(articles, out, "--cache", str(cache))
    until(lambda: kept(cache) > 0 or build.poll() is not None)
    workers = list(children(build.pid))
    build.send_signal(signal.SIGINT)
    assert build.wait(PATIENCE) == 130
    assert not out.exists() or list(out.iterdir()) == []
    until(lambda: not any(map(alive, workers)))


def test_two_builds_at_once_do_each_other_no_harm(articles, whole, tmp_path):
    cache = tmp_path / "cache"
    builds = [started(articles, tmp_path / "out", "--cache", str(cache)) for _ in range(2)]
    assert [build.wait(PATIENCE) for build in builds] == [0, 0]
    assert contents(tmp_path / "out") == whole
    assert kept(cache) == ARTICLES
    assert [name for name in os.listdir(tmp_path / "out") if name.startswith(".")] == []
