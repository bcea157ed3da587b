"""Who counts as an official: a person with a post in a body of party or state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Entity, EntityType, Fact


def with_officials(entities: Iterable[Entity], facts: Iterable[Fact]) -> tuple[Entity, ...]:
    """The same entities; marked as officials are the persons whom `facts` give such a post, no others."""
    known = tuple(entities)
    bodies = {entity.id for entity in known if entity.subtype == "GovernmentBody"}
    officials = {f.subject for f in facts if f.property == "holdsPost" and f.object in bodies}
    return tuple(
        replace(entity, subtype="Official" if entity.id in officials else None)
        if entity.type is EntityType.PERSON
        else entity
        for entity in known
    )
