"""Whether a graph holds to its shapes, and whether its quotes stand in the articles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.model import Article, Evidence, Graph, Mention
from kg.query import Loaded, load, run
from kg.rdf.terms import PREFIXES, full
from kg.validate.shapes import Check, checks

__all__ = ["Problem", "Report", "validate"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold; printed, it is a sentence with the thing's name."""

    what: str
    """The name of the thing, as a person knows it."""
    id: str
    """Its local name or IRI."""
    en: str
    zh: str
    shape: str = ""
    path: str = ""
    value: str = ""

    def __str__(self) -> str:
        detail = f" [{' '.join(filter(None, [self.path, self.value]))}]" if self.path or self.value else ""
        return f"{self.what} ({self.id}): {self.en}. {self.zh}。{detail}"


@dataclass(frozen=True, slots=True)
class Report:
    """Every problem of a graph; empty and `ok` when there is none."""

    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.problems

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __len__(self) -> int:
        return len(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems)) or "ok"


def validate(source: Graph | Loaded | str | Path) -> Report:
    """Check `source`, a graph or an RDF file, against `ontology/shapes.ttl`.

    Where a graph still has its articles' texts, every quote must stand in them at its offsets.
    """
    loaded = source if isinstance(source, Loaded) else load(source)
    found = [problem for check in checks() for problem in _broken(check, loaded)]
    if isinstance(source, Graph):
        found += _misquoted(source)
    return Report(tuple(dict.fromkeys(found)))


def _broken(check: Check, loaded: Loaded) -> Iterator[Problem]:
    result = run(loaded, check.sparql)
    rows = [dict(zip(result.columns, terms, strict=True)) for terms in result.terms]
    for row in sorted(rows, key=lambda row: [str(row.get(name)) for name in ("this", "value")]):
        focus, value, path = row.get("this"), row.get("value"), row.get("path")
        shown = _short(path) if path is not None else _short(ox.NamedNode(check.path)) if check.path else ""
        yield Problem(
            what=_described(loaded.store, focus),
            id=_short(focus),
            en=check.en,
            zh=check.zh,
            shape=check.shape,
            path=shown,
            value="" if value is None else _short(value),
        )


def _described(store: ox.Store, focus: object) -> str:
    """A name for `focus`: its label, its text, or for a fact its ends and property."""
    if not isinstance(focus, ox.NamedNode | ox.BlankNode):
        return str(focus)
    for name in ("rdfs:label", "dcterms:title", "zm:indicator", "oa:exact", "skosxl:literalForm"):
        if (found := _first(store, focus, name)) is not None:
            return f"“{_value(found)}”"
    parts = [_first(store, focus, f"rdf:{part}") for part in ("subject", "predicate", "object")]
    if any(parts):
        names = (
            _described(store, p) if isinstance(p, ox.NamedNode) else "?" if p is None else _value(p)
            for p in parts
        )
        return " ".join(names)
    return _short(focus)


def _first(
    store: ox.Store, subject: ox.NamedNode | ox.BlankNode, name: str
) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None:
    quad = next(store.quads_for_pattern(subject, ox.NamedNode(full(name)), None), None)
    return None if quad is None else quad.object


def _value(term: object) -> str:
    return getattr(term, "value", str(term))


def _short(term: object) -> str:
    text = _value(term)
    if isinstance(term, ox.NamedNode):
        for prefix, iri in PREFIXES.items():
            if text.startswith(iri):
                return f"{prefix}:{text[len(iri) :]}"
    return text


def _misquoted(graph: Graph) -> Iterator[Problem]:
    """Quotes that the articles' texts, where they are at hand, do not hold."""
    texts = {article.id: article for article in graph.articles if article.text}
    for article in texts.values():
        if hashlib.sha256(article.text.encode()).hexdigest() != article.sha256:
            yield Problem(
                f"“{article.title}”",
                article.id,
                "the text has another SHA-256 than stated",
                "正文与其校验值不符",
            )
    quotes: set[Evidence | Mention] = {e for fact in graph.facts for e in fact.evidence}
    quotes.update(mention for entity in graph.entities for mention in entity.mentions)
    quotes.update(a.where for entity in graph.entities for a in entity.aliases if a.where)
    for quote in sorted(quotes, key=lambda q: (q.article, q.start, q.end, q.text)):
        told = texts.get(quote.article)
        if told is not None and told.text[quote.start : quote.end] != quote.text:
            yield _misplaced(quote, told)


def _misplaced(quote: Evidence | Mention, article: Article) -> Problem:
    return Problem(
        what=f"“{quote.text}”",
        id=f"{quote.article}:{quote.start}-{quote.end}",
        en="the article's text does not have this quote at its offsets",
        zh="正文在所述位置没有这段引文",
        value=article.text[quote.start : quote.end],
    )
