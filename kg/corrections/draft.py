"""A graph while people's corrections are made to it: entities and facts by id, found by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NoReturn

from kg.ids import fact_id, name_key
from kg.model import Change, Correction, Entity, EntityType, Fact, Graph, Mention, Series
from kg.officials import with_officials

SYMMETRIC = ("cooperatesWith",)
"""Properties that hold both ways; such a fact is stated once, the smaller id first."""


class NotApplicableError(Exception):
    """A correction does not fit the graph; the message says why. Never leaves this package."""


def refuse(why: str) -> NoReturn:
    """Give a correction back unused."""
    raise NotApplicableError(why)


class Draft:
    """Entities and facts that may be put in, changed and taken out, their look-ups kept in step."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.articles = {article.id: article for article in graph.articles}
        self.entities: dict[str, Entity] = {}
        self.facts: dict[str, Fact] = {}
        self.moved: dict[str, str] = {}
        """Ids that are no more → what took their place."""
        self.parted: dict[str, list[str]] = defaultdict(list)
        """Ids of entities → those that were parted from them, whose facts may still be told of the first."""
        self._named: dict[str, set[str]] = defaultdict(set)
        self._within: dict[str, set[str]] = defaultdict(set)
        self._facts_of: dict[str, set[str]] = defaultdict(set)
        for entity in graph.entities:
            self.put(entity)
        for fact in graph.facts:
            self.state(fact)

    # -- entities ----------------------------------------------------------------------

    def put(self, entity: Entity) -> None:
        """Add `entity`, or put it in the place of the one with its id."""
        if entity.id in self.entities:
            self._forget(self.entities[entity.id])
        self.entities[entity.id] = entity
        for name in entity.names:
            self._named[name_key(name)].add(entity.id)
        for article in entity.articles:
            self._within[article].add(entity.id)

    def drop(self, id_: str) -> None:
        """Take out an entity and every fact about it."""
        for key in sorted(self._facts_of[id_]):
            self.retract(key)
        self._forget(self.entities.pop(id_))

    def move(self, id_: str, entity: Entity) -> None:
        """Put `entity` in the place of the entity `id_`; facts follow, and those that become senseless go."""
        facts = [self.facts[key] for key in sorted(self._facts_of[id_])]
        keys = [fact_id(fact) for fact in facts]
        self.drop(id_)
        self.put(entity)
        self.moved[id_] = entity.id
        for key, fact in zip(keys, facts, strict=True):
            new = replace(
                fact,
                subject=entity.id if fact.subject == id_ else fact.subject,
                object=entity.id if fact.object == id_ else fact.object,
            )
            if new.subject != new.object:
                self.moved[key] = self.state(new)

    def _forget(self, entity: Entity) -> None:
        for name in entity.names:
            self._named[name_key(name)].discard(entity.id)
        for article in entity.articles:
            self._within[article].discard(entity.id)

    # -- facts -------------------------------------------------------------------------

    def state(self, fact: Fact) -> str:
        """Add `fact`, its evidence pooled with what is known of it; returns its id."""
        if fact.property in SYMMETRIC and fact.object and fact.object < fact.subject:
            fact = replace(fact, subject=fact.object, object=fact.subject)
        key = fact_id(fact)
        known = self.facts.get(key)
        if known is not None:
            best = max(known, fact, key=lambda f: f.confidence)
            fact = replace(best, evidence=tuple(sorted({*known.evidence, *fact.evidence})))
        self.facts[key] = fact
        self._facts_of[fact.subject].add(key)
        if fact.object:
            self._facts_of[fact.object].add(key)
        return key

    def retract(self, key: str) -> None:
        """Take out the fact `key`."""
        fact = self.facts.pop(key)
        self._facts_of[fact.subject].discard(key)
        if fact.object:
            self._facts_of[fact.object].discard(key)

    def facts_of(self, id_: str) -> list[Fact]:
        """The facts that have the entity at either end, by id."""
        return [self.facts[key] for key in sorted(self._facts_of[id_])]

    # -- finding -----------------------------------------------------------------------

    def find(self, reference: str) -> str:
        """The id of the one entity that `reference` means: an id, NAME, TYPE:NAME or either with @ARTICLE."""
        found = self.search(reference)
        if len(found) == 1:
            return found[0]
        if not found:
            refuse(f"no entity is called '{reference}'")
        refuse(
            f"'{reference}' names {len(found)} entities, {', '.join(found)}; "
            "write an id, TYPE:NAME or NAME@ARTICLE"
        )

    def search(self, reference: str) -> list[str]:
        """The ids of the entities that `reference` may mean; a name wins over an alias."""
        id_ = self.latest(reference)
        if id_ in self.entities:
            return [id_]
        told = Reference(reference, self)
        key = name_key(told.name)
        known = [self.entities[i] for i in sorted(self._named.get(key, ()))]
        if told.articles:
            within = {i for article in told.articles for i in self._within.get(article, ())}
            known = [e for e in (self.entities[i] for i in sorted(within)) if told.meets(e)]
        known = [e for e in known if told.type in (None, e.type)]
        proper = [e.id for e in known if name_key(e.name) == key]
        return proper or [e.id for e in known]

    def reference(self, id_: str) -> str:
        """The plainest words that mean the entity `id_` and nothing else."""
        entity = self.entities[id_]
        plain = [entity.name, f"{entity.type}:{entity.name}"]
        located = [f"{entity.name}@{article}" for article in entity.articles[:1]]
        return next((words for words in (*plain, *located) if self.search(words) == [id_]), id_)

    def latest(self, id_: str) -> str:
        """What the id `id_` is now."""
        seen: set[str] = set()
        while id_ in self.moved and id_ not in seen:
            seen.add(id_)
            id_ = self.moved[id_]
        return id_

    # -- the end -----------------------------------------------------------------------

    def finish(self, corrections: Sequence[Correction]) -> Graph:
        """The graph as it is now, with the corrections made to it."""
        there = self.entities.keys() | self.facts.keys()
        made = tuple(
            replace(c, touched=tuple(sorted({i for t in c.touched if (i := self.latest(t)) in there})))
            for c in corrections
        )
        facts = tuple(self.facts[key] for key in sorted(self.facts))
        entities = tuple(self.entities[key] for key in sorted(self.entities))
        said = {replace(c, touched=()) for c in made}
        before = (c for c in self.graph.corrections if replace(c, touched=()) not in said)
        return replace(
            self.graph,
            entities=with_officials(entities, facts),
            facts=facts,
            series=self._series(),
            changes=self._changes(),
            corrections=(*before, *made),
        )

    def _now(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({new for id_ in ids if (new := self.latest(id_)) in self.entities}))

    def _series(self) -> tuple[Series, ...]:
        found = (replace(series, members=self._now(series.members)) for series in self.graph.series)
        return tuple(series for series in found if series.members)

    def _changes(self) -> tuple[Change, ...]:
        found = (replace(c, before=self._now(c.before), after=self._now(c.after)) for c in self.graph.changes)
        return tuple(c for c in found if c.before and c.after and set(c.before) != set(c.after))


class Reference:
    """`Person:李明@art1,art2` taken apart."""

    def __init__(self, text: str, draft: Draft) -> None:
        head, at, tail = text.rpartition("@")
        articles = [article.strip() for article in tail.split(",")]
        located = bool(at and head) and all(article in draft.articles for article in articles)
        self.articles = frozenset(articles) if located else frozenset[str]()
        name = head if located else text
        kind, colon, rest = name.partition(":")
        typed = bool(colon and rest) and kind in EntityType.__members__.values()
        self.type = EntityType(kind) if typed else None
        self.name = rest if typed else name
        self.key = name_key(self.name)

    def meets(self, entity: Entity) -> bool:
        """Whether `entity` goes by this name in these articles."""
        if any(self.covers(mention) for mention in entity.mentions):
            return True
        return any(name_key(name) == self.key for name in entity.names)

    def covers(self, mention: Mention) -> bool:
        """Whether the mention is one by this name, in these articles when any are told."""
        return name_key(mention.text) == self.key and (not self.articles or mention.article in self.articles)
