"""Amounts as plain numbers: 万 and 亿 multiplied out, per cent kept."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

_FACTORS = (("万亿", 12), ("千万", 7), ("百万", 6), ("亿", 8), ("万", 4))


def normalise(value: str, unit: str) -> tuple[Decimal, str] | None:
    """The number and unit that `value` `unit` come to; None when `value` is no number.

    >>> normalise("3000", "亿元")
    (Decimal('3E+11'), '元')
    """
    try:
        number = Decimal(value.replace(",", ""))
    except InvalidOperation:
        return None
    for word, power in _FACTORS:
        if unit.startswith(word):
            return number.scaleb(power), unit[len(word) :]
    return number, unit
