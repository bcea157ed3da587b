"""Who holds which post in which body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.implied_bodies import ImpliedBodies
from kg.extract.post_phrases import Post, PostPhrases
from kg.extract.reading import Name, Reading
from kg.extract.titles import title_grammar
from kg.model import Entity, EntityType, Evidence, Fact

CONFIDENCE = {
    "named": 0.97,
    "shared": 0.95,
    "joined": 0.75,
    "person": 0.9,
    "implied": 0.85,
    "country": 0.7,
    "address": 0.9,
    "sentence": 0.5,
}
"""How a post was read → how often such posts are right, measured on the development articles."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A person in a post, as one place of the text says it."""

    person: str
    body: str
    title: str
    status: str
    how: str
    at: int


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
        self.bodies = ImpliedBodies(reading)
        self._last: tuple[Name, list[Post], int] | None = None

    def holdings(self) -> Iterator[Holding]:
        """Yield each post of each person, in text order."""
        for name in self._reading.names:
            if name.type is EntityType.PERSON:
                yield from self._before(name)
                yield from self._address(name)

    def _before(self, person: Name) -> Iterator[Holding]:
        found = self._phrases.before(person.start)
        if found:
            previous = self._body_of_previous(found[0].start)
            for post in found:
                yield from self._holding(person, post, previous)
        self._last = (person, found, person.end) if found else self._last

    def _holding(self, person: Name, post: Post, previous: Name | None) -> Iterator[Holding]:
        body, how = self._body(post, previous)
        if body is not None:
            yield Holding(person.entity, body, post.role.title, post.role.status, how, person.start)

    def _body(self, post: Post, previous: Name | None) -> tuple[str | None, str]:
        named = post.body
        if post.how == "named" and named is not None and named.type is EntityType.ORGANISATION:
            return named.entity, "named"
        implied = self.bodies.of(post.role.title, named or previous)
        if implied is not None:
            return implied, "implied"
        if named is None:
            return (previous.entity, "person") if previous is not None else (None, "")
        if named.type is EntityType.PLACE:
            minister = title_grammar().head(post.role.title) in ("部长", "大臣", "议长", "外长")
            return (self.bodies.of_country(named) if minister else None), "country"
        return named.entity, post.how

    def _body_of_previous(self, start: int) -> Name | None:
        """The body of the person named just before, whose colleague this one is."""
        if self._last is None:
            return None
        _, held, end = self._last
        between = self._reading.text[end:start]
        if re.fullmatch(r"(?:同志|先生|女士)?(?:[、，]|和|与|及|以及|，以及)?", between) is None:
            return None
        return next((post.body for post in reversed(held) if post.body is not None), None)

    def _address(self, person: Name) -> Iterator[Holding]:
        """习近平总书记: a post that stands after the name."""
        match = re.match(r"总书记|主席|总理|总统|首相", self._reading.text[person.end : person.end + 3])
        if match is None:
            return
        title = {"主席": "国家主席"}.get(match[0], match[0])
        body = self.bodies.of(title, None)
        if body is not None:
            yield Holding(person.entity, body, match[0], "", "address", person.start)


def _facts(reading: Reading, holdings: Iterable[Holding]) -> Iterator[Fact]:
    """Yield one fact for each post, with every sentence that states it."""
    pooled: dict[tuple[str, str, str], list[Holding]] = {}
    for holding in holdings:
        pooled.setdefault((holding.person, holding.body, holding.title), []).append(holding)
    for (person, body, title), group in pooled.items():
        qualifiers = {"role": title}
        if status := next((h.status for h in group if h.status and h.status != "current"), ""):
            qualifiers["status"] = status
        evidence: dict[Evidence, None] = {}
        for holding in group:
            evidence.update(dict.fromkeys(reading.evidence(holding.at)))
        confidence = max(CONFIDENCE[h.how] for h in group)
        yield Fact(person, "holdsPost", body, None, qualifiers, confidence, tuple(evidence))
