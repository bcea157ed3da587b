"""`KnowledgeGraph`: what `kg.build` and `kg.load` give you."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from kg import parts, posts_over_time
from kg.canonical import canonical
from kg.index import Index
from kg.model import Article, EntityType, Graph
from kg.views import EntityView, FactView
from kg.vocabulary import ID, SIGNATURES

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kg.posts_over_time import Tenure
    from kg.query import Result


Named: TypeAlias = str | EntityView
"""An entity, or what it goes by: a name, an alias, an id or an IRI."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page of its own inside a notebook."""

    html: str = field(repr=False)
    height: int = 640

    def _repr_html_(self) -> str:
        style = f"width:100%;height:{self.height}px;border:0"
        return f'<iframe srcdoc="{escape(self.html)}" style="{style}"></iframe>'


class KnowledgeGraph:
    """Who does what, with the sentence behind each fact.

    Iterate over it for its entities, ask `in` for a name, and use (an entity may stand for its name
    everywhere):

        g["陈寅"], g.entity("陈寅")              one entity: .name .aliases .facts .evidence
        g.facts(property="holdsPost")           facts, filtered by end or property
        g.people, g.organisations, g.events …   entities by type
        g.neighbours("陈寅", depth=2)           what lies around it; g.path(a, b): the way from one to another
        g.around("陈寅"), g.subgraph([a, b])    parts, which are graphs; g | other: both as one
        g.holders("上海市国资委", on="2021-10-12")  who held which post, when
        g.timeline(), g.to_pandas()            dates in order; one row a fact
        g.query("SELECT …")                     SPARQL; rows that become a pandas frame
        g.nx, g.rdf                             NetworkX MultiDiGraph, rdflib Graph
        g.page()                                the interactive page, in a notebook
        g.save("graph.ttl")                     any format, by ending

    It is only read, so threads may share it; it can be pickled and copied, and equals another that says
    the same.

    >>> from kg.model import Entity, EntityType, Fact, Graph
    >>> wang = Entity("per-王芳", EntityType.PERSON, "王芳")
    >>> bureau = Entity("org-甲市科技局", EntityType.ORGANISATION, "甲市科技局", "GovernmentBody")
    >>> post = Fact(wang.id, "holdsPost", bureau.id, qualifiers={"role": "局长"})
    >>> g = KnowledgeGraph(Graph(entities=(bureau, wang), facts=(post,)))
    >>> len(g), "王芳" in g, g.people
    (2, True, (<Person 王芳>,))
    >>> g["王芳"].facts
    (<Fact 王芳 holdsPost 甲市科技局（局长） 1.00>,)
    >>> [fact.qualifiers["role"] for fact in g.path("王芳", "甲市科技局")]
    ['局长']
    >>> g.query("SELECT ?who { ?fact zm:role $role ; rdf:subject/rdfs:label ?who }", role="局长")[0].who
    '王芳'
    >>> g | g == g
    True
    """

    def __init__(self, graph: Graph, *, base: str = ID) -> None:
        self.data = graph
        self.base = base

    def __getstate__(self) -> dict[str, Any]:
        """Only what it says: stores, indexes and views are made again where they are needed."""
        return {"data": self.data, "base": self.base}

    @cached_property
    def _index(self) -> Index:
        return Index(self.data, self.base)

    # -- looking things up -------------------------------------------------------------

    def entity(self, name: Named, type: EntityType | str | None = None) -> EntityView:
        """The entity that goes by `name`, an alias, an id or an IRI.

        Raises `NotFoundError` with near names, or `AmbiguousNameError` with the ids to choose from.
        """
        text = name.id if isinstance(name, EntityView) else name
        return self._index.find(text, EntityType(type) if type else None)

    def __getitem__(self, name: Named) -> EntityView:
        """The entity that goes by `name`."""
        return self.entity(name)

    def facts(
        self, subject: Named | None = None, property: str | None = None, object: Named | None = None
    ) -> list[FactView]:
        """The facts with this subject, property and object; leave out what may be anything."""
        if property is not None and property not in SIGNATURES:
            raise ValueError(f"no property '{property}'; known are {', '.join(SIGNATURES)}")
        start = self.entity(subject).id if subject else None
        end = self.entity(object).id if object else None
        return [
            FactView(fact, self._index)
            for fact in self.data.facts
            if start in (None, fact.subject)
            and end in (None, fact.object)
            and property in (None, fact.property)
        ]

    def search(self, text: str, limit: int = 20) -> list[EntityView]:
        """The entities whose name or alias contains `text`, shortest name first."""
        found = [e for e in self.data.entities if any(text in name for name in e.names)]
        found.sort(key=lambda e: (text not in e.name, len(e.name), e.id))
        return [self._index.view(e.id) for e in found[:limit]]

    def of_type(self, type: EntityType | str) -> tuple[EntityView, ...]:
        """Every entity of one type, by id."""
        return tuple(self._index.view(e.id) for e in self.data.entities if e.type == EntityType(type))

    @property
    def organisations(self) -> tuple[EntityView, ...]:
        """Every organisation."""
        return self.of_type(EntityType.ORGANISATION)

    @property
    def people(self) -> tuple[EntityView, ...]:
        """Every person."""
        return self.of_type(EntityType.PERSON)

    @property
    def programmes(self) -> tuple[EntityView, ...]:
        """Every policy, initiative and platform."""
        return self.of_type(EntityType.PROGRAMME)

    @property
    def events(self) -> tuple[EntityView, ...]:
        """Every event."""
        return self.of_type(EntityType.EVENT)

    @property
    def places(self) -> tuple[EntityView, ...]:
        """Every place."""
        return self.of_type(EntityType.PLACE)

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article, by id."""
        return self.data.articles

    def __iter__(self) -> Iterator[EntityView]:
        return (self._index.view(entity.id) for entity in self.data.entities)

    def __len__(self) -> int:
        return len(self.data.entities)

    def __contains__(self, name: object) -> bool:
        text = name.id if isinstance(name, EntityView) else name
        return isinstance(text, str) and self._index.knows(text)

    def __eq__(self, other: object) -> bool:
        """Equal graphs say the same: one built and the same one saved and loaded are equal."""
        return isinstance(other, KnowledgeGraph) and canonical(self.data) == canonical(other.data)

    __hash__ = None  # type: ignore[assignment]

    # -- parts and ways through --------------------------------------------------------

    def neighbours(self, name: Named, depth: int = 1) -> tuple[EntityView, ...]:
        """The entities within `depth` facts of `name`, nearest first."""
        steps = parts.distances(self.data, self.entity(name).id, depth)
        return tuple(self._index.view(id_) for id_, step in steps.items() if step > 0)

    def around(self, name: Named, depth: int = 1) -> KnowledgeGraph:
        """The part of the graph within `depth` facts of `name`."""
        steps = parts.distances(self.data, self.entity(name).id, depth)
        return KnowledgeGraph(parts.part(self.data, steps), base=self.base)

    def subgraph(self, names: Iterable[Named]) -> KnowledgeGraph:
        """The entities `names` and the facts between them."""
        ids = [self.entity(name).id for name in names]
        return KnowledgeGraph(parts.part(self.data, ids), base=self.base)

    def path(self, start: Named, end: Named) -> list[FactView]:
        """The facts of a shortest way between two entities, whichever way they point; empty if none."""
        facts = parts.path(self.data, self.entity(start).id, self.entity(end).id)
        return [FactView(fact, self._index) for fact in facts]

    def timeline(self) -> list[FactView]:
        """The dates of events and programmes, earliest first."""
        dated = (FactView(fact, self._index) for fact in self.data.facts if fact.property == "date")
        return sorted(dated, key=lambda view: (view.value or "", view.fact.subject))

    def __or__(self, other: KnowledgeGraph) -> KnowledgeGraph:
        return KnowledgeGraph(parts.union(self.data, other.data), base=self.base)

    # -- posts over time ---------------------------------------------------------------

    def holders(self, body: Named, role: str | None = None, on: str | None = None) -> list[Tenure]:
        """Who held a post in `body`, as far as the articles say; `on` is an ISO date."""
        return posts_over_time.holders(self._index, self.entity(body, EntityType.ORGANISATION).id, role, on)

    def career(self, person: Named) -> list[Tenure]:
        """The posts of `person`, earliest first."""
        return posts_over_time.career(self._index, self.entity(person, EntityType.PERSON).id)

    # -- views -------------------------------------------------------------------------

    @cached_property
    def nx(self) -> networkx.MultiDiGraph[str]:
        """The graph for NetworkX: nodes by id, edges keyed by fact id, attributes in plain words."""
        from kg.network import network

        return network(self.data)

    @cached_property
    def rdf(self) -> rdflib.Graph:
        """The graph as an rdflib `Graph`, prefixes bound."""
        from kg.rdf import to_rdflib

        return to_rdflib(self.data, self.base)

    def query(self, sparql: str, **parameters: str) -> Result:
        """The answer to a SPARQL query; `parameters` fill the query's `$name` variables."""
        from kg.query import run

        return run(self._store, sparql, parameters)

    @cached_property
    def _store(self) -> Any:
        from kg.query import load

        return load(self.data, self.base)

    def to_pandas(self) -> pandas.DataFrame:
        """One row a fact: subject, property, object, qualifiers, confidence, sources, sentence."""
        import pandas

        rows = [
            {
                "subject": view.subject.name,
                "property": view.property,
                "object": view.target,
                **view.qualifiers,
                "confidence": view.confidence,
                "sources": view.sources,
                "voices": view.voices,
                "sentence": view.evidence[0].text if view.evidence else "",
            }
            for view in self.facts()
        ]
        return pandas.DataFrame(rows)

    def stats(self) -> dict[str, Any]:
        """How much there is of what."""
        types = Counter(str(entity.type) for entity in self.data.entities)
        subtypes = Counter(entity.subtype for entity in self.data.entities if entity.subtype)
        properties = Counter(fact.property for fact in self.data.facts)
        dates = sorted(article.date for article in self.data.articles if article.date)
        return {
            "articles": len(self.data.articles),
            "from": dates[0] if dates else None,
            "to": dates[-1] if dates else None,
            "entities": len(self.data.entities),
            "facts": len(self.data.facts),
            "sentences": len({e for fact in self.data.facts for e in fact.evidence}),
            "types": dict(sorted(types.items())),
            "subtypes": dict(sorted(subtypes.items())),
            "properties": {name: properties[name] for name in SIGNATURES if properties[name]},
        }

    # -- saving and showing ------------------------------------------------------------

    def save(self, path: str | Path) -> Path:
        """Write the graph to `path`; its ending (.ttl .jsonld .graphml .json .html …) chooses the format."""
        from kg.export import save

        return save(self.data, Path(path), base=self.base)

    def page(self, *, title: str = "", lang: Literal["zh", "en"] = "zh", height: int = 640) -> Frame:
        """Show the interactive page in a notebook."""
        from kg.export.page import PageOptions, page_html

        return Frame(page_html(self.data, PageOptions(title=title, lang=lang)), height)

    def __repr__(self) -> str:
        n = self.stats()
        return f"<KnowledgeGraph: {n['articles']} articles, {n['entities']} entities, {n['facts']} facts>"

    def _repr_html_(self) -> str:
        n = self.stats()
        rows = "".join(f"<tr><td>{escape(k)}</td><td>{v}</td></tr>" for k, v in n["types"].items())
        span = f" {n['from']} – {n['to']}" if n["from"] else ""
        return (
            f"<b>KnowledgeGraph</b> {n['articles']} articles{span}, {n['facts']} facts, "
            f"{n['sentences']} sentences<table>{rows}</table>"
        )
