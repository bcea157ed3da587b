"""Numbers with their units, as they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.chinese.numerals import number
from kg.lexicon import units

_FIGURES = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = r"[一二两三四五六七八九十百千][一二两三四五六七八九十百千〇零]*"
_AROUND = r"[余多来]"
_SCALE = r"万亿|千亿|百亿|亿|千万|百万|万"
_BEFORE = (
    r"不低于|不少于|不小于|不超过|不高于|不大于|不足|至少|最多|超过|超出|超|突破|跃过|跨过|迈过|逾|达到|达|近|约|大约|"
    r"将近|接近|高于|低于|大于|少于|多于|高达|仅"
)
_AFTER = r"以上|左右|以内|以下|上下|之多|多(?=[，。；、])"
_COMPARISONS = {
    word: meaning
    for meaning, words in (
        ("at least", "不低于 不少于 不小于 至少 以上"),
        ("at most", "不超过 不高于 不大于 最多 以内"),
        ("below", "以下 不足 低于 少于"),
        ("exceeds", "超过 超出 超 突破 逾 高于 大于 多于 跃过 跨过 迈过 余 多"),
        ("nearly", "近 将近 接近"),
        ("about", "约 大约 左右 上下 来"),
    )
    for word in words.split()
}
_DOUBLED = {"翻一番": "2", "翻番": "2", "翻两番": "4", "翻了一番": "2", "翻了两番": "4"}


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A number with its unit; `start` and `end` bound the wording, `number_at` the number."""

    start: int
    end: int
    number_at: int
    value: str
    unit: str
    kind: str
    comparison: str = ""
    upto: str = ""
    """The upper end of a range: 5-10家."""


def quantities(text: str) -> list[Quantity]:
    """Every quantity in `text`, in order."""
    found = [q for match in _pattern().finditer(text) if (q := _quantity(match)) is not None]
    found += [
        Quantity(m.start(), m.end(), m.start(), _DOUBLED[m[0]], "倍", "percent", "doubles")
        for m in re.finditer("|".join(sorted(_DOUBLED, key=len, reverse=True)), text)
    ]
    return sorted(found)


@cache
def _kinds() -> dict[str, str]:
    return {unit.word: unit.kind for unit in units()}


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(u) for u in sorted(_kinds(), key=lambda u: (-len(u), u)))
    per = rf"(?:/(?:{words})|/[年月日天时])?"
    return re.compile(
        rf"(?P<before>{_BEFORE})?(?:了)?(?:"
        rf"百分之(?P<hundredths>{_FIGURES}|{_WORDS}(?:点{_WORDS})?)"
        rf"|(?<![\d.第A-Za-z])(?P<minus>(?<=[长为速降幅])\s*[-−－])?(?P<number>{_FIGURES}|{_WORDS})\s*(?P<around>{_AROUND})?"
        rf"(?:\s*[-—–~～至]\s*(?P<upto>{_FIGURES}))?"
        rf"\s*(?:(?P<scale>{_SCALE})(?P<around2>{_AROUND})?\s*(?P<unit>(?:{words}){per})?|(?P<plain>(?:{words}){per}))"
        rf")(?:[（(][^）)]{{1,3}}[）)])?(?P<after>{_AFTER})?"
    )


def _quantity(match: re.Match[str]) -> Quantity | None:
    if match["hundredths"]:
        amount, unit, at = number(match["hundredths"]), "%", match.start("hundredths")
        value = match["hundredths"] if amount is None else _plain(amount, match["hundredths"])
    else:
        amount = number(match["number"])
        unit = (match["scale"] or "") + (match["unit"] or match["plain"] or "")
        value, at = _plain(amount, match["number"]), match.start("number")
        value = "-" + value if match["minus"] else value
    if amount is None:
        return None
    unit = unit.replace("％", "%")
    base = (match["unit"] or match["plain"] or "").split("/")[0].replace("％", "%")
    kind = "percent" if match["hundredths"] else _kinds().get(base, "count")
    wording = match["around"] or match["around2"] or match["after"] or match["before"] or ""
    if match["before"] in ("不低于", "不少于", "不超过", "不高于"):
        wording = match["before"]
    return Quantity(
        match.start(), match.end(), at, value, unit, kind, _COMPARISONS.get(wording, ""), match["upto"] or ""
    )


def _plain(amount: float | None, wording: str) -> str:
    if amount is None or re.fullmatch(r"\d+(?:\.\d+)?", wording):
        return wording
    return f"{amount:g}" if amount < 1e6 else str(int(amount))
