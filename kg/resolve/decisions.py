"""Joinings and the reasons for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.chinese.distinct import apart
from kg.resolve.members import Member


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Two names found to be one, by a named level."""

    entity: str
    """Id of the entity that both are."""
    one: str
    two: str
    level: str
    score: float
    articles: tuple[str, str]
    """An article for each name."""


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two things that may be one, or one that may be two: for a person to look at."""

    score: float
    """How likely they are one."""
    one: str
    two: str
    joined: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Link:
    one: Member
    two: Member
    level: str
    score: float


class Clusters:
    """Members joined into things; each joining between different names is remembered."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._parent: dict[Member, Member] = {m: m for m in members}
        self._articles: dict[Member, set[str]] = {m: {m.source.article.id} for m in self._parent}
        self._names: dict[Member, set[str]] = {m: {m.name} for m in self._parent}
        self._links: list[_Link] = []
        self._doubts: list[tuple[float, Member, Member, str]] = []

    def root(self, member: Member) -> Member:
        """The member that stands for the thing `member` is."""
        parent = self._parent
        while parent[member] is not member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    def join(self, one: Member, two: Member, level: str, score: float = 1.0) -> None:
        """One thing, by `level`; below 0.8 it is listed as doubtful."""
        a, b = self.root(one), self.root(two)
        if a is not b:
            first, second = sorted((a, b), key=lambda m: m.order)
            against = self._against(first, second) if score < 1 else ""
            if against:
                self.doubt(one, two, 0.4, f"{level}, but {against}")
                return
            self._parent[second] = first
            self._articles[first] |= self._articles.pop(second)
            self._names[first] |= self._names.pop(second)
            if one.name != two.name or score < 1:
                self._links.append(_Link(one, two, level, score))

    def _against(self, one: Member, two: Member) -> str:
        """What speaks against the things of these two being one; empty when nothing does."""
        if not self._articles[one].isdisjoint(self._articles[two]):
            return "an article tells them apart"
        type_ = one.entity.type
        pairs = ((a, b) for a in sorted(self._names[one]) for b in sorted(self._names[two]))
        return next((f"{a} is not {b}" for a, b in pairs if a != b and apart(type_, a, b)), "")

    def doubt(self, one: Member, two: Member, score: float, reason: str) -> None:
        """Left apart, though they may be one."""
        self._doubts.append((score, one, two, reason))

    def groups(self) -> Iterator[list[Member]]:
        """Yield the members of each thing, earliest first; things in the order of their first member."""
        found: dict[Member, list[Member]] = {}
        for member in self._parent:
            found.setdefault(self.root(member), []).append(member)
        for group in sorted(found.values(), key=lambda g: min(m.order for m in g)):
            yield sorted(group, key=lambda m: m.order)

    def decisions(self, ids: dict[Member, str]) -> tuple[Decision, ...]:
        """Every joining of two names by a level, with its first articles."""
        told: dict[tuple[str, str, str, str], Decision] = {}
        for link in self._links:
            articles = (link.one.source.article.id, link.two.source.article.id)
            entity = ids[self.root(link.one)]
            made = Decision(entity, link.one.name, link.two.name, link.level, link.score, articles)
            known = told.setdefault((entity, made.one, made.two, made.level), made)
            told[entity, made.one, made.two, made.level] = min(known, made)
        return tuple(sorted(told.values()))

    def doubts(self, ids: dict[Member, str]) -> tuple[Doubt, ...]:
        """Every doubtful pair, joined or not."""
        left = {
            Doubt(score, *_in_order(ids[self.root(one)], ids[self.root(two)]), False, reason)
            for score, one, two, reason in self._doubts
            if self.root(one) is not self.root(two)
        }
        made = {
            Doubt(link.score, link.one.name, link.two.name, True, link.level)
            for link in self._links
            if link.score < 0.8
        }
        return tuple(sorted(left | made))


def _in_order(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one <= two else (two, one)
