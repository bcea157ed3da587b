"""Values and units made comparable: what the wording keeps apart, the graph multiplies out."""

from __future__ import annotations

import math
import unicodedata
from decimal import Decimal

from kg.chinese.numerals import number

_SCALES = (
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("亿", 8),
    ("千万", 7),
    ("百万", 6),
    ("万", 4),
)
_PER_CENT = ("％", "百分比")


def normalise(value: str, unit: str) -> tuple[float, str] | None:
    """The plain number and unit of a value in words; None when `value` is no number.

    >>> normalise("3000", "亿元"), normalise("80", "%"), normalise("613.44", "亿元")
    ((300000000000.0, '元'), (80.0, '%'), (61344000000.0, '元'))
    """
    amount = number(value.removeprefix("-"))
    if amount is None or not math.isfinite(amount):
        return None
    # By powers of ten: in floats, 613.44 times 1e8 is not 61344000000.
    exact = Decimal(repr(-amount if value.startswith("-") else amount))
    plain = unicodedata.normalize("NFKC", unit).strip()
    plain = "%" if plain in _PER_CENT else plain
    changed = True
    while changed:
        changed = False
        for scale, power in _SCALES:
            if plain.startswith(scale):
                exact, plain, changed = exact.scaleb(power), plain[len(scale) :], True
                break
    return float(exact), plain
