"""Editions and versions of one thing, held together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.chinese.abbreviations import editions, key, series
from kg.chinese.naming import expanded
from kg.ids import local_name
from kg.model import Entity, EntityType, Series
from kg.vocabulary import PREFIX


def series_of(entities: Iterable[Entity]) -> tuple[Series, ...]:
    """The series that at least two of `entities` are editions of."""
    found: dict[tuple[EntityType, str], dict[str, str]] = defaultdict(dict)
    for entity in entities:
        if entity.type not in (EntityType.EVENT, EntityType.PROGRAMME):
            continue
        told = [name for name in entity.names if editions(name) and series(name) != name]
        if told:
            named = max(told, key=lambda n: (n == entity.name, len(n), n))
            fullest = series(expanded(entity.type, named))
            found[entity.type, key(fullest)][entity.id] = fullest
    made = []
    for (type_, name), members in sorted(found.items()):
        if len(members) > 1:
            made.append(
                Series(
                    id=local_name("series", f"{PREFIX[type_]}-{name}"),
                    type=type_,
                    name=min(members.values()),
                    members=tuple(sorted(members)),
                )
            )
    return tuple(sorted(made, key=lambda s: s.id))
