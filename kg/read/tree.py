"""HTML as a light tree: what a reader would see, with how much of it is text and how much links.

Nothing here recurses and nothing is quadratic in hostile markup: pages that would make the
parser so are thinned out or refused before it sees them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_DEPTH = 2_000
_LONG_TAG, _MANY_ATTRIBUTES = 20_000, 1_000

UNSEEN = frozenset(
    "script style noscript template iframe object embed svg math canvas audio video map area select option "
    "optgroup datalist input button textarea progress meter dialog rp rt link base frame frameset".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rb ruby s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_CHILDLESS = frozenset(
    "area base br col embed hr img input link meta param source track wbr html head body p li dd dt td th tr "
    "tbody thead tfoot colgroup caption option optgroup".split()
)
"""Elements that hold none, or that end by themselves when the next one begins."""
_OPTIONS = re.compile(r"</?(?:option|optgroup|select|nobr)\b[^<>]*>", re.IGNORECASE)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[\u4e00-\u9fff]+")
_SPACE = re.compile(r"[ \t\r\n\f]+")


class HostileHtmlError(ValueError):
    """The markup is built to exhaust a parser; the message is the reason."""


@dataclass(slots=True, eq=False)
class Element:
    """An element that shows: its children in order, and counts of the characters beneath it."""

    tag: str
    words: frozenset[str] = frozenset()
    """The words of its class and id, lower case: `appendQr_wrap` gives append, qr, wrap."""
    parent: Element | None = None
    hidden: bool = False
    """Whether its own style hides it; pages that scripts unveil hide their article so."""
    children: list[Element | str] = field(default_factory=list)
    text: int = 0
    """Characters of text beneath it, white space left out."""
    links: int = 0
    """How many of them are link text."""

    @property
    def inline(self) -> bool:
        """Whether it stands in a line of text."""
        return self.tag in INLINE

    def elements(self) -> Iterator[Element]:
        """Yield this element and all beneath it, in the order of the page."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def string(self) -> str:
        """All text beneath it, in order, white space collapsed."""
        parts: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend(reversed(item.children))
        return collapsed("".join(parts))


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: the body, and what the head says."""

    body: Element
    title: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    """Name (or property, or itemprop) and content of every `meta` and `time` element, in order."""
    scripts: tuple[str, ...] = ()
    """The linked-data scripts, as JSON text."""
    canonical: str | None = None


def parse(markup: str) -> Page:
    """The page that `markup` shows; a fragment is a page without a head."""
    tree = LexborHTMLParser(_tamed(markup))
    head = tree.css_first("title")
    link = tree.css_first('link[rel="canonical"]')
    return Page(
        body=_light(tree.body),
        title=collapsed(head.text()) if head else "",
        meta=tuple(_meta(tree)),
        scripts=tuple(node.text() for node in tree.css('script[type="application/ld+json"]')[:10]),
        canonical=link.attributes.get("href") if link else None,
    )


def collapsed(text: str) -> str:
    """`text` with runs of breaking white space as one space, trimmed of every kind of space."""
    return _SPACE.sub(" ", text).strip()


def _meta(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css("meta, time, [itemprop=datePublished]")[:200]:
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or node.tag
        content = attributes.get("content") or attributes.get("datetime") or ""
        if name and content:
            yield name.casefold(), collapsed(content)


def _tamed(markup: str) -> str:
    """`markup` without what makes parsers slow and shows nothing; raises when nested too deep."""
    unclosed: Counter[str] = Counter()
    depth = 0
    for match in _TAG.finditer(markup):
        tag = match[2].lower()
        if tag in _CHILDLESS:
            continue
        step = (-1 if unclosed[tag] else 0) if match[1] else 1
        unclosed[tag] += step
        depth += step
        if depth > MAX_DEPTH:
            raise HostileHtmlError(f"HTML nested more than {MAX_DEPTH:,} elements deep")
    if len(markup) > _LONG_TAG:
        markup = _OPTIONS.sub(" ", markup)
        pieces = markup.split(">")
        if any(len(piece) > _LONG_TAG for piece in pieces):
            markup = ">".join(_bare(piece) for piece in pieces)
    return markup


def _bare(piece: str) -> str:
    """A stretch that ends with a tag's `>`: the tag without its attributes when it has thousands."""
    start = _TAG.search(piece)
    if start is None or len(piece) - start.end() < _LONG_TAG:
        return piece
    if len(_SPACE.findall(piece, start.end())) < _MANY_ATTRIBUTES:
        return piece
    return piece[: start.end()]


def _light(node: LexborNode | None) -> Element:
    root = Element("body")
    if node is None:
        return root
    made = [root]
    stack: list[tuple[LexborNode, Element]] = []
    _push(stack, node.child, root)
    while stack:
        current, parent = stack.pop()
        _push(stack, current.next, parent)
        if current.is_text_node:
            _add_text(parent, current.text(deep=False))
        elif current.is_element_node and (element := _element(current, parent)):
            parent.children.append(element)
            made.append(element)
            _push(stack, current.child, element)
    for element in reversed(made):
        if element.tag == "a":
            element.links = element.text
        if element.parent:
            element.parent.text += element.text
            element.parent.links += element.links
    return root


def _push(stack: list[tuple[LexborNode, Element]], node: LexborNode | None, parent: Element) -> None:
    if node is not None:
        stack.append((node, parent))


def _add_text(parent: Element, text: str | None) -> None:
    if text:
        parent.children.append(text)
        parent.text += len("".join(text.split()))


def _element(node: LexborNode, parent: Element) -> Element | None:
    tag = node.tag or ""
    if tag in UNSEEN:
        return None
    attributes = node.attributes
    if not attributes:
        return Element(tag, parent=parent)
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''}"
    words = frozenset(word.lower() for word in _WORD.findall(named[:400]))
    hidden = "hidden" in attributes or bool(_HIDING.search(attributes.get("style") or ""))
    return Element(tag, words, parent, hidden)
