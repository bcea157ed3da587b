"""People of one name: one person by shared bodies and places, else two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from kg.chinese.abbreviations import is_subsequence
from kg.chinese.places import SEATS, Place, gazetteer
from kg.resolve import callings
from kg.resolve.bearers import Person, Thing, person_of
from kg.resolve.decisions import Clusters
from kg.resolve.members import Member
from kg.resolve.names import brand

Related = Callable[[Person, Person], bool]


def by_post(clusters: Clusters, groups: Iterable[list[Member]], thing: Thing) -> None:
    """Join people of one name whose posts, bodies or company meet; list the pairs left apart."""
    for group in groups:
        if len(group) > 1:
            _settle(clusters, [person_of(m, thing) for m in group])


def _settle(clusters: Clusters, people: list[Person]) -> None:
    placed = [p for p in people if p.posts]
    others = [p for p in people if not p.posts]
    placed = _pool(clusters, placed, lambda p: _ordered(p.posts), "same body")
    placed = _pairs(clusters, placed, _told_before, "post named", 0.95)
    placed = _pool(clusters, placed, lambda p: sorted(p.seats - {"中国"}), "same government")
    placed = _pairs(clusters, placed, _same_seat, "same government", 0.85)
    if _rare(people[0].members[0].name):
        placed = _pairs(clusters, placed, _same_house, "same house", 0.85)
        placed = _pairs(clusters, placed, _same_role_there, "same role there", 0.85)
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
    clusters: Clusters, people: list[Person], marks: Callable[[Person], Iterable[object]], level: str
) -> list[Person]:
    """Join those who share a mark."""
    holder: dict[object, Person] = {}
    joined: dict[int, Person] = {}
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
    people: list[Person],
    related: Related,
    level: str,
    score: float,
) -> list[Person]:
    """Join pairs that `related` holds for, until none is left."""
    kept: list[Person] = []
    for person in people:
        match = next((p for p in kept if related(p, person)), None)
        if match is None:
            kept.append(person)
        else:
            clusters.join(match.members[0], person.members[0], level, score)
            match.take(person)
    return kept if len(kept) == len(people) else _pairs(clusters, kept, related, level, score)


def _told_before(one: Person, two: Person) -> bool:
    """Whether the one is named with a body that the other has a post in."""
    if not one.posts or not two.posts:
        return False
    return bool(
        one.posts & two.company or two.posts & one.company or one.seats & two.career or two.seats & one.career
    )


def _same_seat(one: Person, two: Person) -> bool:
    """Whether their governments are one, or one lies in the other; the centre is one government."""
    if one.seats & two.seats:
        return True
    if any(a != b and a.startswith(b) for p, q in ((one, two), (two, one)) for a in p.seats for b in q.seats):
        return True
    known = gazetteer().by_key
    ours, theirs = ([known[s] for s in sorted(p.seats) if s in known] for p in (one, two))
    rare = _rare(one.members[0].name)
    return any(_within(a, b, rare) or _within(b, a, rare) for a in ours for b in theirs)


def _same_house(one: Person, two: Person) -> bool:
    """Whether they have posts in firms of one brand: 茅台集团 and 贵州茅台酒股份有限公司."""
    ours, theirs = (
        [brand(b.name) for b in _ordered(p.posts) if b.entity.subtype == "Company"] for p in (one, two)
    )
    return any(a and b and (a.startswith(b) or b.startswith(a)) for a in ours for b in theirs)


def _same_role_there(one: Person, two: Person) -> bool:
    """Whether they have one role in bodies of one place that may be one: 华坪女子高级中学 and 华坪女高."""
    return any(
        role == other and place == there and (is_subsequence(body, name) or is_subsequence(name, body))
        for role, place, body in _roles_there(one)
        for other, there, name in _roles_there(two)
    )


def _roles_there(person: Person) -> Iterator[tuple[str, str, str]]:
    """Each role, the county or city that the body is named after, and the rest of the body's name."""
    for role, body in (post for member in person.members for post in _posts(member)):
        place, rest = gazetteer().prefix(body)
        if role and rest and place is not None and place.level in ("市", "县"):
            yield role, place.key or place.name, rest


def _within(inner: Place, outer: Place, rare: bool) -> bool:
    """Whether the one lies in the other; from a county to its province is too far for a common name."""
    near = (
        outer.level == "市" or outer.name in SEATS or (outer.level == "省" and (rare or inner.level != "县"))
    )
    return near and gazetteer().lies_in(inner, outer)


def _merge(clusters: Clusters, people: list[Person], level: str, score: float) -> None:
    for other in people[1:]:
        clusters.join(people[0].members[0], other.members[0], level, score)


def _attach(clusters: Clusters, person: Person, placed: list[Person]) -> None:
    """Someone named without a post is the one who shares most company, or the only one of a rare name."""
    shared = sorted(((len(p.company & person.company), -n) for n, p in enumerate(placed)), reverse=True)
    private = callings.private(person.members[0])
    if not private and shared and shared[0][0] and (len(shared) == 1 or shared[0][0] > shared[1][0]):
        clusters.join(placed[-shared[0][1]].members[0], person.members[0], "same company", 0.85)
    elif (holder := _titled(person, placed)) is not None:
        clusters.join(holder.members[0], person.members[0], "title told", 0.8)
    elif (holder := _holder(person, placed)) is not None:
        clusters.join(holder.members[0], person.members[0], "body named", 0.75)
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


def _titled(person: Person, placed: list[Person]) -> Person | None:
    """The only one whose posts have the title that the text puts behind the name: 赵东元院士."""
    title = callings.title_behind(person.members[0])
    if not title:
        return None
    able = [p for p in placed if any(r.endswith(title) for m in p.members for r, _ in _posts(m))]
    return able[0] if len(able) == 1 else None


def _holder(person: Person, placed: list[Person]) -> Person | None:
    """The only one with a post in a body that the article of `person` names somewhere."""
    member = person.members[0]
    if callings.private(member):
        return None
    able = [p for p in placed if p.posts & person.around and not _other_calling(person, p)]
    return able[0] if len(able) == 1 else None


_OFTEN = 3


def _other_calling(person: Person, placed: Person) -> bool:
    """Whether the text calls them by a trade or post that does not fit whoever has the posts."""
    member = person.members[0]
    roles = {role for other in placed.members for role, _ in _posts(other)}
    return callings.other_trade(member, placed.posts) or callings.other_post(member, roles)


def _by_trade(clusters: Clusters, people: list[Person]) -> None:
    """A rare name is one person's, unless texts call its bearers by different trades."""
    trades: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        trades[callings.field(person.members[0])].append(person)
    if len(trades) - ("" in trades) < 2:
        _merge(clusters, people, "rare name", 0.8)
        return
    for trade in sorted(trades):
        _merge(clusters, trades[trade], "rare name", 0.8)


def _often(person: Person) -> bool:
    """Whether enough articles name someone with a post for the name alone to mean them."""
    return len({m.source.article.id for m in person.members}) >= _OFTEN


def _rare(name: str) -> bool:
    """Whether two people in the news hardly share it: three characters or more."""
    return len(name) > 2


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
