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


_LAST: Final = re.compile(
    "(?:、|和|及|以及)(?P<item>[\u4e00-\u9fffA-Za-z0-9·&.]{2,9}?)等(?=[^，。；：]{0,12}?(?:企业|公司|集团|机构|巨头|平台|品牌|高校|院校|银行|单位|[，。；]))"
)
_FIRST: Final = re.compile(
    "(?:[，。；：\n]|比如|例如|包括|有|如)(?P<item>(?!比如|例如|包括|其中|以及)[\u4e00-\u9fffA-Za-z0-9·&.]{2,7})、$"
)
_NOTHING: Final = re.compile("的.|[了和与及对为将在]|有关|各|[0-9]+[家个名]|(?:业|型|类|方面|部门|领域|地)$")


_QUOTE: Final = re.compile("“[^“”\n，。；]{2,14}”")
_ROW: Final = re.compile(
    "“[^“”\n，。；]{2,14}”(?:[、和与及]?“[^“”\n，。；]{2,14}”){1,8}(?!等?[方原理精口要])"
)
"""Quotations in a row; principles and slogans stand so too: “甲”“乙”原则."""


_OF_FIRMS: Final = re.compile("等[^，。；“”]{0,8}?(?:企业|公司|商家|商户|厂商|车企|药企|机构|银行|老字号)")
_OF_BRANDS: Final = re.compile("等[^，。；“”]{0,8}?品牌")


def edges(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the first and the last item of lists of bodies: 甲集团、乙公司、丙等企业."""
    bodies = [item for item in found if item.type == EntityType.ORGANISATION]
    for one, other in pairwise(bodies):
        if text[one.end : other.start] != "、":
            continue
        last = _LAST.match(text, other.end)
        if last and not _NOTHING.search(last["item"]):
            yield Candidate(*last.span("item"), EntityType.ORGANISATION, CONFIDENCE, "grammar")
        window = max(0, one.start - 11)
        first = _FIRST.search(text, window, one.start)
        if first and not _NOTHING.search(first["item"]):
            yield Candidate(*first.span("item"), EntityType.ORGANISATION, CONFIDENCE, "grammar")


def _neighbours(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the quotations in a row with one that is a name, or of firms: “甲”“乙”等企业."""
    bodies = {text[item.start : item.end] for item in found if item.type == EntityType.ORGANISATION}
    known = {item.start: item for item in found}
    for match in _ROW.finditer(text):
        inside = [(quote.start() + 1, quote.end() - 1) for quote in _QUOTE.finditer(match[0])]
        spans = [(match.start() + start, match.start() + end) for start, end in inside]
        here = [known[start].type for start, end in spans if start in known and known[start].end == end]
        if EntityType.PROGRAMME in here:
            kind = EntityType.PROGRAMME
        elif _OF_FIRMS.match(text, match.end()) or (
            _OF_BRANDS.match(text, match.end()) and any(text[a:b] in bodies for a, b in spans)
        ):
            kind = EntityType.ORGANISATION
        else:
            continue
        for start, end in spans:
            if start not in known:
                yield Candidate(start, end, kind, CONFIDENCE, "quotes")


def listed(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the items of lists that `found`, in order, leaves out between two of its names."""
    yield from _neighbours(text, found)
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
