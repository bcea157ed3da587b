"""Turtle for people: grouped by kind, sorted, one block a thing, its facts beneath it.

This writer is the one place that fixes the RDF shape; every other RDF form is made from its output.
What stands in a file by the hundred thousand is written here, straight into text; the rest in `blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from kg.canonical import canonical, in_order
from kg.errors import GraphFormatError
from kg.ids import sentence_id
from kg.model import Alias, Entity, EntityType, Evidence, Fact, Graph
from kg.rdf.blocks import (
    alias_block,
    alias_name,
    article_block,
    article_name,
    change_block,
    correction_block,
    series_block,
    target_block,
)
from kg.rdf.terms import (
    PREFIXES,
    SUBTYPE_CLASSES,
    TARGET_QUALIFIERS,
    TYPE_CLASSES,
    is_iri,
    qualifier,
    qualifier_literal,
    string,
    temporal,
    zh,
    zmid,
)
from kg.vocabulary import ID, PROPERTIES
from kg.witnesses import independent, sources, speakers

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#:]")
_ORDER = {name: position for position, name in enumerate(PROPERTIES)}
_HEADINGS = {
    EntityType.ORGANISATION: "Organisations 机构",
    EntityType.PERSON: "People 人物",
    EntityType.PROGRAMME: "Programmes 项目",
    EntityType.EVENT: "Events 活动",
    EntityType.PLACE: "Places 地点",
}
_SEEN = Alias("").how
"""How an alias is known of which nothing more is told."""
_name = lru_cache(maxsize=1 << 16)(zh)
"""Names stand in a file many times, sentences once."""
_number = lru_cache(maxsize=1 << 10)(lambda number: repr(float(number)))


def turtle(graph: Graph, base: str = ID) -> Iterator[str]:
    """Yield `graph` as Turtle, block by block; equal graphs give equal text."""
    if not _BASE.fullmatch(base):
        raise GraphFormatError(f"'{base}' cannot be the base of ids: give an IRI that ends in /, # or :")
    return _Document(graph, base).text()


def _section(heading: str, blocks: Iterable[str]) -> Iterator[str]:
    opened = False
    for block in blocks:
        if not opened:
            opened = True
            yield f"\n# {heading}\n"
        yield block


@cache
def _classes(kind: EntityType, subtype: str | None) -> str:
    classes = [f"zm:{kind}", TYPE_CLASSES[kind]]
    if subtype:
        classes.insert(1, f"zm:{subtype}")
        if subtype in SUBTYPE_CLASSES:
            classes.append(SUBTYPE_CLASSES[subtype])
    return ", ".join(classes)


class _Document:
    """A graph on its way into text."""

    def __init__(self, graph: Graph, base: str) -> None:
        self.graph = canonical(graph)
        self.base = base
        self.speaker: Mapping[str, str] = speakers(self.graph.articles)
        self.stated = _by_subject(zip(self.graph.fact_ids or (), self.graph.facts, strict=True))
        self.series: dict[str, list[str]] = {}
        for series in self.graph.series:
            for member in series.members:
                self.series.setdefault(member, []).append(zmid(series.id))
        self.names: dict[int, tuple[Evidence, str]] = {}
        """Each sentence named so far and its prefixed name; by identity, as to hash one takes time."""

    def text(self) -> Iterator[str]:
        graph = self.graph
        for prefix, iri in PREFIXES.items():
            yield f"@prefix {prefix}: <{self.base if prefix == 'zmid' else iri}> .\n"
        yield from _section("Articles 文章", map(article_block, graph.articles))
        for kind, heading in _HEADINGS.items():
            yield from _section(heading, (self._entity(e) for e in graph.entities if e.type == kind))
        unowned = (b for name, stated in self.stated.items() for b in self._facts(zmid(name), stated))
        yield from _section("Statements without a described subject", unowned)
        yield from _section("Series 系列", map(series_block, graph.series))
        yield from _section("Changes of bodies 机构沿革", map(change_block, graph.changes))
        yield from _section("Corrections 更正", map(correction_block, graph.corrections))
        others = [e for change in graph.changes for e in change.evidence]
        others += [a.where for entity in graph.entities for a in entity.aliases if a.where]
        told = in_order([*(sentence for sentence, _ in self.names.values()), *others])
        yield from _section("Sentences 句子", map(self._sentence, told))
        yield from _section("Mentions 提及", self._mentions())

    def _name(self, sentence: Evidence) -> str:
        """The prefixed name of `sentence`."""
        known = self.names.get(id(sentence))
        if known is None:
            known = self.names[id(sentence)] = sentence, f"zmid:{sentence_id(sentence)}"
        return known[1]

    def _entity(self, entity: Entity) -> str:
        """The thing, its plain triples, and beneath it what says why."""
        name = zmid(entity.id)
        rows = [f"\n{name} a {_classes(entity.type, entity.subtype)}", f"rdfs:label {_name(entity.name)}"]
        told = []
        if entity.aliases:
            rows.append("skos:altLabel " + ", ".join([_name(alias.name) for alias in entity.aliases]))
            told = [alias for alias in entity.aliases if alias.where or alias.how != _SEEN]
        if told:
            labels = [zmid(alias_name(entity.id, alias.name)) for alias in told]
            rows.append("skosxl:altLabel " + ", ".join(labels))
        stated = self.stated.pop(entity.id, [])
        rows += _direct(stated)
        if entity.id in self.series:
            rows.append("zm:partOfSeries " + ", ".join(self.series[entity.id]))
        if entity.implied:
            rows.append("zm:implied true")
        if entity.identifiers:
            rows += _identified(entity.identifiers)
        if entity.articles:
            rows.append("zm:mentionedIn " + ", ".join([f"zmid:{article_name(a)}" for a in entity.articles]))
        block = " ;\n    ".join(rows) + " .\n"
        return "".join(
            [block, *(alias_block(entity.id, alias) for alias in told), *self._facts(name, stated)]
        )

    def _facts(self, subject: str, stated: Iterable[_Stated]) -> Iterator[str]:
        """The nodes that say why: qualifiers and sentences; a target has a node of its own."""
        for key, end, fact in stated:
            described, kind, more = fact.qualifiers, "", ""
            if fact.property == "holdsPost":
                kind = ", org:Membership"
                more = f" ;\n    org:member {subject} ;\n    org:organization {end}"
            elif fact.object is None and fact.value is None:
                yield target_block(end, fact)
                described = {k: v for k, v in described.items() if k not in TARGET_QUALIFIERS}
            if described:
                said = [f"{qualifier(k)} {qualifier_literal(k, described[k])}" for k in sorted(described)]
                more += " ;\n    " + " ;\n    ".join(said)
            yield (
                f"\nzmid:{key} a rdf:Statement{kind} ;\n"
                f"    rdf:subject {subject} ; rdf:predicate zm:{fact.property} ; rdf:object {end}{more}"
                f"{self._told(fact.evidence)} ;\n    zm:confidence {_number(fact.confidence)} ;"
                f" {self._counted(fact.evidence)} .\n"
            )

    def _told(self, evidence: tuple[Evidence, ...]) -> str:
        return f" ;\n    prov:wasDerivedFrom {', '.join(map(self._name, evidence))}" if evidence else ""

    def _counted(self, evidence: tuple[Evidence, ...]) -> str:
        if len(evidence) == 1:
            return "zm:sources 1 ; zm:voices 1"
        return f"zm:sources {sources(evidence)} ; zm:voices {independent(evidence, self.speaker)}"

    def _sentence(self, sentence: Evidence) -> str:
        return (
            f"\n{self._name(sentence)} a zm:Sentence, oa:TextQuoteSelector, oa:TextPositionSelector ;\n"
            f"    oa:exact {zh(sentence.text)} ;\n"
            f"    oa:start {sentence.start} ; oa:end {sentence.end} ;"
            f" dcterms:isPartOf zmid:{article_name(sentence.article)} .\n"
        )

    def _mentions(self) -> Iterator[str]:
        """One line a mention, its place in the IRI as RFC 5147 has it: <article#char=start,end>."""
        mark = "/" if self.base.endswith("#") else "#"  # an IRI has one # at most
        found: dict[str, list[tuple[int, int, str]]] = {}
        for entity in self.graph.entities:
            names = f"> zm:names {zmid(entity.id)} ; oa:exact "
            for m in entity.mentions:
                line = f"{m.start},{m.end}{names}{_name(m.text)} .\n"
                found.setdefault(m.article, []).append((m.start, m.end, line))
        separator = "\n"
        for article in sorted(found):
            place = f"<{self.base}{article_name(article)}{mark}char="
            lines = [line for _, _, line in sorted(found[article])]
            yield separator + place + place.join(lines)
            separator = ""


_Stated = tuple[str, str, Fact]
"""A fact with its id and its object as Turtle has it."""


def _by_subject(facts: Iterable[tuple[str, Fact]]) -> dict[str, list[_Stated]]:
    """The facts about each subject, by property and object."""
    found: dict[str, list[_Stated]] = {}
    for key, fact in facts:
        if fact.value is not None:
            end = temporal(fact.value)
        else:
            end = zmid(fact.object) if fact.object else f"zmid:target-{key[5:]}"
        found.setdefault(fact.subject, []).append((key, end, fact))
    for stated in found.values():
        if len(stated) > 1:
            # They come sorted by id, and that order stays where the rest is equal.
            stated.sort(key=_place)
    return found


def _place(stated: _Stated) -> tuple[int, str, str]:
    fact = stated[2]
    return _ORDER.get(fact.property, 99), fact.object or "", fact.value or ""


def _direct(stated: Iterable[_Stated]) -> list[str]:
    """The plain triples: what a simple query asks for; equal ones stand together."""
    rows: list[str] = []
    before = last = None
    for _, end, fact in stated:
        if fact.property != before:
            rows.append(f"{qualifier(fact.property)} {end}")
        elif end != last:
            rows[-1] += f", {end}"
        before, last = fact.property, end
    return rows


def _identified(codes: Iterable[str]) -> list[str]:
    iris = [f"<{code}>" for code in codes if is_iri(code)]
    others = [string(code) for code in codes if not is_iri(code)]
    rows = {"owl:sameAs": iris, "dcterms:identifier": others}
    return [f"{predicate} {', '.join(objects)}" for predicate, objects in rows.items() if objects]
