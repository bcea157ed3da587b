"""Where a name begins and ends: marks come in pairs, counting words and "the first" stay outside."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.model import Candidate, EntityType

PAIRS: Final = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"), ("「", "」"))
REACH: Final = 30
"""The other mark of a pair is looked for so many characters away."""

_EDGE = "、，。；：！？,.;:!? \t的"
_COUNTED = re.compile(r"(?:[0-9]+|[一二三四五六七八九十两几数百千多]+)余?(?:场|次|个|项|家|大批)(?=.{4})")
_REALM = "(?:全国|我国|中国|国内|全球|世界|全省|全市|全区|本市|我省|我市)?"
_FIRST = re.compile(rf"{_REALM}首(?:个|张|家|批|只|座|条|部|项|款)(?=.{{3}})")
_INNER_BREAK = re.compile(r"[。！？；\n]")


def mend(text: str, item: Candidate) -> Candidate | None:
    """`item` with whole pairs of marks and without what only counts it; None when nothing sensible is left."""
    start, end = item.start, item.end
    for opening, closing in PAIRS:
        start, end = _paired(text, start, end, opening, closing)
    start, end = _trimmed(text, start, end)
    if item.type in (EntityType.PROGRAMME, EntityType.EVENT, EntityType.ORGANISATION):
        for counting in (_FIRST, _COUNTED):
            match = counting.match(text, start, end)
            if match:
                start = match.end()
    start, end = _unwrapped(text, start, end)
    if end <= start or _INNER_BREAK.search(text, start, end):
        return None
    return replace(item, start=start, end=end)


def _paired(text: str, start: int, end: int, opening: str, closing: str) -> tuple[int, int]:
    """The stretch with the missing half of a pair taken in, or the lone half left out."""
    depth = 0
    for position in range(start, end):
        if text[position] == opening:
            depth += 1
        elif text[position] == closing:
            depth -= 1
            if depth < 0:
                before = text.rfind(opening, max(0, start - REACH), start)
                lone = before < 0 or _INNER_BREAK.search(text, before, start)
                return (position + 1, end) if lone else (before, end)
    if depth > 0:
        after = text.find(closing, end, end + REACH)
        if after == end:
            return start, end + 1
        lone_at = text.rfind(opening, start, end)
        return (lone_at + 1, end) if lone_at == start else (start, lone_at)
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """A name that is nothing but a quotation, without its marks."""
    for opening, closing in PAIRS:
        if end - start > 2 and text[start] == opening and text.find(closing, start, end) == end - 1:
            return start + 1, end - 1
    return start, end
