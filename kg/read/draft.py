"""What a format's reader hands on: the parts of one article before its text is cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UnreadableError(ValueError):
    """One article, or a whole file, cannot be read; the message is the reason."""


class Markup(StrEnum):
    """How a body is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    PAGE = "page"
    """HTML of a whole page: the article must be found in it."""
    ANY = "any"
    """HTML if it has tags, else plain."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One article as its file has it; empty where the file says nothing."""

    source: str
    id: str
    body: str
    markup: Markup = Markup.ANY
    title: str = ""
    date: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not read, and why."""

    source: str
    reason: str
