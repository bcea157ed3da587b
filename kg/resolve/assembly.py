"""The joined things written as a graph: ids, names, pooled facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.authority import Authority
from kg.chinese.abbreviations import simplified
from kg.chinese.generic import needs_context
from kg.ids import fact_id, name_key
from kg.model import Alias, Entity, EntityType, Evidence, Fact
from kg.resolve.members import Member
from kg.resolve.tenures import with_bounds
from kg.witnesses import by_voice, together


def entity(entity_id_: str, group: list[Member], authority: Authority) -> Entity:
    """The members of a thing as one entity."""
    name = _fullest(group)
    aliases: dict[str, Alias] = {}
    for member in group:
        if member.entity.name != name:
            aliases.setdefault(member.entity.name, Alias(member.entity.name))
        for alias in member.entity.aliases:
            if alias.name != name:
                known = aliases.get(alias.name)
                if known is None or (known.how == "seen" and alias.how != "seen"):
                    aliases[alias.name] = alias
    mentions = sorted({m for member in group for m in member.entity.mentions})
    articles = {member.source.article.id for member in group}
    return Entity(
        id=entity_id_,
        type=group[0].entity.type,
        name=name,
        subtype=_subtype(group),
        aliases=tuple(aliases[key] for key in sorted(aliases)),
        mentions=tuple(mentions),
        articles=tuple(sorted(articles)),
        implied=all(member.entity.implied for member in group),
        identifiers=_identifiers(group, authority),
    )


def _identifiers(group: list[Member], authority: Authority) -> tuple[str, ...]:
    """What the authority file calls it; nothing when two of its records claim it."""
    if not authority:
        return ()
    type_ = group[0].entity.type
    found = {r for m in group for key in (m.key, *m.others) if (r := authority.find(type_, key)) is not None}
    return found.pop().identifiers if len(found) == 1 else ()


def _fullest(group: list[Member]) -> str:
    """The fullest name seen, a Chinese one before others; a place is called without the places it lies in."""
    names = {name: 0 for member in group for name in (member.entity.name, member.name)}
    certain = [n for n in names if not needs_context(group[0].entity.type, n)] or list(names)
    if group[0].entity.type is EntityType.PLACE and group[0].key in names:
        return group[0].key
    return max(certain, key=lambda n: (not n.isascii(), len(name_key(n)), n == simplified(n), -len(n), n))


def _subtype(group: list[Member]) -> str | None:
    """The subtype most articles give; the first in the alphabet of those that tie."""
    votes: dict[str, int] = {}
    for member in group:
        if member.entity.subtype:
            votes[member.entity.subtype] = votes.get(member.entity.subtype, 0) + 1
    return min(votes, key=lambda s: (-votes[s], s)) if votes else None


def moved(fact: Fact, names: dict[str, str]) -> Fact | None:
    """`fact` in the ids of the graph; None when its ends became one, or an end is unknown."""
    subject, target = names.get(fact.subject), names.get(fact.object) if fact.object else None
    if subject is None or (fact.object and (target is None or target == subject)):
        return None
    if fact.property == "cooperatesWith" and target is not None and target < subject:
        subject, target = target, subject
    return replace(fact, subject=subject, object=target)


def pooled(facts: Iterable[Fact], speaker: Mapping[str, str], days: Mapping[str, str]) -> tuple[Fact, ...]:
    """Each fact once, its evidence together; qualifiers from the surest statement, a post's time from all.

    It is the surer the more independent voices state it; a reprint adds nothing.
    """
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact_id(fact), []).append(fact)
    return tuple(with_bounds(_pool(found[key], speaker), found[key], days) for key in sorted(found))


def _pool(facts: list[Fact], speaker: Mapping[str, str]) -> Fact:
    best = max(facts, key=lambda f: (f.confidence, _first(f), sorted(f.qualifiers.items())))
    if len(facts) == 1:
        return best
    evidence = tuple(sorted({e for fact in facts for e in fact.evidence}))
    sure: dict[Evidence, float] = {}
    for fact in facts:
        for sentence in fact.evidence:
            sure[sentence] = max(fact.confidence, sure.get(sentence, 0.0))
    told = [max(sure[e] for e in voice) for voice in by_voice(evidence, speaker)]
    return replace(best, evidence=evidence, confidence=together(told))


def _first(fact: Fact) -> Evidence:
    return min(fact.evidence, default=Evidence("", 0, 0, ""))
