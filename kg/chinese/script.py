"""Traditional characters as simplified ones, one for one, so that every offset stays where it is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_SHARE = 0.03
"""So much of a text in characters that only the traditional script has makes it traditional."""


def is_traditional(text: str) -> bool:
    """Whether `text` is written in traditional characters; a name or a quotation is not enough.

    >>> is_traditional("東河市市長趙立新出席論壇"), is_traditional("东河市市长赵立新出席论坛")
    (True, False)
    """
    if text.isascii():
        return False
    table = _table()
    return sum(ord(char) in table for char in text) > _SHARE * len(text)


def one_for_one(text: str) -> str:
    """`text` in simplified characters, each in its place.

    >>> one_for_one("東河市市長")
    '东河市市长'
    """
    return text.translate(_table())


def half_width(text: str) -> str:
    """`text` with letters and digits of full width at half width, each in its place.

    >>> half_width("ＴＣＬ集团２０２２，（简称）")
    'TCL集团2022，（简称）'
    """
    return text.translate(_WIDE)


_WIDE = {0xFF00 + n: 0x20 + n for n in range(1, 0x5F) if chr(0x20 + n).isalnum()}


@cache
def traditional_only() -> frozenset[str]:
    """The characters that only the traditional script has."""
    return frozenset(map(chr, _table()))


@cache
def _table() -> dict[int, int]:
    """Code point → simplified; characters that are also written in simplified text stay as they are."""
    lines = (
        files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    )
    pairs = (line.split() for line in lines if line.strip())
    return {ord(old): ord(new[0]) for old, *new in pairs if len(old) == len(new[0]) == 1 and old not in new}
