"""Values and units made comparable: what the wording keeps apart, the graph multiplies out."""

from __future__ import annotations

import unicodedata

from kg.chinese.numerals import number

_SCALES = (
    ("万亿", 1e12),
    ("千亿", 1e11),
    ("百亿", 1e10),
    ("亿", 1e8),
    ("千万", 1e7),
    ("百万", 1e6),
    ("万", 1e4),
)
_PER_CENT = ("％", "百分比")


def normalise(value: str, unit: str) -> tuple[float, str] | None:
    """The plain number and unit of a value in words; None when `value` is no number.

    >>> normalise("3000", "亿元"), normalise("80", "%"), normalise("1.15", "万亿元")
    ((300000000000.0, '元'), (80.0, '%'), (1150000000000.0, '元'))
    """
    amount = number(value.removeprefix("-"))
    if amount is None:
        return None
    amount = -amount if value.startswith("-") else amount
    plain = unicodedata.normalize("NFKC", unit).strip()
    plain = "%" if plain in _PER_CENT else plain
    changed = True
    while changed:
        changed = False
        for scale, factor in _SCALES:
            if plain.startswith(scale):
                amount, plain, changed = amount * factor, plain[len(scale) :], True
                break
    return round(amount, 6), plain
