"""People of one name: one person by shared bodies and places, else two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kg.chinese.abbreviations import editions, series
from kg.chinese.bodies import known_parent, read_body
from kg.chinese.places import Place, gazetteer
from kg.model import Entity, EntityType, Mention
from kg.resolve import callings
from kg.resolve.decisions import Clusters
from kg.resolve.members import Member, Source
from kg.text import sentences

Thing = Callable[[Source, str], Member]
"""The thing that an entity of an article is."""


Related = Callable[["_Person", "_Person"], bool]


@dataclass(eq=False, slots=True)
class _Person:
    """What is known of one person: bodies they have posts in, and what they are named with."""

    members: list[Member]
    posts: set[Member] = field(default_factory=set)
    seats: set[str] = field(default_factory=set)
    """Places whose party or state bodies they have posts in; `中国` for the centre."""
    company: set[Member] = field(default_factory=set)
    """Whatever is named in the sentences that name them."""
    occasions: set[str] = field(default_factory=set)
    """The series of the yearly events that they are named with: who runs one race in two years is one."""
    career: set[str] = field(default_factory=set)
    """Places whose bodies a sentence of their career names: 此前任浙江省委常委."""

    def take(self, other: _Person) -> None:
        self.members += other.members
        self.posts |= other.posts
        self.seats |= other.seats
        self.company |= other.company
        self.career |= other.career
        self.occasions |= other.occasions


def by_post(clusters: Clusters, groups: Iterable[list[Member]], thing: Thing) -> None:
    """Join people of one name whose posts, bodies or company meet; list the pairs left apart."""
    for group in groups:
        if len(group) > 1:
            _settle(clusters, [_person(m, thing) for m in group])


def _settle(clusters: Clusters, people: list[_Person]) -> None:
    placed = [p for p in people if p.posts]
    others = [p for p in people if not p.posts]
    placed = _pool(clusters, placed, lambda p: _ordered(p.posts), "same body")
    placed = _pairs(clusters, placed, _told_before, "post named", 0.95)
    placed = _pool(clusters, placed, lambda p: sorted(p.seats - {"中国"}), "same government")
    placed = _pairs(clusters, placed, _same_seat, "same government", 0.85)
    if not placed and _rare(others[0].members[0].name):
        _by_trade(clusters, [p for p in others if not callings.private(p.members[0])])
        return
    others = _pool(clusters, others, lambda p: _ordered(p.company), "same company")
    others = _pool(clusters, others, lambda p: sorted(p.occasions), "same occasion")
    for person in others:
        _attach(clusters, person, placed)
    for number, one in enumerate(placed[:_LISTED]):
        for two in placed[number + 1 : _LISTED]:
            clusters.doubt(one.members[0], two.members[0], 0.3, "same name, unrelated posts")


_LISTED = 8
"""So many people of one name are listed against each other as doubtful."""


def _pool(
    clusters: Clusters, people: list[_Person], marks: Callable[[_Person], Iterable[object]], level: str
) -> list[_Person]:
    """Join those who share a mark."""
    holder: dict[object, _Person] = {}
    joined: dict[int, _Person] = {}
    for person in people:
        current = person
        for mark in marks(person):
            first = holder.get(mark)
            while first is not None and id(first) in joined:
                first = joined[id(first)]
            if first is not None and first is not current:
                clusters.join(first.members[0], current.members[0], level, 0.95)
                first.take(current)
                joined[id(current)] = first
                current = first
            holder[mark] = current
    return [person for person in people if id(person) not in joined]


def _ordered(members: set[Member]) -> list[Member]:
    return sorted(members, key=lambda m: m.order)


def _pairs(
    clusters: Clusters,
    people: list[_Person],
    related: Related,
    level: str,
    score: float,
) -> list[_Person]:
    """Join pairs that `related` holds for, until none is left."""
    kept: list[_Person] = []
    for person in people:
        match = next((p for p in kept if related(p, person)), None)
        if match is None:
            kept.append(person)
        else:
            clusters.join(match.members[0], person.members[0], level, score)
            match.take(person)
    return kept if len(kept) == len(people) else _pairs(clusters, kept, related, level, score)


def _told_before(one: _Person, two: _Person) -> bool:
    """Whether the one is named with a body that the other has a post in."""
    if not one.posts or not two.posts:
        return False
    return bool(
        one.posts & two.company or two.posts & one.company or one.seats & two.career or two.seats & one.career
    )


def _same_seat(one: _Person, two: _Person) -> bool:
    """Whether their governments are one, or one lies in the other; the centre is one government."""
    if one.seats & two.seats:
        return True
    if any(a != b and a.startswith(b) for p, q in ((one, two), (two, one)) for a in p.seats for b in q.seats):
        return True
    known = gazetteer().by_key
    ours, theirs = ([known[s] for s in sorted(p.seats) if s in known] for p in (one, two))
    return any(_within(a, b) or _within(b, a) for a in ours for b in theirs)


def _within(inner: Place, outer: Place) -> bool:
    return outer.level in ("省", "市") and gazetteer().lies_in(inner, outer)


def _merge(clusters: Clusters, people: list[_Person], level: str, score: float) -> None:
    for other in people[1:]:
        clusters.join(people[0].members[0], other.members[0], level, score)


def _attach(clusters: Clusters, person: _Person, placed: list[_Person]) -> None:
    """Someone named without a post is the one who shares most company, or the only one of a rare name."""
    shared = sorted(((len(p.company & person.company), -n) for n, p in enumerate(placed)), reverse=True)
    if shared and shared[0][0] and (len(shared) == 1 or shared[0][0] > shared[1][0]):
        clusters.join(placed[-shared[0][1]].members[0], person.members[0], "same company", 0.85)
    elif (
        len(placed) == 1
        and not callings.private(person.members[0])
        and not _other_calling(person, placed[0])
        and (_rare(person.members[0].name) or _often(placed[0]))
    ):
        clusters.join(placed[0].members[0], person.members[0], "only one of the name", 0.75)
    else:
        for other in placed[:4]:
            clusters.doubt(other.members[0], person.members[0], 0.5, "same name, no post told")


_CAREER = re.compile("此前|曾任|历任|原任|调任|转任|曾担任|先后|任命|免去|不再担任|履新|出任|当选")
_OFTEN = 3


def _other_calling(person: _Person, placed: _Person) -> bool:
    """Whether the text calls them by a trade or post that does not fit whoever has the posts."""
    member = person.members[0]
    roles = {role for other in placed.members for role, _ in _posts(other)}
    return callings.other_trade(member, placed.posts) or callings.other_post(member, roles)


def _by_trade(clusters: Clusters, people: list[_Person]) -> None:
    """A rare name is one person's, unless texts call its bearers by different trades."""
    trades: dict[str, list[_Person]] = defaultdict(list)
    for person in people:
        trades[callings.field(person.members[0])].append(person)
    if len(trades) - ("" in trades) < 2:
        _merge(clusters, people, "rare name", 0.8)
        return
    for trade in sorted(trades):
        _merge(clusters, trades[trade], "rare name", 0.8)


def _often(person: _Person) -> bool:
    """Whether enough articles name someone with a post for the name alone to mean them."""
    return len({m.source.article.id for m in person.members}) >= _OFTEN


def _rare(name: str) -> bool:
    """Whether two people in the news hardly share it: three characters or more."""
    return len(name) > 2


def _person(member: Member, thing: Thing) -> _Person:
    source, entity = member.source, member.entity
    person = _Person([member])
    for _, held in member.posts():
        body = thing(source, held.id)
        person.posts.add(body)
        place = seat(body.key, held)
        if place:
            person.seats.add(place)
    spans = _near(source, entity.mentions)
    for other in source.entities.values():
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


def _whole_name(groups: dict[str, list[Member]], last: str, names: list[str]) -> str:
    """Which name ending in `last` is meant: the only one, the one of its posts, or who is so called."""
    if len(names) == 1 and len(last) > 2:
        return names[0]
    posts = {post for member in groups[last] for post in _posts(member)}
    able = [name for name in names if any(post in posts for m in groups[name] for post in _posts(m))]
    able = able or [name for name in names if any(last in m.entity.names for m in groups[name])]
    return able[0] if len(able) == 1 else ""


def _posts(member: Member) -> Iterator[tuple[str, str]]:
    """The posts of a person as the article tells them: role and body."""
    return ((fact.qualifiers.get("role", ""), body.name) for fact, body in member.posts())


def by_name(members: Iterable[Member]) -> list[list[Member]]:
    """People of one name together, earliest first; 朔尔茨 with the only 奥拉夫·朔尔茨."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        groups[member.key].append(member)
    full: dict[str, set[str]] = defaultdict(set)
    for name in groups:
        full[name.rpartition("·")[2]].add(name)
    for last, names in sorted(full.items()):
        if last in names and len(names) > 1:
            whole = _whole_name(groups, last, sorted(names - {last}))
            if whole:
                groups[whole] += groups.pop(last)
    return [sorted(groups[name], key=lambda m: m.order) for name in sorted(groups)]
