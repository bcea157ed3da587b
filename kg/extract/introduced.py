"""Short names that a text introduces itself: （以下简称“…”）, a name in brackets after a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.chinese.abbreviations import abbreviates
from kg.chinese.firm_names import firm_short
from kg.model import Candidate, Span

_CALLED = re.compile(
    r"[》”\"’]?(?:[（(]|，)(?:(?:以下|下文|下)?(?:统称|简称|又称|也称|亦称|又名|称)(?:为|作|：|:)?|即(?=[“\"]))"
    r"\s*(?P<open>[“《\"「]{0,2})(?P<name>[^“”《》\"「」（）()，。；、]{2,20})[”》\"」]{0,2}(?P<close>[）)，。；、]|$)"
)
_BRACKET = re.compile(r"[》”\"’]?[（(](?P<name>[^（）()，。；、：]{1,30})[）)]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9+&.\- ]{1,29}")
_SEVERAL = re.compile(r"^(?:[两双三四五六七八九各]|甲方|乙方|我们|他们)")


@dataclass(frozen=True, slots=True)
class Introduction:
    """A name that the text gives to the thing it has just named in full."""

    full: Candidate
    name: str
    span: Span
    """Where the short name stands."""


def introductions(text: str, candidates: Sequence[Candidate]) -> Iterator[Introduction]:
    """Yield each name introduced in `text` right after one of `candidates`."""
    starts = {candidate.start: candidate for candidate in candidates}
    for full in candidates:
        called = _CALLED.match(text, full.end)
        if called and (called["close"] not in "，。；、" or called["open"]):
            if not _SEVERAL.match(called["name"]):
                yield Introduction(full, called["name"], Span(*called.span("name")))
            continue
        bracket = _BRACKET.match(text, full.end)
        if bracket is None:
            continue
        inner = starts.get(bracket.start("name"))
        name = bracket["name"]
        if inner is not None and inner.end == bracket.end("name") and inner.type == full.type:
            whole = text[full.start : full.end]
            if _LATIN.fullmatch(name) or _LATIN.fullmatch(whole) or _short_for(name, whole):
                yield Introduction(full, name, Span(*bracket.span("name")))
        elif inner is None and _LATIN.fullmatch(name):
            yield Introduction(full, name, Span(*bracket.span("name")))


def _short_for(name: str, full: str) -> bool:
    short, long = sorted((name, full), key=len)
    return abbreviates(short, long) or firm_short(short, long) or long.endswith(short)
