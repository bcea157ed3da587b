"""People look at what the graph is least sure of, and their answers become corrections."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from kg.errors import GraphFormatError
from kg.lines import read_lines
from kg.loading import load
from kg.model import Graph
from kg.resolve import Doubt
from kg.review.questions import Question, Shown, questions
from kg.review.session import Session, Signature, Tally, converse
from kg.review.web import ReviewServer

__all__ = [
    "Question",
    "ReviewServer",
    "Session",
    "Shown",
    "Signature",
    "Tally",
    "converse",
    "open_build",
    "questions",
]


def open_build(out: Path) -> tuple[Graph, list[Doubt]]:
    """The graph in a build's folder with its articles' texts, and what the build was in doubt about."""
    graph = load(out).data
    folder = out if out.is_dir() else out.parent
    lines, report = folder / "extraction.jsonl", folder / "report.json"
    if lines.is_file():
        texts = {line.article.id: line.article for line in read_lines(lines)}
        graph = replace(
            graph,
            articles=tuple(
                replace(a, text=texts[a.id].text) if a.id in texts and texts[a.id].sha256 == a.sha256 else a
                for a in graph.articles
            ),
        )
    return graph, _doubts(report) if report.is_file() else []


def _doubts(report: Path) -> list[Doubt]:
    """The pairs listed under `doubtful` in a build's report."""
    try:
        found: list[dict[str, Any]] = orjson.loads(report.read_bytes()).get("doubtful", [])
        return [Doubt(d["score"], d["one"], d["two"], d["joined"], d["reason"]) for d in found]
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
        raise GraphFormatError(f"{report}: not a report that kg build wrote: {error!r}") from error
