"""A page as the blocks of text that a reader sees, one under the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.read.tree import Element, collapsed

_CAPTION = frozenset("caption figcaption descr imgdesc picdesc imgdescr photodesc tuzhu".split())
_PICTURE = frozenset("img image pic picture photo".split())
_PICTURE_TEXT = frozenset("descr desc description caption text txt note info title".split())
_APART = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs crumb crumbs footer foot sidebar aside share bdshare "
    "sharebox social related relate relation relevant recommend recommended recommendation guess hot rank "
    "ranking comment comments pinglun reply qr qrcode ewm erweima weixin copyright disclaimer statement "
    "shengming ad ads adv advert advertisement advertise banner sponsor pager pagination paging toolbar "
    "login register subscribe download popup modal tags typetags friendlink links appendqr".split()
)
_APART_TAGS = frozenset({"nav", "footer", "aside", "figcaption", "menu", "dialog"})
_ABOUT = frozenset(
    "time date pubtime pubdate publish source author authors byline editor editors zebian "
    "laiyuan zuozhe info infos meta".split()
)
MAIN_SHARE = 0.5
"""An element with more than this share of the page's text is no margin, whatever it is called."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or line; `about` marks one that the page styles as data on the article."""

    text: str
    tag: str = "p"
    about: bool = False
    link_share: float = 0.0


def blocks(root: Element) -> list[Block]:
    """The blocks beneath `root`, without captions, menus, related links and other margins."""
    return list(_Flattening(root).run())


def apart(element: Element, total: int) -> bool:
    """Whether `element` is beside the article: a menu, a caption, an advert, a list of links."""
    if element.tag in _APART_TAGS:
        return True
    if element.hidden:
        return element.text <= MAIN_SHARE * total
    words = element.words
    if not words:
        return False
    if words & _CAPTION or (words & _PICTURE and words & _PICTURE_TEXT):
        return element.text < 400
    return bool(words & _APART) and not element.inline and element.text <= MAIN_SHARE * total


class _Flattening:
    """One pass over a tree: inline text gathers in a line until a block begins or ends."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.line: list[str] = []
        self.links = 0

    def run(self) -> Iterator[Block]:
        stack: list[Element | str | None] = [self.root]
        owners: list[Element] = [self.root]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                self.line.append(item)
                continue
            if item is None:
                yield from self.flushed(owners[-1])
                owners.pop()
                continue
            if item is not self.root and apart(item, self.root.text):
                continue
            if item.inline:
                self.links += item.links if item.tag == "a" else 0
            else:
                yield from self.flushed(owners[-1])
                owners.append(item)
                stack.append(None)
            stack.extend(reversed(item.children))

    def flushed(self, owner: Element) -> Iterator[Block]:
        text = collapsed("".join(self.line))
        if text:
            inner = next((c for c in owner.children if isinstance(c, Element)), None)
            words = owner.words | (inner.words if inner and inner.text == owner.text else frozenset())
            about = bool(words & _ABOUT) and len(text) < 100
            yield Block(text, owner.tag, about, min(1.0, self.links / max(1, len("".join(text.split())))))
        self.line = []
        self.links = 0
