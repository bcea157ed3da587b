"""The article in a whole web page: its main text, and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from kg.read.blocks import Block, apart, blocks
from kg.read.clean import same_words
from kg.read.dates import date_in_path, parse_date, timestamp
from kg.read.notices import source_named
from kg.read.tree import Element, Page

_DATE_NAMES = frozenset(
    "article:published_time publishdate publish_date pubdate publishtime publish_time datepublished "
    "og:release_date og:published_time article:create_at weibo:article:create_at dc.date dc.date.issued "
    "dcterms.issued dcterms.created sailthru.date firstpublishedtime createtime date time".split()
)
_OUTLET_NAMES = ("contentsource", "source", "og:site_name", "publisher", "mediaid", "sitename")
_COMMA = re.compile(r"[，。；！？,]")
_SITE = re.compile(r"\s*[_|—–]\s*|\s+-+\s+|--+|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff]{2,12}$)")
_STAMP_NEAR = 400
"""A visible time stands within this many characters before the main text, or just after it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a page holds: the blocks of its article, and the head's word on it."""

    blocks: list[Block]
    title: str = ""
    date: str | None = None
    publisher: str | None = None
    """The outlet that a visible line names."""
    site: str | None = None
    """The outlet that the head names, or else the site."""
    url: str | None = None


def read_page(page: Page) -> Found:
    """The article of `page`."""
    linked = dict(_linked_data(page.scripts))
    main = main_element(page.body)
    around = _before(page.body, main)
    headings = [e.string() for e in page.body.elements() if e.tag == "h1"][:5]
    meta = dict(reversed(page.meta))
    return Found(
        blocks=blocks(main),
        title=_title(page.title, headings, linked.get("headline") or meta.get("og:title") or ""),
        date=linked.get("datePublished")
        or _meta_date(page.meta)
        or _stamp(around)
        or date_in_path(page.canonical),
        publisher=_outlet(around),
        site=_first(_named(meta.get(name)) for name in _OUTLET_NAMES) or linked.get("publisher"),
        url=page.canonical if (page.canonical or "").startswith("http") else meta.get("og:url"),
    )


def main_element(body: Element) -> Element:
    """The element that holds the article: where the prose is densest and links are few."""
    scores: dict[Element, float] = {}
    for element in _kept(body):
        own = _own_prose(element)
        if own < 20:
            continue
        text = "".join(child for child in element.children if isinstance(child, str))
        points = 1 + len(_COMMA.findall(text)) + min(own / 50, 6)
        holder, share = element if element.tag in ("div", "td", "article", "section", "body") else None, 1.0
        holder = holder or element.parent
        while holder is not None and share > 0.1:
            if not holder.inline and holder.tag not in ("p", "blockquote", "ul", "ol"):
                scores[holder] = scores.get(holder, 0.0) + points * share
                share /= 2
            holder = holder.parent
    if not scores:
        return body
    best = max(scores, key=lambda e: scores[e] * (1 - e.links / max(1, e.text)))
    return _widened(best)


def _kept(body: Element) -> Iterator[Element]:
    """Every element but those of the margins."""
    stack = [body]
    while stack:
        element = stack.pop()
        yield element
        stack.extend(
            child
            for child in reversed(element.children)
            if isinstance(child, Element) and not apart(child, body.text)
        )


def _own_prose(element: Element) -> int:
    """Characters that stand in `element` itself or in inline elements in it, links left out."""
    own = sum(len(child) for child in element.children if isinstance(child, str))
    return own + sum(c.text - c.links for c in element.children if isinstance(c, Element) and c.inline)


def _widened(best: Element) -> Element:
    """The parent instead, while it holds much more prose and not many more links: a cut-up article."""
    while best.parent is not None and best.parent.tag != "body":
        parent = best.parent
        prose, wider = best.text - best.links, parent.text - parent.links
        if wider < 1.2 * prose or parent.links - best.links > 0.3 * (wider - prose):
            break
        best = parent
    return best


def _before(body: Element, main: Element) -> list[str]:
    """The lines of the page near the main text: those before it, nearest first."""
    lines: list[str] = []
    length = 0
    parts: list[str] = []
    for element in body.elements():
        if element is main:
            break
        if element.text < 120 and not element.inline and element.string():
            parts.append(element.string())
    for line in reversed(parts):
        length += len(line)
        if length > _STAMP_NEAR and lines:
            break
        lines.append(line)
    return lines


def _stamp(lines: Iterable[str]) -> str | None:
    for line in lines:
        for part in (line, *re.split(r"\s{2,}|[|｜丨]|\s(?=来源|作者|责编|编辑)", line)):
            if found := timestamp(part.strip()):
                return found[0]
    return None


def _outlet(lines: Iterable[str]) -> str | None:
    for line in lines:
        for part in re.split(r"\s+|[|｜丨]", re.sub(r"([:：])\s+", r"\1", line)):
            if name := source_named(part):
                return name
    return None


def _named(outlet: str | None) -> str | None:
    """An outlet as the head has it; the platform that shows every outlet's pages is none."""
    if outlet is None or outlet == "微信公众平台":
        return None
    return source_named(outlet) or outlet


def _meta_date(meta: Iterable[tuple[str, str]]) -> str | None:
    return _first(parse_date(content) for name, content in meta if name in _DATE_NAMES)


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _title(title: str, headings: list[str], stated: str) -> str:
    """The headline: a heading that the page's title repeats, or the title without the site's name."""
    for heading in (*headings, stated):
        if heading and title and same_words(heading, title):
            return heading if len(heading) <= len(title) else title
    if stated:
        return stated
    if title:
        return max(_SITE.split(title)[:2], key=len).strip() if _SITE.search(title) else title
    return headings[0] if headings else ""


def _linked_data(scripts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Headline, day and publisher of the first linked-data article."""
    for script in scripts:
        try:
            value = orjson.loads(script)
        except orjson.JSONDecodeError:
            continue
        graph = value.get("@graph") if isinstance(value, dict) else value
        for item in graph if isinstance(graph, list) else [value]:
            if isinstance(item, dict) and "headline" in item:
                yield from _article_fields(item)
                return


def _article_fields(item: dict[str, object]) -> Iterator[tuple[str, str]]:
    if isinstance(headline := item.get("headline"), str):
        yield "headline", headline.strip()
    if day := parse_date(item.get("datePublished")):
        yield "datePublished", day
    publisher = item.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    if isinstance(name, str) and name.strip():
        yield "publisher", name.strip()
