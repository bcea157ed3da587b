"""Unannotated text: read from files, kept apart from the gold."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.model import Article

WINDOW: Final = 30
"""So many characters in a row stand in two articles only where one copies the other."""
SHARED: Final = 2
"""An article that shares this many windows with the gold is left out."""


def read_news(path: Path) -> Iterator[Article]:
    """Yield the items of a file: JSON lines with `text` and perhaps `id` and `title`, or lines of plain text.

    A `.gz` file is unpacked; of a plain line only the last column counts, each wording once.
    """
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines()
    if ".json" in "".join(path.suffixes):
        for number, line in enumerate(lines):
            item = json.loads(line)
            yield Article(str(item.get("id", number)), item.get("title", ""), item["text"])
        return
    texts = dict.fromkeys(line.rpartition("\t")[2] for line in lines if line.strip())
    yield from (Article(f"{path.name}:{number}", "", text) for number, text in enumerate(texts))


def unlike(articles: Iterable[Article], gold: Iterable[Article]) -> list[Article]:
    """The articles that share no wording with the gold: nothing that is measured on is read before."""
    known: set[str] = set()
    for article in gold:
        known.update(article.text[i : i + WINDOW] for i in range(len(article.text) - WINDOW))
    return [article for article in articles if _shared(article.text, known) < SHARED]


def _shared(text: str, known: set[str]) -> int:
    return sum(text[i : i + WINDOW] in known for i in range(0, len(text) - WINDOW, WINDOW // 2))
