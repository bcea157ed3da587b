"""Events and documents of one name told apart by edition, time and issuer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from kg.chinese.abbreviations import editions, other_edition, series
from kg.chinese.generic import needs_context
from kg.chinese.places import gazetteer
from kg.model import EntityType
from kg.resolve.decisions import Clusters
from kg.resolve.members import Member, Source
from kg.resolve.names import place_agrees

_YEARLY = re.compile(
    r"(?:论坛|大会|博览会|峰会|大赛|年会|展览会|展会|展|节|周|竞赛|交易会|洽谈会|进博会|服贸会|消博会|广交会|赛|奖|评选|全会|代表大会|奥运会|冬奥会|残奥会|亚运会|全运会|运动会|世博会|世界杯|锦标赛|"
    r"工作会议|高交会|工博会|白皮书|蓝皮书|年度报告|发展报告|报告|榜单|百强|500强|工作要点)$"
)
_CAMPAIGN = re.compile("”(?:系列|主题|专项|宣传)?活动$")
_YEARLY_DAYS = 150
_OFTEN_DAYS = 20
_EDITION_DAYS = 75
_TELLING = 7
"""The end of a longer name must have so many characters to mean it: 数字化转型创新大赛."""
_ISSUED = frozenset({"issues"})
_LAUNCHED = frozenset({"issues", "launches"})
_OWN = frozenset({"issues", "launches", "implements"})
_MARKED = re.compile("[“「][^“”「」]{2,}[”」]")
_HOLDING = frozenset({"organises", "coOrganises", "launches"})

Thing = Callable[[Source, str], Member]
"""The thing that an entity of an article is."""


def partition(members: list[Member]) -> Iterator[list[Member]]:
    """Yield the members of one name that are one occasion: same edition, or told near in time."""
    head = members[0]
    if len(members) == 1 or editions(head.name) or campaign(members):
        yield members
        return
    if head.entity.type is EntityType.EVENT or yearly(head.name):
        yield from _by_time(members, _YEARLY_DAYS if yearly(head.name) else _OFTEN_DAYS)
    else:
        yield members


def campaign(members: Iterable[Member]) -> bool:
    """Whether the members are a campaign under a name of its own, however long it runs: “百城千屏”活动."""
    return any(_CAMPAIGN.search(member.name) for member in members)


def yearly(name: str) -> bool:
    """Whether what is called so comes back each year: a forum, a fair, a report."""
    return _YEARLY.search(name) is not None


def when(member: Member) -> date | None:
    """The day the event takes place if the article says it, else the article's."""
    return stated_day(member) or _day(member.source.article.date)


def stated_day(member: Member) -> date | None:
    """The day of the event, as its article says."""
    values = [
        fact.value
        for fact in member.source.of_subject.get(member.entity.id, ())
        if fact.property == "date" and fact.value and len(fact.value) == 10
    ]
    return _day(min(values)) if values else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _by_time(members: list[Member], days: int) -> Iterator[list[Member]]:
    dated = sorted(((day, m.order, m) for m in members if (day := when(m)) is not None), key=lambda t: t[:2])
    undated = [m for m in members if when(m) is None]
    runs: list[list[Member]] = []
    last: date | None = None
    for day, _, member in dated:
        said = stated_day(member)
        new = last is None or (day - last).days > days
        if not new and days == _OFTEN_DAYS and said is not None:
            known = {s for m in runs[-1] if (s := stated_day(m)) is not None}
            new = bool(known) and said not in known
        if new:
            runs.append([])
        runs[-1].append(member)
        last = day
    if not runs:
        runs.append([])
    if len(runs) == 1:
        runs[0] += undated
    elif undated:
        runs.append(undated)
    yield from runs


def by_edition(clusters: Clusters, members: Iterable[Member]) -> None:
    """Join a name without an edition to the edition that was held when its article speaks of it.

    Two wordings of an edition, 2021 and 第四届, are one when they are told at one time.
    """
    of_series: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if not member.local:
            of_series[series(member.key)].append(member)
    for name in sorted(of_series):
        group = of_series[name]
        if len({m.key for m in group}) > 1:
            _editions_of(clusters, sorted(group, key=lambda m: m.order))


def by_organiser(clusters: Clusters, members: Iterable[Member], thing: Thing) -> None:
    """Join a shorter name to the longer one it ends, when one body holds both within a season.

    国企数字化转型创新大赛 is 数字化转型创新大赛 where the same commission holds it.
    """
    held: dict[Member, list[Member]] = defaultdict(list)
    for member in members:
        if not member.local and not editions(member.name):
            for organiser in _organisers(member, thing):
                held[organiser].append(member)
    for organiser in sorted(held, key=lambda m: m.order):
        by_length = sorted(held[organiser], key=lambda m: (len(m.key), m.order))
        for number, short in enumerate(by_length):
            fulls = [m for m in by_length[number + 1 :] if _ends(short, m) and _in_season(short, m)]
            if len({clusters.root(full) for full in fulls}) == 1:
                clusters.join(fulls[0], short, "same organiser", 0.85)


def _organisers(member: Member, thing: Thing) -> set[Member]:
    facts = member.source.of_object.get(member.entity.id, ())
    return {
        thing(member.source, fact.subject)
        for fact in facts
        if fact.property in _HOLDING and fact.subject in member.source.entities
    }


def _ends(short: Member, full: Member) -> bool:
    return len(short.key) >= _TELLING and full.key != short.key and full.key.endswith(short.key)


def _in_season(one: Member, two: Member) -> bool:
    a, b = when(one), when(two)
    return a is not None and b is not None and abs((a - b).days) <= _YEARLY_DAYS


def _editions_of(clusters: Clusters, group: list[Member]) -> None:
    firsts = list({clusters.root(m): m for m in group if editions(m.name)}.values())
    bares = [m for m in group if not editions(m.name)]
    for number, first in enumerate(firsts):
        for second in firsts[number + 1 :]:
            if not _conflict(clusters, group, first, second) and _near(first, second):
                clusters.join(first, second, "edition by date", 0.8)
    for bare in bares:
        near = {clusters.root(e): e for e in group if editions(e.name) and _near(bare, e)}
        if len(near) == 1:
            clusters.join(next(iter(near.values())), bare, "edition by date", 0.8)


def _conflict(clusters: Clusters, group: list[Member], one: Member, two: Member) -> bool:
    ours = {m.name for m in group if clusters.root(m) is clusters.root(one)}
    theirs = {m.name for m in group if clusters.root(m) is clusters.root(two)}
    kinds = {kind for name in ours for kind, _ in editions(name)}
    shared = any(kind in kinds for name in theirs for kind, _ in editions(name))
    return shared or any(other_edition(a, b) for a in ours for b in theirs)


def may_be(short: Member, full: Member) -> bool:
    """Whether an article that gives the short name can speak of the occasion: its place and its time."""
    if not place_agrees(short, full):
        return False
    each_year = yearly(full.name)
    if full.entity.type is not EntityType.EVENT and not each_year:
        return True
    if when(short) is None or when(full) is None:
        return each_year
    return _near(short, full)


def _near(one: Member, two: Member) -> bool:
    a, b = when(one), when(two)
    if a is None or b is None:
        return False
    year = dict(editions(two.name)).get("年")
    if year is not None and not editions(one.name):
        return str(a.year) == year
    return abs((a - b).days) <= _EDITION_DAYS


def by_issuer(clusters: Clusters, members: list[Member]) -> Iterator[list[Member]]:
    """Yield the members of one document title that one place's bodies issued."""
    if len(members) == 1 or gazetteer().prefix(members[0].name)[0] is not None:
        yield members
        return
    issued: dict[str, list[Member]] = defaultdict(list)
    unknown: list[Member] = []
    for member in members:
        place = issuing_place(member)
        (issued[place] if place else unknown).append(member)
    if members[0].entity.subtype != "Policy":
        _with_wider(issued)
    if len(issued) < 2:
        yield members
        return
    for place in sorted(issued):
        yield issued[place]
    if unknown:
        yield unknown


def _with_wider(issued: dict[str, list[Member]]) -> None:
    """What a city does is part of what its province does under the same name, save documents."""
    for place in sorted(issued):
        wider = next((other for other in sorted(issued) if other != place and _holds(other, place)), None)
        if wider is not None:
            issued[wider] += issued.pop(place)


def _holds(outer: str, inner: str) -> bool:
    known = gazetteer().by_key
    if outer == "中国":
        return True
    return outer in known and inner in known and gazetteer().lies_in(known[inner], known[outer])


def _told_by(member: Member) -> frozenset[str]:
    """The facts by whose subject a place's own programme is told from another's of the name: “青苗工程”."""
    if member.level == "lexicon":
        return _ISSUED
    if needs_context(member.entity.type, member.name):
        return _OWN
    return _LAUNCHED if any(_MARKED.search(name) for name in member.entity.names) else _ISSUED


def issuing_place(member: Member) -> str:
    """The place whose body issues the document, by the article; empty when it says none."""
    told = _told_by(member)
    for fact in member.source.of_object.get(member.entity.id, ()):
        issuer = member.source.entities.get(fact.subject)
        if issuer is not None and fact.property in told:
            names = sorted(issuer.names, key=len, reverse=True)
            places = [p for name in names if (p := gazetteer().prefix(name)[0]) is not None]
            return (places[0].key or places[0].name) if places else "中国"
    return ""
