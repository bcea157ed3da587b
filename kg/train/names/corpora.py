"""Annotated text as training rows: our gold, CLUENER (JSON lines), Resume (BMES columns)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError
from kg.extract.clues import REPEATS, clues
from kg.extract.features import LABELS, Alphabet, Features, describe
from kg.gold import Gold
from kg.lac import lac, stretches
from kg.model import Span

PLACES: Final = "BIES"


def _labels(*types: str) -> tuple[str, ...]:
    return ("O", *(f"{place}-{type_}" for type_ in types for place in PLACES))


TASKS: Final = {
    "gold": LABELS,
    "cluener": _labels(
        "name",
        "organization",
        "company",
        "government",
        "address",
        "scene",
        "position",
        "book",
        "game",
        "movie",
    ),
    "resume": _labels("NAME", "ORG", "TITLE", "CONT", "EDU", "PRO", "RACE", "LOC"),
}
"""Every task has its own labels and its own last layer: their guidelines differ from ours."""

JOINED: Final = 64
"""So many short sentences are encoded as if they were one article."""


@dataclass(frozen=True, slots=True)
class Row:
    """One stretch of text with its labels."""

    task: str
    article: str
    span: Span
    features: Features
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text, the stretches of it to learn from, and its names (start, end, type)."""

    article: str
    text: str
    spans: Sequence[Span]
    names: Sequence[tuple[int, int, str]]
    title: str = ""


def rows(task: str, item: Annotated, alphabet: Alphabet) -> Iterator[Row]:
    """Yield the training rows of `item`."""
    numbers = {label: number for number, label in enumerate(TASKS[task])}
    labels = np.zeros(len(item.text), dtype=np.int64)
    for start, end, type_ in item.names:
        places = "S" if end - start == 1 else "B" + "I" * (end - start - 2) + "E"
        labels[start:end] = [numbers[f"{place}-{type_}"] for place in places]
    table = clues(item.text, item.title)
    if not item.article:
        # joined sentences are no article: what one says again of another means nothing
        table[:, -REPEATS:] = 0
    for encoded in lac().encode(item.text, item.spans):
        span = encoded.span
        features = describe(item.text, encoded, table, alphabet)
        yield Row(task, item.article, span, features, labels[span.start : span.end])


def halved(row: Row) -> Row:
    """The row with LAC's states in half precision: a million characters so fit beside the rest."""
    return replace(row, features=replace(row.features, hidden=row.features.hidden.astype(np.float16)))


def gold_text(gold: Gold) -> Annotated:
    """An annotated article; a name that runs over the end of a sentence is left out."""
    article = gold.article
    spans = stretches(article.text)
    names = [(mark.start, mark.end, gold.entities[mark.entity].type.value) for mark in gold.mentions]
    return Annotated(article.id, article.text, spans, within(spans, names), article.title)


def within(spans: Sequence[Span], names: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The names that lie in one of `spans`: a name that runs over the end of a stretch is not learnt."""
    return [name for name in names if any(span.covers(Span(name[0], name[1])) for span in spans)]


def cluener_texts(folder: Path) -> list[Annotated]:
    """The training sentences of CLUENER, joined."""
    found = []
    for line in filter(None, _lines(folder / "train.json")):
        record = json.loads(line)
        taken: set[int] = set()
        names = []
        for type_, surfaces in record["label"].items():
            for first, last in (place for places in surfaces.values() for place in places):
                if taken.isdisjoint(range(first, last + 1)):
                    names.append((first, last + 1, type_))
                    taken.update(range(first, last + 1))
        found.append((record["text"].replace("\n", " "), names))
    return list(_joined(found))


def resume_texts(folder: Path) -> list[Annotated]:
    """The training sentences of Resume, joined; the few very long ones are left out."""
    found = []
    for block in "\n".join(_lines(folder / "train.char.bmes")).split("\n\n"):
        pairs = [line.split() for line in block.split("\n") if line.strip()]
        names, first = [], 0
        for position, (_, label) in enumerate(pairs):
            if label[0] in "BS":
                first = position
            if label[0] in "ES":
                names.append((first, position + 1, label[2:]))
        if 0 < len(pairs) <= 160:
            found.append(("".join(char for char, _ in pairs), names))
    return list(_joined(found))


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise InputError(path, "no such file; the data set is expected there")
    return path.read_text(encoding="utf-8").split("\n")


def _joined(sentences: Iterable[tuple[str, list[tuple[int, int, str]]]]) -> Iterator[Annotated]:
    kept = [(text, names) for text, names in sentences if text.strip()]
    for first in range(0, len(kept), JOINED):
        text, spans, names = "", [], []
        for sentence, marks in kept[first : first + JOINED]:
            spans.append(Span(len(text), len(text) + len(sentence)))
            names += [(len(text) + start, len(text) + end, type_) for start, end, type_ in marks]
            text += sentence + "\n"
        yield Annotated("", text, spans, names)
