"""What a build leaves on disk: whole files or none, and a report of what is in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.config import FILES, MEANS, Config
from kg.conflicts import as_records, conflicts
from kg.export import write
from kg.graph import KnowledgeGraph
from kg.kept import KeptBuilds
from kg.lines import to_line
from kg.model import Article
from kg.pipeline import Build, Gathered, Inputs, Watch, complete, gather
from kg.report import LINES, REPORT, proof, read_report, report_bytes
from kg.staging import staged
from kg.validate import validate
from kg.version import VERSION

if TYPE_CHECKING:
    from kg.reconcile import Reconciled

CORRECTIONS = "corrections.tsv"
"""In a build's folder it is applied unless another file is named."""


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a build, and the report among them."""

    files: tuple[Path, ...]
    report: Mapping[str, Any]


def make(inputs: Inputs, config: Config, out: Path, watch: Watch) -> Made:
    """Build `inputs` into `out`."""
    return make_of(gather(inputs, config, watch), config, out, watch)


def make_of(gathered: Gathered, config: Config, out: Path, watch: Watch) -> Made:
    """Build what was gathered into `out`; what was built before of the same is copied."""
    if config.reconcile:
        return _make_reconciled(gathered, config, out, watch)
    kept = KeptBuilds.of(config)
    articles = (replace(article, text="") for article in gathered.articles)
    told = (settings_of(config, out), gathered.skipped, gathered.copies, *articles)
    key = kept.key(config, told)
    if files := kept.restore(key, out, REPORT):
        return Made(tuple(files), read_report(out))
    build = complete(gathered, config, watch)
    watch("write", 0, None)
    files, report = write_build(build, out)
    kept.keep(key, files, {**report["files"], REPORT: hashlib.sha256(report_bytes(report)).hexdigest()})
    return Made(tuple(files), report)


def _make_reconciled(gathered: Gathered, config: Config, out: Path, watch: Watch) -> Made:
    """Build with the identifiers that a service gives; nothing is written when it does not answer."""
    from kg.reconcile import reconciled

    build = complete(gathered, config, watch)
    watch("reconcile", 0, None)
    found = reconciled(build.graph.data, config.reconcile, out)
    build = replace(
        build,
        graph=KnowledgeGraph(found.graph, base=config.base),
        resolution=replace(build.resolution, graph=found.graph),
    )
    watch("write", 0, None)
    files, report = write_build(build, out, found)
    return Made(tuple(files), report)


def write_build(
    build: Build, out: Path, identified: Reconciled | None = None
) -> tuple[list[Path], dict[str, Any]]:
    """Write the files of `build` into `out`; returns their paths and the report."""
    with staged(out, REPORT) as stage:
        made = write_extractions(build, stage / LINES)
        if identified is not None:
            (stage / identified.FILE).write_bytes(identified.answers.as_bytes())
            made.append(stage / identified.FILE)
        for name in build.config.formats:
            made += write(build.graph.data, stage, name, build.config)
        report = make_report(build, made, out, identified)
        (stage / REPORT).write_bytes(report_bytes(report))
    return [out / path.name for path in (*made, stage / REPORT)], report


def write_extractions(build: Build, path: Path) -> list[Path]:
    """Write one line for each article."""
    with path.open("wb") as file:
        for extraction in build.extractions:
            file.write(to_line(extraction))
    return [path]


def make_report(
    build: Build, files: list[Path], out: Path, identified: Reconciled | None = None
) -> dict[str, Any]:
    """Counts, what was skipped and why, what does not hold, and the hash of every file.

    It also holds what `kg add` and `kg remove` need beside the lines of `extraction.jsonl`.
    """
    problems = validate(build.graph.data)
    gathered = build.gathered
    settings = settings_of(build.config, out)
    report = {
        "zhengmai": VERSION,
        **({"settings": settings} if settings else {}),
        "counts": build.graph.stats(),
        "skipped": [{"source": s.source, "reason": s.reason} for s in gathered.skipped],
        "unusedCorrections": [str(correction) for correction in build.unused],
        "problems": [str(problem) for problem in problems],
        **({"reconciliation": identified.as_json()} if identified is not None else {}),
        "doubtful": [asdict(doubt) for doubt in build.resolution.doubtful],
        "conflicts": as_records(build.graph.data, conflicts(build.graph.data)),
        "articles": [
            {"id": a.id, "title": a.title, "sha256": a.sha256, "sources": list(a.sources)}
            for a in build.graph.articles
        ],
        **({"copies": [_copy(article) for article in gathered.copies]} if gathered.copies else {}),
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)},
    }
    return {**report, "sha256": proof(report)}


def _copy(article: Article) -> dict[str, Any]:
    """What one source of a text said of it."""
    said = {item.name: getattr(article, item.name) for item in fields(Article)}
    return {name: value for name, value in said.items() if name not in ("text", "voice") and value}


def settings_of(config: Config, out: Path) -> dict[str, Any]:
    """The settings that decide what a build says, where they are not the usual; files as seen from `out`."""
    usual, found = Config(), {}
    for item in fields(config):
        value = getattr(config, item.name)
        if item.name in MEANS or value == getattr(usual, item.name):
            continue
        if item.name in FILES:
            if Path(value).resolve() == (out / CORRECTIONS).resolve():
                continue
            value = Path(os.path.relpath(value, out)).as_posix()
        found[item.name] = dict(value) if item.name == "json_fields" else value
    return found
