"""What a build leaves on disk: whole files or none, and a report of what is in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from kg.conflicts import as_records, conflicts
from kg.export import write
from kg.lines import to_line
from kg.pipeline import Build
from kg.validate import validate
from kg.version import VERSION


def write_build(build: Build, out: Path) -> tuple[list[Path], dict[str, Any]]:
    """Write the files of `build` into `out`; returns their paths and the report."""
    out.mkdir(parents=True, exist_ok=True)
    made = write_extractions(build, out / "extraction.jsonl")
    for name in build.config.formats:
        made += write(build.graph.data, out, name, build.config)
    report = make_report(build, made)
    with whole(out / "report.json") as path:
        path.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return [*made, out / "report.json"], report


def write_extractions(build: Build, path: Path) -> list[Path]:
    """Write one line for each article."""
    with whole(path) as part, part.open("wb") as file:
        for extraction in build.extractions:
            file.write(to_line(extraction))
    return [path]


def make_report(build: Build, files: list[Path]) -> dict[str, Any]:
    """Counts, what was skipped and why, what does not hold, and the hash of every file."""
    problems = validate(build.graph.data)
    return {
        "zhengmai": VERSION,
        "counts": build.graph.stats(),
        "skipped": [{"source": s.source, "reason": s.reason} for s in build.skipped],
        "unusedCorrections": [str(correction) for correction in build.unused],
        "problems": [str(problem) for problem in problems],
        "doubtful": [asdict(doubt) for doubt in build.resolution.doubtful],
        "conflicts": as_records(build.graph.data, conflicts(build.graph.data)),
        "articles": [
            {"id": a.id, "title": a.title, "sha256": a.sha256, "sources": list(a.sources)}
            for a in build.graph.articles
        ],
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)},
    }


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path to write to that becomes `path` at the end, so that no half file is ever left."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
