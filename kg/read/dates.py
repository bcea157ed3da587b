"""Dates that a page, a record or a dateline states, as ISO days; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz

EARLIEST, LATEST = 1949, 2100
_CHINA = timezone(timedelta(hours=8))
_YMD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:[-/.]|年)\s?(\d{1,2})\s?(?:[-/.]|月)\s?(\d{1,2})(?!\d)\s?日?")
_YEAR_APART = re.compile(r"^\s*((?:19|20)\d\d)\s*(\d\d)\s?/\s?(\d\d)(?=\s*\d\d\s?:\s?\d\d)")
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4}(?:\d\d)?)?$")
_STAMP = re.compile(r"^\W{0,2}(?:(?:发布|更新|发表)?(?:时间|日期|于)?)\W{0,3}$")
_CLOCK = re.compile(r"[\sT]*\d{1,2}\s?[:：]\s?\d{2}(?:\s?[:：]\s?\d{2})?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_/]?)(0[1-9]|1[0-2])(?:[-_/]?)(0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")


def parse_date(value: object) -> str | None:
    """The ISO day that `value` states (text in any usual form, or seconds since 1970), or None.

    A time stamped GMT keeps its own day: feeds often stamp Peking time so, and the true GMT
    stamps that would change day are those of articles published between midnight and eight.

    >>> parse_date("Wed, 13 Oct 2021 10:21:00 GMT"), parse_date("2021年10月3日"), parse_date("Invalid Date")
    ('2021-10-13', '2021-10-03', None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _from_epoch(float(value))
    text = str(value).strip()[:100]
    if match := _COMPACT.match(text):
        return _iso(*match.groups())
    if match := _YMD.search(text):
        return _iso(*match.groups())
    if text.isdigit() and len(text) in (10, 13):
        return _from_epoch(float(text))
    return _from_mail(text)


def date_in_path(url: str | None) -> str | None:
    """The day that a URL's path names, as in `/2021-10/13/` or `/t20211013_77.html`."""
    if not url:
        return None
    path = re.sub(r"^[a-z]+://[^/]*", "", url)
    found = {_iso(*match.groups()) for match in _IN_PATH.finditer(path)} - {None}
    return found.pop() if len(found) == 1 else None


def timestamp(line: str) -> tuple[str, str] | None:
    """The ISO day of a line that states when it was published, and what else the line says.

    >>> timestamp("每日经济新闻 2021-10-27 20:11:47")
    ('2021-10-27', '每日经济新闻')
    >>> timestamp("2021年10月27日，规划发布。") is None
    True
    """
    match = _YMD.search(line) or _YEAR_APART.search(line)
    day = match and _iso(*match.groups())
    if not match or not day:
        return None
    before, after = line[: match.start()], line[match.end() :]
    clock = _CLOCK.match(after)
    after = after[clock.end() :] if clock else after
    before = re.sub(r"(?:(?:发布|更新|发表)(?:时间|日期|于)?|时间|日期)\s*[:：]?\s*$", "", before)
    if not clock and not _STAMP.match(after):
        return None
    return day, f"{before.strip()} {after.strip()}".strip()


def dateline_date(month: int, day: int, texts: Iterable[str]) -> str | None:
    """The day of a dateline (`10月12日电`) when `texts` themselves name its year, and only one."""
    found = {
        iso
        for text in texts
        for match in _YMD.finditer(text)
        if (int(match[2]), int(match[3])) == (month, day) and (iso := _iso(*match.groups()))
    }
    return found.pop() if len(found) == 1 else None


def month_and_day(dateline: str) -> tuple[int, int] | None:
    """The month and day that a dateline names."""
    match = _MONTH_DAY.search(dateline)
    return (int(match[1]), int(match[2])) if match else None


def _from_mail(text: str) -> str | None:
    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError):
        return None
    return _iso(*(str(part) for part in parts[:3])) if parts else None


def _from_epoch(seconds: float) -> str | None:
    if seconds > 1e11:
        seconds /= 1000
    if not 0 < seconds < 4102444800:
        return None
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(_CHINA)
    return _iso(str(moment.year), str(moment.month), str(moment.day))


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
    return found.isoformat() if EARLIEST <= found.year <= LATEST else None
