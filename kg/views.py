"""Entities and facts as a user of Python meets them: each knows its graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from kg.ids import fact_id
from kg.model import Article, Entity, EntityType, Evidence, Fact
from kg.witnesses import independent, sources

if TYPE_CHECKING:
    from kg.index import Index


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that carries a fact, with the article it stands in."""

    text: str
    start: int
    end: int
    article: Article

    def __str__(self) -> str:
        when = f"，{self.article.date}" if self.article.date else ""
        who = self.article.publisher or self.article.id
        return f"{self.text}（{who}{when}）"


@dataclass(frozen=True, slots=True, repr=False)
class FactView:
    """A fact with its ends as entities: `fact.subject.name`, `fact.qualifiers["role"]`, `fact.evidence`."""

    fact: Fact
    _index: Index = field(compare=False)

    @property
    def id(self) -> str:
        """Its local name, made from what it states."""
        return fact_id(self.fact)

    @property
    def subject(self) -> EntityView:
        """The entity it is about."""
        return self._index.view(self.fact.subject)

    @property
    def object(self) -> EntityView | None:
        """The entity at the other end; None for a date or a target."""
        return self._index.view(self.fact.object) if self.fact.object else None

    @property
    def value(self) -> str | None:
        """A date fact's ISO date."""
        return self.fact.value

    @property
    def qualifiers(self) -> Mapping[str, str]:
        """Role, indicator, value, unit, by, …"""
        return self.fact.qualifiers

    @property
    def confidence(self) -> float:
        """How sure we are: of the facts given 0.9, about nine in ten are right."""
        return self.fact.confidence

    @property
    def evidence(self) -> tuple[Quote, ...]:
        """The sentences that carry it."""
        return self._index.quotes(self.fact.evidence)

    @property
    def sources(self) -> int:
        """In how many articles it stands."""
        return sources(self.fact.evidence)

    @property
    def voices(self) -> int:
        """How many tell it independently: reprints and near-copies of one story are one voice."""
        return independent(self.fact.evidence, self._index.speaker)

    def __str__(self) -> str:
        role = f"（{self.fact.qualifiers['role']}）" if "role" in self.fact.qualifiers else ""
        return f"{self.subject.name} {self.property} {self.target}{role}"

    def __repr__(self) -> str:
        return f"<Fact {self} {self.fact.confidence:.2f}>"

    @property
    def target(self) -> str:
        """The other end in words: a name, a date, or what is to be reached."""
        if self.object is not None:
            return self.object.name
        if self.fact.property == "date":
            return self.fact.value or ""
        q = self.fact.qualifiers
        stated = q.get("stated") or q.get("value", "") + q.get("unit", "")
        by = f"（{q['by']}）" if "by" in q else ""
        return f"{q.get('indicator', '')} {stated}{by}".strip()

    @property
    def property(self) -> str:
        """The relation, as the ontology names it."""
        # Last in the class: from here on the name no longer means the decorator.
        return self.fact.property


@dataclass(frozen=True, slots=True, repr=False)
class EntityView:
    """An entity with what the graph says of it: `entity.facts`, `entity.evidence`, `entity.aliases`."""

    entity: Entity
    _index: Index = field(compare=False)

    @property
    def id(self) -> str:
        """Its local name, such as `org-上海市国资委`."""
        return self.entity.id

    @property
    def iri(self) -> str:
        """Its full IRI."""
        return self._index.base + self.entity.id

    @property
    def name(self) -> str:
        """Its fullest known name."""
        return self.entity.name

    @property
    def type(self) -> EntityType:
        """Organisation, Person, Programme, Event or Place."""
        return self.entity.type

    @property
    def subtype(self) -> str | None:
        """GovernmentBody, Company, Institution, Official, Policy, Initiative or Platform."""
        return self.entity.subtype

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every other name seen."""
        return tuple(alias.name for alias in self.entity.aliases)

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles that mention it."""
        return self._index.articles_of(self.entity)

    @property
    def facts(self) -> tuple[FactView, ...]:
        """Every fact that it is an end of, by property."""
        return self._index.facts_about(self.entity.id)

    @property
    def evidence(self) -> tuple[Quote, ...]:
        """The sentences behind its facts, each once, in the order of articles and text."""
        found: set[Evidence] = {e for view in self.facts for e in view.fact.evidence}
        return self._index.quotes(tuple(sorted(found)))

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<{self.subtype or self.type} {self.name}>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(str(view))}</td><td>{escape(quote.text)}</td></tr>"
            for view in self.facts
            for quote in view.evidence[:1]
        )
        kind = escape(self.subtype or str(self.type))
        return f"<b>{escape(self.name)}</b> <i>{kind}</i><table>{rows}</table>"
