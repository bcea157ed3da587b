"""RDF in our shape, read back into a `Graph`; triples that say something else are left aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.canonical import canonical
from kg.errors import GraphFormatError
from kg.model import (
    Alias,
    Article,
    Change,
    Correction,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Graph,
    Mention,
    Series,
)
from kg.rdf.files import no_collection, open_rdf, text_of
from kg.rdf.nodes import Described, Found, Iri, Told, gathered
from kg.rdf.regular import found_in
from kg.rdf.terms import full
from kg.vocabulary import SUBTYPES, ZM

_TYPE = full("rdf:type")
_NAMES, _MENTIONED, _IMPLIED = full("zm:names"), full("zm:mentionedIn"), full("zm:implied")
_ALIASES, _LABELS = full("skos:altLabel"), full("skosxl:altLabel")
_IDENTIFIER, _SAME_AS = full("dcterms:identifier"), full("owl:sameAs")
_STATEMENT, _ARTICLE, _SENTENCE = full("rdf:Statement"), full("zm:Article"), full("zm:Sentence")
_TARGET, _SERIES, _CHANGE = full("zm:Target"), full("zm:Series"), full("org:ChangeEvent")
_CORRECTION, _PART_OF_SERIES = full("zm:Correction"), full("zm:partOfSeries")
_ENTITY_TYPES = {ZM + kind.value: kind for kind in EntityType}
_SUBTYPES = {ZM + name: name for names in SUBTYPES.values() for name in names}
_NOT_QUALIFIERS = frozenset({"confidence", "sources", "voices"})
"""What is told of a fact; the two counts follow from its sentences and the articles' voices."""
_TARGET_WORDS = {
    "indicator": "indicator",
    "statedValue": "value",
    "statedUnit": "unit",
    "stated": "stated",
    "statedUpto": "upto",
    "comparison": "comparison",
    "by": "by",
}
_PLACE = re.compile(r"(.+)[#/]char=([0-9]+),([0-9]+)")


def read_graph(path: Path) -> Graph:
    """The graph that is written in `path` as Turtle, N-Triples, N-Quads, TriG or JSON-LD."""
    return read_with_base(path)[0]


def read_with_base(path: Path) -> tuple[Graph, str]:
    """The graph that is written in `path`, and the base of its ids."""
    with no_collection():
        found = _found(path)
        try:
            reader = _Reader(found)
            return reader.graph(), found.base or reader.base()
        except GraphFormatError as error:
            raise GraphFormatError(f"{path}: {error}") from error


def _found(path: Path) -> Found:
    """What `path` says: in a third of the time where our own writer laid it out."""
    text = text_of(path)
    found = found_in(text) if text is not None else None
    if found is not None:
        return found
    with open_rdf(path) as quads:
        return gathered(quads)


def from_triples(triples: Iterable[ox.Quad | ox.Triple]) -> Graph:
    """The graph that `triples` state, in whatever order they come."""
    return _Reader(gathered(triples)).graph()


def _local(iri: str) -> str:
    if iri.startswith("zmid:"):
        return iri[5:]
    return iri[max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1 :]


def _in_order_of(byline: str, names: list[str]) -> list[str]:
    """`names` as `byline` has them, with `; ` between them and perhaps within one; empty if it has others."""
    listed = byline.split("; ")
    if sorted(listed) == names:
        return listed
    for name in names:
        if byline == name and len(names) == 1:
            return names
        others = [other for other in names if other != name]
        rest = _in_order_of(byline[len(name) + 2 :], others) if byline.startswith(f"{name}; ") else []
        if rest:
            return [name, *rest]
    return []


class _Reader(Described):
    """Turns what is said into the values of the model."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.nodes)
        self.kinds: dict[str, list[str]] = {}
        """Class → subjects."""
        for iri, node in self.nodes.items():
            for kind in node.get(_TYPE, ()):
                self.kinds.setdefault(kind, []).append(iri)
        self.article_ids = {iri: self.one(iri, "dcterms:identifier") for iri in self.kinds.get(_ARTICLE, ())}
        self.told = found.facts.values()
        self.targets = frozenset(self.kinds.get(_TARGET, ()))
        self.sentences = found.sentences | {iri: self._sentence(iri) for iri in self.kinds.get(_SENTENCE, ())}
        self.mentions = found.mentions
        for entity, mention in self._mentions():
            self.mentions.setdefault(entity, []).append(mention)

    def graph(self) -> Graph:
        entities = {
            iri: self._entity(iri, kind)
            for name, kind in _ENTITY_TYPES.items()
            for iri in self.kinds.get(name, ())
        }
        if not entities and not self.article_ids:
            raise GraphFormatError(
                f"holds no zm:Article and no entity of <{ZM}>; "
                "give a graph that kg wrote (kg build … --format ttl)"
            )
        return canonical(
            Graph(
                tuple(self._article(iri, name) for iri, name in self.article_ids.items()),
                tuple(entities.values()),
                (*map(self._stated, self.told), *map(self._fact, self.kinds.get(_STATEMENT, ()))),
                self._series(),
                tuple(self._change(iri) for iri in self.kinds.get(_CHANGE, ())),
                tuple(self._correction(iri) for iri in self.kinds.get(_CORRECTION, ())),
            )
        )

    def base(self) -> str:
        """What the IRIs of most articles and entities begin with; no prefix need be declared for it."""
        things = (iri for kind in (_ARTICLE, *_ENTITY_TYPES) for iri in self.kinds.get(kind, ()))
        bases = Counter(iri.removesuffix(_local(iri)) for iri in things)
        return min(bases, key=lambda base: (-bases[base], base))

    def _article_id(self, iri: str) -> str:
        found = self.article_ids.get(iri)
        if found is None:
            raise GraphFormatError(f"<{iri}> is named as an article but not described as a zm:Article")
        return found

    # -- the values --------------------------------------------------------------------

    def _article(self, iri: str, name: str) -> Article:
        creators = sorted(self.all(iri, "dcterms:creator"))
        listed = _in_order_of(self.maybe(iri, "zm:byline") or "", creators)
        return Article(
            id=name,
            title=self.one(iri, "dcterms:title"),
            text="",
            date=self.maybe(iri, "dcterms:issued"),
            publisher=self.maybe(iri, "dcterms:publisher"),
            authors=tuple(listed or creators),
            sources=tuple(self.all(iri, "dcterms:source")),
            url=self.maybe(iri, "schema:url"),
            sha256=self.one(iri, "zm:sha256"),
            voice=self._article_id(voice) if (voice := self.maybe(iri, "zm:retells")) else None,
        )

    def _sentence(self, iri: str) -> Evidence:
        return Evidence(
            article=self._article_id(self.one(iri, "dcterms:isPartOf")),
            start=self.number(iri, "oa:start"),
            end=self.number(iri, "oa:end"),
            text=self.one(iri, "oa:exact"),
        )

    def _mentions(self) -> Iterator[tuple[str, Mention]]:
        for iri, node in self.nodes.items():
            if _NAMES not in node:
                continue
            match = _PLACE.fullmatch(iri)
            if match is None:
                raise GraphFormatError(f"<{iri}> names an entity; its IRI must end in #char=START,END")
            article, start, end = self._article_id(match[1]), int(match[2]), int(match[3])
            mention = Mention(article, start, end, self.one(iri, "oa:exact"))
            for entity in node[_NAMES]:
                yield entity, mention

    def _entity(self, iri: str, kind: EntityType) -> Entity:
        node = self.nodes[iri]
        classes = [_SUBTYPES[c] for c in node[_TYPE] if c in _SUBTYPES]
        told = {self.one(label, "skosxl:literalForm"): label for label in node.get(_LABELS, ())}
        codes = (*node.get(_IDENTIFIER, ()), *map(str, node.get(_SAME_AS, ())))
        return Entity(
            _local(iri),
            kind,
            self.one(iri, "rdfs:label"),
            min((c for c in classes if c in SUBTYPES[kind]), default=None) if classes else None,
            tuple([self._alias(name, told.get(name)) for name in node.get(_ALIASES, ())]),
            tuple(self.mentions.get(iri, ())),
            tuple([self._article_id(article) for article in node.get(_MENTIONED, ())]),
            _IMPLIED in node and self.one(iri, "zm:implied") in ("true", "1"),
            tuple(sorted(codes)),
        )

    def _alias(self, name: str, label: str | None) -> Alias:
        if label is None:
            return Alias(name)
        where = self.maybe(label, "prov:wasDerivedFrom")
        return Alias(name, self.one(label, "zm:knownBy"), self._evidence(where) if where else None)

    def _series(self) -> tuple[Series, ...]:
        members: dict[str, list[str]] = {}
        for iri, node in self.nodes.items():
            for series in node.get(_PART_OF_SERIES, ()):
                members.setdefault(series, []).append(_local(iri))
        return tuple(
            Series(
                id=_local(iri),
                type=self._entity_type(self.one(iri, "zm:seriesOf")),
                name=self.one(iri, "rdfs:label"),
                members=tuple(members.get(iri, ())),
            )
            for iri in self.kinds.get(_SERIES, ())
        )

    def _entity_type(self, iri: str) -> EntityType:
        if iri not in _ENTITY_TYPES:
            raise GraphFormatError(f"<{iri}> is no class of entities; known are {', '.join(_ENTITY_TYPES)}")
        return _ENTITY_TYPES[iri]

    def _change(self, iri: str) -> Change:
        return Change(
            id=_local(iri),
            kind=self.one(iri, "zm:changeKind"),
            before=tuple(map(_local, self.all(iri, "org:originalOrganization"))),
            after=tuple(map(_local, self.all(iri, "org:resultingOrganization"))),
            date=self.maybe(iri, "dcterms:date"),
            evidence=tuple(self._evidence(s) for s in self.all(iri, "prov:wasDerivedFrom")),
        )

    def _correction(self, iri: str) -> Correction:
        pairs = (text.partition("=") for text in self.all(iri, "zm:correctsQualifier"))
        return Correction(
            kind=self.one(iri, "zm:kind"),
            subject=self.maybe(iri, "zm:correctsSubject") or "",
            property=(self.maybe(iri, "zm:correctsProperty") or "").removeprefix(ZM),
            object=self.maybe(iri, "zm:correctsObject") or "",
            qualifiers={key: value for key, _, value in pairs},
            article=self.maybe(iri, "zm:correctsArticle") or "",
            quote=self.maybe(iri, "zm:correctsQuote") or "",
            author=self.maybe(iri, "dcterms:creator") or "",
            date=self.maybe(iri, "dcterms:date") or "",
            reason=self.maybe(iri, "rdfs:comment") or "",
            touched=tuple(map(_local, self.all(iri, "prov:generated"))),
        )

    def _evidence(self, iri: str) -> Evidence:
        found = self.sentences.get(iri)
        if found is None:
            raise GraphFormatError(f"<{iri}> is given as evidence but not described as a zm:Sentence")
        return found

    def _stated(self, told: Told) -> Fact:
        end, qualifiers = told.end, told.qualifiers
        if end is not None:
            if end in self.targets:
                qualifiers = {**self._target(end), **qualifiers}
                end = None
            else:
                end = _local(end)
        return Fact(
            _local(told.subject),
            _local(told.predicate),
            end,
            told.value,
            qualifiers,
            float(told.sure),
            tuple([self._evidence(sentence) for sentence in told.evidence]),
        )

    def _fact(self, iri: str) -> Fact:
        predicate = self.one(iri, "rdf:predicate")
        objects = self.nodes[iri].get(full("rdf:object"), [])
        if not predicate.startswith(ZM) or len(objects) != 1:
            raise GraphFormatError(f"<{iri}> must have one rdf:object and a rdf:predicate in <{ZM}>")
        (end,) = objects
        literal = not isinstance(end, Iri)
        target = not literal and end in self.targets
        return Fact(
            subject=_local(self.one(iri, "rdf:subject")),
            property=predicate[len(ZM) :],
            object=None if literal or target else _local(end),
            value=end if literal else None,
            qualifiers={**(self._target(end) if target else {}), **self._qualifiers(iri)},
            confidence=float(self.maybe(iri, "zm:confidence") or 1.0),
            evidence=tuple(self._evidence(s) for s in self.all(iri, "prov:wasDerivedFrom")),
        )

    def _target(self, iri: str) -> dict[str, str]:
        found = {key: self.maybe(iri, f"zm:{word}") for word, key in _TARGET_WORDS.items()}
        return {key: text for key, text in found.items() if text is not None}

    def _qualifiers(self, iri: str) -> dict[str, str]:
        found = {}
        for predicate, (first, *_) in self.nodes[iri].items():
            key = predicate[len(ZM) :]
            if predicate.startswith(ZM) and key not in _NOT_QUALIFIERS and not isinstance(first, Iri):
                found[key] = first
        return found
