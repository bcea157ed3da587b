"""A draft becomes an article: its text cleaned and frozen, its particulars put in one form."""

from __future__ import annotations

import html
import re

from kg.model import Article
from kg.read.blocks import Block, blocks
from kg.read.bylines import is_name, writers_in
from kg.read.clean import Cleaned, clean, visible
from kg.read.dates import date_in_path
from kg.read.draft import Draft, Markup, UnreadableError
from kg.read.page import Found, read_page
from kg.read.plain import first_line_headline, markdown_blocks, plain_blocks
from kg.read.tree import HostileHtmlError, collapsed, parse

_TAGGED = re.compile(
    r"</?(?:p|div|br|span|h[1-6]|table|article|section|font|ul|ol|li|strong|a|img|body)\b[^<>]*>", re.I
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|body|head)\b", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,10}\d{0,2});", re.I)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f]")
_OTHER_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u052f\u0590-\u06ff\u0e00-\u0e7f]")
_OTHER_EAST = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_UNSAFE_IN_ID = re.compile(r"[\s\x00-\x1f\x7f/\\#?]+")
_LONGEST_ID = 120


def to_article(draft: Draft) -> Article:
    """The article that `draft` holds; raises `UnreadableError` when there is none."""
    try:
        found = _found(draft)
    except HostileHtmlError as error:
        raise UnreadableError(str(error)) from error
    title = _line(draft.title) or _line(found.title)
    cleaned = clean(found.blocks, title)
    text = cleaned.text
    _check(text)
    url = draft.url or found.url
    return Article(
        id=tidy_id(draft.id),
        title=title or _line(cleaned.headline) or tidy_id(draft.id),
        text=text,
        date=draft.date or found.date or cleaned.date or cleaned.dated_by_dateline() or date_in_path(url),
        publisher=_line(draft.publisher or found.publisher or cleaned.publisher or found.site or "") or None,
        authors=_authors(draft, cleaned),
        sources=(draft.source,),
        url=url,
    )


def tidy_id(name: str) -> str:
    """`name` as an id: no spaces or path marks, and not too long."""
    tidy = _UNSAFE_IN_ID.sub("_", visible(name).strip()).strip("_")
    return tidy[:_LONGEST_ID] or "article"


def _found(draft: Draft) -> Found:
    body = visible(draft.body)
    markup = draft.markup
    tagged = bool(_TAGGED.search(body))
    if markup is not Markup.PLAIN and _WHOLE_PAGE.search(body[:20_000]):
        return read_page(parse(body))
    if markup is Markup.PAGE:
        return read_page(parse(body))
    if markup is Markup.HTML or tagged:
        return Found(blocks(parse(body).body))
    if markup is Markup.ANY and _ENTITY.search(body):
        body = visible(html.unescape(body))
    lines = markdown_blocks(body) if markup is Markup.MARKDOWN else plain_blocks(body)
    return Found(*_headline_apart(lines, draft.title))


def _headline_apart(lines: list[Block], title: str) -> tuple[list[Block], str]:
    if title or not lines:
        return lines, ""
    if lines[0].tag == "h1":
        return lines[1:], lines[0].text
    headline = first_line_headline(lines)
    return (lines[1:], headline) if headline else (lines, "")


def _line(text: str) -> str:
    return collapsed(visible(html.unescape(text) if _ENTITY.search(text) else text).replace("\n", " "))


def _authors(draft: Draft, cleaned: Cleaned) -> tuple[str, ...]:
    """The stated authors, or those of the bylines."""
    stated: list[str] = []
    for item in draft.authors:
        stated += [name for name in writers_in(_line(item)) if name and name not in stated]
    if any(is_name(name) for name in stated) or not cleaned.authors:
        return tuple(stated)
    return tuple(cleaned.authors)


def _check(text: str) -> None:
    if not text:
        raise UnreadableError("no text is left once markup, captions and credits are gone")
    han = len(_HAN.findall(text))
    east = len(_OTHER_EAST.findall(text))
    letters = len(_OTHER_LETTER.findall(text)) + east
    if han < 2 or han < 0.2 * (han + letters) or east > 0.3 * han:
        raise UnreadableError("not Chinese: too few of its letters are Chinese characters")
