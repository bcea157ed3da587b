"""A build's folder as the start of the next: articles added to it and taken out of it.

The folder holds all that its articles said (`extraction.jsonl`, `report.json`), so that the sources of
those that stay need not be there. What comes of it is what a build of the remaining inputs would
write, to the byte: the same stages run on the same articles, and only what is new is extracted.
"""

from __future__ import annotations

import difflib
import fnmatch
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from kg.config import FILES, Config
from kg.errors import GraphFormatError, InputError
from kg.lines import article_from_json
from kg.model import Article
from kg.outputs import CORRECTIONS, Made, make_of
from kg.pipeline import Gathered, Watch, pooled
from kg.read import Skipped, Source, find_sources, read_copies
from kg.report import LINES, REPORT, read_report
from kg.staging import held
from kg.version import VERSION


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made, and which articles came and went."""

    made: Made
    added: tuple[str, ...]
    removed: tuple[str, ...]
    """Ids; an article of which a source said something new is in both."""


def add(out: Path, inputs: Sequence[str], means: Mapping[str, Any], watch: Watch) -> Rebuilt:
    """Add the articles of `inputs` to the build in `out`.

    A source that the build knows takes its own place: what it said before goes. `means` are settings
    of how to build (`workers`, `cache`, …); the others are those of the build.
    """
    with _standing(out) as standing:
        sources = [_as_known(source, standing.files) for source in find_sources(inputs)]
        config = standing.config(means)
        found = list(read_copies(sources, config))
        names = [source.name for source in sources]
        kept = [item for item in standing.items if not any(_is_of(_source(item), name) for name in names)]
        return standing.rebuilt(pooled([*kept, *found], watch), config, watch)


def remove(out: Path, references: Sequence[str], means: Mapping[str, Any], watch: Watch) -> Rebuilt:
    """Take articles out of the build in `out`, by id, by source, or all of a file or folder.

    Raises `InputError` for a reference that the build does not know.
    """
    with _standing(out) as standing:
        gone: set[int] = set()
        for reference in references:
            gone |= standing.meant(reference)
        kept = [item for number, item in enumerate(standing.items) if number not in gone]
        return standing.rebuilt(pooled(kept, watch), standing.config(means), watch)


@contextmanager
def _standing(out: Path) -> Iterator[_Standing]:
    """What stands in `out`, which no other build may change meanwhile."""
    if not out.is_dir():
        raise InputError(out, f"no {REPORT} here; give the folder that kg build wrote")
    with held(out):
        yield _Standing(out)


class _Standing:
    """What a build's folder says it was made of."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.report = read_report(out)
        if self.report.get("zhengmai") != VERSION:
            raise GraphFormatError(
                f"{out}: built by Zhengmai {self.report.get('zhengmai')}, this is {VERSION}; build again"
            )
        self.articles = _articles(out, self.report)
        self.items: list[Article | Skipped] = [*_copies(self.articles, self.report.get("copies", ()))]
        self.items += [Skipped(item["source"], item["reason"]) for item in self.report["skipped"]]
        self.files = {_file(_source(item)) for item in self.items}

    def config(self, means: Mapping[str, Any]) -> Config:
        """The settings of the build, with `means`."""
        settings = dict(self.report.get("settings", {}))
        for name in FILES:
            if name in settings:
                path = self.out / settings[name]
                if not path.is_file():
                    raise InputError(path, f"the build's file of {name} is gone; build again")
                settings[name] = os.path.relpath(path)
        if "corrections" not in settings and (self.out / CORRECTIONS).is_file():
            settings["corrections"] = str(self.out / CORRECTIONS)
        return Config().with_settings({**settings, **means}, str(self.out / REPORT))

    def meant(self, reference: str) -> set[int]:
        """The places in `items` of what `reference` names."""
        text = {article.sha256 for article in self.articles if article.id == reference}
        sources = [_source(item) for item in self.items]
        by_id = {n for n, item in enumerate(self.items) if isinstance(item, Article) and item.sha256 in text}
        name = reference.rstrip("/")
        by_name = _called(sources, name)
        pattern = {n for n, source in enumerate(sources) if fnmatch.fnmatchcase(_file(source), name)}
        found = by_id or by_name or pattern or self._at(sources, os.path.abspath(reference))
        if not found:
            near = difflib.get_close_matches(reference, [*sources, *(a.id for a in self.articles)], n=3)
            hint = f"; did you mean {', '.join(near)}?" if near else f"; it has {len(self.articles)} articles"
            raise InputError(reference, f"not in {self.out}{hint}")
        return found

    def _at(self, sources: Sequence[str], path: str) -> set[int]:
        """What was read from `path`, wherever it lay then: the names in a build leave that out."""
        parts = Path(path).as_posix().split("/")
        for start in range(len(parts)):
            name = "/".join(parts[start:])
            if name and (found := _called(sources, name)):
                return found
        return set()

    def rebuilt(self, gathered: Gathered, config: Config, watch: Watch) -> Rebuilt:
        """The build of what was gathered in place of this one."""
        before = {(article.id, article.sha256) for article in self.articles}
        after = {(article.id, article.sha256) for article in gathered.articles}
        made = make_of(gathered, config, self.out, watch)
        return Rebuilt(
            made,
            tuple(sorted(name for name, _ in after - before)),
            tuple(sorted(name for name, _ in before - after)),
        )


def _articles(out: Path, report: Mapping[str, Any]) -> list[Article]:
    """The articles of the build with their texts."""
    path = out / LINES
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != report["files"].get(LINES):
        raise GraphFormatError(f"{path}: not as kg build wrote it; build again")
    return [article_from_json(orjson.loads(line)["article"]) for line in content.splitlines()]


def _copies(articles: Iterable[Article], told: Iterable[Mapping[str, Any]]) -> Iterable[Article]:
    """What each source said, before texts that several carry were made one article."""
    texts = {article.sha256: article.text for article in articles}
    copied = set()
    for record in told:
        lists = {name: tuple(value) for name, value in record.items() if isinstance(value, list)}
        copied.add(record["sha256"])
        yield Article(**{**record, **lists, "text": texts[record["sha256"]]})
    yield from (article for article in articles if article.sha256 not in copied)


def _source(item: Article | Skipped) -> str:
    return item.source or ""


def _file(source: str) -> str:
    """The file of a source: what stands before the number or id of a record."""
    return source.partition("#")[0] or source


def _is_of(source: str, file: str) -> bool:
    return source == file or source.startswith(file + "#")


def _is_in(source: str, folder: str) -> bool:
    return source.startswith(folder + "/")


def _called(sources: Sequence[str], name: str) -> set[int]:
    """The places in `sources` of those of the file or folder `name`."""
    return {n for n, source in enumerate(sources) if _is_of(source, name) or _is_in(source, name)}


def _as_known(source: Source, files: Iterable[str]) -> Source:
    """A file that lies in a folder of the build is called as the build calls those beside it."""
    known = sorted(files)
    if source.path is None or source.name in known:
        return source
    path = Path(os.path.abspath(source.path))
    for folder in path.parents:
        inside = path.relative_to(folder).as_posix()
        parts = folder.as_posix().strip("/").split("/")
        for start in range(len(parts)):
            prefix = "/".join(parts[start:]) + "/"
            rest = next((name[len(prefix) :] for name in known if name.startswith(prefix)), None)
            if rest is not None and (folder / rest).exists():
                return replace(source, name=prefix + inside)
    return source
