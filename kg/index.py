"""Look-ups in a graph by name, end and article; built once, then only read."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.errors import AmbiguousNameError, NotFoundError
from kg.ids import name_key
from kg.model import Article, Entity, EntityType, Evidence, Fact, Graph
from kg.views import EntityView, FactView, Quote
from kg.vocabulary import ID, PROPERTIES
from kg.witnesses import speakers


class Index:
    """Where each name, entity and article of a graph is found."""

    def __init__(self, graph: Graph, base: str = ID) -> None:
        self.base = base
        self.articles: Mapping[str, Article] = {article.id: article for article in graph.articles}
        self.speaker: Mapping[str, str] = speakers(graph.articles)
        self.entities: Mapping[str, Entity] = {entity.id: entity for entity in graph.entities}
        self._named: dict[str, list[str]] = defaultdict(list)
        self._also_named: dict[str, list[str]] = defaultdict(list)
        for entity in graph.entities:
            self._named[name_key(entity.name)].append(entity.id)
            for alias in entity.aliases:
                self._also_named[name_key(alias.name)].append(entity.id)
        self._facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(graph.facts, key=lambda f: PROPERTIES.index(f.property)):
            self._facts[fact.subject].append(fact)
            if fact.object and fact.object != fact.subject:
                self._facts[fact.object].append(fact)

    def view(self, id_: str) -> EntityView:
        """The entity of that id."""
        return EntityView(self.entities[id_], self)

    def find(self, name: str, kind: EntityType | None = None) -> EntityView:
        """The one entity that goes by `name`; a proper name wins over an alias, an id over both."""
        id_ = name.removeprefix(self.base)
        if id_ in self.entities:
            return self.view(id_)
        key = name_key(name)
        for names in (self._named, self._also_named):
            ids = sorted({i for i in names.get(key, ()) if kind in (None, self.entities[i].type)})
            if len(ids) == 1:
                return self.view(ids[0])
            if ids:
                raise AmbiguousNameError(name, tuple(ids))
        raise NotFoundError(self._unknown(name, near := self.near(name)), near)

    def knows(self, name: str) -> bool:
        """Whether any entity goes by `name`."""
        return name in self.entities or name_key(name) in self._named or name_key(name) in self._also_named

    def near(self, name: str) -> tuple[str, ...]:
        """Names that contain `name` or are written much like it."""
        known = sorted({entity.name for entity in self.entities.values()}, key=lambda n: (len(n), n))
        containing = [n for n in known if name and name in n]
        return tuple((containing or difflib.get_close_matches(name, known, n=5, cutoff=0.5))[:5])

    def _unknown(self, name: str, near: tuple[str, ...]) -> str:
        hint = (
            f"; did you mean {'、'.join(near)}?" if near else f"; the graph has {len(self.entities)} entities"
        )
        return f"no entity is called '{name}'{hint}"

    def facts_about(self, id_: str) -> tuple[FactView, ...]:
        """The facts that have the entity `id_` at either end."""
        return tuple(FactView(fact, self) for fact in self._facts.get(id_, ()))

    def articles_of(self, entity: Entity) -> tuple[Article, ...]:
        """The articles that mention `entity`."""
        return tuple(self.articles[id_] for id_ in entity.articles if id_ in self.articles)

    def quotes(self, evidence: Iterable[Evidence]) -> tuple[Quote, ...]:
        """The sentences of `evidence` with their articles."""
        return tuple(Quote(e.text, e.start, e.end, self.articles[e.article]) for e in evidence)
