"""The public names of the ontology, tested equal to `ontology/zhengmai.ttl`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from kg.model import EntityType

ZM: Final = "https://w3id.org/zhengmai/ns#"
ID: Final = "https://w3id.org/zhengmai/id/"

ORG, PER, PROG = EntityType.ORGANISATION, EntityType.PERSON, EntityType.PROGRAMME
EVENT, PLACE = EntityType.EVENT, EntityType.PLACE

SUBTYPES: Final = MappingProxyType(
    {
        ORG: ("GovernmentBody", "Company", "Institution"),
        PER: ("Official",),
        PROG: ("Policy", "Initiative", "Platform"),
        EVENT: (),
        PLACE: (),
    }
)

PREFIX: Final = MappingProxyType({ORG: "org", PER: "per", PROG: "prog", EVENT: "event", PLACE: "place"})
"""The kind of thing at the head of a local name: `org-上海市国资委`."""

SIGNATURES: Final = MappingProxyType(
    {
        "holdsPost": ((PER,), (ORG,)),
        "attends": ((PER, ORG), (EVENT,)),
        "speaksAt": ((PER, ORG), (EVENT,)),
        "chairs": ((PER,), (EVENT,)),
        "organises": ((ORG, PLACE), (EVENT,)),
        "coOrganises": ((ORG,), (EVENT,)),
        "issues": ((ORG, PLACE), (PROG,)),
        "launches": ((ORG, PER, PLACE, EVENT), (PROG, EVENT, ORG)),
        "implements": ((ORG, PLACE), (PROG,)),
        "participatesIn": ((ORG, PER), (PROG, EVENT)),
        "partOf": ((ORG, PROG, EVENT), (ORG, PROG, EVENT)),
        "locatedIn": ((ORG, EVENT, PROG), (PLACE,)),
        "cooperatesWith": ((ORG, PLACE), (ORG, PLACE)),
        "invests": ((ORG,), (ORG, PROG)),
        "basedOn": ((PROG, EVENT), (PROG,)),
        "hasTarget": ((PROG, ORG, PLACE, EVENT), ()),
        "date": ((EVENT, PROG), ()),
    }
)
"""Property → types its subject may have, types its object may have (none: a literal or a target)."""

PROPERTIES: Final = tuple(SIGNATURES)

RELATIONS: Final = tuple(p for p in PROPERTIES if p not in ("holdsPost", "hasTarget", "date"))
"""The properties that join two entities, posts apart."""


def allowed(prop: str, subject: EntityType, target: EntityType | None) -> bool:
    """Whether `prop` may join a `subject` to a `target`; `partOf` joins things of one kind."""
    subjects, objects = SIGNATURES[prop]
    if subject not in subjects:
        return False
    if target is None:
        return not objects
    return target in objects and (prop != "partOf" or subject == target)
