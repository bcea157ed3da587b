"""Blocks of a page, or lines of a text, to a clean body and what they say about the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.read.blocks import Block
from kg.read.bylines import cut_byline
from kg.read.dates import dateline_date, month_and_day, parse_date, timestamp
from kg.read.notices import heads_related_links, is_notice, source_named

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_LINE_END = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")
_NOT_LETTER = re.compile(r"[\W_]+")
_COLUMN = re.compile(r"^[（(【\[][^（）()【】\[\]]{2,12}[)）】\]]")
_SENTENCE = re.compile(r"[。！？；!?;…：][”’」』）)]*$")
_FIELD = re.compile(
    r"^(?P<key>标题|題目|题目|来源|來源|作者|记者|发布时间|发布日期|时间|日期|发表时间)\s*[:：]\s*(?P<value>.{2,80})$"
)
_PARTS = re.compile(r"\s+|[|｜丨]")
_AFTER_COLON = re.compile(r"([:：])\s+")
_NAME_OF_OUTLET = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9·]{1,12}(?:网|報|报|社|新闻|财经|台|在线|时报|周刊|杂志|政府)"
)


@dataclass(slots=True)
class Cleaned:
    """A body without what surrounds it, and the evidence that stood around it."""

    paragraphs: list[str] = field(default_factory=list)
    headline: str = ""
    date: str | None = None
    publisher: str | None = None
    authors: list[str] = field(default_factory=list)
    datelines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The body: paragraphs one a line."""
        return "\n".join(self.paragraphs)

    def dated_by_dateline(self) -> str | None:
        """The day of the dateline, when its year stands in the text."""
        for line in self.datelines:
            if (found := month_and_day(line)) and (day := dateline_date(*found, self.paragraphs)):
                return day
        return None


def visible(text: str) -> str:
    """`text` without characters that show nothing, its line ends made plain."""
    if text.isprintable():
        return text
    return _INVISIBLE.sub("", _LINE_END.sub("\n", text))


def clean(found: Iterable[Block], title: str = "") -> Cleaned:
    """The body that `found` carries; what repeats `title` is taken for the headline."""
    blocks = _without_related(list(found))
    result = Cleaned()
    for block in blocks:
        if _only_kickers(result.paragraphs) and _is_headline(block, title):
            result.headline = result.headline or block.text
            result.paragraphs.clear()
            continue
        if not result.paragraphs and _told_by_head(block.text, block.about, result):
            continue
        if (name := source_named(block.text)) is not None:
            result.publisher = result.publisher or name
            continue
        if is_notice(block.text) or (block.about and not _SENTENCE.search(block.text)):
            _gather(block.text, result)
            continue
        byline = cut_byline(block.text, opening=len(result.paragraphs) < 2)
        result.authors += [name for name in byline.writers if name not in result.authors]
        if byline.dateline:
            result.datelines.append(byline.dateline)
        if rest := byline.rest.strip():
            result.paragraphs.append(rest)
    return result


def same_words(left: str, right: str) -> bool:
    """Whether two headlines say the same, but for marks, spaces and a column's name before them."""
    one, two = (_NOT_LETTER.sub("", _COLUMN.sub("", text.strip())) for text in (left, right))
    if not one or not two:
        return False
    return one == two or (min(len(one), len(two)) >= 8 and (one in two or two in one))


def repeats(line: str, title: str) -> bool:
    """Whether `line` is the headline again, or a part of it, with little else."""
    return same_words(line, title) and len(line) <= 1.6 * len(title) + 6


def _is_headline(block: Block, title: str) -> bool:
    if block.tag == "h1":
        return True
    text = block.text
    return bool(title) and len(text) <= 120 and repeats(text, title) and not text.endswith("。")


def _only_kickers(paragraphs: Sequence[str]) -> bool:
    """Whether what stands so far can stand above a headline: a few short lines, no sentence."""
    return len(paragraphs) <= 3 and all(len(p) <= 40 and not _SENTENCE.search(p) for p in paragraphs)


def _told_by_head(text: str, about: bool, result: Cleaned) -> bool:
    """Whether a line before the body is time or source; what it says is kept."""
    if len(text) > 120:
        return False
    if stamp := timestamp(text) if len(text) <= 80 else None:
        result.date = result.date or stamp[0]
        _gather(stamp[1], result)
        return True
    if match := _FIELD.match(text):
        return _field_line(match, result)
    if about and not _SENTENCE.search(text):
        _gather(text, result)
        return True
    return False


def _field_line(match: re.Match[str], result: Cleaned) -> bool:
    key, value = match["key"], match["value"].strip()
    if key in ("标题", "题目", "題目"):
        result.headline = result.headline or value
    elif key in ("来源", "來源"):
        result.publisher = result.publisher or value
    elif key in ("作者", "记者"):
        names = cut_byline(match[0]).writers
        result.authors += [name for name in names if name not in result.authors]
        return bool(names)
    else:
        return parse_date(value) is not None
    return True


def _gather(text: str, result: Cleaned) -> None:
    """Keep the outlet and the writers that a line of data on the article names."""
    result.authors += [name for name in cut_byline(text).writers if name not in result.authors]
    if result.publisher:
        return
    parts = [part.strip(" -—:：·") for part in _PARTS.split(_AFTER_COLON.sub(r"\1", text))]
    named = [name for part in parts if (name := source_named(part))]
    alone = [part for part in parts if _NAME_OF_OUTLET.fullmatch(part)]
    result.publisher = next(iter([*named, *alone]), None)


def _without_related(blocks: Sequence[Block]) -> list[Block]:
    """`blocks` without lists of links, and without what follows a heading of related articles."""
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        if heads_related_links(block.text):
            if not any(_is_prose(later.text) for later in blocks[place + 1 :]):
                return kept
            continue
        if block.link_share > 0.7 and not _SENTENCE.search(block.text) and len(block.text) < 80:
            continue
        kept.append(block)
    return kept


def _is_prose(text: str) -> bool:
    return len(text) > 60 or (len(text) > 20 and text.endswith(("。", "。”")))
