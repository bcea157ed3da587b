"""Readings from sentences whose names are marked: [甲市财政局|ORG]局长[张三|PER]."""

from __future__ import annotations

import re

from kg.extract.reading import Reading
from kg.gold import TYPES
from kg.model import Article, Entity, Fact, Mention

_MARK = re.compile(r"\[([^\[\]|]+)\|(ORG|PER|PROG|EVENT|PLACE)(?:=([^\]]+))?\]")


def reading(marked: str, date: str | None = "2021-10-13", title: str = "") -> Reading:
    """The reading of a marked text; `[市委|ORG=甲市委]` is a short form of another name."""
    parts: list[str] = []
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    last = offset = 0
    for match in _MARK.finditer(marked):
        before = marked[last : match.start()]
        parts += [before, match[1]]
        offset += len(before)
        places.setdefault((match[3] or match[1], match[2]), []).append((offset, offset + len(match[1])))
        offset += len(match[1])
        last = match.end()
    text = "".join([*parts, marked[last:]])
    entities = [
        Entity(name, TYPES[kind], name, mentions=tuple(Mention("a", s, e, text[s:e]) for s, e in spans))
        for (name, kind), spans in places.items()
    ]
    return Reading(Article("a", title, text, date), entities)


def names(found: list[Entity | Fact]) -> dict[str, str]:
    """Id → name of the implied entities among `found`."""
    return {item.id: item.name for item in found if isinstance(item, Entity)}
