"""A date in a text, and what a date may lean on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class DateMention:
    """A stretch of the text that says when.

    `value` is ISO (a day, a month or a year), None when the words do not tell. `earliest` and
    `latest` are the days that bound it, as far as known.
    """

    start: int
    end: int
    value: str | None
    precision: str
    """`day`, `month`, `part` (a half or quarter), `year`, `years`, `recent`."""
    basis: str
    """`stated`; `article` (resolved against its date); `context` (against a date before it)."""
    earliest: str | None = None
    latest: str | None = None

    @property
    def by(self) -> str | None:
        """The month or year that ends the stretch."""
        if self.latest is None or self.value is None:
            return None
        return self.latest[:4] if self.precision in ("year", "years") else self.latest[:7]


@dataclass(slots=True)
class Context:
    """What a date may lean on: the article's day, and the last dates read."""

    text: str
    anchor: date | None
    year: int | None = None
    sentence: int = -1
    day: date | None = None
