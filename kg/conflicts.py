"""Statements that cannot all be true: kept in the graph, and shown side by side."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, TypeVar

from kg.chinese.quantities import normalise
from kg.ids import fact_id, name_key
from kg.lexicon import lexicon_folder, read_table
from kg.model import EntityType, Fact, Graph
from kg.statements import Speaker

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts of one thing of which only one can be true; each carries its sentences."""

    kind: str
    """`post`: a post that one person holds has several holders at one time; `date`; `target`."""
    about: str
    """Id of the body, the event or the programme."""
    what: str
    """The post, or the indicator and its time; empty for a date."""
    facts: tuple[Fact, ...]
    """Two or more, each at odds with another, by id."""


def conflicts(graph: Graph) -> list[Conflict]:
    """Every contradiction in `graph`, the best founded first."""
    return sorted((*_posts(graph), *_dates(graph), *_targets(graph)), key=_weight)


def as_records(graph: Graph, found: Iterable[Conflict]) -> list[dict[str, Any]]:
    """Conflicts as plain values for a report: what is at odds, in words and with its sentences."""
    speaker = Speaker(graph)
    return [
        {
            "kind": conflict.kind,
            "about": speaker.name(conflict.about),
            "what": conflict.what,
            "facts": [_record(speaker, fact) for fact in conflict.facts],
        }
        for conflict in found
    ]


def _record(speaker: Speaker, fact: Fact) -> dict[str, Any]:
    return {
        "id": fact_id(fact),
        "states": speaker.fact(fact),
        "confidence": fact.confidence,
        "sentences": [{"article": e.article, "text": e.text} for e in fact.evidence],
    }


def _weight(conflict: Conflict) -> tuple[float, str, str, str]:
    """The surer the second surest statement, the likelier that sources really disagree."""
    sure = sorted((fact.confidence for fact in conflict.facts), reverse=True)
    return -sure[1], conflict.kind, conflict.about, conflict.what


def _at_odds(said: Sequence[tuple[Fact, T]], apart: Callable[[T, T], bool]) -> tuple[Fact, ...]:
    """The facts that are at odds with at least one other, by what each says."""
    odd = [False] * len(said)
    for one, two in combinations(range(len(said)), 2):
        if not (odd[one] and odd[two]) and apart(said[one][1], said[two][1]):
            odd[one] = odd[two] = True
    found = {fact_id(fact): fact for (fact, _), is_odd in zip(said, odd, strict=True) if is_odd}
    return tuple(found[key] for key in sorted(found))


# -- two holders of one post -----------------------------------------------------------

_PARTY = re.compile(r"^(?:中共)?(?:党委|党组|党工委|工委|[省市区县州旗]委)(?=书记$)")
_ACTING = re.compile("^代理?")


def single_post(role: str, body_names: Iterable[str] = ("",)) -> str | None:
    """The post that `role` names if one person holds it in the body, in the form that others may word it too.

    >>> single_post("党组书记"), single_post("副局长"), single_post("主任", ["甲大学"])
    ('书记', None, None)
    """
    heads, several = _single_posts()
    plain = _ACTING.sub("", _PARTY.sub("", unicodedata.normalize("NFKC", role).strip()))
    if any(word in plain for word in several):
        return None
    head = next((head for head in heads if plain.endswith(head)), None)
    if head is None:
        return None
    ends = heads[head]
    if plain == head and ends and not any(name.endswith(ends) for name in body_names):
        return None
    return plain


@cache
def _single_posts() -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """Heads, the longest first, with the ends of the bodies they head; and the words for posts of several."""
    rows = read_table(lexicon_folder() / "single_posts.tsv", ("word", "kind", "of"), key=("word", "kind"))
    heads = {row["word"]: tuple(row["of"].split()) for row in rows if row["kind"] == "head"}
    several = tuple(row["word"] for row in rows if row["kind"] == "not")
    return {word: heads[word] for word in sorted(heads, key=lambda w: (-len(w), w))}, several


def _posts(graph: Graph) -> Iterator[Conflict]:
    names = {e.id: e.names for e in graph.entities if e.type == EntityType.ORGANISATION}
    days = {article.id: article.date for article in graph.articles}
    held: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        if fact.property == "holdsPost" and fact.object in names:
            post = single_post(fact.qualifiers.get("role", ""), names[fact.object])
            if post is not None:
                held[fact.object, post].append(fact)

    for (body, post), facts in sorted(held.items()):
        timed = [(f, (f.subject, time)) for f in facts if (time := _tenure(f, days)) is not None]
        apart = _at_odds(timed, lambda one, two: one[0] != two[0] and _overlap(one[1], two[1]))
        if apart:
            yield Conflict("post", body, post, apart)


@dataclass(frozen=True, slots=True)
class _Held:
    """The first and last day on which a post was held for certain."""

    first: str
    last: str
    taken_up: bool
    """Whether the words say that it was taken up on the first day."""
    left: bool
    """Whether the words say that it was left on the last day."""


def _tenure(fact: Fact, days: Mapping[str, str | None]) -> _Held | None:
    """When the post was held for certain; None when no day is certain."""
    said = fact.qualifiers
    start, end = said.get("start"), said.get("end")
    begun, ended = _last_day(start) if start else "", _first_day(end) if end else ""
    sure = [day for day in (begun, ended) if day]
    if said.get("status") not in ("former", "elect"):
        told = [day for evidence in fact.evidence if (day := days.get(evidence.article))]
        sure += [day for bound in ("startLatest", "endEarliest") if (day := said.get(bound))] or told
    sure = [day for day in sure if begun <= day and (not ended or day <= ended)]
    return _Held(min(sure), max(sure), min(sure) == begun, max(sure) == ended) if sure else None


def _first_day(date: str) -> str:
    return (date + "-01-01")[:10]


def _last_day(date: str) -> str:
    """The last day of a year or month; a 31st sorts behind every day of a shorter month too."""
    return date + "-12-31"[len(date) - 4 :]


def _overlap(one: _Held, two: _Held) -> bool:
    """Whether both were held at one time; on the day of a handover both may be named."""
    if one.first > two.last or two.first > one.last:
        return False
    handed_on = one.last == two.first and (one.left or two.taken_up)
    handed_back = two.last == one.first and (two.left or one.taken_up)
    return not (handed_on or handed_back)


# -- two dates, two values -------------------------------------------------------------


def _dates(graph: Graph) -> Iterator[Conflict]:
    dated: dict[str, list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        if fact.property == "date" and fact.value:
            dated[fact.subject].append(fact)
    for subject in sorted(dated):
        apart = _at_odds([(fact, fact) for fact in dated[subject]], _other_date)
        if apart:
            yield Conflict("date", subject, "", apart)


def _other_date(one: Fact, two: Fact) -> bool:
    """Whether neither date lies in the other; one sentence with both tells of a span, not of two opinions."""
    a, b = one.value or "", two.value or ""
    if a.startswith(b) or b.startswith(a):
        return False
    return set(one.evidence).isdisjoint(two.evidence)


_AT_LEAST = re.compile(r"不低于|不少于|不小于|超过|突破|高于|以上|[≥>]|至少|力争达|不下于|逾|多于|大于")
_AT_MOST = re.compile(r"不超过|不高于|不大于|不多于|以内|以下|低于|少于|小于|控制在|[≤<]|至多|最多")
_ABOUT = re.compile(r"约|左右|近|大约|上下|余|多")
_ROUGH = 0.05
"""Two amounts of which one is rough agree when they differ by no more than this part."""


def _targets(graph: Graph) -> Iterator[Conflict]:
    days = {article.id: article.date for article in graph.articles}
    stated: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        said = fact.qualifiers
        amount = normalise(said.get("value", ""), said.get("unit", ""))
        if fact.property != "hasTarget" or amount is None or not said.get("indicator"):
            continue
        # Without a time of its own, a number is of the day on which it is told.
        told = {days.get(evidence.article) or "" for evidence in fact.evidence}
        for time in [said["by"]] if said.get("by") else sorted(told):
            stated[fact.subject, name_key(said["indicator"]), time, amount[1]].append(fact)
    for (subject, _, _, _), facts in sorted(stated.items()):
        apart = _at_odds([(fact, _amount(fact)) for fact in facts], _other_amount)
        if apart:
            said = apart[0].qualifiers
            yield Conflict(
                "target", subject, " ".join(filter(None, (said["indicator"], said.get("by")))), apart
            )


def _other_amount(one: tuple[float, str], two: tuple[float, str]) -> bool:
    (a, a_kind), (b, b_kind) = one, two
    if "about" in (a_kind, b_kind):
        return abs(a - b) > _ROUGH * max(abs(a), abs(b))
    bounds = {a_kind: a, b_kind: b}
    if a_kind == b_kind:
        return a != b
    if "least" in bounds and "most" in bounds:
        return bounds["least"] > bounds["most"]
    exact = bounds["exact"]
    return exact < bounds["least"] if "least" in bounds else exact > bounds["most"]


def _amount(fact: Fact) -> tuple[float, str]:
    """The number of a target and whether it is `least`, `most`, `about` or `exact`."""
    said = fact.qualifiers
    amount = normalise(said.get("value", ""), said.get("unit", ""))
    stated = said.get("stated", "")
    # 不低于 holds 低于, so what is at least goes first.
    for kind, words in (("least", _AT_LEAST), ("most", _AT_MOST), ("about", _ABOUT)):
        if words.search(stated):
            return (amount or (0.0, ""))[0], kind
    return (amount or (0.0, ""))[0], "exact"
