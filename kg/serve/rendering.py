"""Things and facts as pages for people: what is said, who says it, in which sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
from jinja2 import Environment, FunctionLoader

from kg.rdf.terms import PREFIXES, full, is_iri
from kg.serve.describing import Described
from kg.serve.opened import Opened
from kg.vocabulary import ZM

Terms = Mapping[str, list[Any]]

_TYPE, _LABEL, _TITLE = full("rdf:type"), full("rdfs:label"), full("dcterms:title")
_SUBJECT, _PREDICATE, _OBJECT = (full(f"rdf:{part}") for part in ("subject", "predicate", "object"))
_EVIDENCE, _PART, _EXACT = full("prov:wasDerivedFrom"), full("dcterms:isPartOf"), full("oa:exact")
_ALIAS, _CONFIDENCE = full("skos:altLabel"), full("zm:confidence")
_SHOWN_ELSEWHERE = frozenset({_TYPE, _LABEL, _ALIAS, full("skosxl:altLabel"), full("zm:hasTarget")})
_NOT_QUALIFIERS = frozenset({_TYPE, _SUBJECT, _PREDICATE, _OBJECT, _EVIDENCE, _CONFIDENCE})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something named on a page: what it is called, and where it is told of."""

    text: str
    href: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence and the article it stands in."""

    text: str
    article: Thing
    about: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in words."""

    iri: Thing
    subject: Thing
    property: str
    object: Thing
    qualifiers: list[tuple[str, str]]
    confidence: str
    quotes: list[Quoted]


@dataclass(slots=True)
class Page:
    """What a template is filled with."""

    iri: str
    name: str
    kinds: list[str]
    aliases: list[str]
    path: str
    facts: list[tuple[str, list[Told]]] = field(default_factory=list)
    rows: list[tuple[str, list[Thing]]] = field(default_factory=list)
    shown: int = 0
    total: int = 0
    offset: int = 0


class Words:
    """What classes and properties are called, as the ontology says; the last part of its IRI otherwise."""

    def __init__(self, folder: Path) -> None:
        path = folder / "words.json"
        found = json.loads(path.read_text("utf-8")) if path.is_file() else {"classes": [], "properties": []}
        self._known = {word["iri"]: word for word in (*found["classes"], *found["properties"])}

    def __call__(self, iri: str) -> str:
        """A class or property, in Chinese and English."""
        word = self._known.get(iri, {})
        both = [word[key] for key in ("label-zh", "label-en") if key in word]
        return " ".join(both) or short(iri)


def short(iri: str) -> str:
    """`iri` with its prefix where it has one of ours."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and len(iri) > len(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


class Renderer:
    """Makes the page of what was described."""

    def __init__(self, opened: Opened, found: Described) -> None:
        self._opened, self._found = opened, found
        self._words = Words(opened.folder)
        self._nodes: dict[str, dict[str, list[Any]]] = {}
        for triple in found.triples:
            node = self._nodes.setdefault(_text(triple.subject), {})
            node.setdefault(triple.predicate.value, []).append(triple.object)

    def page(self) -> Page:
        """The page, without where in the facts it stands."""
        iri = self._found.iri.value
        node = self._nodes[iri]
        told = [self._told(str(fact.value)) for fact in self._found.facts]
        groups: dict[str, list[Told]] = {}
        for fact in told:
            groups.setdefault(fact.property, []).append(fact)
        own = {name for name in node if any(f.subject.href == self._thing(iri).href for f in told)}
        direct = {_text(self._nodes[str(f.value)][_PREDICATE][0]) for f in self._found.facts} & own
        return Page(
            iri=iri,
            name=self._name(iri),
            kinds=[self._words(_text(kind)) for kind in node.get(_TYPE, ()) if _text(kind).startswith(ZM)]
            or [self._words(_text(kind)) for kind in node.get(_TYPE, ())],
            aliases=[_text(alias) for alias in node.get(_ALIAS, ())],
            path=path_of(self._opened.base, iri),
            facts=list(groups.items()),
            rows=self._rows(node, direct),
        )

    def _rows(self, node: Terms, direct: Iterable[str]) -> list[tuple[str, list[Thing]]]:
        hidden = _SHOWN_ELSEWHERE | set(direct)
        return [
            (self._words(name), [self._thing(_text(term), term) for term in terms])
            for name, terms in node.items()
            if name not in hidden
        ]

    def _told(self, iri: str) -> Told:
        node = self._nodes[iri]
        subject, predicate, target = (node[part][0] for part in (_SUBJECT, _PREDICATE, _OBJECT))
        qualifiers = [
            (self._words(name), _text(terms[0]))
            for name, terms in node.items()
            if name not in _NOT_QUALIFIERS and isinstance(terms[0], ox.Literal)
        ]
        told = Thing(self._stated(target)) if self._stated(target) else self._thing(_text(target), target)
        confidence = node.get(_CONFIDENCE)
        return Told(
            iri=self._thing(iri),
            subject=self._thing(_text(subject), subject),
            property=self._words(_text(predicate)),
            object=told,
            qualifiers=qualifiers,
            confidence=f"{float(_text(confidence[0])):.2f}" if confidence else "",
            quotes=[self._quoted(_text(sentence)) for sentence in node.get(_EVIDENCE, ())],
        )

    def _stated(self, term: Any) -> str:
        """A target in words: indicator, value and unit as stated, and by when."""
        node = self._nodes.get(_text(term), {})
        if full("zm:Target") not in map(_text, node.get(_TYPE, ())):
            return ""
        parts = [_text(node[key][0]) for name in ("indicator", "stated", "by") if (key := ZM + name) in node]
        return " · ".join(parts)

    def _quoted(self, iri: str) -> Quoted:
        node = self._nodes.get(iri, {})
        article = _text(node[_PART][0]) if _PART in node else ""
        source = self._nodes.get(article, {})
        about = [
            _text(source[full(name)][0])
            for name in ("dcterms:publisher", "dcterms:issued")
            if full(name) in source
        ]
        url = _text(source[full("schema:url")][0]) if full("schema:url") in source else ""
        text = _text(node[_EXACT][0]) if _EXACT in node else iri
        return Quoted(text, self._thing(article), " ".join(about), url if is_iri(url) else "")

    def _name(self, iri: str) -> str:
        node = self._nodes.get(iri, {})
        for name in (_LABEL, _TITLE, _EXACT):
            if name in node:
                return _text(node[name][0])
        return short(iri.removeprefix(self._opened.base))

    def _thing(self, iri: str, term: Any = None) -> Thing:
        if term is not None and not isinstance(term, ox.NamedNode):
            return Thing(_text(term), _text(term) if is_iri(_text(term)) else "", outside=True)
        inside = path_of(self._opened.base, iri)
        return Thing(self._name(iri), inside or (iri if is_iri(iri) else ""), outside=not inside)


def path_of(base: str, iri: str) -> str:
    """Where this server tells of `iri`; empty where it does not."""
    local = iri.removeprefix(base)
    if local == iri or "#" in local or "/" in local:
        return ""
    return ("/fact/" if local.startswith("fact-") else "/entity/") + quote(local, safe="")


def fill(template: str, **values: Any) -> bytes:
    """A page of `kg/data/serve`, everything escaped."""
    return _environment().get_template(template).render(**values).encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    folder = files("kg") / "data" / "serve"
    loader = FunctionLoader(lambda name: (folder / name).read_text("utf-8"))
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _text(term: Any) -> str:
    return str(term) if isinstance(term, ox.Triple) else str(term.value)
