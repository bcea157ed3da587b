"""Which facts two graphs share when their ends are followed, and how the others differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from kg.diff.identities import Identities
from kg.ids import fact_id
from kg.model import Evidence, Fact, Graph


@dataclass(frozen=True, slots=True)
class Quoted:
    """A fact and one of its sentences."""

    fact: Fact
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class FactChanges:
    """The facts added, removed and changed; the sentences that lasting facts gained and lost."""

    added: tuple[Fact, ...]
    removed: tuple[Fact, ...]
    changed: tuple[tuple[Fact, Fact], ...]
    gained: tuple[Quoted, ...]
    lost: tuple[Quoted, ...]


def fact_changes(old: Graph, new: Graph, who: Identities) -> FactChanges:
    """Compare the facts of `old` and `new`, their ends followed by `who`."""
    before = {fact_id(fact): fact for fact in old.facts}
    after = {fact_id(fact): fact for fact in new.facts}
    same = {key: news for key, fact in before.items() if (news := _same(fact, who, after))}
    origins: dict[str, list[str]] = defaultdict(list)
    for key, news in same.items():
        for one in news:
            origins[one].append(key)
    left = [before[key] for key in sorted(before.keys() - same.keys())]
    come = [after[key] for key in sorted(after.keys() - origins.keys())]
    restated = list(_restated(left, come, who))
    gone, made = {fact_id(a) for a, _ in restated}, {fact_id(b) for _, b in restated}
    altered = [
        (before[key], after[news[0]])
        for key, news in sorted(same.items())
        if len(news) == len(origins[news[0]]) == 1 and _said(before[key]) != _said(after[news[0]])
    ]
    links = [(before[k], after[n]) for k, news in same.items() for n in news] + restated
    return FactChanges(
        added=tuple(f for f in come if fact_id(f) not in made),
        removed=tuple(f for f in left if fact_id(f) not in gone),
        changed=tuple(sorted([*altered, *restated], key=lambda pair: fact_id(pair[0]))),
        gained=tuple(_beyond([(b, a) for a, b in links])),
        lost=tuple(_beyond(links)),
    )


def _moved(fact: Fact, who: Identities) -> Iterator[Fact]:
    """Yield `fact` as it would be stated in the new graph, once for each thing its ends became."""
    subjects = who.became.get(fact.subject, (fact.subject,))
    objects: tuple[str | None, ...] = who.became.get(fact.object, (fact.object,)) if fact.object else (None,)
    for subject, object_ in product(subjects, objects):
        yield replace(fact, subject=subject, object=object_)


def _same(fact: Fact, who: Identities, after: dict[str, Fact]) -> list[str]:
    """The ids of the new facts that say the same; where an end was merged or split, of the same sentence."""
    found = []
    for moved in _moved(fact, who):
        key = fact_id(moved)
        if key not in after:
            continue
        plain = _lasting(fact.subject, moved.subject, who) and _lasting(fact.object, moved.object, who)
        if plain or set(fact.evidence) & set(after[key].evidence):
            found.append(key)
    return sorted(found)


def _lasting(old: str | None, new: str | None, who: Identities) -> bool:
    """Whether it is one thing before and after, not a part that came away or was added."""
    if old is None or new is None or old == new:
        return True
    return len(who.became[old]) == 1 and len(who.came_from[new]) == 1


def _said(fact: Fact) -> tuple[float, dict[str, str]]:
    return fact.confidence, dict(fact.qualifiers)


def _restated(left: list[Fact], come: list[Fact], who: Identities) -> Iterator[tuple[Fact, Fact]]:
    """Yield the facts that one sentence was read for before and after, and that differ in one part."""
    by_sentence: dict[tuple[str, Evidence], list[int]] = defaultdict(list)
    for number, fact in enumerate(come):
        for evidence in fact.evidence:
            by_sentence[fact.property, evidence].append(number)
    ranked = []
    for at, fact in enumerate(left):
        near = {n for e in fact.evidence for n in by_sentence.get((fact.property, e), ())}
        for number in near:
            other = come[number]
            same_subject = other.subject in who.became.get(fact.subject, ())
            same_object = fact.object is not None and other.object in who.became.get(fact.object, ())
            if same_subject or same_object:
                shared = len(set(fact.evidence) & set(other.evidence))
                ranked.append((-(same_subject + same_object), -shared, at, number))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, _, at, number in sorted(ranked):
        if at not in taken_old and number not in taken_new:
            taken_old.add(at)
            taken_new.add(number)
            yield left[at], come[number]


def _beyond(links: list[tuple[Fact, Fact]]) -> Iterator[Quoted]:
    """Yield the sentences of each first fact that none of the facts it is linked to has."""
    known: dict[str, set[Evidence]] = defaultdict(set)
    facts: dict[str, Fact] = {}
    for one, two in links:
        facts[fact_id(one)] = one
        known[fact_id(one)].update(two.evidence)
    for key in sorted(facts):
        yield from (Quoted(facts[key], e) for e in facts[key].evidence if e not in known[key])
