"""The values that pass between the stages; all frozen, all comparable.

    Article ──extract──▶ Extraction ──resolve──▶ Graph
             (entities and facts of one article)  (the same, joined across articles)

An `Extraction` and a `Graph` are made of the same `Entity` and `Fact`; only the reach of
their ids differs. Every offset is a Unicode code point of the `text` of an `Article`,
half open, and that text is never changed once the article is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class EntityType(StrEnum):
    """The five kinds of thing that have a name."""

    ORGANISATION = "Organisation"
    PERSON = "Person"
    PROGRAMME = "Programme"
    EVENT = "Event"
    PLACE = "Place"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of a stored text; start inclusive, end exclusive."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Article:
    """One article: where it came from and its cleaned, frozen text.

    `sources` lists every file or URL that carried this text, sorted; `sha256` is of the text
    and is kept when a graph is loaded without it.
    """

    id: str
    title: str
    text: str
    date: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    url: str | None = None
    sha256: str = ""
    voice: str | None = None
    """In a graph: the article whose story this one retells, a reprint or near-copy; None for its own."""

    def __post_init__(self) -> None:
        if not self.sha256:
            object.__setattr__(self, "sha256", hashlib.sha256(self.text.encode()).hexdigest())

    @property
    def source(self) -> str | None:
        """The first path or URL it was read from."""
        return self.sources[0] if self.sources else self.url


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A stretch of text that may be a name, as one annotator saw it."""

    start: int
    end: int
    type: EntityType
    confidence: float = 1.0
    found_by: str = "tagger"
    """Which annotator: "tagger", "quotes", "grammar", "lexicon", …"""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A place in an article's text where an entity is named."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The sentence that carries a fact; `text` is exactly the article's text[start:end]."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an entity, and how we know (`introduced`, `rule`, `lexicon`, `seen`, …)."""

    name: str
    how: str = "seen"
    where: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with a name: one id, one fullest name, every other name seen."""

    id: str
    type: EntityType
    name: str
    subtype: str | None = None
    aliases: tuple[Alias, ...] = ()
    mentions: tuple[Mention, ...] = ()
    articles: tuple[str, ...] = ()
    """Ids of the articles that mention it, sorted."""
    implied: bool = False
    """Not named in the text but certain from it."""
    identifiers: tuple[str, ...] = ()
    """What others call it: IRIs (`owl:sameAs`) and codes (`dcterms:identifier`), from an authority file."""

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then every alias."""
        return (self.name, *(alias.name for alias in self.aliases))


@dataclass(frozen=True, slots=True)
class Fact:
    """Subject, property and object (or value), with qualifiers and the sentences behind it.

    `object` is an entity's id, and None for `hasTarget` and `date`. A date fact carries its
    ISO date in `value`; a target carries `indicator`, `value`, `unit`, `by`, `stated` in
    `qualifiers`; a post carries `role`.
    """

    subject: str
    property: str
    object: str | None = None
    value: str | None = None
    qualifiers: Mapping[str, str] = field(default_factory=dict, hash=False)
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article says."""

    article: Article
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Editions or versions of one thing, kept apart and held together: `zm:partOfSeries`."""

    id: str
    type: EntityType
    name: str
    members: tuple[str, ...] = ()
    """Ids of the entities that are its editions, sorted."""


@dataclass(frozen=True, slots=True)
class Change:
    """A body renamed, merged or split: its predecessors and successors are linked (`org:ChangeEvent`)."""

    id: str
    kind: str
    """`renamed`, `merged`, `split` or `founded` (set up on the basis of another)."""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    date: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person put right: one line of `corrections.tsv`, and in a graph what it touched."""

    kind: str
    """`same`, `different`, `rename`, `retype`, `add-fact`, …: `kg.corrections.KINDS`."""
    subject: str
    property: str = ""
    object: str = ""
    qualifiers: Mapping[str, str] = field(default_factory=dict, hash=False)
    article: str = ""
    quote: str = ""
    author: str = ""
    date: str = ""
    reason: str = ""
    touched: tuple[str, ...] = ()
    """Ids of the entities and facts that are what they are because of it, sorted."""
    line: str = field(default="", compare=False)
    """Where it is written: `corrections.tsv:12`."""


@dataclass(frozen=True, slots=True)
class Graph:
    """What all articles say together: entities with one identity each, facts stated once.

    Sorted by id, so that equal graphs compare equal and print the same bytes.
    """

    articles: tuple[Article, ...] = ()
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    series: tuple[Series, ...] = ()
    changes: tuple[Change, ...] = ()
    corrections: tuple[Correction, ...] = ()
    fact_ids: tuple[str, ...] | None = field(default=None, init=False, repr=False, compare=False)
    """Ids of the facts in their order, once `kg.canonical` has put the graph into its form; else None."""
