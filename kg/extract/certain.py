"""Names that their wording makes certain, and those that the names found so far make certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from kg.chinese.firm_names import read_firm
from kg.chinese.generic import SERVICE
from kg.chinese.naming import widely_known
from kg.chinese.places import gazetteer
from kg.extract.officers import officers
from kg.extract.worded_bodies import campuses, missed_bodies, worded_bodies
from kg.model import Candidate, EntityType

SURE: Final = 0.9
KNOWN_TO_ALL: Final = 0.7
"""Less than a longer name that holds the known one."""

_FREE_TRADE: Final = re.compile(
    "中国（[\u4e00-\u9fff]{2,8}）自由贸易试验区(?:[\u4e00-\u9fff]{2,4}(?:新片区|片区))?(?!管)"
)
_LEADS_UP: Final = "依据|根据|按照|遵照|印发|下发|发(?!改)|[据照和及与的见]"
_NUMBERED_PAPER: Final = re.compile(
    rf"(?:(?!{_LEADS_UP})[\u4e00-\u9fff]){{0,4}}[发函字办规令]〔(?:19|20)\d\d〕[0-9]{{1,4}}号"
)
_CASES: Final = re.compile(
    "(?:最高人民法院|最高人民检察院|最高法|最高检)?第[0-9一二三四五六七八九十百]+批(?:指导性|典型)案例"
)
_CENSUS: Final = re.compile(
    "第[一二三四五六七八九十]+次全国[\u4e00-\u9fff、]{2,9}?(?:普查|资源调查|国土调查)(?![员组机办对])"
)
_TAX_OFFICE: Final = re.compile("国家税务总局[\u4e00-\u9fff]{2,12}?税务局")
_BY_WORDING: Final = (
    (_TAX_OFFICE, EntityType.ORGANISATION),
    (_FREE_TRADE, EntityType.PLACE),
    (_NUMBERED_PAPER, EntityType.PROGRAMME),
    (_CASES, EntityType.PROGRAMME),
    (_CENSUS, EntityType.PROGRAMME),
)
_NO_LAW: Final = "(?<=法)[律制治院规人定庭学官务理案宝]"
"""After the name of a law these make another word: 证券法律, 公司法人."""
_OWN_BANK: Final = re.compile("(?<![日基资成样版文原根])[本我]行(?![业动为程政使列情走])")
_BANK: Final = re.compile("银行$|银行[\u4e00-\u9fff（）]*(?:公司|分行|支行)$|信用社$|农商行$")
_TRADE: Final = re.compile(
    "(?:造船|重工|重机|机床|汽车|电器|电气|电缆|航空|航天|医药|制药|化工|化学|水泥|钢铁|铝业|矿业|能源|电力|证券|期货|基金"
    "|银行|保险|信托|水务|燃气|热力|城投|交投|建投|文旅|粮油|港务|传媒|出版|通信|光电|股份|控股|集团)+(?:（集团）|集团|股份|控股|工业|制造)*(?:有限责任公司|有限公司|公司|厂)?"
)
_NO_FIRM: Final = re.compile("[业产行市保销出消基区院学博大与、工局厅处站]|制造|研发|零部件|领域|企业")
_LETTERS_IN_NAME: Final = frozenset("-－‐·•・")


def certain(text: str) -> Iterator[Candidate]:
    """Yield what no other reading of the wording allows: numbered papers, zones, names known to all."""
    for pattern, type_ in _BY_WORDING:
        for match in pattern.finditer(text):
            yield Candidate(*match.span(), type_, SURE, "wording")
    for match in _known().finditer(text):
        told = SURE if SERVICE.fullmatch(match[0]) else KNOWN_TO_ALL
        yield Candidate(*match.span(), widely_known()[match[0]], told, "lexicon")
    yield from worded_bodies(text)
    yield from officers(text)


@cache
def _known() -> re.Pattern[str]:
    """The names that the whole country knows, the longest first; no part of a word in Latin letters."""
    names = sorted(widely_known(), key=lambda name: (-len(name), name))
    return re.compile(f"(?<![A-Za-z])(?:{'|'.join(map(re.escape, names))})(?![A-Za-z])(?!{_NO_LAW})")


def implied(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the names that those found, in order, make certain."""
    yield from _own_bank(text, found)
    yield from _universities(text, found)
    yield from _firms(text, found)
    yield from _people(text, found)
    yield from campuses(text, found)
    yield from _brands(text, found)
    yield from missed_bodies(text, found)


def _own_bank(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield 本行 and 我行 after a bank was named."""
    bodies = (item for item in found if item.type == EntityType.ORGANISATION)
    first = next((item.end for item in bodies if _BANK.search(text, item.start, item.end)), None)
    if first is not None:
        for match in _OWN_BANK.finditer(text, first):
            yield Candidate(*match.span(), EntityType.ORGANISATION, SURE, "grammar")


def _universities(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield 兰大 at the beginning of a clause where 兰州大学 was named."""
    names = {text[item.start : item.end] for item in found if item.type == EntityType.ORGANISATION}
    for name in sorted(names):
        if gazetteer().prefix(name)[1] == "大学":
            for match in re.finditer(f"(?<![\u4e00-\u9fff]){name[0]}大(?![学会家陆洋小])", text):
                yield Candidate(*match.span(), EntityType.ORGANISATION, SURE, "grammar")


def _firms(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the companies named after a region and their trade: 江南造船; a city's trade is none."""
    for item in found:
        name = text[item.start : item.end]
        if item.type != EntityType.PLACE or len(name) != 2 or _a_city(name):
            continue
        trade = _TRADE.match(text, item.end)
        if trade and not _NO_FIRM.match(text, trade.end()):
            yield Candidate(item.start, trade.end(), EntityType.ORGANISATION, 1.0, "grammar")


def _a_city(name: str) -> bool:
    """Whether `name` is that of a country, province or city; counties are called like regions."""
    return any(place.level != "县" for place in gazetteer().by_name.get(name, ()))


def _brands(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the other places where a company named in full stands without its legal form."""
    names = {text[item.start : item.end] for item in found if item.type == EntityType.ORGANISATION}
    firms = (read_firm(name) for name in sorted(names))
    for base in sorted({firm.base for firm in firms if firm.legal and len(firm.base) > 3}):
        for match in re.finditer(f"{re.escape(base)}(?:集团)?(?![股有集控（(]|公司)", text):
            yield Candidate(*match.span(), EntityType.ORGANISATION, SURE, "grammar")


def whole_people(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the people of `found` cut short of a name that the article has: 甲乙|丙任 after 甲乙丙."""
    people = [item for item in found if item.type == EntityType.PERSON]
    whole = {text[item.start : item.end] for item in people if item.confidence >= KNOWN_TO_ALL}
    for item in people:
        if item.end < len(text) and text[item.start : item.end + 1] in whole:
            yield replace(item, end=item.end + 1, confidence=1.0)


def _people(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the foreign names whose parts, set off by a dash or a dot, were read as two people."""
    people = [item for item in found if item.type == EntityType.PERSON]
    whole: Candidate | None = None
    for one, other in pairwise(people):
        start = whole.start if whole and whole.end == one.end else one.start
        if other.start - one.end == 1 and text[one.end] in _LETTERS_IN_NAME:
            whole = replace(one, start=start, end=other.end, confidence=1.0, found_by="grammar")
            yield whole
