"""The form in which a graph is saved: the same for every file format, and so comparable.

`read(write(graph)) == canonical(graph)` holds for Turtle, GraphML and JSON alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter, itemgetter, lt
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
_ARTICLE = attrgetter("article")
_TOLD = attrgetter("name", "subtype", "aliases", "mentions", "articles", "identifiers")


def canonical(graph: Graph) -> Graph:
    """`graph` without the articles' texts, sorted by id, names in NFC, officials marked as such."""
    if graph.fact_ids is not None:
        return graph
    officials = _officials(graph)
    facts = _facts(graph.facts)
    made = Graph(
        articles=_articles(graph.articles),
        entities=tuple(sorted((_entity(e, officials) for e in graph.entities), key=lambda e: e.id)),
        facts=tuple(facts.values()),
        series=tuple(sorted(map(_series, graph.series), key=lambda s: s.id)),
        changes=tuple(sorted(map(_change, graph.changes), key=lambda c: c.id)),
        corrections=_corrections(graph.corrections),
    )
    # A graph that is made from this one starts without the mark, so that it can never be wrong.
    object.__setattr__(made, "fact_ids", tuple(facts))
    return made


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
    official = entity.id in officials and entity.type == EntityType.PERSON
    subtype = "Official" if official else entity.subtype
    aliases, mentions = _aliases(name, entity.aliases), in_order(entity.mentions)
    articles = tuple(sorted({*entity.articles, *map(_ARTICLE, entity.mentions)}))
    codes = entity.identifiers and tuple(sorted(set(entity.identifiers)))
    made = (name, subtype, aliases, mentions, articles, codes)
    if made == _TOLD(entity):
        return entity
    return Entity(entity.id, entity.type, name, subtype, aliases, mentions, articles, entity.implied, codes)


def in_order(quotes: Sequence[_Quote]) -> tuple[_Quote, ...]:
    """`quotes` in the order of articles and text, each once.

    By key and with an eye on what is in order already: a graph has many mentions, and comparing
    dataclasses is slow.
    """
    if len(quotes) < 2:
        return tuple(quotes)
    keys = list(map(_PLACE, quotes))
    if all(map(lt, keys, keys[1:])):
        return tuple(quotes)
    return tuple(dict(sorted(zip(keys, quotes, strict=True), key=itemgetter(0))).values())


def _aliases(name: str, aliases: Sequence[Alias]) -> tuple[Alias, ...]:
    """One alias a name; where two say how they are known, the one with its sentence stays."""
    if not aliases:
        return ()
    names = [_nfc(alias.name) for alias in aliases]
    if name not in names and all(map(lt, names, names[1:])):
        kept = zip(names, aliases, strict=True)
        return tuple(a if a.name == nfc else replace(a, name=nfc) for nfc, a in kept)
    found: dict[str, Alias] = {}
    for alias in sorted((replace(a, name=_nfc(a.name)) for a in aliases), key=_weight):
        if alias.name != name:
            found[alias.name] = alias
    return tuple(found[key] for key in sorted(found))


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


def _facts(facts: Iterable[Fact]) -> dict[str, Fact]:
    """Each fact once, by id; statements of the same fact pool their evidence."""
    found: dict[str, Fact] = {}
    for fact in facts:
        key = fact_id(fact)
        known = found.get(key)
        found[key] = _fact(fact) if known is None else _pooled(known, fact)
    return {key: found[key] for key in sorted(found)}


def _fact(fact: Fact) -> Fact:
    """`fact` itself where it is in order: most are."""
    qualifiers, evidence, confidence = fact.qualifiers, fact.evidence, max(round(fact.confidence, 4), 0.0)
    if confidence == fact.confidence and len(evidence) < 2 and len(qualifiers) < 2:
        return fact
    told = dict(sorted(qualifiers.items()))
    return Fact(fact.subject, fact.property, fact.object, fact.value, told, confidence, in_order(evidence))


def _pooled(known: Fact, again: Fact) -> Fact:
    return replace(
        known,
        confidence=max(known.confidence, round(again.confidence, 4)),
        evidence=in_order((*known.evidence, *again.evidence)),
    )
