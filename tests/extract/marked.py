"""Readings of marked sentences: `[绿色论坛|E:e1]` is the event e1, named 绿色论坛."""

from __future__ import annotations

import re

from kg.extract.reading import Reading
from kg.model import Alias, Article, Entity, EntityType, Mention

TYPES = {
    "O": EntityType.ORGANISATION,
    "P": EntityType.PERSON,
    "G": EntityType.PROGRAMME,
    "E": EntityType.EVENT,
    "L": EntityType.PLACE,
}
_MARK = re.compile(r"\[([^|\[\]]+)\|([OPGEL]):(\w+)\]")


def marked(text: str, title: str = "") -> Reading:
    """The article that `text` is without its marks, with the entities that it marks."""
    plain, last = "", 0
    kinds: dict[str, EntityType] = {}
    mentions: dict[str, list[Mention]] = {}
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        mentions.setdefault(match[3], []).append(
            Mention("t", len(plain), len(plain) + len(match[1]), match[1])
        )
        kinds[match[3]] = TYPES[match[2]]
        plain += match[1]
        last = match.end()
    plain += text[last:]
    entities = []
    for key, found in mentions.items():
        names = sorted({m.text for m in found}, key=lambda name: (-len(name), name))
        aliases = tuple(Alias(name) for name in names[1:])
        entities.append(Entity(key, kinds[key], names[0], None, aliases, tuple(found)))
    return Reading(Article("t", title, plain), entities)
