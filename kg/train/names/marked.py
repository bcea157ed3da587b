"""News in which readers marked every name: kept by offsets only, since the text is not ours to give away.

`marked.tsv` has a line an item: its id in the news file, what its text hashes to, and the marks,
each the type's letter, where the name starts and how long it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.errors import InputError
from kg.lac import stretches
from kg.model import Article
from kg.train.names.corpora import Annotated, within
from kg.train.written import LETTERS

FILE: Final = Path(__file__).with_name("marked.tsv")

_MARK: Final = re.compile(r"([A-Z])(\d+)\+(\d+)")


def marked_news(articles: Iterable[Article], file: Path = FILE) -> Iterator[Annotated]:
    """Yield those of `articles` that were marked; raises `InputError` where a text is not the marked one."""
    read = dict(_lines(file))
    for article in articles:
        if article.id not in read:
            continue
        sum_, marks = read[article.id]
        if sum_ != checksum(article.text):
            raise InputError(file, f"the text of {article.id} is not the one that was marked")
        yield _annotated(article, marks)


def checksum(text: str) -> str:
    """What tells a text from any other."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _lines(file: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            key, sum_, marks = line.split("\t")
            yield key, (sum_, marks)


def _annotated(article: Article, marks: str) -> Annotated:
    spans = stretches(article.text)
    names = [
        (int(start), int(start) + int(length), LETTERS[letter].value)
        for letter, start, length in _MARK.findall(marks)
    ]
    return Annotated(article.id, article.text, spans, within(spans, names), article.title)
