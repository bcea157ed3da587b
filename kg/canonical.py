"""The form in which a graph is saved: the same for every file format, and so comparable.

`read(write(graph)) == canonical(graph)` holds for Turtle, GraphML and JSON alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from kg.ids import correction_id, fact_id
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

_Quote = TypeVar("_Quote", Mention, Evidence)
_PLACE = attrgetter("article", "start", "end", "text")


def canonical(graph: Graph) -> Graph:
    """`graph` without the articles' texts, sorted by id, names in NFC, officials marked as such."""
    officials = _officials(graph)
    return Graph(
        articles=_articles(graph.articles),
        entities=tuple(sorted((_entity(e, officials) for e in graph.entities), key=lambda e: e.id)),
        facts=tuple(_facts(graph.facts)),
        series=tuple(sorted(map(_series, graph.series), key=lambda s: s.id)),
        changes=tuple(sorted(map(_change, graph.changes), key=lambda c: c.id)),
        corrections=_corrections(graph.corrections),
    )


def _officials(graph: Graph) -> frozenset[str]:
    """Ids of the people with a post in a government body."""
    bodies = {entity.id for entity in graph.entities if entity.subtype == "GovernmentBody"}
    return frozenset(f.subject for f in graph.facts if f.property == "holdsPost" and f.object in bodies)


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _articles(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Sorted by id; who retells the story of an article that is not among them retells the first that is."""
    ordered = sorted(articles, key=lambda article: article.id)
    first: dict[str, tuple[bool, str, str]] = {}
    for article in ordered:
        voice = article.voice or article.id
        age = (article.date is None, article.date or "", article.id)
        first[voice] = min(first.get(voice, age), age)
    return tuple(_article(article, first[article.voice or article.id][2]) for article in ordered)


def _article(article: Article, voice: str) -> Article:
    return replace(
        article,
        text="",
        voice=voice if voice != article.id else None,
        title=_nfc(article.title),
        publisher=_nfc(article.publisher) if article.publisher else None,
        authors=tuple(dict.fromkeys(_nfc(author) for author in article.authors)),
        sources=tuple(sorted(set(article.sources))),
    )


def _entity(entity: Entity, officials: frozenset[str]) -> Entity:
    name = _nfc(entity.name)
    official = entity.type == EntityType.PERSON and entity.id in officials
    return Entity(
        id=entity.id,
        type=entity.type,
        name=name,
        subtype="Official" if official else entity.subtype,
        aliases=_aliases(name, entity.aliases),
        mentions=in_order(entity.mentions),
        articles=tuple(sorted({*entity.articles, *(m.article for m in entity.mentions)})),
        implied=entity.implied,
        identifiers=tuple(sorted(set(entity.identifiers))),
    )


def in_order(quotes: Sequence[_Quote]) -> tuple[_Quote, ...]:
    """`quotes` in the order of articles and text, each once.

    By key and with an eye on what is in order already: a graph has many mentions, and comparing
    dataclasses is slow.
    """
    if len(quotes) < 2:
        return tuple(quotes)
    keys = [_PLACE(quote) for quote in quotes]
    if all(one < other for one, other in pairwise(keys)):
        return tuple(quotes)
    return tuple(dict(sorted(zip(keys, quotes, strict=True), key=lambda pair: pair[0])).values())


def _aliases(name: str, aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """One alias a name; where two say how they are known, the one with its sentence stays."""
    if not aliases:
        return ()
    kept: dict[str, Alias] = {}
    for alias in sorted((replace(a, name=_nfc(a.name)) for a in aliases), key=_weight):
        if alias.name != name:
            kept[alias.name] = alias
    return tuple(kept[key] for key in sorted(kept))


def _weight(alias: Alias) -> tuple[bool, bool, str, Evidence]:
    where = alias.where or Evidence("", 0, 0, "")
    return alias.where is not None, alias.how != "seen", alias.how, where


def _series(series: Series) -> Series:
    return replace(series, name=_nfc(series.name), members=tuple(sorted(set(series.members))))


def _change(change: Change) -> Change:
    return replace(
        change,
        before=tuple(sorted(set(change.before))),
        after=tuple(sorted(set(change.after))),
        evidence=in_order(change.evidence),
    )


def _corrections(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Each correction once, by id, with all that it touched; which line of which file it was is not kept."""
    found: dict[str, Correction] = {}
    for correction in corrections:
        key = correction_id(correction)
        before = found[key].touched if key in found else ()
        found[key] = replace(
            correction,
            qualifiers=dict(sorted(correction.qualifiers.items())),
            touched=tuple(sorted({*before, *correction.touched})),
            line="",
        )
    return tuple(found[key] for key in sorted(found))


def _facts(facts: Iterable[Fact]) -> list[Fact]:
    """Each fact once, by id; statements of the same fact pool their evidence."""
    found: dict[str, Fact] = {}
    for fact in facts:
        key = fact_id(fact)
        known = found.get(key)
        evidence = fact.evidence if known is None else (*known.evidence, *fact.evidence)
        found[key] = Fact(
            subject=fact.subject,
            property=fact.property,
            object=fact.object,
            value=fact.value,
            qualifiers=dict(sorted(fact.qualifiers.items())) if known is None else known.qualifiers,
            confidence=max(round(fact.confidence, 4), known.confidence if known else 0.0),
            evidence=in_order(evidence),
        )
    return [found[key] for key in sorted(found)]
