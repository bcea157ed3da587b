"""Corrections of what is one thing and what is two, and of what a thing is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kg.corrections.draft import Draft, Reference, refuse
from kg.corrections.file import TYPES
from kg.ids import digest, entity_id, fact_id, name_key
from kg.model import Alias, Correction, Entity, Evidence, Fact, Mention
from kg.vocabulary import PREFIX, allowed

CORRECTED = "corrected"
"""How an alias is known that a person gave."""


def same(draft: Draft, correction: Correction) -> Iterable[str]:
    """Two names, one thing: what `object` names becomes part of what `subject` names."""
    one, two = draft.find(correction.subject), draft.find(correction.object)
    kept, other = draft.entities[one], draft.entities[two]
    if kept.type != other.type:
        refuse(f"'{kept.name}' is a {kept.type}, '{other.name}' a {other.type}; retype one of them first")
    if one != two:
        draft.move(two, _merged(kept, other))
    return [one]


def _merged(kept: Entity, other: Entity) -> Entity:
    known = {a.name: a for a in (Alias(other.name, CORRECTED), *other.aliases, *kept.aliases)}
    known.pop(kept.name, None)
    return replace(
        kept,
        subtype=kept.subtype or other.subtype,
        aliases=tuple(known[name] for name in sorted(known)),
        mentions=tuple(sorted({*kept.mentions, *other.mentions})),
        articles=tuple(sorted({*kept.articles, *other.articles})),
        implied=kept.implied and other.implied,
    )


def different(draft: Draft, correction: Correction) -> Iterable[str]:
    """Two names, two things: where both name one entity, what goes by `object` becomes one of its own."""
    ones, twos = draft.search(correction.subject), draft.search(correction.object)
    both = [id_ for id_ in ones if id_ in twos]
    if not both:
        return [draft.find(correction.subject), draft.find(correction.object)]
    if len(both) > 1:
        return both
    entity = draft.entities[both[0]]
    return _split(draft, entity, Reference(correction.subject, draft), Reference(correction.object, draft))


def _split(draft: Draft, entity: Entity, kept: Reference, other: Reference) -> list[str]:
    gone = _going(entity, kept, other)
    if kept.key == other.key and (not gone or len(gone) == len(entity.mentions)):
        refuse(f"'{kept.name}' is one name; say with NAME@ARTICLE where it means which")
    if not gone:
        if not any(name_key(alias.name) == other.key for alias in entity.aliases):
            refuse(f"nothing in the articles is called '{other.name}' alone")
        draft.put(replace(entity, aliases=_without(entity, {other.key})))
        return [entity.id]
    staying = tuple(m for m in entity.mentions if m not in gone)
    if not staying:
        name = entity.name if name_key(entity.name) != kept.key else min(gone).text
        rest = tuple(alias for alias in _without(entity, {kept.key}) if alias.name != name)
        draft.put(replace(entity, name=name, aliases=rest))
        return [entity.id]
    new = _apart(draft, entity, tuple(sorted(gone)), other)
    left = {name_key(m.text) for m in staying} | {kept.key}
    lost = {name_key(m.text) for m in gone} - left | ({other.key} - {kept.key})
    name = kept.name if name_key(entity.name) == other.key != kept.key else entity.name
    aliases = tuple(alias for alias in _without(entity, lost) if alias.name != name)
    articles = {m.article for m in staying} | (set(entity.articles) - {m.article for m in gone})
    facts = draft.facts_of(entity.id)
    draft.put(replace(entity, name=name, aliases=aliases, mentions=staying, articles=tuple(sorted(articles))))
    draft.put(new)
    draft.parted[entity.id].append(new.id)
    for fact in facts:
        _share(draft, fact, draft.entities[entity.id], new)
    return [entity.id, new.id]


def _going(entity: Entity, kept: Reference, other: Reference) -> set[Mention]:
    """The mentions of the other thing.

    In an article that never names the one that stays, whatever is no name of it (该委, 公司) goes along.
    """
    named = {m for m in entity.mentions if other.covers(m)}
    if kept.key == other.key:
        return {m for m in named if m.article not in kept.articles} if other.articles else set()
    there = {m.article for m in named} | set(other.articles)
    ours = {m.article for m in entity.mentions if name_key(m.text) == kept.key}
    names = set() if other.articles else {name_key(name) for name in entity.names}
    along = {
        m
        for m in entity.mentions
        if m.article in there - ours and name_key(m.text) not in names and name_key(m.text) != kept.key
    }
    return named | along


def _without(entity: Entity, keys: set[str]) -> tuple[Alias, ...]:
    return tuple(alias for alias in entity.aliases if name_key(alias.name) not in keys)


def _apart(draft: Draft, entity: Entity, mentions: tuple[Mention, ...], named: Reference) -> Entity:
    texts = {name_key(m.text) for m in mentions}
    names = [m.text for m in mentions if name_key(m.text) == named.key] or [named.name]
    name = min(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))[0]
    id_ = entity_id(entity.type, named.key)
    if id_ in draft.entities:
        id_ = entity_id(entity.type, f"{named.key}-{digest(*sorted(named.articles or texts), length=8)}")
    if id_ in draft.entities:
        refuse(f"'{id_}' is there already, and it is another thing; name it by its id")
    return replace(
        entity,
        id=id_,
        name=name,
        aliases=tuple(a for a in entity.aliases if name_key(a.name) in texts and a.name != name),
        mentions=mentions,
        articles=tuple(sorted({m.article for m in mentions})),
    )


def _share(draft: Draft, fact: Fact, stays: Entity, goes: Entity) -> None:
    """Give each sentence of `fact` to the one of the two that it names, or whose article it is in."""
    moved = tuple(e for e in fact.evidence if _belongs(e, stays, goes))
    if not moved:
        return
    key = fact_id(fact)
    rest = tuple(e for e in fact.evidence if e not in moved)
    draft.retract(key)
    if rest:
        draft.state(replace(fact, evidence=rest))
    new = draft.state(
        replace(
            fact,
            subject=goes.id if fact.subject == stays.id else fact.subject,
            object=goes.id if fact.object == stays.id else fact.object,
            evidence=moved,
        )
    )
    if not rest:
        draft.moved[key] = new


def _belongs(evidence: Evidence, stays: Entity, goes: Entity) -> bool:
    def named(entity: Entity) -> bool:
        return any(
            m.article == evidence.article and evidence.start <= m.start < evidence.end
            for m in entity.mentions
        )

    if named(stays) or named(goes):
        return not named(stays)
    return evidence.article in goes.articles and evidence.article not in stays.articles


def rename(draft: Draft, correction: Correction) -> Iterable[str]:
    """Another name for the same thing; its id stays, its old name becomes an alias."""
    found = draft.search(correction.subject)
    already = [i for i in draft.search(correction.object) if draft.entities[i].name == correction.object]
    if not found and len(already) == 1:
        return already
    entity = draft.entities[draft.find(correction.subject)]
    if entity.name != correction.object:
        known = {a.name: a for a in (Alias(entity.name), *entity.aliases) if a.name != correction.object}
        aliases = tuple(known[name] for name in sorted(known))
        draft.put(replace(entity, name=correction.object, aliases=aliases))
    return [entity.id]


def retype(draft: Draft, correction: Correction) -> Iterable[str]:
    """Another kind of thing; facts that such a thing cannot have go."""
    entity = draft.entities[draft.find(correction.subject)]
    type_, subtype = TYPES[correction.object]
    if type_ == entity.type:
        draft.put(replace(entity, subtype=subtype or entity.subtype))
        return [entity.id]
    id_ = f"{PREFIX[type_]}-{entity.id.partition('-')[2]}"
    new = replace(entity, id=id_, type=type_, subtype=subtype)
    draft.move(entity.id, _merged(draft.entities[id_], new) if id_ in draft.entities else new)
    for fact in draft.facts_of(id_):
        target = draft.entities[fact.object].type if fact.object in draft.entities else None
        if not allowed(fact.property, draft.entities[fact.subject].type, target):
            draft.retract(fact_id(fact))
    return [id_]


def add_alias(draft: Draft, correction: Correction) -> Iterable[str]:
    """One more name."""
    entity = draft.entities[draft.find(correction.subject)]
    if correction.object not in entity.names:
        aliases = sorted((*entity.aliases, Alias(correction.object, CORRECTED)), key=lambda a: a.name)
        draft.put(replace(entity, aliases=tuple(aliases)))
    return [entity.id]


def drop_alias(draft: Draft, correction: Correction) -> Iterable[str]:
    """One name less."""
    entity = draft.entities[draft.find(correction.subject)]
    kept = _without(entity, {name_key(correction.object)})
    if len(kept) == len(entity.aliases):
        refuse(f"'{correction.object}' is no alias of '{entity.name}'")
    draft.put(replace(entity, aliases=kept))
    return [entity.id]
