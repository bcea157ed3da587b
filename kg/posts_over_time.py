"""Who held which post, when: what the articles' dates and words bound, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.index import Index
from kg.views import EntityView, FactView

_LAST = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's post in one body, with what is known of its time.

    `known` are the ISO dates at which an article gives the post as held; `start` and `end` are
    set when the words say so.
    """

    person: EntityView
    body: EntityView
    role: str
    known: tuple[str, ...]
    start: str | None
    end: str | None
    fact: FactView

    def held_on(self, date: str) -> bool | None:
        """Whether the post was held on `date`, a day, month or year; None when the articles leave it open."""
        first, last = date + "-01-01"[len(date) - 4 :], date + "-12-31"[len(date) - 4 :]
        bound = self.fact.qualifiers.get
        begun, over = bound("startEarliest", self.start or ""), bound("endLatest", self.end or _LAST)
        if last < begun or first > over:
            return False
        sure = (bound("startLatest", ""), bound("endEarliest", ""))
        if not all(sure):
            sure = (min(self.known, default=_LAST), max(self.known, default=""))
        return True if sure[0] <= last and first <= sure[1] else None

    def __str__(self) -> str:
        since = f"{self.start or self.known[0] if self.known or self.start else '?'}"
        until = self.end or (self.known[-1] if self.known else "?")
        return f"{self.person.name} {self.body.name}{self.role} {since} – {until}"


def holders(index: Index, body: str, role: str | None, on: str | None) -> list[Tenure]:
    """The tenures in `body`; with `on`, those not known to lie outside that date, surest first."""
    found = [t for t in _tenures(index.facts_about(body)) if role is None or t.role == role]
    if on is None:
        return found
    certain = {True: 0, None: 1}
    kept = [(certain[held], t) for t in found if (held := t.held_on(on)) is not False]
    return [tenure for _, tenure in sorted(kept, key=lambda pair: pair[0])]


def career(index: Index, person: str) -> list[Tenure]:
    """The tenures of `person`, earliest known first."""
    return _tenures(index.facts_about(person))


def _tenures(facts: Iterable[FactView]) -> list[Tenure]:
    found = []
    for view in facts:
        if view.property != "holdsPost" or view.object is None:
            continue
        q = view.qualifiers
        former = q.get("status") == "former"
        known = () if former else {quote.article.date for quote in view.evidence if quote.article.date}
        first, last = q.get("startLatest", ""), q.get("endEarliest", _LAST)
        days = sorted(day for day in known if first <= day <= last)
        start, end = q.get("start"), q.get("end")
        found.append(Tenure(view.subject, view.object, q.get("role", ""), tuple(days), start, end, view))
    return sorted(
        found, key=lambda t: (t.start or (t.known[0] if t.known else ""), t.body.id, t.role, t.person.id)
    )
