"""When a found entity or fact is the gold one."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

from kg.gold import Gold, GoldFact
from kg.model import Entity, EntityType, Fact

_LOOSE = (EntityType.PROGRAMME, EntityType.EVENT)
_IGNORED = re.compile(r"[\s《》〈〉“”\"'‘’「」『』（）()·—\-]")
_MULTIPLES = {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}


def plain(name: str) -> str:
    """A name as it is compared: width, case, quote marks and brackets do not count."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).lower()


def match_entities(gold: Gold, found: Iterable[Entity]) -> dict[str, str]:
    """Found id → gold id, one to one, the strongest agreement of names first."""
    pairs = []
    for entity in found:
        names = {plain(n) for n in (*entity.names, *(m.text for m in entity.mentions))} - {""}
        for wanted in gold.entities.values():
            if wanted.type == entity.type:
                surfaces = {plain(s) for s in wanted.surfaces} - {""}
                strength = _agreement(names, surfaces, loose=entity.type in _LOOSE)
                if strength:
                    pairs.append((strength, not wanted.optional, entity.id, wanted.id))
    pairs.sort(key=lambda pair: (-pair[0], not pair[1]))
    mapping: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, ours, theirs in pairs:
        if ours not in mapping and theirs not in taken:
            mapping[ours] = theirs
            taken.add(theirs)
    return mapping


def _agreement(ours: set[str], theirs: set[str], *, loose: bool) -> float:
    shared = ours & theirs
    if shared:
        return 1 + max(map(len, shared)) / 100 + len(shared) / 1000
    if not loose:
        return 0.0
    best = 0.0
    for a in ours:
        for b in theirs:
            short, long = sorted((a, b), key=len)
            if len(short) >= 4 and short in long and len(short) / len(long) >= 0.6:
                best = max(best, len(short) / len(long))
    return best


def same_fact(wanted: GoldFact, fact: Fact, mapping: dict[str, str]) -> bool:
    """Whether `fact` states what `wanted` does, its ids translated by `mapping`."""
    if wanted.property != fact.property:
        return False
    subject = mapping.get(fact.subject)
    if fact.property == "date":
        return subject == wanted.subject and bool(fact.value) and fact.value == wanted.object
    if fact.property == "hasTarget":
        return subject == wanted.subject and _same_quantity(wanted.qualifiers, dict(fact.qualifiers))
    end = mapping.get(fact.object or "")
    straight = subject == wanted.subject and end == wanted.object
    if fact.property == "cooperatesWith":
        return straight or (subject == wanted.object and end == wanted.subject)
    if fact.property == "holdsPost":
        ours, theirs = plain(fact.qualifiers.get("role", "")), plain(wanted.qualifiers.get("role", ""))
        return straight and bool(ours and theirs) and (ours.endswith(theirs) or theirs.endswith(ours))
    return straight


def same_target(a: GoldFact, b: GoldFact) -> bool:
    """Whether two gold facts state one number, whoever's it is."""
    if not a.property == b.property == "hasTarget":
        return False
    return _quantity(a.qualifiers) == _quantity(b.qualifiers)


def _same_quantity(a: dict[str, str], b: dict[str, str]) -> bool:
    (value, unit), (other, other_unit) = _quantity(a), _quantity(b)
    return value == other and (unit == other_unit or not unit or not other_unit)


def _quantity(qualifiers: dict[str, str]) -> tuple[float, str]:
    unit = plain(qualifiers.get("unit", ""))
    try:
        number = float(qualifiers.get("value", "").replace(",", ""))
    except ValueError:
        return math.nan, unit
    while unit[:1] in _MULTIPLES:
        number *= _MULTIPLES[unit[0]]
        unit = unit[1:]
    return round(number, 6), unit
