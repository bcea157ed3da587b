"""Numbers in words and figures: 三百, 两千, ２．５, 1,200, 二〇二一."""

from __future__ import annotations

import unicodedata

_DIGITS = {
    c: i
    for i, chars in enumerate(("〇零○", "一壹", "二两贰", "三", "四", "五", "六", "七", "八", "九"))
    for c in chars
}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}

CHINESE = "".join(sorted(_DIGITS)) + "".join(_SCALES)
"""Every character of a number in words."""

LONGEST = 24
"""Longer rows of figures are account numbers, decoration or noise, and no amount."""


def number(text: str) -> float | None:
    """The value of `text`, in words or figures; None when it is no number.

    >>> number("三百二十"), number("1,200"), number("３．５"), number("两千"), number("十"), number("百分")
    (320.0, 1200.0, 3.5, 2000.0, 10.0, None)
    """
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if plain and all(char in "0123456789." for char in plain) and plain.count(".") <= 1 and plain != ".":
        return float(plain)
    if not text or any(char not in CHINESE for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text))
    return float(_words(text))


def integer(text: str) -> int | None:
    """The value of `text` when it is a whole number.

    >>> integer("二〇二一"), integer("十二"), integer("3.5")
    (2021, 12, None)
    """
    value = number(text)
    return int(value) if value is not None and value == int(value) else None


def _words(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            continue
        scale = _SCALES[char]
        if scale < 10_000:
            section += (digit or 1) * scale
        else:
            total = (total + section + digit) * scale if total < scale else total + (section + digit) * scale
            section = 0
        digit = 0
    return total + section + digit
