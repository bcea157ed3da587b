"""Corrections of what is there: entities and facts added, dropped and confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from kg.corrections.draft import SYMMETRIC, Draft, Reference, refuse
from kg.corrections.file import TYPES
from kg.ids import IDENTIFYING, entity_id, fact_id, name_key
from kg.model import Article, Correction, Entity, Evidence, Fact, Mention
from kg.text import sentences
from kg.vocabulary import allowed


def add_entity(draft: Draft, correction: Correction) -> Iterable[str]:
    """A thing that was not found, named in an article or in one sentence of it."""
    type_, subtype = TYPES[correction.object]
    article = _article(draft, correction.article)
    name = Reference(correction.subject, draft).name
    mentions = set(_mentions(draft, article, name, correction.quote))
    id_ = entity_id(type_, name_key(name))
    known = draft.entities.get(id_) or Entity(id_, type_, name, subtype)
    if not mentions and id_ not in draft.entities:
        where = f"the sentence '{correction.quote}'" if correction.quote else f"article {article.id}"
        refuse(f"{where} does not name '{name}'")
    draft.put(
        replace(
            known,
            subtype=known.subtype or subtype,
            mentions=tuple(sorted({*known.mentions, *mentions})),
            articles=tuple(sorted({*known.articles, article.id})),
        )
    )
    return [id_]


def _mentions(draft: Draft, article: Article, name: str, quote: str) -> Iterable[Mention]:
    text = article.text
    if quote:
        evidence = find_sentence(draft, article, quote)
        start, text = evidence.start, evidence.text
    elif text:
        start = 0
    else:
        refuse(f"the text of article {article.id} is not in the graph; give a quote")
    for match in re.finditer(re.escape(name), text):
        yield Mention(article.id, start + match.start(), start + match.end(), name)


def drop_entity(draft: Draft, correction: Correction) -> Iterable[str]:
    """A thing that is none, or is none in one article or sentence."""
    entity = draft.entities[draft.find(correction.subject)]
    if not correction.article:
        draft.drop(entity.id)
        return []
    kept = tuple(m for m in entity.mentions if not _within(draft, correction, m))
    articles = {m.article for m in kept} | (set(entity.articles) - {correction.article})
    if len(kept) == len(entity.mentions) and articles == set(entity.articles):
        refuse(f"'{entity.name}' is not named there")
    for fact in draft.facts_of(entity.id):
        _withdraw(draft, fact, correction)
    if not kept and not articles:
        draft.drop(entity.id)
        return []
    draft.put(replace(entity, mentions=kept, articles=tuple(sorted(articles))))
    return [entity.id]


def _within(draft: Draft, correction: Correction, mention: Mention) -> bool:
    if mention.article != correction.article:
        return False
    if not correction.quote:
        return True
    sentence = find_sentence(draft, _article(draft, correction.article), correction.quote)
    return sentence.start <= mention.start < sentence.end


def add_fact(draft: Draft, correction: Correction) -> Iterable[str]:
    """A fact that was not found, with the sentence that states it."""
    subject = draft.find(correction.subject)
    literal = correction.property in ("date", "hasTarget")
    target = None if literal else draft.find(correction.object)
    types = draft.entities[subject].type, draft.entities[target].type if target else None
    if not allowed(correction.property, *types):
        refuse(f"{correction.property} cannot lead from a {types[0]} to {types[1] or 'a value'}")
    evidence = find_sentence(draft, _article(draft, correction.article), correction.quote)
    fact = Fact(
        subject=subject,
        property=correction.property,
        object=target,
        value=correction.object if correction.property == "date" else None,
        qualifiers=dict(sorted(correction.qualifiers.items())),
        confidence=1.0,
        evidence=(evidence,),
    )
    known = draft.facts.get(fact_id(fact))
    if known is not None:
        fact = replace(fact, qualifiers={**known.qualifiers, **fact.qualifiers})
    return [draft.state(fact), subject]


def drop_fact(draft: Draft, correction: Correction) -> Iterable[str]:
    """A fact that is none; with an article or a quote, only what is read there goes."""
    found = _matching(draft, correction)
    if not found:
        refuse(
            "the graph states no such fact there" if correction.article else "the graph states no such fact"
        )
    left = [key for fact in found if (key := _withdraw(draft, fact, correction))]
    return [*left, draft.find(correction.subject)]


def confirm(draft: Draft, correction: Correction) -> Iterable[str]:
    """A fact that is right: it is certain, and stays if the extraction should no longer find it."""
    found = _matching(draft, correction)
    if not found:
        if correction.quote:
            return add_fact(draft, correction)
        refuse("the graph states no such fact; give its article and quote to add it")
    keys = []
    for fact in found:
        draft.retract(fact_id(fact))
        keys.append(draft.state(replace(fact, confidence=1.0)))
    return keys


def _matching(draft: Draft, correction: Correction) -> list[Fact]:
    """The facts that say what the correction says, there where it says."""
    found = _stated(draft, correction)
    return [
        fact for fact in found if not correction.article or any(_told(e, correction) for e in fact.evidence)
    ]


def _stated(draft: Draft, correction: Correction) -> list[Fact]:
    """The facts that say what the correction says, wherever; fuller statements only for want of it."""
    prop = correction.property
    literal = prop in ("date", "hasTarget")
    value = correction.object if prop == "date" else None
    subjects = _meant(draft, correction.subject, correction)
    objects: list[str | None] = [None] if literal else [*_meant(draft, correction.object, correction)]
    ends = set(product(subjects, objects))
    if prop in SYMMETRIC:
        ends |= {(two, one) for one, two in ends if two}
    said = correction.qualifiers.items()
    known = {fact_id(fact): fact for subject in subjects for fact in draft.facts_of(subject)}
    found = [
        fact
        for _, fact in sorted(known.items())
        if fact.property == prop
        and (fact.subject, fact.object) in ends
        and fact.value == value
        and said <= fact.qualifiers.items()
    ]
    just = [
        f for f in found if all(key in correction.qualifiers for key in IDENTIFYING if key in f.qualifiers)
    ]
    return just or found


def _meant(draft: Draft, reference: str, correction: Correction) -> list[str]:
    """The thing that is meant, and, where the sentence is told, what an earlier line parted from it."""
    id_ = draft.find(reference)
    return [id_, *draft.parted[id_]] if correction.quote else [id_]


def _told(evidence: Evidence, correction: Correction) -> bool:
    """Whether the correction speaks of this sentence."""
    if not correction.article:
        return True
    same = evidence.text in correction.quote or correction.quote in evidence.text
    return evidence.article == correction.article and same


def _withdraw(draft: Draft, fact: Fact, correction: Correction) -> str | None:
    """Take from `fact` the sentences that the correction speaks of, and the fact when none is left."""
    kept = tuple(e for e in fact.evidence if not _told(e, correction))
    if kept != fact.evidence or not correction.article:
        draft.retract(fact_id(fact))
        return draft.state(replace(fact, evidence=kept)) if kept and correction.article else None
    return fact_id(fact)


def _article(draft: Draft, id_: str) -> Article:
    article = draft.articles.get(id_)
    if article is None:
        refuse(f"the graph has no article '{id_}'")
    return article


def find_sentence(draft: Draft, article: Article, quote: str) -> Evidence:
    """The sentences of `article` that hold `quote`; of a graph without texts, those it quotes itself."""
    at = article.text.find(quote)
    if at >= 0:
        spans = [s for s in sentences(article.text) if s.start < at + len(quote) and at < s.end]
        start, end = spans[0].start, spans[-1].end
        return Evidence(article.id, start, end, article.text[start:end])
    if not article.text:
        known = {e for fact in draft.facts.values() for e in fact.evidence if e.article == article.id}
        found = min((e for e in known if quote in e.text), default=None)
        if found is not None:
            return found
        refuse(f"the graph does not quote '{quote}' from article {article.id}; build it from the articles")
    refuse(f"article {article.id} has no sentence '{quote}'")
