"""Which city, province or county an article means by 市, 省 or 区."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from kg.model import Article
from kg.places import Place, gazetteer

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
    """The places of one article, weighed."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._hits = list(gazetteer().in_text(article.text))

    def place(self, level: str, position: int) -> Place | None:
        """The place of `level` that is meant at `position`; None when the article leaves it open."""
        tier = _TIER.get(level, level)
        near = self._near(tier, level, position)
        if near is not None:
            return near
        ranked = self._weights[tier].most_common(2)
        ranked = [(key, weight) for key, weight in ranked if _fits(gazetteer().by_key[key], level)]
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEAR * ranked[1][1]):
            return None
        return gazetteer().by_key[ranked[0][0]]

    def _near(self, tier: str, level: str, position: int) -> Place | None:
        """The only place of the tier named just before, or the last when the paragraph has no other."""
        start = max(self.article.text.rfind("\n", 0, position) + 1, position - _NEAR)
        found = [
            place
            for at, hit in self._hits
            if start <= at < position and (place := _at(hit, tier)) is not None and _fits(place, level)
        ]
        return found[-1] if found and len({place.key for place in found}) == 1 else None

    @cached_property
    def _weights(self) -> dict[str, Counter[str]]:
        weights: dict[str, Counter[str]] = {tier: Counter() for tier in ("省", "市", "县")}
        told = [(place, _IN_LEAD if at < _LEAD else _IN_TEXT) for at, place in self._hits]
        told += [(place, _IN_TITLE) for _, place in gazetteer().in_text(self.article.title)]
        told += [(place, _IN_PUBLISHER) for _, place in gazetteer().in_text(self.article.publisher or "")]
        for place, weight in told:
            for tier, counts in weights.items():
                meant = _at(place, tier)
                if meant is not None:
                    counts[meant.key] += weight
        return weights


def _at(place: Place, tier: str) -> Place | None:
    found = gazetteer().within(place, tier)
    return found if found is not None and found.key else None


def _fits(place: Place, level: str) -> bool:
    """Whether the word `level` can stand for `place`: 自治区 only for one, 区 not for a county."""
    if level in ("区", "县", "旗", "自治区"):
        return place.name.endswith(level)
    if level == "省":
        return place.name.endswith("省")
    return True
