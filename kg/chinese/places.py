"""Places with the names they go by, and which place lies in which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from kg.lexicon import lexicon_folder, read_rows

LEVELS = ("国", "省", "市", "县")
"""The levels of administration, from the top; other places have none of them."""

SEATS = frozenset({"上海市", "北京市", "天津市", "重庆市"})
"""Municipalities: provinces by rank, cities by name."""

_LEVEL_WORD = re.compile(r"(?:特别行政区|自治区|自治州|自治县|新区|地区|省|市|区|县|州|盟|旗)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer; `key` names it alone, and is empty where several places share the name."""

    name: str
    also: tuple[str, ...]
    level: str
    within: str
    key: str

    @property
    def names(self) -> tuple[str, ...]:
        """Its full name, then the others."""
        return (self.name, *self.also)


_LEVELS = re.compile("[省市县](?!场)|自治")


class Gazetteer:
    """Every known place, by each of its names."""

    def __init__(self, places: tuple[Place, ...]) -> None:
        self.by_name: dict[str, tuple[Place, ...]] = {}
        for place in places:
            for name in place.names:
                self.by_name[name] = (*self.by_name.get(name, ()), place)
        self.by_key = {place.key: place for place in places}

    def called(self, name: str) -> Place | None:
        """The place that `name` means by itself: the only one, or the highest in rank.

        >>> gazetteer().called("沪").name, gazetteer().called("鼓楼区")
        ('上海市', None)
        """
        return _highest(self.by_name.get(name, ()))

    def within(self, place: Place, level: str) -> Place | None:
        """The place of `level` that `place` is or lies in; a municipality is its own city."""
        current: Place | None = place
        while current is not None:
            if current.level == level or (level == "市" and current.name in SEATS):
                return current
            current = self._parent(current)
        return None

    def lies_in(self, inner: Place, outer: Place) -> bool:
        """Whether `inner` is `outer` or a part of it."""
        current: Place | None = inner
        while current is not None:
            if current == outer:
                return True
            current = self._parent(current)
        return False

    def _parent(self, place: Place) -> Place | None:
        return next((p for p in self.by_name.get(place.within, ()) if p.name == place.within), None)

    def prefix(self, name: str) -> tuple[Place | None, str]:
        """The place that `name` begins with, the innermost of a chain, and what follows it.

        >>> place, rest = gazetteer().prefix("河南省郑州市人民检察院")
        >>> place.name, rest
        ('郑州市', '人民检察院')
        """
        found: Place | None = None
        rest = name
        while True:
            step = self._step(rest, found)
            if step is None:
                return found, rest
            found, rest = step

    def _step(self, rest: str, outer: Place | None) -> tuple[Place, str] | None:
        for length in range(min(self._longest, len(rest)), 1, -1):
            places = self.by_name.get(rest[:length], ())
            if outer is not None:
                places = tuple(p for p in places if p != outer and self.lies_in(p, outer))
            if _LEVELS.match(rest, length) and all(rest[:length] != place.name for place in places):
                continue  # 江州 of 江州市 is not 江州区
            if places and (outer is not None or places[0].level):
                return _highest(places) or _shared(places), rest[length:]
        return None

    def outermost(self, name: str) -> tuple[str, str]:
        """The first place of a chain and what follows it; empty when not all of `name` is places.

        >>> gazetteer().outermost("江西省宜春市"), gazetteer().outermost("宜春市")
        (('江西省', '宜春市'), ('', ''))
        """
        first = self._step(name, None)
        if first is None or not first[1] or self.prefix(name)[1]:
            return "", ""
        return name.removesuffix(first[1]), first[1]

    def in_text(self, text: str) -> Iterator[tuple[int, Place]]:
        """Yield where each place of the gazetteer is named in `text`; names of one character are skipped."""
        for match in self._pattern.finditer(text):
            place = self.called(match[0])
            if place is not None:
                yield match.start(), place

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.by_name))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = (n for n in self.by_name if len(n) > 2 or (len(n) == 2 and _commonly_bare(self.by_name[n])))
        return re.compile("|".join(sorted(map(re.escape, names), key=lambda n: (-len(n), n))))


def bare(name: str) -> str:
    """`name` without the word for its level, where two characters or more stay.

    >>> bare("宜春市"), bare("沪"), bare("旗县")
    ('宜春', '沪', '旗县')
    """
    short = _LEVEL_WORD.sub("", name)
    return short if len(short) > 1 else name


def _commonly_bare(places: tuple[Place, ...]) -> bool:
    return any(place.level in ("国", "省", "市") for place in places)


def _shared(places: tuple[Place, ...]) -> Place:
    first = places[0]
    return Place(name=first.name, also=(), level=first.level, within="", key="")


def _highest(places: tuple[Place, ...]) -> Place | None:
    for level in LEVELS:
        here = [place for place in places if place.level == level]
        if here:
            return here[0] if len(here) == 1 else None
    return places[0] if len(places) == 1 else None


def _plain_county(name: str, also: list[str], taken: Mapping[str, int]) -> Iterator[str]:
    """Yield 威宁县 for 威宁彝族回族苗族自治县, as it is called for short."""
    if name.endswith("自治县"):
        yield from (f"{short}县" for short in also if len(short) > 1 and f"{short}县" not in taken)


@cache
def gazetteer() -> Gazetteer:
    """The places of `ontology/lexicon/places.tsv`."""
    rows = read_rows(lexicon_folder() / "places.tsv", ("name", "also", "level", "within"))
    count: dict[str, int] = {}
    for row in rows:
        count[row["name"]] = count.get(row["name"], 0) + 1
    return Gazetteer(
        tuple(
            Place(
                name=row["name"],
                also=(*row["also"].split(), *_plain_county(row["name"], row["also"].split(), count)),
                level=row["level"],
                within=row["within"],
                key=row["name"] if count[row["name"]] == 1 else row["within"] + row["name"],
            )
            for row in rows
        )
    )
