"""Whether two names of one article can be two wordings for one thing, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.abbreviations import abbreviates, firm_short, other_edition, place_short, series
from kg.bodies import known_parent, read_body, read_firm
from kg.model import EntityType
from kg.places import gazetteer

ORG, PER, PROG = EntityType.ORGANISATION, EntityType.PERSON, EntityType.PROGRAMME
EVENT, PLACE = EntityType.EVENT, EntityType.PLACE

_PROG_HEAD = (
    "规划纲要|规划|纲要|意见|若干意见|办法|方案|条例|通知|指引|指南|行动计划|计划|措施|若干措施|政策措施|政策|规定|若干规定|暂行规定|"
    "暂行办法|管理办法|实施方案|工作方案|总体方案|实施意见|指导意见|细则|实施细则|决定|决议|报告|公报|协议|合作协议|框架协议|战略合作协议|"
    "战略合作框架协议|备忘录|标准|规范|公约|协定|白皮书|蓝皮书|倡议书|倡议|清单|负面清单|草案|法案|章程|目录|项目|工程|平台|基地|专项|行动|试点|基金|中心"
)
_EVENT_HEAD = (
    "大会|会议|论坛|高峰论坛|峰会|发布会|新闻发布会|记者会|例行记者会|大赛|比赛|竞赛|决赛|总决赛|沙龙|仪式|启动仪式|签约仪式|揭牌仪式|"
    "活动|博览会|展会|展览会|展览|推进会|座谈会|研讨会|交流会|对接会|供需对接会|签约|集中签约|开幕式|闭幕式|年会|全会|例会|洽谈会|交易会|评选|典礼|培训|调研"
)
GENERIC = re.compile(
    rf"(?:本次|此次|该|本届|这次|首届|本|此)?(?:{_PROG_HEAD}|{_EVENT_HEAD}|公司|集团|本行|我行|总行|银行|学校|医院|协会|委员会|管委会|组委会|筹委会)"
)
"""Names that say only what kind of thing is meant: they mean the one of their article."""

_TAIL = re.compile(
    r"(?:发展)?(?:行动|行动计划|计划|战略|倡议|平台|项目|工程|建设|试点|政策|体系|专项|科技专项|活动|系列活动|机制|业务|服务|系统|理念|改革|模式|目标|额度|纲要|平台建设|专题|专题论坛|论坛|产业|有限公司|公司)"
)
_MARKS = re.compile(r"[《》〈〉“”\"‘’「」\s]")
_LEAD = re.compile(r"(?:国家|中国|全国)?")
_FIVE_YEARS = re.compile(r"[一二三四五六七八九十]+五")
_QUOTED = re.compile(r"^[^“《]{0,8}[“《](?P<core>[^”》]{2,})[”》](?P<tail>.{0,8})$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A way in which a shorter name can stand for a fuller one; the first that holds counts."""

    level: str
    holds: Callable[[str, str], bool]


def plain(name: str) -> str:
    """`name` without quote marks, book marks and spaces."""
    return _MARKS.sub("", name)


def generic(name: str) -> bool:
    """Whether `name` says only what kind of thing it is: 规划, 大会, 本次大赛."""
    return GENERIC.fullmatch(plain(name)) is not None


def apart(type_: EntityType, one: str, two: str) -> bool:
    """Whether the names themselves say that they are two things."""
    if type_ in (PROG, EVENT):
        return other_edition(one, two)
    if type_ is ORG:
        return _other_bodies(one, two) or _other_firms(one, two)
    if type_ is PLACE:
        a, b = gazetteer().called(one), gazetteer().called(two)
        return a is not None and b is not None and a != b
    return False


def _other_bodies(one: str, two: str) -> bool:
    ours, theirs = known_parent(one), known_parent(two)
    if ours and theirs:
        return ours[0] != theirs[0] or bool(ours[1]) != bool(theirs[1])
    a, b = read_body(one), read_body(two)
    if a.known and b.known:
        both_placed = a.place is not None and b.place is not None
        return a.core != b.core or (both_placed and a.place != b.place)
    return (a.known or b.known) and a.place is not None and b.place is not None and a.place != b.place


_BRANCH = re.compile(r"(?:分公司|分行|支行|子公司|营业部|分局|分校|分会|分院)$")


def _other_firms(one: str, two: str) -> bool:
    if bool(_BRANCH.search(one)) != bool(_BRANCH.search(two)):
        return True
    a, b = read_firm(one), read_firm(two)
    return a.legal and b.legal and (a.base, a.group, a.form) != (b.base, b.group, b.form)


def _same_core(short: str, full: str) -> bool:
    """国资委 for 上海市国资委."""
    a, b = read_body(short), read_body(full)
    return a.known and b.known and a.place is None and a.core == b.core and not a.level


def _end_of(short: str, full: str) -> bool:
    return len(short) >= 2 and series(plain(full)).endswith(plain(short))


def _end_of_org(short: str, full: str) -> bool:
    if not full.endswith(short) or len(short) < 2:
        return False
    before = full.removesuffix(short)
    place, rest = gazetteer().prefix(before)
    return len(short) >= 4 or (place is not None and rest in ("", "市", "省", "区", "县")) or bool(rest)


def _quoted(short: str, full: str) -> bool:
    match = _QUOTED.match(full)
    if match is None or _FIVE_YEARS.fullmatch(plain(short)):
        return False
    return plain(match["core"]) == plain(short)


def _tailed(short: str, full: str) -> bool:
    a, b = plain(short), plain(full)
    at = b.find(a)
    if len(a) < 2 or at < 0 or _FIVE_YEARS.fullmatch(a):
        return False
    return _LEAD.fullmatch(b[:at]) is not None and _TAIL.fullmatch(b[at + len(a) :]) is not None


def _same_series(short: str, full: str) -> bool:
    if _FIVE_YEARS.fullmatch(plain(short)):
        return False
    a, b = series(plain(short)), series(plain(full))
    return a == b or (len(a) >= 4 and b.endswith(a))


def _given_name(short: str, full: str) -> bool:
    """卡恩 for 阿恩·卡恩."""
    parts = re.split(r"[·•・.]", full)
    return len(parts) > 1 and (
        short == parts[-1] or short == parts[0] or full.endswith(("·" + short, "•" + short))
    )


_RULES: dict[EntityType, Sequence[Rule]] = {
    ORG: (
        Rule("body", _same_core),
        Rule("firm", firm_short),
        Rule("end", _end_of_org),
        Rule("abbreviation", abbreviates),
    ),
    PER: (Rule("part of name", _given_name),),
    PLACE: (Rule("place", place_short), Rule("abbreviation", abbreviates)),
    PROG: (
        Rule("quoted", _quoted),
        Rule("edition", _same_series),
        Rule("end", _end_of),
        Rule("tail", _tailed),
        Rule("abbreviation", abbreviates),
    ),
    EVENT: (
        Rule("quoted", _quoted),
        Rule("edition", _same_series),
        Rule("end", _end_of),
        Rule("tail", _tailed),
        Rule("abbreviation", abbreviates),
    ),
}


def level(type_: EntityType, short: str, full: str) -> tuple[int, str] | None:
    """The rule by which `short` can stand for `full`, and its rank; None when none holds."""
    for rank, rule in enumerate(_RULES[type_]):
        if rule.holds(short, full):
            return rank, rule.level
    return None
