"""Which city, province or county an article means by 市, 省 or 区."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from kg.chinese.places import Place, gazetteer
from kg.model import Article

_TIER = {
    "市": "市",
    "州": "市",
    "盟": "市",
    "省": "省",
    "自治区": "省",
    "区": "县",
    "县": "县",
    "旗": "县",
    "自治州": "市",
}
_IN_TITLE, _IN_LEAD, _IN_TEXT, _IN_PUBLISHER = 4, 2, 1, 3
_LEAD = 200
_NEAR = 300
_CLEAR = 2.5
"""The first place must weigh this many times the second, to be what the whole article is about."""


class Home:
    """The places of one article, weighed.

    `named` are places that the article names and the gazetteer may lack.
    """

    def __init__(self, article: Article, named: Iterable[Place] = ()) -> None:
        self.article = article
        self._unlisted = {p.name: p for p in named if not gazetteer().by_name.get(p.name)}

    @cached_property
    def _hits(self) -> list[tuple[int, Place]]:
        """Every place of the text, in order."""
        return self._in(self.article.text)

    @cached_property
    def _headline(self) -> list[tuple[int, Place]]:
        """Every place of the headline, in order."""
        return self._in(self.article.title)

    @cached_property
    def _publisher(self) -> list[tuple[int, Place]]:
        """Every place of the publisher's name, in order."""
        return self._in(self.article.publisher or "")

    def _in(self, text: str) -> list[tuple[int, Place]]:
        found = list(gazetteer().in_text(text))
        if self._unlisted:
            pattern = "|".join(sorted(map(re.escape, self._unlisted), key=lambda n: (-len(n), n)))
            found += [(m.start(), self._unlisted[m[0]]) for m in re.finditer(pattern, text)]
        found.sort(key=lambda hit: (hit[0], hit[1].name))
        behind = [*found[1:], None][: len(found)]
        return [hit for hit, after in zip(found, behind, strict=True) if not _leads_to(text, hit, after)]

    def place(self, level: str, position: int) -> Place | None:
        """The place of `level` that is meant at `position`; None when the article leaves it open."""
        tier = _TIER.get(level, level)
        headline = {p.key: p for _, hit in self._headline for p in self._at(hit, tier, level, 0)}
        if len(headline) == 1:
            return next(iter(headline.values()))
        near = self._near(tier, level, position)
        if near is not None:
            return near
        ranked = Counter(self._weights(tier, level)).most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEAR * ranked[1][1]):
            return None
        return ranked[0][0]

    def _near(self, tier: str, level: str, position: int) -> Place | None:
        """The only place of the tier that the paragraph names before `position`."""
        start = max(self.article.text.rfind("\n", 0, position) + 1, position - _NEAR)
        found = {
            meant
            for at, hit in self._hits
            if start <= at < position
            for meant in self._at(hit, tier, level, position)
        }
        return found.pop() if len(found) == 1 else None

    def _at(self, place: Place, tier: str, level: str, before: int) -> Iterator[Place]:
        """The place of the tier that `place` is or lies in, if the word `level` can stand for it.

        A city that another governs is meant by 市 itself, unless that other is named `before` there.
        """
        above = gazetteer().within(place, tier)
        if level == "市" and _lesser_city(place) and self._first_named.get(above, before) >= before:
            above = place
        if above is not None and above.key and _fits(above, level):
            yield above

    @cached_property
    def _first_named(self) -> dict[Place | None, int]:
        """Where each place is first named; those of the headline before all others."""
        first: dict[Place | None, int] = {place: -1 for _, place in self._headline}
        for at, place in self._hits:
            first.setdefault(place, at)
        return first

    def _weights(self, tier: str, level: str) -> dict[Place, int]:
        weights: dict[Place, int] = {}
        told = [(place, _IN_LEAD if at < _LEAD else _IN_TEXT) for at, place in self._hits]
        told += [(place, _IN_TITLE) for _, place in self._headline]
        told += [(place, _IN_PUBLISHER) for _, place in self._publisher]
        for place, weight in told:
            for meant in self._at(place, tier, level, len(self.article.text)):
                weights[meant] = weights.get(meant, 0) + weight
        return weights


Hit = tuple[int, Place]


def _leads_to(text: str, hit: Hit, behind: Hit | None) -> bool:
    """Whether a city only says where the city named right behind it lies: 烟台市|栖霞市."""
    at, place = hit
    if behind is None or place.level != "市" or not _lesser_city(behind[1]):
        return False
    return text[at : behind[0]] in place.names and gazetteer().lies_in(behind[1], place)


def _lesser_city(place: Place) -> bool:
    """Whether `place` is a city by name that another city governs: 昆山市."""
    return place.level == "县" and place.name.endswith("市")


def _fits(place: Place, level: str) -> bool:
    """Whether the word `level` can stand for `place`: 自治区 only for one, 区 not for a county."""
    if level in ("区", "县", "旗", "自治区"):
        return place.name.endswith(level)
    if level == "省":
        return place.name.endswith("省")
    return True
