"""What the page needs to find a name by pinyin, by initials, or by its traditional form.

Sending the pinyin of every name would add a third to the page. Instead go: the reading of each
character that occurs, the names whose reading differs from that (重庆, 银行), and the
simplified form of each traditional character that could be typed for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from pypinyin import Style, lazy_pinyin


def fold_table(names: Iterable[str]) -> dict[str, str]:
    """Traditional → simplified, for every character of `names` in either form."""
    to_simple = _to_simple()
    known = {char for name in names for char in name}
    known |= {to_simple.get(char, char) for char in known}
    return {old: new for old, new in sorted(to_simple.items()) if new in known and old != new}


def readings(names: Sequence[Sequence[str]], fold: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The usual reading of each Han character, and the reading of each name that departs from it."""
    folded = sorted({simplified(name, fold) for group in names for name in group})
    chars = sorted({char for name in folded for char in name if is_han(char)})
    usual = {char: lazy_pinyin(char, style=Style.NORMAL)[0] for char in chars}
    special = {}
    for name in folded:
        plain = [usual[char] for char in name if char in usual]
        spoken = lazy_pinyin(name, style=Style.NORMAL, errors="ignore")
        if spoken != plain and len(spoken) == len(plain):
            special[name] = " ".join(spoken)
    return usual, special


def simplified(name: str, fold: dict[str, str]) -> str:
    """`name` in simplified characters, one for one."""
    return "".join(fold.get(char, char) for char in name)


def is_han(char: str) -> bool:
    """Whether `char` is a Chinese character of the common blocks."""
    return "\u3400" <= char <= "\u4dbf" or "\u4e00" <= char <= "\u9fff"


@cache
def _to_simple() -> dict[str, str]:
    table = {}
    source = resources.files("opencc").joinpath("dictionary", "TSCharacters.txt")
    for line in source.read_text(encoding="utf-8").splitlines():
        old, _, new = line.partition("\t")
        if len(old) == 1 and new:
            table[old] = new.split()[0]
    return table
