"""Programmes named by a description: nouns up to a head that only plans have, such as 工程 or 倡议."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.lac import Word
from kg.model import Candidate, EntityType

STRONG_HEADS: Final = (*("负面清单", "专项行动", "行动计划", "行动方案", "专项工程", "支持工具", "倡议"),)
"""What these end is named so by whoever runs it; nothing else is called by them."""

FIRM_HEADS: Final = ("工程", "试点", "专项", "战略", "行动", "计划", "一期项目", "二期项目", "三期项目")
"""What these end is most often a programme, whoever runs it."""

OWNED_HEADS: Final = ("项目", "平台", "碳市场", "交易市场", "目录")
"""What these end is a programme when a place or body stands at its beginning."""

_HEADS: Final = (*STRONG_HEADS, *FIRM_HEADS, *OWNED_HEADS)
_HEAD: Final = re.compile("|".join(sorted(_HEADS, key=lambda head: (-len(head), head))))
_NOUNS: Final = frozenset({"n", "nz", "nw", "vn", "a", "an", "s", "LOC", "ORG", "PER"})
_OWNERS: Final = frozenset({"LOC", "ORG"})
_VAGUE: Final = re.compile(
    r"(?:国家|全国|省级|市级|全市|全省|全区|地级市|县区|县（区）|一系列|多次|多项)?"
    r"(?:重大|重点|有关|相关|大型|优秀|先进|具体|主要|专门|综合|整体|长期|短期|首批|创新|科技|投资|建设|合作|水利|产业|民生|发展"
    r"|专项|整治|排查|检查|执法|治理|清理|巡查|救援|搜捕|搜救|修复|保护|务实|战略|工程|项目|规划|计划|改造|基建|配套|试点|示范|工业|农业|化工|文化|和|及|、)*"
)
_BARE: Final = re.compile("(?:项目|工程|计划|规划|平台|基地|方案|政策|行动|举措|措施|会议|活动|试点|改革)$")
_ALLIED = ("合作", "伙伴", "布局", "定位", "性", "意义", "机遇", "高度")
"""After 战略 these make a noun that names no strategy."""
_CLEARED = ("治理", "整治", "检查", "清理", "斗争", "债", "资金", "工作", "督查", "巡视", "审计", "执法")
"""After 专项 these tell what is done in particular: 欠薪问题专项治理."""
_LEAST = 5
STRONG: Final = 0.7
FIRM: Final = 0.55
OWNED: Final = 0.6
_FIVE_YEARS: Final = re.compile(
    "“十[一二三四五六七八九]五”(?:[^，。；：、“”《》\n]{0,18}?(?:规划(?:纲要|建议)?|名单|重点工程|行动计划)|(?:规划|计划)?(?:纲要|建议))"
)


def is_vague(name: str) -> bool:
    """Whether `name` is a head with words before it that would fit any plan (重大项目)."""
    bare = _BARE.sub("", name)
    return bare != name and bool(_VAGUE.fullmatch(bare))


def five_years(text: str, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield each five-year plan by name: the nouns before “十四五”, and what follows up to 规划."""
    numbers = {word.end: number for number, word in enumerate(words)}
    for match in _FIVE_YEARS.finditer(text):
        start = match.start()
        if start in numbers and words[numbers[start]].tag in _NOUNS:
            start = words[_first_noun(words, numbers[start])].start
        yield Candidate(start, match.end(), EntityType.PROGRAMME, 0.8, "grammar")


def plans(text: str, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield what by its words is the name of a programme; weak by itself, telling beside other signs."""
    numbers = {word.end: number for number, word in enumerate(words)}
    for match in _HEAD.finditer(text):
        number = numbers.get(match.end())
        if number is None or _goes_on(text, words, number):
            continue
        head = match[0]
        first = _first_noun(words, number)
        start, end = words[first].start, match.end()
        owned = words[first].tag in _OWNERS and first < number
        modifier = text[start : match.start()]
        if end - start < _LEAST or _VAGUE.fullmatch(modifier) or not (owned or head not in OWNED_HEADS):
            continue
        telling = STRONG if head in STRONG_HEADS else FIRM if head in FIRM_HEADS else OWNED
        yield Candidate(start, end, EntityType.PROGRAMME, telling, "grammar")


def _goes_on(text: str, words: Sequence[Word], number: int) -> bool:
    """Whether the word ends no name: a mark or a noun follows, or it is a verb (计划投资)."""
    end = words[number].end
    if text[end : end + 1] in ("》", "”"):
        return True
    if number + 1 == len(words) or words[number + 1].start != end:
        return False
    after = words[number + 1]
    if text[:end].endswith("计划") and (after.tag == "v" or text.startswith("投资", end)):
        return True
    if text[:end].endswith("专项") and text.startswith(_CLEARED, end):
        return True
    if text[:end].endswith("战略") and text.startswith(_ALLIED, end):
        return True
    return after.tag in ("n", "nz", "nw")


def _first_noun(words: Sequence[Word], last: int) -> int:
    """The first of the nouns that stand before `last` without a gap."""
    first = last
    while first > 0 and words[first - 1].end == words[first].start and words[first - 1].tag in _NOUNS:
        first -= 1
    return first
