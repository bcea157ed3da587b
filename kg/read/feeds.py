"""RSS and Atom feeds as drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kg.read.dates import parse_date
from kg.read.draft import Draft, Markup, UnreadableError

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BODIES = ("encoded", "content", "description", "summary", "body")
_DATES = ("pubdate", "published", "issued", "date", "updated", "modified")


def feed_drafts(text: str, source: str, stem: str) -> Iterator[Draft]:
    """The articles of a feed; raises `UnreadableError` for other XML and for entity tricks."""
    try:
        # The declaration is dropped because the text is decoded already.
        root = fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"))
    except ParseError as error:
        raise UnreadableError(f"broken XML: {error}") from error
    except DefusedXmlException as error:
        raise UnreadableError("XML that declares entities, which are not read") from error
    kind = _local(root)
    if kind not in ("rss", "feed", "rdf", "channel"):
        raise UnreadableError(f"XML, but neither RSS nor Atom: its root is <{kind}>")
    channel = next((e for e in root if _local(e) == "channel"), root)
    outlet = _text(channel, "title")
    items = [e for e in root.iter() if _local(e) in ("item", "entry")]
    if not items:
        raise UnreadableError("a feed without a single item")
    for number, item in enumerate(items, 1):
        yield _draft(item, source, number, stem, outlet)


def _draft(item: Element, source: str, number: int, stem: str, outlet: str) -> Draft:
    url = _link(item)
    name = _text(item, "guid") or _text(item, "id")
    if not name or "/" in name or ":" in name:
        name = _stem_of(url or name)
    return Draft(
        source=f"{source}#{name or number}",
        id=name or stem,
        body=max((_text(item, tag) for tag in _BODIES), key=_fullness),
        markup=Markup.ANY,
        title=_text(item, "title"),
        date=next((day for tag in _DATES if (day := parse_date(_text(item, tag)))), None),
        publisher=_publisher(item) or outlet or None,
        authors=tuple(_authors(item)),
        url=url,
    )


def _fullness(body: str) -> int:
    return len(re.sub(r"<[^<>]*>", "", body))


def _authors(item: Element) -> Iterator[str]:
    for element in item:
        if _local(element) in ("author", "creator"):
            name = _text(element, "name") or (element.text or "").strip()
            name = re.sub(r"\S+@\S+\s*|[()（）]", " ", name).strip()
            if name:
                yield name


def _publisher(item: Element) -> str:
    source = next((e for e in item if _local(e) == "source"), None)
    if source is None:
        return ""
    return _text(source, "title") or (source.text or "").strip()


def _link(item: Element) -> str | None:
    for element in item:
        if _local(element) == "link" and element.get("rel", "alternate") == "alternate":
            link = (element.get("href") or element.text or "").strip()
            if link:
                return link
    return None


def _stem_of(url: str) -> str:
    """The last part of a URL's path without its ending, when it names the article."""
    path = re.sub(r"[?#].*$", "", re.sub(r"^[a-z]+:(?://[^/]*)?", "", url)).rstrip("/")
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return stem if len(stem) >= 4 and stem not in ("index", "content", "article", "default") else ""


def _text(parent: Element, name: str) -> str:
    """The text of the first child called `name`; markup inside it is kept as markup."""
    element = next((child for child in parent if _local(child) == name), None)
    if element is None:
        return ""
    if len(element):
        return "".join(_markup(element))
    return (element.text or "").strip()


def _markup(element: Element) -> Iterator[str]:
    """XHTML inside an Atom element, as the HTML that it is."""
    stack: list[Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        tag = _local(item)
        yield f"<{tag}>" if item is not element else ""
        yield _escaped(item.text)
        stack.append(f"</{tag}>" if item is not element else "")
        for child in reversed(item):
            stack += [_escaped(child.tail), child]


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;")


def _local(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1].lower()
