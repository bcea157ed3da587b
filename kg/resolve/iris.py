"""Ids of the joined things: made from what each is, so that articles added later leave them as they are.

A thing is called by its surest and fullest identifying name. What one name alone does not tell is always
told: the year of a yearly event and the day of another that has no edition in its name, the place whose
body issued a document, the body of an official with a name of two characters. So a thing keeps its id
whatever else there is; it changes only when new evidence joins a fuller name to it or parts it in two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.chinese.abbreviations import editions
from kg.chinese.places import gazetteer
from kg.ids import digest, entity_id
from kg.model import EntityType
from kg.resolve import occasions
from kg.resolve.bearers import seat
from kg.resolve.members import CERTAIN, Member

_PLAIN_DASH = re.compile("[@·]")
Groups = list[list[Member]]
Thing = Callable[[Member, str], Member | None]
"""The member that an entity of the member's article is."""


def ids(groups: Groups, thing: Thing) -> list[str]:
    """An id for each thing, in the order of `groups`; each earliest member first."""
    taken: set[str] = set()
    found: list[str] = []
    anchors = [_anchor(group) for group in groups]
    key_of = {member: anchor for anchor, group in zip(anchors, groups, strict=True) for member in group}
    for anchor, group in zip(anchors, groups, strict=True):
        parts = [anchor, _told_apart(anchor, group, lambda m, key: _key(thing(m, key), key_of))]
        chosen = _id(group, *filter(None, parts))
        if chosen in taken:
            chosen = _id(group, *filter(None, parts), digest(*group[0].order, length=8))
        taken.add(chosen)
        found.append(chosen)
    return found


def _id(group: list[Member], *parts: str) -> str:
    return entity_id(group[0].entity.type, _PLAIN_DASH.sub("-", "-".join(parts)))


def _key(member: Member | None, key_of: dict[Member, str]) -> str:
    return key_of[member] if member is not None else ""


def _anchor(group: list[Member]) -> str:
    """The key that names the thing: of the surest naming the longest in Chinese, whichever article has it."""
    return min((_rank(m), m.key.isascii(), -len(m.key), m.key) for m in group)[3]


def _rank(member: Member) -> int:
    return len(CERTAIN) if member.local else CERTAIN.index(member.level)


def _told_apart(anchor: str, group: list[Member], body_key: Callable[[Member, str], str]) -> str:
    """What tells the thing from others of its name; empty when the name does."""
    first = group[0]
    if all(member.local for member in group):
        return ""
    type_ = first.entity.type
    if type_ is EntityType.EVENT or (type_ is EntityType.PROGRAMME and occasions.yearly(anchor)):
        return _time(anchor, group)
    if type_ is EntityType.PROGRAMME:
        return _issuer(anchor, group)
    if type_ is EntityType.PERSON and len(anchor) == 2:
        return _body(group, body_key)
    return ""


def _time(anchor: str, group: list[Member]) -> str:
    if any(editions(name) for name in (anchor, *(member.name for member in group))):
        return ""
    if occasions.campaign(group):
        return ""
    stated = [day for member in group if (day := occasions.stated_day(member)) is not None]
    days = stated or [day for member in group if (day := occasions.when(member)) is not None]
    if not days:
        return ""
    return str(min(days).year) if occasions.yearly(anchor) else min(days).isoformat()


def _issuer(anchor: str, group: list[Member]) -> str:
    if gazetteer().prefix(anchor)[0] is not None:
        return ""
    places = sorted({place for member in group if (place := occasions.issuing_place(member))})
    return places[0] if places and places[0] != "中国" else ""


def _body(group: Iterable[Member], body_key: Callable[[Member, str], str]) -> str:
    """The place governed from, or the body, of the earliest known post."""
    for member in group:
        for _, body in member.posts():
            key = body_key(member, body.id)
            place = seat(key, body)
            return key if place in ("", "中国") else place
    return ""
