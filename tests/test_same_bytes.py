"""The same articles give the same bytes, whatever the machine, the shell or the day."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SMALL = 66
"""More articles than a worker is sent at a time, so that several workers have something to do."""


@pytest.fixture(scope="module")
def home(root, tmp_path_factory) -> Path:
    """A folder with the seeds and many short articles, and other folders beside it."""
    home = tmp_path_factory.mktemp("home")
    (home / "in").mkdir()
    (home / "elsewhere" / "deep").mkdir(parents=True)
    for seed in (root / "seeds").glob("*.txt"):
        (home / "in" / seed.name).write_bytes(seed.read_bytes())
    for number in range(SMALL):
        day = f"{number % 9 + 1}月{number % 27 + 1}日"
        text = f"{day}，第{number}届河谷论坛在青川市举行。青川市副市长王芳出席论坛并致辞。"
        (home / "in" / f"短{number:02}.txt").write_text(text, "utf-8")
    return home


Run = Callable[..., dict[str, str]]


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    """Build in a process of its own; gives the hash of each file that it wrote."""
    count = iter(range(100))

    def build(*args: str, inputs=("in",), cwd: str = ".", before=None, **env: str) -> dict[str, str]:
        out = home / "elsewhere" / f"out{next(count)}"
        command = [sys.executable, "-m", "kg", "build", *inputs, "-o", str(out), *args]
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ"))
        }
        done = subprocess.run(
            command, cwd=home / cwd, env={**clean, **env}, preexec_fn=before, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir())}

    return build


@pytest.fixture(scope="module")
def plain(run: Run) -> dict[str, str]:
    return run("--no-cache", "--workers", "1")


def shuffled(home: Path) -> list[str]:
    names = [f"in/{path.name}" for path in sorted((home / "in").iterdir())]
    random.Random(4).shuffle(names)
    return names


def one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def private() -> None:
    os.umask(0o077)


VARIATIONS = {
    "hash seed 1, time zone ahead": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
    "hash seed 99, time zone behind": {"PYTHONHASHSEED": "99", "TZ": "America/Adak"},
    "plain C locale": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Chinese locale": {"LC_ALL": "zh_CN.GB18030", "LANG": "zh_CN.GB18030"},
    "Turkish letters and commas": {"LC_ALL": "tr_TR.UTF-8"},
    "many threads": {"OMP_NUM_THREADS": "4"},
    "from elsewhere, relative": {"cwd": "elsewhere/deep", "inputs": ("../../in",)},
    "one core": {"before": one_core, "workers": "0"},
    "three workers": {"workers": "3"},
    "private files": {"before": private},
}


@pytest.mark.parametrize("which", VARIATIONS)
def test_nothing_around_a_build_changes_a_byte(run, plain, which):
    how = dict(VARIATIONS[which])
    workers = how.pop("workers", "1")
    assert run("--no-cache", "--workers", workers, **how) == plain


def test_the_order_and_the_way_in_which_inputs_are_named_change_no_byte(run, plain, home):
    assert run("--no-cache", "--workers", "1", inputs=shuffled(home)) == plain
    assert run("--no-cache", "--workers", "1", inputs=[str(home / "in")], cwd="elsewhere") == plain


def test_no_cache_changes_a_byte_cold_warm_or_with_the_whole_build_in_it(run, plain, tmp_path):
    cache = ("--cache", str(tmp_path), "--workers", "1")
    assert run(*cache) == plain
    assert run(*cache) == plain
    for kept in (tmp_path / "builds-1").iterdir():
        kept.unlink()
    assert run(*cache) == plain


def test_every_kind_of_file_is_among_them(plain):
    endings = {Path(name).suffix for name in plain}
    assert endings == {".ttl", ".jsonld", ".graphml", ".json", ".csv", ".html", ".jsonl"}
