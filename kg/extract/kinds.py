"""Lists told by their kind: what stands before 等项目 are programmes, whatever it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.plans import is_vague
from kg.lac import Word
from kg.model import Candidate, EntityType

SURE: Final = 1.0
"""More than the tagger says: the list tells the kind of all its members."""

_KIND: Final = re.compile(
    "等(?P<between>(?:(?!领域|方面|媒体)[^，。；：！？、“”《》（）等\n]){0,14}?)"
    "(?:项目(?!经理|部|组|公司|资金)|工程(?![师学院款车技机])|专项(?!资金)|试点|行动计划|倡议)"
)
_BETWEEN: Final = frozenset({"n", "nz", "vn", "a", "an", "m", "q", "f", "s", "LOC", "ORG", "nw", "xc"})
_CLAUSE: Final = re.compile("[，。；：！？\n]")
_SEPARATOR: Final = re.compile("、")
_AND: Final = re.compile("以及|[和与及]")
REACH: Final = 160
"""A list reaches no further back."""

_DONE: Final = "项目|工程|专项|试点|行动|计划|倡议|战略|机制"
_BUILT: Final = (
    "平台|基金|基地|中心|总部|工厂|生产线|枢纽|系统|电站|机场|铁路|高铁|快线|高速|公路|大桥|隧道|水库|运河"
    "|管道|网|云"
)
_PHASE: Final = "(?:[一二三四五六七八九十]+期)?[”》]?"
_HEADED: Final = re.compile(f"(?:(?P<done>{_DONE})|{_BUILT}){_PHASE}$")
_FIRST_PART: Final = re.compile(f"(?:{_DONE}|{_BUILT}){_PHASE}$")
_OWNERS: Final = frozenset({"LOC", "ORG", "nz", "nw", "PER"})
_NOUNS: Final = frozenset({"n"})
_STOPS: Final = frozenset({"p", "c", "u", "d", "r", "w", "xc"})


def kinds(text: str, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield the programmes of lists whose kind is told behind them."""
    matches = list(_KIND.finditer(text))
    if not matches:
        return
    table = _Words(words)
    for match in matches:
        if not table.nominal(match.end("between") - len(match["between"]), match.end("between")):
            continue
        yield from _programmes(text, _items(text, match.start()), table)


class _Words:
    """The words of a text by where they begin."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._starts = {word.start: number for number, word in enumerate(words)}
        self._ends = {word.end: number for number, word in enumerate(words)}
        self._words = words

    def within(self, start: int, end: int) -> Sequence[Word]:
        """The words from `start` to `end`, as far as they begin and end there."""
        first, last = self._starts.get(start), self._ends.get(end)
        if first is None or last is None:
            return ()
        return self._words[first : last + 1]

    def begins(self, start: int, tags: frozenset[str]) -> bool:
        """Whether a word with one of `tags` begins there."""
        number = self._starts.get(start)
        return number is not None and self._words[number].tag in tags

    def nominal(self, start: int, end: int) -> bool:
        """Whether nothing but nouns and numbers stands there."""
        return start == end or all(
            word.tag in _BETWEEN for word in self.within(start, end) or (Word(0, 0, "v"),)
        )


def _items(text: str, end: int) -> list[tuple[int, int]]:
    """The stretches between the marks of the list that ends at `end`, the first with what leads up to it."""
    window = max(0, end - REACH)
    start = max((match.end() for match in _CLAUSE.finditer(text, window, end)), default=window)
    pieces, at = [], start
    for match in _SEPARATOR.finditer(text, start, end):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, end))
    first, last = pieces[-1]
    for match in _AND.finditer(text, first + 1, last):
        if _FIRST_PART.search(text, first, match.start()):
            pieces[-1:] = [(first, match.start()), (match.end(), last)]
            break
    return pieces


def _programmes(text: str, items: Sequence[tuple[int, int]], table: _Words) -> Iterator[Candidate]:
    """Yield the items that are named like something built or carried out."""
    named = []
    for number, (start, end) in enumerate(items):
        start = max(start, text.rfind("等", start, end) + 1)
        if number == 0:
            start = _led(start, end, table)
        headed = _HEADED.search(text, start, end)
        if end - start >= 4 and headed:
            named.append((start, end, bool(headed["done"])))
    owned = any(table.begins(start, _OWNERS) for start, _, _ in named)
    for start, end, done in named:
        own = table.begins(start, _OWNERS) or (owned and table.begins(start, _NOUNS))
        if own or (done and not is_vague(text[start:end])):
            yield Candidate(start, end, EntityType.PROGRAMME, SURE, "list")


def _led(start: int, end: int, table: _Words) -> int:
    """Where the first item begins: behind the last word that leads up to it."""
    for word in table.within(start, end):
        if word.tag in _STOPS or (word.tag == "v" and word.end < end - 3):
            start = word.end
    return start
