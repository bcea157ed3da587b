"""People that a title before the name and an act after it make certain: 校长尤政作主旨演讲."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.extract.clues import SURNAMES
from kg.lexicon import titles
from kg.model import Candidate, EntityType

SURE: Final = 1.0
"""More than the tagger ever gives to the same name with the verb's first character (姜宏致|欢迎辞)."""

_RARER: Final = frozenset("阎嵇荀")
"""Surnames that the tagger was not taught as such."""
_TWICE: Final = (
    "欧阳 上官 诸葛 司马 司徒 东方 皇甫 尉迟 慕容 公孙 令狐 夏侯 端木 百里 呼延 南宫 独孤 申屠 轩辕 长孙 宇文"
).split()
_SPEAKS: Final = (
    r"作(?:了|题为|主旨|主题|专题|特邀|大会|工作|交流|总结|动员|表态|重要|视频|报告|讲话|发言|说明|推介|点评|部署|汇报|专题汇报|述职|讲解|辅导)"
    "|致(?:辞|词|欢迎|开幕|闭幕|贺|答谢)|发表(?:了|主旨|主题|视频|重要|讲话|演讲|致辞)"
)
_ACTS: Final = (
    f"{_SPEAKS}|主持|出席|列席|会见|率队|率团|讲话|同志|介绍(?:了|说|，|，)|表示|宣布|代表双方|分别(?:致辞|讲话|发言|代表)"
    "|等(?:出席|参加|陪同|见证|[0-9多十余]+[多余]?人)|在(?:会上|致辞|讲话|发言|接受)|先后(?:致辞|作|发表|发言)|担任|当选|见证|陪同|一同|一行|为[^，。]{2,16}(?:揭牌|授牌|颁奖)"
)
_NO_NAME: Final = re.compile(
    "应邀|应约|全程|全面|全文|全力|连续|连日|高调|高度|通过|任期|任职|时任|单独|单位|相继|方可|常务|常委|经常|经过|广泛|成功|明确"
    "|公开|和|于|都|从|向|同|由|为|与|及|莫不|平时|安排|强调|支持|解读|计划|周[一二三四五六日]|来|时|应当|应该|万分|双方|向[前上]|卫视|师生|项目|党委"
)


def officers(text: str) -> Iterator[Candidate]:
    """Yield the names that stand between a title and what only a person does."""
    found = [match for pattern in _patterns() for match in pattern.finditer(text)]
    for match in found:
        if not _NO_NAME.match(match["name"]):
            yield Candidate(*match.span("name"), EntityType.PERSON, SURE, "wording")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A name after a title and before an act, before 同志, in the words of an appointment."""
    heads = sorted(
        (t.word for t in titles() if t.kind == "head" and re.fullmatch("[\u4e00-\u9fff]{2,}", t.word)),
        key=lambda word: (-len(word), word),
    )
    surnames = "".join(sorted(SURNAMES | _RARER))
    given = "(?:(?![的了在是将已们])[\u4e00-\u9fff]){1,2}?"
    name = f"(?P<name>(?:{'|'.join(_TWICE)}|[{surnames}]){given})"
    return tuple(
        re.compile(pattern)
        for pattern in (
            f"(?:{'|'.join(heads)}){name}(?={_ACTS})",
            f"(?<![\u4e00-\u9fff]){name}(?=同志(?:[任为]|担任|不再|兼任|辞去|[调转]任)|不再[担兼]任)",
            f"(?:任命|聘任|提名){name}(?=(?:同志)?[为任])",
            f"免去{name}(?=(?:同志)?的[^，。；]{{2,30}}职务)",
        )
    )
