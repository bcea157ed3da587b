"""Names that say by themselves that they are two things."""

from __future__ import annotations

import re

from kg.chinese.abbreviations import other_edition, same_short_head, simplified
from kg.chinese.bodies import known_parent, read_body
from kg.chinese.firm_names import read_firm
from kg.chinese.places import gazetteer
from kg.model import EntityType

ORG, PROG = EntityType.ORGANISATION, EntityType.PROGRAMME
EVENT, PLACE = EntityType.EVENT, EntityType.PLACE


def apart(type_: EntityType, one: str, two: str) -> bool:
    """Whether the names themselves say that they are two things."""
    return difference(type_, one, two) is not None


def difference(type_: EntityType, one: str, two: str) -> str | None:
    """What in the names says that they are two things; None when nothing does.

    >>> difference(EntityType.EVENT, "第四届数字大会", "第五届数字大会")
    'editions'
    """
    one, two = simplified(one), simplified(two)
    if type_ in (PROG, EVENT):
        return "editions" if other_edition(one, two) else None
    if type_ is ORG:
        if _other_bodies(one, two):
            return "bodies"
        return "companies or branches" if _other_firms(one, two) else None
    if type_ is PLACE:
        a, b = gazetteer().called(one), gazetteer().called(two)
        return "places" if a is not None and b is not None and a != b else None
    return None


def _other_bodies(one: str, two: str) -> bool:
    if _foreign(one, two) or _foreign(two, one):
        return True
    ours, theirs = known_parent(one), known_parent(two)
    if ours and theirs:
        return ours[0] != theirs[0] or bool(ours[1]) != bool(theirs[1])
    a, b = read_body(one), read_body(two)
    if a.known and b.known:
        both_placed = a.place is not None and b.place is not None
        return not same_short_head(a.core, b.core) or (both_placed and a.place != b.place)
    return (a.known or b.known) and a.place is not None and b.place is not None and a.place != b.place


def _foreign(full: str, short: str) -> bool:
    """Whether `full` is another country's body of the kind that `short` names at home: 俄罗斯外交部."""
    if known_parent(short) is None or not full.endswith(short) or full == short:
        return False
    place, _ = gazetteer().prefix(full)
    before = full.removesuffix(short)
    country = place or gazetteer().called(before)
    return country is not None and country.level == "国" and country.name != "中国"


_BRANCH = re.compile(r"(?:分公司|分行|支行|子公司|营业部|分局|分校|分会|分院)$")


def _other_firms(one: str, two: str) -> bool:
    if bool(_BRANCH.search(one)) != bool(_BRANCH.search(two)):
        return True
    a, b = read_firm(one), read_firm(two)
    return a.legal and b.legal and (a.base, a.group, a.form) != (b.base, b.group, b.form)
