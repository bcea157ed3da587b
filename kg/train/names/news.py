"""Unannotated text: read from files, kept apart from the gold, the most telling of it picked."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.extract.clues import EVENT_HEADS, PROGRAMME_HEADS
from kg.model import Article

_LEAD: Final = re.compile(r"^\S{2,8}(?:消息|讯|电)\s*[(（][^（）()\n]{2,12}[)）]\s*[:：]?")
_HEADS: Final = sorted(
    {re.escape(head) for head in (*PROGRAMME_HEADS, *EVENT_HEADS) if len(head) > 1},
    key=lambda head: (-len(head), head),
)
_HEAD: Final = re.compile("|".join(_HEADS))
_MARKED: Final = re.compile(r"《[^《》\n]{3,40}》|“[^“”\n]{2,24}”")

WINDOW: Final = 30
"""So many characters in a row stand in two articles only where one copies the other."""
SHARED: Final = 2
"""An article that shares this many windows with the gold is left out."""
SHORTEST, LONGEST = 250, 1600
"""Characters of an article worth labelling: shorter ones lack context, longer ones crowd out others."""


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


def telling(articles: Iterable[Article], budget: int) -> list[Article]:
    """`budget` characters of those densest in marks and in heads of programmes and events."""
    rated = []
    for article in articles:
        text = _LEAD.sub("", article.text).strip()
        if SHORTEST <= len(text) <= LONGEST:
            told = len(_HEAD.findall(text)) + 2 * len(_MARKED.findall(text))
            rated.append((-told / len(text), article.id, article.title, text))
    picked: list[Article] = []
    for _, name, title, text in sorted(rated):
        if budget <= 0:
            break
        picked.append(Article(name, title, text))
        budget -= len(text)
    return picked
