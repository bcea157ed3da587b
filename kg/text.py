"""Sentences and clauses of a stored text, by offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Span

_SOFT_END = re.compile(r"[。！？!?…]+[”’」』）)》\"]*|\n+")


def sentences(text: str) -> Iterator[Span]:
    """Yield each sentence of `text`, trimmed, in order; quoted speech stays in its sentence.

    >>> [text[s.start:s.end] for text in ["甲说：“走。快走！”他走了。"] for s in sentences(text)]
    ['甲说：“走。快走！”', '他走了。']
    """
    start = 0
    for match in _SOFT_END.finditer(text):
        stop = match.end()
        if "\n" not in match[0] and _inside_quote(text, start, match.start(), match[0]):
            continue
        yield from _trimmed(text, start, stop)
        start = stop
    yield from _trimmed(text, start, len(text))


def clauses(text: str, span: Span) -> Iterator[Span]:
    """Yield the stretches of `span` between commas, semicolons and sentence ends."""
    start = span.start
    for match in re.finditer(r"[，,；;。！？!?：:]", text[span.start : span.end]):
        stop = span.start + match.end()
        yield from _trimmed(text, start, stop)
        start = stop
    yield from _trimmed(text, start, span.end)


def _inside_quote(text: str, start: int, stop: int, ending: str) -> bool:
    depth = 0
    for char in text[start:stop]:
        if char in "“「『":
            depth += 1
        elif char in "”」』":
            depth = max(0, depth - 1)
    return depth > sum(char in "”」』" for char in ending) and "”" in _rest_of_paragraph(text, stop)


def _rest_of_paragraph(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _trimmed(text: str, start: int, stop: int) -> Iterator[Span]:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if start < stop:
        yield Span(start, stop)
