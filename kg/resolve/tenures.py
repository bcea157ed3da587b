"""The time of a post: each article that gives it narrows the days between which it began and ended.

An article that calls somebody 局长 says that the post was held on its day; one that says 原局长 or 免去, that
it had ended by then; 自2018年3月起任 bounds the beginning. Nothing is bounded by what no article says.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.model import Fact

FORMER = "former"
_NOT_YET = "elect"
_LAST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Days, ISO; empty where nothing bounds."""

    start_earliest: str = ""
    start_latest: str = ""
    end_earliest: str = ""
    end_latest: str = ""

    def narrowed(self, other: _Bounds) -> _Bounds:
        """What both say together."""
        return _Bounds(
            max(self.start_earliest, other.start_earliest),
            min(self.start_latest or _LAST, other.start_latest or _LAST).replace(_LAST, ""),
            max(self.end_earliest, other.end_earliest),
            min(self.end_latest or _LAST, other.end_latest or _LAST).replace(_LAST, ""),
        )

    @property
    def sound(self) -> bool:
        """Whether one tenure can lie so."""
        last = self.end_latest or _LAST
        return self.start_earliest <= (self.start_latest or _LAST) and self.end_earliest <= last

    def as_qualifiers(self) -> dict[str, str]:
        """The bounds that are known, by their names in the graph."""
        told = {
            "startEarliest": self.start_earliest,
            "startLatest": self.start_latest,
            "endEarliest": self.end_earliest,
            "endLatest": self.end_latest,
        }
        return {name: day for name, day in told.items() if day}


def with_bounds(best: Fact, told: Iterable[Fact], days: Mapping[str, str]) -> Fact:
    """`best` with the time that all statements `told` of its post give together; `days` are the articles'.

    Statements that cannot be of one tenure, a post left and taken up again, leave the later ones standing.
    """
    if best.property != "holdsPost":
        return best
    dated = sorted(((_day(fact, days), n, fact) for n, fact in enumerate(told)), key=lambda t: t[:2])
    bounds, since = _Bounds(), 0
    for number, (day, _, fact) in enumerate(dated):
        own = _of(fact, day)
        both = bounds.narrowed(own)
        bounds, since = (both, since) if both.sound else (own, number)
    kept = [fact for _, _, fact in dated[since:]]
    wording = {k: v for fact in kept for k, v in fact.qualifiers.items() if k in _WORDED}
    others = {k: v for k, v in best.qualifiers.items() if k not in (*_WORDED, "status")}
    last = kept[-1].qualifiers.get("status")
    status = {"status": last} if last else {}
    return replace(best, qualifiers={**others, **wording, **status, **bounds.as_qualifiers()})


_WORDED = ("start", "end", "startStated", "endStated")


def _day(fact: Fact, days: Mapping[str, str]) -> str:
    """The day of the article that states `fact`; empty when it has none."""
    return min((days.get(sentence.article, "") for sentence in fact.evidence), default="")


def _of(fact: Fact, day: str) -> _Bounds:
    """What one statement says of the time."""
    said = fact.qualifiers
    start, end, status = said.get("start", ""), said.get("end", ""), said.get("status", "")
    left, taken = _last(end), _last(start)
    if status == FORMER:
        return _Bounds(_first(start), taken, _first(end), left or day)
    if status == _NOT_YET:
        return _Bounds(_first(start), taken, _first(end), left)
    return _Bounds(_first(start), taken or day, _first(end) or max(day, _first(start)), left)


def _first(date: str) -> str:
    return (date + "-01-01"[len(date) - 4 :])[:10] if date else ""


def _last(date: str) -> str:
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:7]))[1]:02d}"
    return date
