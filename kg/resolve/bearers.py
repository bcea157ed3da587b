"""What articles tell of one person: posts, the places they govern, company, occasions, career."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.chinese.abbreviations import editions, series
from kg.chinese.bodies import known_parent, read_body
from kg.model import Entity, EntityType, Mention
from kg.resolve.members import Member, Source
from kg.text import sentences

Thing = Callable[[Source, str], Member]
"""The thing that an entity of an article is."""

_CAREER = re.compile("此前|曾任|历任|原任|调任|转任|曾担任|先后|任命|免去|不再担任|履新|出任|当选")


@dataclass(eq=False, slots=True)
class Person:
    """What is known of one person: bodies they have posts in, and what they are named with."""

    members: list[Member]
    posts: set[Member] = field(default_factory=set)
    seats: set[str] = field(default_factory=set)
    """Places whose party or state bodies they have posts in; `中国` for the centre."""
    company: set[Member] = field(default_factory=set)
    """Whatever is named in the sentences that name them."""
    around: set[Member] = field(default_factory=set)
    """The bodies of their articles."""
    occasions: set[str] = field(default_factory=set)
    """The series of the yearly events that they are named with: who runs one race in two years is one."""
    career: set[str] = field(default_factory=set)
    """Places whose bodies a sentence of their career names: 此前任浙江省委常委."""

    def take(self, other: Person) -> None:
        """Add what is known of `other`, who is the same."""
        self.members += other.members
        self.posts |= other.posts
        self.seats |= other.seats
        self.company |= other.company
        self.around |= other.around
        self.career |= other.career
        self.occasions |= other.occasions


def person_of(member: Member, thing: Thing) -> Person:
    """What the article of `member` tells of them; `thing` says what an entity of an article is."""
    source, entity = member.source, member.entity
    person = Person([member])
    for _, held in member.posts():
        body = thing(source, held.id)
        person.posts.add(body)
        place = seat(body.key, held)
        if place:
            person.seats.add(place)
    spans = _near(source, entity.mentions)
    for other in source.entities.values():
        if other.type is EntityType.ORGANISATION:
            person.around.add(thing(source, other.id))
        if other.id != entity.id and any(a <= m.start < b for m in other.mentions for a, b in spans):
            person.company.add(thing(source, other.id))
    person.occasions |= _occasions(source, spans)
    text = source.article.text
    told = [(a, b) for a, b in spans if _CAREER.search(text, a, b)]
    for other in source.entities.values():
        if any(a <= m.start < b for m in other.mentions for a, b in told):
            person.career.add(seat(thing(source, other.id).key, other))
    person.career.discard("")
    person.company |= person.posts
    return person


def _occasions(source: Source, spans: list[tuple[int, int]]) -> set[str]:
    """The series of yearly events that `spans` name, or of the only one that the article names."""
    yearly = [
        event
        for event in source.entities.values()
        if event.type is EntityType.EVENT and editions(event.name) and len(series(event.name)) > 4
    ]
    near = {
        series(event.name)
        for event in yearly
        if any(a <= m.start < b for m in event.mentions for a, b in spans)
    }
    told = {series(event.name) for event in yearly}
    return near or (told if len(told) == 1 else set())


_TOWN = re.compile("[\u4e00-\u9fff]{1,5}?(?:街道|镇|乡|苏木)(?!企业)")


def seat(key: str, body: Entity) -> str:
    """The place that the party or state body of this identity governs; `中国` for the centre."""
    if body.type is not EntityType.ORGANISATION or body.subtype not in ("GovernmentBody", None):
        return ""
    read = read_body(key.removeprefix("中共"))
    if read.place is not None:
        town = _TOWN.match(read.core)
        return read.place.key + (town[0] if town else "")
    known = known_parent(key)
    return "中国" if known is not None and known[0].subtype == "GovernmentBody" else ""


def _near(source: Source, mentions: tuple[Mention, ...]) -> list[tuple[int, int]]:
    """The sentences that name the person."""
    spans = list(sentences(source.article.text))
    return [(s.start, s.end) for s in spans if any(s.start <= m.start < s.end for m in mentions)]
