"""`report.json`: what a build says of itself, with the hash of every file beside it and of itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from kg.errors import GraphFormatError, InputError

REPORT = "report.json"
LINES = "extraction.jsonl"


def proof(report: dict[str, Any]) -> str:
    """The hash of a report without itself: a changed word in it shows."""
    rest = {name: value for name, value in report.items() if name != "sha256"}
    return hashlib.sha256(orjson.dumps(rest)).hexdigest()


def report_bytes(report: dict[str, Any]) -> bytes:
    """The report as it is written."""
    return orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_report(out: Path) -> dict[str, Any]:
    """The report of the build in `out`; raises `InputError` without one, `GraphFormatError` for another."""
    path = out / REPORT
    if not path.is_file():
        raise InputError(out, f"no {REPORT} here; give the folder that kg build wrote")
    try:
        report = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise GraphFormatError(f"{path}: not valid JSON: {error}") from error
    if not isinstance(report, dict) or report.get("sha256") != proof(report):
        raise GraphFormatError(f"{path}: not as kg build wrote it; build again")
    return report


def changed(out: Path, report: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each file of the build in `out` that is not as its report says, and what is amiss."""
    for name, digest in sorted(report["files"].items()):
        path = out / name
        if not path.is_file():
            yield name, "is not there any more"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield name, "is not as kg build wrote it"
