"""Dates as news writes them, resolved against the day of the article.

Every mention keeps how exact it is and what it rests on. What the words leave open stays open:
日前 has no value, and without an article's date nothing is resolved that needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg.chinese.dates.mention import Context, DateMention
from kg.chinese.dates.readers import READERS, Reader

__all__ = ["DateMention", "resolve"]


def resolve(text: str, anchor: str | None) -> list[DateMention]:
    """Every date in `text`, in order; `anchor` is the article's ISO date.

    >>> [(m.value, m.basis) for m in resolve("昨日召开，12月1日起施行，日前发布", "2021-10-13")]
    [('2021-10-12', 'article'), ('2021-12-01', 'context'), (None, 'article')]
    """
    context = Context(text, _day_of(anchor))
    found: list[DateMention] = []
    for match, read in _matches(text):
        mention = read(match, context)
        if mention is None:
            continue
        found.append(mention)
        context.sentence = match.end()
        if mention.earliest is not None:
            context.year = int(mention.earliest[:4])
            if mention.precision == "day":
                context.day = date.fromisoformat(mention.earliest)
    return found


def _matches(
    text: str,
) -> Iterator[tuple[re.Match[str], Reader]]:
    """Yield what may be a date, leftmost first, longest first, none across another."""
    hits = [(m.start(), -m.end(), rank, m) for rank, (p, _) in enumerate(READERS) for m in p.finditer(text)]
    stop = 0
    for start, minus_end, rank, match in sorted(hits, key=lambda hit: hit[:3]):
        if start >= stop:
            stop = -minus_end
            yield match, READERS[rank][1]


def _day_of(anchor: str | None) -> date | None:
    try:
        return date.fromisoformat(anchor) if anchor else None
    except ValueError:
        return None
