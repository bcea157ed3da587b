"""Whether one name can be short for another: by its words, never by likeness alone."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from kg.chinese.places import bare, gazetteer
from kg.chinese.script import traditional_only
from kg.ids import name_key

_EDITION = {
    "届": re.compile(r"第?([0-9一二三四五六七八九十百]+)[届次轮](?!全会)|(首)届"),
    "年": re.compile(r"((?:19|20)\d\d)(?=年|[^0-9]|$)"),
    "五": re.compile(r"([一二三四五六七八九十]+)五(?=规|时|期|”|综|现|$|[^\d年月])"),
    "版": re.compile(r"(\d+\.\d+)|[vV](\d+)"),
    "期": re.compile(r"([一二三四五六七八九十]|首|\d+)期"),
    "批": re.compile(r"第([0-9一二三四五六七八九十百]+)批"),
    "中": re.compile(r"([一二三四五六七])中全会"),
    "大": re.compile(r"(十[一二三四五六七八九]?|二十[一二]?)(?:大|届)"),
    "号": re.compile(r"第?(\d+)号"),
    "半": re.compile(r"([上下])半年"),
    "季": re.compile(r"([一二三四])季度"),
    "月": re.compile(r"(\d+)月"),
}
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"首": 1}
_BRIEF = 0.8
"""An abbreviation is at most this part of the name; what is longer is another name."""


@lru_cache(maxsize=65536)
def editions(name: str) -> tuple[tuple[str, str], ...]:
    """Which edition, year, version or part a name says it is.

    >>> editions("2021第九届创业大赛"), editions("“十四五”规划")
    ((('届', '9'), ('年', '2021')), (('五', '14'),))
    """
    found = []
    for kind, pattern in _EDITION.items():
        match = pattern.search(name)
        if match:
            found.append((kind, _number(next(g for g in match.groups() if g))))
    return tuple(found)


def other_edition(one: str, two: str) -> bool:
    """Whether the names say that they are different editions of something."""
    ours, theirs = dict(editions(one)), dict(editions(two))
    return any(kind in theirs and theirs[kind] != value for kind, value in ours.items())


_EDITION_WORDS = re.compile(
    r"[（(]?(?:第?[0-9一二三四五六七八九十百]+|首)届[）)]?|[（(]?(?:19|20)\d\d年?[—\-~至–－―～]+(?:19|20)\d\d年?[）)]?"
    r"|[（(](?:19|20)\d\d年?版?[）)]|[（(]?(?:19|20)\d\d年?度?[）)]?"
    r"|“[一二三四五六七八九十]+五”|[一二三四五六七八九十]+五(?=规划|时期|期间)"
)


def series(name: str) -> str:
    """The name without what says which edition it is.

    >>> series("第四届世界5G大会"), series("东软解决方案论坛2021")
    ('世界5G大会', '东软解决方案论坛')
    """
    rest = _EDITION_WORDS.sub("", name)
    return rest if len(rest) >= 3 else name


def _number(text: str) -> str:
    if text.isdigit() or not set(text) <= {*_DIGITS, "十", "百"}:
        return text
    total = current = 0
    for char in text:
        if char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            current = _DIGITS[char]
    return str(total + current)


def is_subsequence(short: str, full: str) -> bool:
    """Whether the characters of `short` occur in `full`, in order."""
    rest = iter(full)
    return all(char in rest for char in short)


@lru_cache(maxsize=65536)
def abbreviates(short: str, full: str) -> bool:
    """Whether `short` takes characters of `full` in order, from its first to its last word.

    A place, 中国 or 国际 before the rest may be dropped, and the head may be shortened.

    >>> abbreviates("第二届进博会", "第二届中国国际进口博览会"), abbreviates("国新办", "国务院新闻办公室")
    (True, True)
    >>> abbreviates("上海大学", "上海大学附属中学")
    False
    """
    ours, theirs = _short_head(series(short)), series(full)
    return any(_spans(ours, _short_head(form)) for form in _headless(theirs))


_KIND = re.compile(
    r"(?:大学|学院|中学|医院|委员会|银行|法院|检察院|[部局厅委署军]|协会|学会|商会|联合会|研究院|研究所)$"
)


def word_put_in(short: str, full: str) -> bool:
    """Whether `full` is `short` with a word put in: a narrower thing, as 国防科技大学 is not 国防大学."""
    if short.endswith("党") and full.startswith(short[:-1]):
        return True
    if not _KIND.search(short):
        return False
    cuts = range(2, len(short) - 1)
    return any(full.startswith(short[:cut]) and full.endswith(short[cut:]) for cut in cuts)


def _headless(full: str) -> tuple[str, ...]:
    """`full`, and without a place or 国际 before it."""
    rest = gazetteer().prefix(full)[1] or full
    return tuple(dict.fromkeys((full, rest, rest.removeprefix("国际"), rest.removeprefix("全国"))))


_HEADS = (
    ("办公室", "办"),
    ("委员会", "委"),
    ("人民政府", "政府"),
    ("研究所", "所"),
    ("研究院", "院"),
    ("有限公司", "公司"),
)


def _short_head(name: str) -> str:
    for long, brief in _HEADS:
        if name.endswith(long):
            return name.removesuffix(long) + brief
    return name


def same_short_head(one: str, two: str) -> bool:
    """Whether the names differ at most in a head written short: 自动化所 and 自动化研究所."""
    return _short_head(one) == _short_head(two)


def _spans(short: str, full: str) -> bool:
    if not 2 <= len(short) < len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    if full.startswith(short) or len(short) > _BRIEF * len(full):
        return False
    return is_subsequence(short, full)


def place_short(short: str, full: str) -> bool:
    """Whether both name one place: 上海 and 上海市, 湛江 and 广东湛江, 珠三角 and 珠三角地区."""
    if bare(short) == bare(full) and len(bare(short)) > 1:
        return not (short != bare(short) and full != bare(full))
    if full.endswith(short):
        before = full.removesuffix(short)
        return len(before) > 1 and (len(short) > 2 or not gazetteer().prefix(before)[1])
    return full.startswith(short) and full[len(short) :] in _REGION_WORDS


_REGION_WORDS = frozenset(["地区", "区域", "城市群", "都市圈", "湾区", "片区", "基地", "区", "港口群"])


def key(name: str) -> str:
    """`name_key`, with traditional characters made simplified."""
    return _NUMBERED.sub(_in_characters, name_key(simplified(name)).translate(_ONE_OF_MANY))


_ONE_OF_MANY = str.maketrans(
    dict.fromkeys("—–－−―~～", "-") | dict.fromkeys("•・‧∙", "·") | dict.fromkeys("()（）", "")
)
_NUMBERED = re.compile(r"第(\d{1,3})(?=[届次批轮期])")


def _in_characters(match: re.Match[str]) -> str:
    """第4届 as 第四届, 第134届 as 第一百三十四届."""
    hundreds, rest = divmod(int(match[1]), 100)
    tens, ones = divmod(rest, 10)
    digits = "零一二三四五六七八九"
    words = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return "第" + (words + (digits[ones] if ones else "") or "零")


@lru_cache(maxsize=65536)
def simplified(name: str) -> str:
    """`name` with traditional characters made simplified."""
    if name.isascii() or traditional_only().isdisjoint(name):
        return name
    return str(_converter().convert(name))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
