"""Identity cases: small articles with their names marked, and which of them are one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.extract import extract
from kg.extract.coreference import join_names
from kg.extract.posts import posts
from kg.extract.reading import Reading
from kg.gold import TYPES
from kg.model import Article, Candidate, Entity, Extraction, Fact
from kg.resolve import Resolution, resolve_with_reasons

CASES = Path(__file__).parent / "cases"
RAW = Path(__file__).parent / "raw"
_MARK = re.compile(r"\[\[([^\[\]|]+)\|(ORG|PER|PROG|EVENT|PLACE)\]\]")


@dataclass(frozen=True)
class Case:
    """One case, as its file has it."""

    name: str
    data: dict[str, Any]

    def extractions(self) -> list[Extraction]:
        return [
            _extraction(key, line, self.data.get("facts", ())) for key, line in self.data["articles"].items()
        ]

    def resolution(self) -> Resolution:
        return resolve_with_reasons(self.extractions())

    def raw_resolution(self) -> Resolution:
        """The case read as its bare text, as any article is."""
        lines = {key: split(_MARK.sub(r"\1", line)) for key, line in self.data["articles"].items()}
        articles = [Article(key, title, text, date=day or None) for key, (day, title, text) in lines.items()]
        return resolve_with_reasons(map(extract, articles))


def all_cases(folder: Path = CASES) -> Iterator[Case]:
    for path in sorted(folder.glob("*.yaml")):
        for data in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield Case(f"{path.stem}: {data['case']}", data)


def split(line: str) -> tuple[str, str, str]:
    """Date, title and marked text of `date｜title｜text` or `date｜text`."""
    parts = line.split("｜")
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (parts[0], "", parts[1])


def _extraction(key: str, line: str, facts: Any) -> Extraction:
    day, title, marked = split(line)
    candidates, text = [], ""
    last = 0
    for match in _MARK.finditer(marked):
        text += marked[last : match.start()]
        candidates.append(Candidate(len(text), len(text) + len(match[1]), TYPES[match[2]], 1.0, "case"))
        text += match[1]
        last = match.end()
    article = Article(key, title, text + marked[last:], date=day or None)
    reading = Reading(article, join_names(article, candidates))
    found = list(posts(reading))
    entities = [*reading.entities.values(), *(item for item in found if isinstance(item, Entity))]
    told = [item for item in found if isinstance(item, Fact)]
    for subject, prop, target in facts:
        if subject.startswith(f"{key}:"):
            told.append(Fact(_own(entities, subject), prop, _own(entities, target)))
    return Extraction(article, tuple({e.id: e for e in entities}.values()), tuple(told))


def _own(entities: list[Entity], where: str) -> str:
    name = where.partition(":")[2]
    return next(e.id for e in entities if any(m.text == name for m in e.mentions))
