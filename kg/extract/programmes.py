"""Names between marks: documents in 《》, quotations before a head, short names in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.model import Candidate, EntityType

_BOOK = re.compile(r"《([^《》\n]{2,90})》")
_MEDIA = re.compile(
    r"(?:日报|晚报|早报|时报|商报|快报|都市报|导报|青年报|周报|观察报|周刊|杂志|新闻|财经|之声|新闻联播)$"
)
_REPORTED = re.compile(r"的?(?:首席)?(?:记者|报道|讯|消息|编辑部|系列报道|栏目|节目|刊文|发文)")

_WHOLE_HEADS = (
    "行动计划 专项行动 行动方案 行动 计划 工程 平台 基地 规划纲要 规划建议 规划 目标体系 目标 "
    "战略布局 总体布局 战略 体系 方案 机制 制度 系统"
).split()
_OUTER_HEADS = (
    "科技专项 重大专项 专项 政策 项目 建设 倡议 试点 改革 品牌 应用 服务 举措 小程序 场景 模式 工作法"
).split()
_QUOTED: Final = re.compile(
    rf"“(?P<inner>[^“”\n，。；]{{2,16}})”"
    rf"(?:(?P<head>{'|'.join(_WHOLE_HEADS)})|(?:{'|'.join(_OUTER_HEADS)}))"
)
_NEXT: Final = re.compile("”(?P<head>[^“”，。；、《》]{0,6}?)[、和与及]?(?=“)")
_FIVE_YEARS: Final = re.compile(r"“(?P<inner>十[一二三四五六七八九]五)”(?![^，。；“”《》]{0,16}规划)")

_CALLED = re.compile(
    r"[）)》”]{0,2}[（(](?:(?:以下|下文)?(?:统称|合称|简称|下称|又称)(?:为|作)?|即)[：:]?[“《‘\"]{0,2}"
    r"(?P<name>[^“”《》（）()\n，。]{2,20})[”》’\"]{0,2}[）)]"
)
_LETTERS = re.compile(r"[”》]{0,2}[（(](?P<name>[A-Z][A-Za-z0-9&+.-]{1,11})[）)]")


def titles(text: str) -> Iterator[Candidate]:
    """Yield each document named in 《》, without the marks; newspapers and programmes on air are none."""
    for match in _BOOK.finditer(text):
        if not _MEDIA.search(match[1]) and not _REPORTED.match(text, match.end()):
            yield Candidate(match.start(1), match.end(1), EntityType.PROGRAMME, 0.95, "title")


def on_air(text: str) -> Iterator[tuple[int, int]]:
    """Yield each stretch between book marks that is the press and no document."""
    for match in _BOOK.finditer(text):
        if _MEDIA.search(match[1]) or _REPORTED.match(text, match.end()):
            yield match.span()


def quoted(text: str) -> Iterator[Candidate]:
    """Yield each quotation that a word such as 行动 makes a programme's name, and each five-year plan."""
    for match in _QUOTED.finditer(text):
        if match["head"]:
            yield Candidate(match.start(), match.end(), EntityType.PROGRAMME, 0.6, "quotes")
        else:
            yield Candidate(*match.span("inner"), EntityType.PROGRAMME, 0.6, "quotes")
    for match in _FIVE_YEARS.finditer(text):
        yield Candidate(*match.span("inner"), EntityType.PROGRAMME, 0.6, "quotes")


def short_names(text: str, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the names that brackets behind a name introduce: （以下简称“…”） and （ABC）."""
    for item in found:
        called = _CALLED.match(text, item.end) or _LETTERS.match(text, item.end)
        if called and item.type != EntityType.PERSON:
            yield Candidate(*called.span("name"), item.type, max(0.9, item.confidence), "grammar")


def each_quotation(text: str, item: Candidate) -> Iterator[Candidate]:
    """Yield the quotations that were read as one programme, each with its head, or `item` itself."""
    start = item.start
    if "“" in text[max(0, start - 1) : start + 1]:
        for match in _NEXT.finditer(text, start, item.end):
            yield replace(item, start=start, end=match.end("head"))
            start = match.end()
    yield replace(item, start=start)
