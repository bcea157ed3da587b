"""Whether two names of one article can be two wordings for one thing, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.chinese.abbreviations import abbreviates, key, place_short, same_short_head, series, word_put_in
from kg.chinese.bodies import known_names, known_parent, read_body
from kg.chinese.firm_names import clipped, firm_short
from kg.chinese.generic import plain
from kg.chinese.naming import expanded
from kg.chinese.places import bare, gazetteer
from kg.chinese.schools import school_short
from kg.model import EntityType

ORG, PER, PROG = EntityType.ORGANISATION, EntityType.PERSON, EntityType.PROGRAMME
EVENT, PLACE = EntityType.EVENT, EntityType.PLACE

_TAIL = re.compile(
    r"(?:发展)?(?:行动|行动计划|计划|战略|倡议|平台|项目|工程|建设|试点|政策|体系|专项|科技专项|活动|系列活动|机制|业务|服务|系统|理念|改革|模式|目标|额度|纲要|平台建设|专题|专题论坛|论坛|产业|有限公司|公司)"
)
_LEAD = re.compile(r"(?:国家|中国|全国)?")
_FIVE_YEARS = re.compile(r"[一二三四五六七八九十]+五")
_QUOTED = re.compile(r"^[^“《]{0,8}[“《](?P<core>[^”》]{2,})[”》](?P<tail>.{0,8})$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A way in which a shorter name can stand for a fuller one; the first that holds counts."""

    level: str
    holds: Callable[[str, str], bool]


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
    known = key(expanded(EVENT, a)) == key(expanded(EVENT, b))
    return a == b or known or (len(a) >= 4 and b.endswith(a))


_PLACE_END = frozenset("港州区市县站馆路桥湖山岛厦园场城院江河")


def _same_unit(short: str, full: str) -> bool:
    """中科院计算所, or 计算所, for 中国科学院计算技术研究所."""
    a, b = known_parent(short), known_parent(full)
    if a is None and b is not None and b[1]:
        short = next((short[n:] for n in (4, 3) if known_names()[1].get(short[:n]) == b[0]), short)
        return len(short) > 2 and (same_short_head(short, b[1]) or _org_abbreviates(short, b[1]))
    if a is None or b is None or a[0] != b[0] or not a[1]:
        return False
    return same_short_head(a[1], b[1]) or _org_abbreviates(a[1], b[1])


def _org_abbreviates(short: str, full: str) -> bool:
    return abbreviates(short, full) and not word_put_in(short, full)


def _place_abbreviates(short: str, full: str) -> bool:
    """比港 for 比雷埃夫斯港; two countries are not short for three."""
    return short[-1] in _PLACE_END and abbreviates(short, full)


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
        Rule("unit", _same_unit),
        Rule("firm", clipped),
        Rule("school", school_short),
        Rule("end", _end_of_org),
        Rule("abbreviation", _org_abbreviates),
    ),
    PER: (Rule("part of name", _given_name),),
    PLACE: (Rule("place", place_short), Rule("abbreviation", _place_abbreviates)),
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
            if rule.level in _GUESSES and _known_otherwise(type_, short, full):
                return None
            return rank, rule.level
    return None


_GUESSES = frozenset(["end", "abbreviation", "place"])


def _known_otherwise(type_: EntityType, short: str, full: str) -> bool:
    """Whether the lexicon knows `short` as the name of something that `full` is not known to be."""
    if type_ is ORG:
        known, other = known_parent(short), known_parent(full)
        return known is not None and known != other and full.removesuffix(short) not in ("中国", "中共")
    if type_ is PLACE:
        place = gazetteer().called(short)
        return (
            place is not None and gazetteer().called(full) != place and len(short) < 3 and bare(full) != short
        )
    return False
