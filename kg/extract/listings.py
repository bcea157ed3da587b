"""Lists: what stands between names of one type, set off by 、, is a name of that type too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.model import Candidate, EntityType

LISTED: Final = frozenset({EntityType.ORGANISATION, EntityType.PERSON, EntityType.PLACE})
CONFIDENCE: Final = 0.65

_BETWEEN: Final = re.compile("、(?P<items>[^，。；：！？“”《》（）\n]{2,40})(?:、|和|及|以及|与)")
_ITEM: Final = re.compile("[\u4e00-\u9fffA-Za-z0-9·&.]{2,10}")
_NO_NAME: Final = re.compile(
    "等|以及|有关|相关|各|部门|单位|企业|地区|代表|负责|同志|[是在将了的]|[0-9]+[家个名]"
)


def listed(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the items of lists that `found`, in order, leaves out between two of its names."""
    for one, other in pairwise(found):
        if one.type != other.type or one.type not in LISTED:
            continue
        between = _BETWEEN.fullmatch(text, one.end, other.start)
        if not between:
            continue
        start = between.start("items")
        for item in between["items"].split("、"):
            if _ITEM.fullmatch(item) and not _NO_NAME.search(item):
                yield Candidate(start, start + len(item), one.type, CONFIDENCE, "grammar")
            start += len(item) + 1
