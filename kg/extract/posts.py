"""Who holds which post in which body."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from kg.chinese.dates import resolve
from kg.extract.bodies_meant import BodiesMeant
from kg.extract.implied_bodies import ImpliedBodies
from kg.extract.post_changes import PostChanges
from kg.extract.post_phrases import Post, PostPhrases
from kg.extract.reading import Name, Reading
from kg.extract.titles import title_grammar
from kg.lexicon import addressed
from kg.model import Entity, EntityType, Evidence, Fact

CONFIDENCE = {
    "address": 0.97,
    "shared": 0.95,
    "person": 0.95,
    "named": 0.96,
    "implied": 0.9,
    "whole": 0.85,
    "country": 0.85,
    "home": 0.85,
    "verb": 0.85,
    "apposed": 0.75,
    "alike": 0.7,
    "pointed": 0.7,
    "joined": 0.65,
    "context": 0.6,
}
"""How a post was read → how often such posts are right, measured on the development articles."""

_COLLEAGUE = re.compile(
    r"(?:同志|先生|女士|[\u4e00-\u9fff]{0,2}(?:夫妇|夫人))?(?:[、，]|和|与|及|以及|，以及)?"
)
_ALIKE = re.compile(r"[、和与及]|以及")
_MANY = (
    "领导",
    "委员",
    "常委",
    "成员",
    "院士",
    "教授",
    "理事",
    "董事",
    "专家",
    "研究员",
    "律师",
    "合伙人",
    "代表",
    "创始人",
)
_ADDRESS = re.compile(r"总书记|主席|总理")


@dataclass(frozen=True, slots=True)
class Holding:
    """A person in a post, as one place of the text says it."""

    person: str
    body: str
    title: str
    status: str
    how: str
    at: int
    bound: tuple[str, str] = ("", "")
    """`start` or `end`, and the date of it."""


def posts(reading: Reading) -> Iterator[Fact | Entity]:
    """Yield the facts, and the bodies that are implied by them."""
    reader = _PostReader(reading)
    facts = list(_facts(reading, reader.holdings()))
    used = {fact.object for fact in facts}
    yield from (body for body in reader.bodies.made.values() if body.id in used)
    yield from facts


class _PostReader:
    """Reads every post of one article, left to right."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._phrases = PostPhrases(reading)
        self._changes = PostChanges(reading, self._phrases)
        self._meant = BodiesMeant(reading)
        self.bodies = ImpliedBodies(reading)
        self._last: tuple[list[Post], int] | None = None
        self._colleagues_of: Name | None = None
        """The body of the last person named, read with the name or carried along a list of colleagues."""
        self._officers: set[int] = set()
        """Where bodies stand that only say whose officer somebody is."""

    def holdings(self) -> Iterator[Holding]:
        """Yield each post of each person, in text order."""
        for name in self._reading.names:
            if name.type is EntityType.PERSON:
                yield from self._before(name)
                yield from self._address(name)
                yield from self._changed(name)

    def _before(self, person: Name) -> Iterator[Holding]:
        found = self._phrases.before(person.start)
        if not found:
            found = self._alike(person)
            yield from (h for post in found for h in self._holding(person, post, post.body, "alike"))
        else:
            previous = self._body_of_previous(found[0].start)
            yield from (h for post in found for h in self._holding(person, post, previous))
        if found:
            named = next((post.body for post in reversed(found) if post.body is not None), None)
            self._colleagues_of = named or self._body_of_previous(found[0].start)
            self._last = (found, person.end)
            self._officers.update(post.body.start for post in found if post.body is not None)

    def _alike(self, person: Name) -> list[Post]:
        """副市长甲、乙: the second shares the post of the first, where many may hold it."""
        if self._last is None or not _ALIKE.fullmatch(self._reading.text[self._last[1] : person.start]):
            return []
        *others, shared = self._last[0]
        title = shared.role.title
        if not title.startswith("副"):
            return [shared] if not others and title.endswith(_MANY) else []
        # 党组成员、副部长甲、乙: each is deputy; whether each is a member too is left open.
        return [shared] if all(post.body is shared.body for post in others) else []

    def _changed(self, person: Name) -> Iterator[Holding]:
        for change in self._changes.of(person):
            when = self._when(person) if change.bound else ""
            for post in change.posts:
                for held in self._holding(person, post, None, change.how):
                    status = change.status or held.status
                    bound = (change.bound, when) if when else ("", "")
                    yield replace(held, status=status, bound=bound)

    def _when(self, person: Name) -> str:
        """The date that the sentence of `person` gives; empty when it gives none."""
        sentence = self._reading.sentence_at(person.start)
        text = self._reading.text[sentence.start : sentence.end]
        dates = [
            d.value for d in resolve(text, self._reading.article.date) if d.value and d.precision != "years"
        ]
        return dates[0] if dates else ""

    def _holding(self, person: Name, post: Post, previous: Name | None, how: str = "") -> Iterator[Holding]:
        body, title, known = self._body(post, previous, self._officers if how == "verb" else None)
        if body is not None:
            whole = self.bodies.whole_of(post.body) if known in ("named", "shared") and post.body else None
            if whole is not None:
                unit_role = whole[1] + title
                yield Holding(person.entity, whole[0], unit_role, post.role.status, "whole", person.start)
            how = how if known in ("named", "shared", "implied", "person") and how else known
            yield Holding(person.entity, body, title, post.role.status, how, person.start)

    def _body(
        self, post: Post, previous: Name | None, officers: Collection[int] | None
    ) -> tuple[str | None, str, str]:
        named, title = post.body, post.role.title
        if post.how == "named" and named is not None and named.type is EntityType.ORGANISATION:
            country = self.bodies.of_state(title, named)
            return country or named.entity, title, "country" if country else "named"
        # 联合民主同盟总书记: whatever stands before a bare title may be its body; 国家主席 names its own.
        if post.cut and named is None and not title.startswith("国"):
            return None, title, ""
        implied = self.bodies.of(title, named or previous)
        if implied is not None:
            return implied, title, "implied"
        if named is None:
            home = self.bodies.of_home(title, post.start)
            if home is not None:
                return home, title, "home"
            if previous is not None:
                return previous.entity, title, "person"
            meant, title, how = self._meant.of(title, post.start, officers)
            return (meant.entity if meant is not None else None), title, how
        if named.type is EntityType.PLACE:
            minister = title_grammar().head(title) in ("部长", "大臣")
            return (self.bodies.of_country(named) if minister else None), title, "country"
        return named.entity, title, post.how

    def _body_of_previous(self, start: int) -> Name | None:
        """The body of the person named just before, whose colleague this one is."""
        if self._last is None or not _COLLEAGUE.fullmatch(self._reading.text[self._last[1] : start]):
            return None
        return self._colleagues_of

    def _address(self, person: Name) -> Iterator[Holding]:
        """习近平总书记, 某大学张三教授: a post that stands after the name."""
        body = self._phrases.name_before(person.start)
        title = title_grammar().pure_start(self._reading.text[person.end : person.end + 12])
        if body is not None and title and body.end == person.start and body.type is EntityType.ORGANISATION:
            yield Holding(person.entity, body.entity, title, "", "verb", person.start)
            return
        match = _ADDRESS.match(self._reading.text, person.end)
        if match is None:
            return
        title = match[0]
        known = addressed().get((person.text, title))
        if known is not None:
            yield Holding(person.entity, self.bodies.named(known), title, "", "address", person.start)


def _facts(reading: Reading, holdings: Iterable[Holding]) -> Iterator[Fact]:
    """Yield one fact for each post, with every sentence that states it."""
    pooled: dict[tuple[str, str, str], list[Holding]] = {}
    for holding in holdings:
        pooled.setdefault((holding.person, holding.body, holding.title), []).append(holding)
    for (person, body, title), group in pooled.items():
        qualifiers = {"role": title}
        if status := next((h.status for h in group if h.status and h.status != "current"), ""):
            qualifiers["status"] = status
        if starts := sorted(h.bound[1] for h in group if h.bound[0] == "start"):
            qualifiers["start"] = starts[0]
        if ends := sorted(h.bound[1] for h in group if h.bound[0] == "end"):
            qualifiers["end"] = ends[-1]
        evidence: dict[Evidence, None] = {}
        for holding in group:
            evidence.update(dict.fromkeys(reading.evidence(holding.at)))
        confidence = max(CONFIDENCE[h.how] for h in group)
        yield Fact(person, "holdsPost", body, None, qualifiers, confidence, tuple(evidence))
