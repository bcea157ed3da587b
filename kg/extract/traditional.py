"""Articles in traditional or full-width characters: read as if in plain ones, told as they were written."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.chinese.script import half_width, is_traditional, one_for_one
from kg.model import Alias, Article, Entity, Evidence, Extraction, Fact

_QUOTES = str.maketrans("「」『』", "“”‘’")


_BRACKETS = (
    (re.compile(r"\((?=[\u4e00-\u9fff“《])"), "（"),
    (re.compile(r"(?<=[\u4e00-\u9fff”》])\)"), "）"),
)


def as_read(article: Article) -> Article:
    """`article` for the extractors, who know simplified characters and half-width letters; offsets stay.

    The article itself when it is written so.
    """
    title, text = (_plain(told) for told in (article.title, article.text))
    if is_traditional(text):
        title, text = one_for_one(title), one_for_one(text)
    same = title == article.title and text == article.text
    return article if same else replace(article, title=title, text=text)


def _plain(text: str) -> str:
    """`text` with the letters, quotation marks and brackets that the extractors know, each in its place."""
    text = half_width(text).translate(_QUOTES)
    for bracket, usual in _BRACKETS:
        text = bracket.sub(usual, text)
    return text


def as_written(found: Extraction, article: Article) -> Extraction:
    """What was found in the plain reading of `article`, in its own characters."""
    return Extraction(
        article,
        tuple(_entity(entity, article) for entity in found.entities),
        tuple(_fact(fact, article) for fact in found.facts),
    )


def _entity(entity: Entity, article: Article) -> Entity:
    mentions = tuple(replace(m, text=article.text[m.start : m.end]) for m in entity.mentions)
    written = {read.text: said.text for read, said in zip(entity.mentions, mentions, strict=True)}
    name = written.get(entity.name, entity.name)
    known = {name: Alias(name)}
    for alias in entity.aliases:
        said = written.get(alias.name, alias.name)
        where = _evidence(alias.where, article) if alias.where else None
        known.setdefault(said, Alias(said, alias.how, where))
    known.setdefault(entity.name, Alias(entity.name, "script"))
    del known[name]
    return replace(entity, name=name, aliases=tuple(known.values()), mentions=mentions)


def _fact(fact: Fact, article: Article) -> Fact:
    return replace(fact, evidence=tuple(_evidence(sentence, article) for sentence in fact.evidence))


def _evidence(place: Evidence, article: Article) -> Evidence:
    return replace(place, text=article.text[place.start : place.end])
