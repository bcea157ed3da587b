"""What changed between two graphs: articles, entities, facts and the sentences behind them.

    from kg.diff import diff
    difference = diff(old.data, new.data)
    if difference: print("\\n".join(words(difference)))

An entity that was renamed, merged with another or split is followed by the places where it is
named, and its facts move with it: they count as changed only when they say something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from kg.canonical import canonical
from kg.diff.facts import FactChanges, Quoted, fact_changes
from kg.diff.identities import identities
from kg.model import Article, Change, Correction, Entity, Fact, Graph, Series

__all__ = ["Changes", "Difference", "Merged", "Quoted", "Split", "changed_fields", "diff"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes(Generic[T]):
    """What only the new graph has, what only the old one had, and what both have but not alike."""

    added: tuple[T, ...] = ()
    removed: tuple[T, ...] = ()
    changed: tuple[tuple[T, T], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class Merged:
    """Several entities that are one now."""

    old: tuple[Entity, ...]
    new: Entity


@dataclass(frozen=True, slots=True)
class Split:
    """One entity that is several now."""

    old: Entity
    new: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; false when nothing does."""

    old: Graph
    new: Graph
    articles: Changes[Article]
    entities: Changes[Entity]
    renamed: tuple[tuple[Entity, Entity], ...]
    """One thing with another name or id; whatever else changed about it changed with that."""
    merged: tuple[Merged, ...]
    split: tuple[Split, ...]
    facts: Changes[Fact]
    evidence: Changes[Quoted]
    """Sentences that facts of both graphs gained or lost."""
    series: Changes[Series]
    events: Changes[Change]
    """Bodies renamed, merged or split in the world, as the articles tell it."""
    corrections: Changes[Correction]

    def __bool__(self) -> bool:
        return any(
            (
                self.articles,
                self.entities,
                self.renamed,
                self.merged,
                self.split,
                self.facts,
                self.evidence,
                self.series,
                self.events,
                self.corrections,
            )
        )


def diff(old: Graph, new: Graph) -> Difference:
    """What `new` has that `old` had not, and the other way round."""
    old, new = canonical(old), canonical(new)
    who = identities(old, new)
    before = {entity.id: entity for entity in old.entities}
    after = {entity.id: entity for entity in new.entities}
    merged = tuple(
        Merged(tuple(before[i] for i in olds), after[id_])
        for id_, olds in sorted(who.came_from.items())
        if len(olds) > 1
    )
    split = tuple(
        Split(before[id_], tuple(after[i] for i in news))
        for id_, news in sorted(who.became.items())
        if len(news) > 1
    )
    pairs = [
        (before[id_], after[news[0]])
        for id_, news in sorted(who.became.items())
        if len(news) == 1 and len(who.came_from[news[0]]) == 1
    ]
    facts: FactChanges = fact_changes(old, new, who)
    return Difference(
        old=old,
        new=new,
        articles=_changes(old.articles, new.articles, lambda article: article.id),
        entities=Changes(
            tuple(e for e in new.entities if e.id not in who.came_from),
            tuple(e for e in old.entities if e.id not in who.became),
            tuple((a, b) for a, b in pairs if a != b and not _renamed(a, b)),
        ),
        renamed=tuple((a, b) for a, b in pairs if _renamed(a, b)),
        merged=merged,
        split=split,
        facts=Changes(facts.added, facts.removed, facts.changed),
        evidence=Changes(facts.gained, facts.lost),
        series=_changes(old.series, new.series, lambda series: series.id),
        events=_changes(old.changes, new.changes, lambda change: change.id),
        corrections=_changes(old.corrections, new.corrections, _correction_key),
    )


def changed_fields(old: T, new: T) -> tuple[str, ...]:
    """The names of the fields in which two values of one dataclass differ."""
    values: Any = old
    return tuple(f.name for f in fields(values) if getattr(old, f.name) != getattr(new, f.name) and f.compare)


def _correction_key(correction: Correction) -> tuple[object, ...]:
    return (
        correction.kind,
        correction.subject,
        correction.property,
        correction.object,
        tuple(sorted(correction.qualifiers.items())),
        correction.article,
        correction.quote,
    )


def _renamed(old: Entity, new: Entity) -> bool:
    return old.id != new.id or old.name != new.name


def _changes(old: Iterable[T], new: Iterable[T], key: Callable[[T], Any]) -> Changes[T]:
    before, after = {key(item): item for item in old}, {key(item): item for item in new}
    return Changes(
        tuple(after[k] for k in sorted(after.keys() - before.keys())),
        tuple(before[k] for k in sorted(before.keys() - after.keys())),
        tuple((before[k], after[k]) for k in sorted(before.keys() & after.keys()) if before[k] != after[k]),
    )
