"""Every way in which the genre writes a date, and who reads it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from kg.chinese.dates.mention import Context, DateMention
from kg.chinese.numerals import integer

_DASH = r"\s*(?:至|到|[-－—–~～]+)\s*"
_YEAR = (
    r"(?:(?P<year>(?:1[89]|20)\d\d|[一二][〇零○一二三四五六七八九]{3})\s*年"
    r"|(?P<rel>今年|去年|前年|明年|后年|本年度?|上年|次年|同年)的?)"
)
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s*月"
_DAY_NUMBER = (
    r"3[01]|[12]\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]"
)
_DAY = rf"(?P<day>{_DAY_NUMBER})\s*[日号]"
_NOT_A_SPAN = r"(?![内间均历报])"
_EDGE = r"(?P<edge>年底|年末|年初|年中|底|末|初|上旬|中旬|下旬)?"
_YEARS_OF = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "去年": -1,
    "上年": -1,
    "前年": -2,
    "明年": 1,
    "次年": 1,
    "后年": 2,
}
_DAYS_OF = {"今": 0, "昨": -1, "前": -2, "明": 1, "后": 2}
_PARTS = {
    "上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "前三个季度": (1, 9), "前两季度": (1, 6),
    "一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12),
}  # fmt: skip
_AHEAD = timedelta(days=183)
_PLANNED = re.compile(r"(?:将|拟|计划|定于|预计|有望)[^，。；]{0,6}$")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(match: re.Match[str], context: Context) -> tuple[int | None, str]:
    groups = match.groupdict()
    if stated := groups.get("year"):
        return integer(stated), "stated"
    if relative := groups.get("rel"):
        if relative == "同年":
            return context.year, "context"
        return (context.anchor.year + _YEARS_OF[relative] if context.anchor else None), "article"
    return None, ""


def _year_of_month(
    match: re.Match[str], context: Context, month: int, day: int = 1
) -> tuple[int | None, str]:
    """The year of a month without one: the sentence's, else the article's, unless far ahead."""
    year, basis = _year(match, context)
    if year is not None:
        return year, basis
    between = context.text[max(0, context.sentence) : match.start()]
    if context.year is not None and context.sentence >= 0 and not re.search(r"[。！？\n]", between):
        if context.day is None or (month, day) >= (context.day.month, 1) or context.anchor is None:
            return context.year, "context"
    if context.anchor is None:
        return None, ""
    guess = _date(context.anchor.year, month, day)
    if guess and guess > context.anchor and context.day and _follows(match, context, month):
        return context.day.year, "context"
    if (
        guess is None
        or guess - context.anchor <= _AHEAD
        or _PLANNED.search(context.text[max(0, match.start() - 10) : match.start()])
    ):
        return context.anchor.year, "article"
    return context.anchor.year - 1, "article"


def _follows(match: re.Match[str], context: Context, month: int) -> bool:
    """Whether a story told of an earlier year goes on: 2021年10月30日…。11月1日…"""
    between = context.text[max(0, context.sentence) : match.start()]
    if context.day is None or "\n" in between or len(between) >= 80:
        return False
    return month >= context.day.month


def _full(match: re.Match[str], context: Context) -> DateMention | None:
    month, day = integer(match["month"]), integer(match["day"])
    if month is None or day is None:
        return None
    year, basis = _year_of_month(match, context, month, day)
    first = _date(year, month, day) if year is not None else None
    if first is None or year is None:
        return None
    last = first
    if match["day2"]:
        last = _date(year, integer(match["month2"] or "") or month, integer(match["day2"]) or 0) or first
    return DateMention(*match.span(), first.isoformat(), "day", basis, first.isoformat(), last.isoformat())


def _month(match: re.Match[str], context: Context) -> DateMention | None:
    month = integer(match["month"]) or 0
    year, basis = _year_of_month(match, context, month)
    if year is None or _date(year, month, 1) is None:
        return None
    last_year, last_month = year, month
    if match["month2"]:
        last_month = integer(match["month2"]) or month
        last_year = integer(match["year2"] or "") or year
    return _months(match, (year, month), (last_year, last_month), "month", basis)


def _months(
    match: re.Match[str], first: tuple[int, int], last: tuple[int, int], precision: str, basis: str
) -> DateMention:
    value = f"{first[0]:04}" if precision in ("part", "year", "years") else f"{first[0]:04}-{first[1]:02}"
    end = date(*last, monthrange(*last)[1])
    return DateMention(*match.span(), value, precision, basis, date(*first, 1).isoformat(), end.isoformat())


def _bare_day(match: re.Match[str], context: Context) -> DateMention | None:
    day = integer(match["day"]) or 0
    if context.anchor is None:
        return None
    between = context.text[max(0, context.sentence) : match.start()]
    base, basis = context.anchor, "article"
    if (
        context.day
        and context.sentence >= 0
        and "\n" not in between
        and len(between) < 60
        and day > context.day.day
    ):
        base, basis = context.day, "context"
    elif day > base.day + 7:
        base = base.replace(day=1) - timedelta(days=1)
    first = _date(base.year, base.month, day)
    if first is None:
        return None
    last = _date(base.year, base.month, integer(match["day2"] or "") or day) or first
    return DateMention(*match.span(), first.isoformat(), "day", basis, first.isoformat(), last.isoformat())


def _relative_day(match: re.Match[str], context: Context) -> DateMention | None:
    if match["same"]:
        base, basis = (context.day, "context") if context.day else (context.anchor, "article")
    else:
        shift = _DAYS_OF[match["which"]]
        base, basis = (context.anchor + timedelta(days=shift) if context.anchor else None), "article"
    if base is None:
        return None
    return DateMention(*match.span(), base.isoformat(), "day", basis, base.isoformat(), base.isoformat())


def _part(match: re.Match[str], context: Context) -> DateMention | None:
    year, basis = _year(match, context)
    if year is None:
        year, basis = (context.anchor.year if context.anchor else None), "article"
    if year is None:
        return None
    if match["upto"]:
        first, last = 1, integer(match["upto"]) or 12
    else:
        first, last = _PARTS[
            re.sub(r"第|(\d)", lambda m: "零一二三四"[int(m[1])] if m[1] else "", match["part"])
        ]
    return _months(match, (year, first), (year, last), "part", basis)


def _whole_year(match: re.Match[str], context: Context) -> DateMention | None:
    year, basis = _year(match, context)
    if year is None:
        return None
    last = integer(match.groupdict().get("year2") or "") or year
    return _months(match, (year, 1), (last, 12), "years" if last != year else "year", basis)


def _plan(match: re.Match[str], context: Context) -> DateMention | None:
    number = integer(match["plan"]) or 0
    first = 1951 + 5 * number
    return _months(match, (first, 1), (first + 4, 12), "years", "stated")


def _horizon(match: re.Match[str], context: Context) -> DateMention | None:
    years = integer(match["years"].replace("两", "二")) or 0
    if context.anchor is None or not years:
        return None
    first = context.anchor.year
    return _months(match, (first, context.anchor.month), (first + years, 12), "years", "article")


def _this_month(match: re.Match[str], context: Context) -> DateMention | None:
    if context.anchor is None:
        return None
    shift = {"上": -1, "下": 1}.get(match[0][0], 0)
    months = context.anchor.year * 12 + context.anchor.month - 1 + shift
    first = (months // 12, months % 12 + 1)
    if match["day"]:
        day = _date(*first, integer(match["day"]) or 0)
        if day is None:
            return None
        return DateMention(*match.span(), day.isoformat(), "day", "article", day.isoformat(), day.isoformat())
    return _months(match, first, first, "month", "article")


def _edge(match: re.Match[str], context: Context) -> DateMention | None:
    if context.anchor is None:
        return None
    year, month = context.anchor.year, context.anchor.month
    if match[0].startswith("月"):
        return _months(match, (year, month), (year, month), "month", "article")
    return _months(match, (year, 1), (year, 12), "year", "article")


def _recent(match: re.Match[str], context: Context) -> DateMention | None:
    latest = context.anchor.isoformat() if context.anchor else None
    return DateMention(*match.span(), None, "recent", "article", None, latest)


_PART = (
    r"(?P<part>上半年|下半年|前(?:三|两)个?季度|第?[一二三四1-4]季度"
    r"|(?:前|1\s*[-—–~～至]\s*)(?P<upto>1[0-2]|[2-9]|[二三四五六七八九十])个?月份?)"
)
Reader = Callable[[re.Match[str], Context], DateMention | None]
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (
        re.compile(
            rf"(?:{_YEAR}\s*)?(?<!\d){_MONTH}\s*(?:{_DAY}(?:{_DASH}(?:(?P<month2>\d{{1,2}})月)?(?P<day2>\d{{1,2}})[日号])?)"
        ),
        _full,
    ),
    (
        re.compile(
            rf"(?:{_YEAR}\s*)?(?<!\d){_MONTH}\s*(?P<day>\d{{1,2}}){_DASH}(?:(?P<month2>\d{{1,2}})月)?(?P<day2>\d{{1,2}})[日号]"
        ),
        _full,
    ),
    (
        re.compile(
            rf"(?:{_YEAR}\s*)?(?<![\d.前个]){_MONTH}份?(?:{_DASH}(?:(?P<year2>20\d\d)年)?(?P<month2>\d{{1,2}})月份?)?{_EDGE}"
        ),
        _month,
    ),
    (
        re.compile(
            rf"(?<![月\d.第])(?P<day>{_DAY_NUMBER})(?:日|号(?=[上下]午|正式|在|晚|至))(?:{_DASH}(?P<day2>\d{{1,2}})[日号])?{_NOT_A_SPAN}"
        ),
        _bare_day,
    ),
    (
        re.compile(
            r"(?:(?P<which>[今昨前明])[天日早晚](?:[上下]午)?(?:[（(]\d{1,2}(?:月\d{1,2})?日[）)])?|(?P<same>当[日天晚]|同日|同一天))"
        ),
        _relative_day,
    ),
    (re.compile(rf"(?:{_YEAR})?{_PART}"), _part),
    (re.compile(rf"{_YEAR}{_EDGE}"), _whole_year),
    (re.compile(rf"(?<!\d)(?P<year>(?:19|20)\d\d)年?{_DASH}(?P<year2>20\d\d)年"), _whole_year),
    (
        re.compile(
            r"[“\"]?(?P<plan>十[一二三四五六七八九]?|[一二三四五六七八九])五[”\"]?(?=期间|时期|期?末|以来|初期|开局|收官|[，。、]|规划|”)(?:期间|时期|期?末)?"
        ),
        _plan,
    ),
    (
        re.compile(
            r"(?:未来|今后|力争|用|通过|接下来)(?:的)?(?P<years>[1-9]|[一二两三四五六七八九十])年(?:时间)?(?:内|左右)?"
        ),
        _horizon,
    ),
    (re.compile(rf"(?:本月|上个?月|下个?月|当月)(?:{_DAY})?[底末初]?"), _this_month),
    (re.compile(r"(?<![\d今去明前])(?:年底|年末|月底|月末)"), _edge),
    (re.compile(r"日前|近日|近期|最近|不久前|此前|目前|近来"), _recent),
)
"""Every way of writing a date, and who reads it."""
