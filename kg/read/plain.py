"""Plain text and Markdown as blocks, and the headline that stands on the first line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.blocks import Block
from kg.read.bylines import cut_byline
from kg.read.dates import timestamp
from kg.read.notices import source_named

_ENDS_SENTENCE = re.compile(r"[。！？!?；;…：:，,、][”’」』）)]*$")
_LONGEST_HEADLINE = 60
_WRAPPED_WIDTH = (16, 60)
_MARKDOWN = (
    (
        re.compile(r"^[ \t]*(?:```|~~~).*$|^[ \t]*(?:[-*_][ \t]*){3,}$|^\[[^\]]+\]:\s*\S+.*$", re.MULTILINE),
        "",
    ),
    (re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![*\w])"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
)
_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*$")


def plain_blocks(text: str) -> list[Block]:
    """The paragraphs of `text`: one a line, or several lines where they were wrapped at a width."""
    found: list[Block] = []
    for group in re.split(r"\n[ \t\u3000]*\n", text):
        lines = [stripped for line in group.split("\n") if (stripped := line.strip())]
        found.extend(Block(line) for line in _unwrapped(lines))
    return found


def markdown_blocks(text: str) -> list[Block]:
    """The paragraphs of Markdown without its marks; a first-level heading is the headline."""
    for pattern, kept in _MARKDOWN:
        text = pattern.sub(kept, text)
    return [_heading(block) for block in plain_blocks(text)]


def first_line_headline(blocks: list[Block]) -> str:
    """The first line when it is a headline: short, no sentence, with text after it."""
    if len(blocks) < 2:
        return ""
    first = blocks[0].text
    if (
        len(first) > _LONGEST_HEADLINE
        or "。" in first
        or _ENDS_SENTENCE.search(first)
        or not re.search(r"[\u4e00-\u9fff]{2}", first)
    ):
        return ""
    if timestamp(first) or source_named(first) or not cut_byline(first).rest:
        return ""
    return first


def _heading(block: Block) -> Block:
    match = _HEADING.match(block.text)
    return Block(match[2], f"h{len(match[1])}") if match else block


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """`lines` joined when all but the last are of one width, as in mail and old archives."""
    widths = [len(line) for line in lines[:-1]]
    least, most = _WRAPPED_WIDTH
    if len(lines) < 3 or not least <= max(widths) <= most or max(widths) - min(widths) > 3:
        yield from lines
    elif sum(bool(_ENDS_SENTENCE.search(line)) for line in lines[:-1]) > len(widths) / 2:
        yield from lines
    else:
        yield "".join(lines)
