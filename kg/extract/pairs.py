"""Every pair of names that a sentence may relate: the candidates for facts, with their features."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.clause import Atom
from kg.extract.event_context import Context, is_past
from kg.extract.pair_features import Ends, features_of
from kg.extract.reading import Reading
from kg.extract.scene import Place, Scene, scenes
from kg.extract.triggers import Trigger
from kg.model import Entity, EntityType
from kg.vocabulary import RELATIONS, SIGNATURES, allowed

EVENT, PLACE, ORGANISATION = EntityType.EVENT, EntityType.PLACE, EntityType.ORGANISATION

_WITHOUT_SIGNAL = frozenset({"partOf", "locatedIn", "implements", "basedOn", "cooperatesWith"})
_TO_EVENT = frozenset(
    {"attends", "speaksAt", "chairs", "organises", "coOrganises", "participatesIn", "partOf"}
)
_FROM_EVENT = frozenset({"locatedIn", "launches", "partOf", "basedOn"})
_FROM_TOPIC = frozenset(
    {
        "issues",
        "launches",
        "implements",
        "invests",
        "cooperatesWith",
        "participatesIn",
        "organises",
        "attends",
    }
    | {"speaksAt", "chairs"}
)
_FROM_HERO = frozenset({"issues", "launches", "implements", "invests", "cooperatesWith"})
_UNLIKE = frozenset({"partOf", "invests", "basedOn"})
"""These do not hold between items of one list, which play the same part in it."""
_AFTER = {
    EVENT: ("partOf", "F.named-after", "Fs.strong", "Fany", "tyEE"),
    ORGANISATION: ("partOf", "F.named-after-body", "tyOO"),
}
_INITIAL = 2
"""A body of so few characters (上海, 国家) begins the names of many that do not belong to it."""
_FAR = 90
_LOOSE = 400
"""A signal this far from both names, in characters, says nothing of them."""


@dataclass(slots=True)
class Pair:
    """A candidate fact: who, what, to whom, and what speaks for and against it."""

    subject: Atom
    property: str
    object: Atom
    position: int
    """Where its signal stands, or its later name when there is none."""
    features: list[str]


def pairs(reading: Reading) -> Iterator[Pair]:
    """Yield every candidate, sentence by sentence."""
    context = Context(reading)
    salience = _salience(reading, context)
    for scene in scenes(reading, context):
        for pair in _candidates(reading, scene):
            pair.features.extend(salience.get(pair.object.entity, ()))
            yield pair
    yield from _named_after(reading)


def _named_after(reading: Reading) -> Iterator[Pair]:
    """What is named after what it belongs to: 绿色发展论坛开幕式 the forum, 甲大学附属医院 the university."""
    for kind, told in _AFTER.items():
        named = [e for e in reading.entities.values() if e.type == kind and e.mentions]
        for part in named:
            for whole in named:
                rest = _beyond(part, whole)
                if rest:
                    start, end = part.mentions[0].start, part.mentions[0].end
                    atoms = [
                        Atom(start, end, e.id, kind, "named", e.mentions[0].start) for e in (part, whole)
                    ]
                    yield Pair(atoms[0], "partOf", atoms[1], start, [*told, f"named-after.{rest[-2:]}"])


def _beyond(part: Entity, whole: Entity) -> str:
    """What the name of `part` adds to that of `whole`; empty when it does not begin with it."""
    if part is whole or (part.type == EVENT and not part.name.startswith(whole.name)):
        return ""
    whole_names = whole.names if part.type == ORGANISATION else (whole.name,)
    begun = [n for n in whole_names if len(n) > _INITIAL and part.name.startswith(n)]
    return part.name[len(max(begun, key=len)) :] if begun else ""


def _salience(reading: Reading, context: Context) -> dict[str, tuple[str, ...]]:
    """How much each event is what the article is about."""
    events = [e for e in reading.entities.values() if e.type == EVENT]
    title = reading.article.title
    found = {}
    for rank, event in enumerate(events):
        marks = [f"E#{min(len(events), 4)}", f"Erank{min(rank, 3)}"]
        if any(name in title for name in event.names):
            marks.append("Etitle")
        if context.main_event is not None and context.main_event.entity == event.id:
            marks.append("Emain")
        found[event.id] = tuple(marks)
    return found


def _candidates(reading: Reading, scene: Scene) -> Iterator[Pair]:
    framed = {prop for prop, _, _ in scene.fired} | scene.lead.keys()
    for prop in RELATIONS:
        signals = scene.signals.get(prop, [])
        if not signals and prop not in _WITHOUT_SIGNAL and prop not in framed:
            continue
        subjects, objects = _parts(scene, prop)
        if prop in _TO_EVENT:
            objects = [o for o in objects if o.index < 0 or not is_past(reading.text, o.atom.end)]
        for s in subjects:
            for o in objects:
                if _may_join(prop, s, o) and not (prop in _UNLIKE and _alike(scene, s, o)):
                    pair = _pair(reading, scene, Ends(prop, s, o), signals)
                    if pair is not None:
                        yield pair


def _may_join(prop: str, s: Place, o: Place) -> bool:
    if s.atom.entity == o.atom.entity or (s.index < 0 and o.index < 0):
        return False
    if not allowed(prop, s.atom.type, o.atom.type):
        return False
    return prop != "cooperatesWith" or o.index > s.index


def _alike(scene: Scene, s: Place, o: Place) -> bool:
    """Whether both are items of one list, and neither only says whose offshoot the other is."""
    listed = s.index >= 0 and s.group is o.group
    return listed and not o.index < scene.line.offshoots.get(o.index, o.index) <= s.index


def _parts(scene: Scene, prop: str) -> tuple[list[Place], list[Place]]:
    """What may be subject and what object of `prop`, in the sentence or carried into it."""
    subjects, objects = list(scene.places), list(scene.places)
    for place in scene.carried:
        how = place.atom.how
        if how == "lead":
            if prop in scene.lead:
                subjects.append(place)
                objects.append(place)
        elif place.atom.type == EVENT:
            if prop in _TO_EVENT:
                objects.append(place)
            if prop in _FROM_EVENT:
                subjects.append(place)
        elif how == "programme":
            if prop == "participatesIn":
                objects.append(place)
        elif how == "topic":
            if prop in _FROM_TOPIC:
                subjects.append(place)
            if prop in ("invests", "partOf"):
                objects.append(place)
        elif prop in _FROM_HERO:
            subjects.append(place)
        if prop == "locatedIn" and how in ("heading", "topic") and place.atom.type == PLACE:
            objects.append(place)
    types_from, types_to = SIGNATURES[prop]
    return (
        [p for p in subjects if p.atom.type in types_from],
        [p for p in objects if p.atom.type in types_to],
    )


def _pair(reading: Reading, scene: Scene, ends: Ends, signals: list[Trigger]) -> Pair | None:
    number = _nearest(signals, ends)
    if number >= 0 and _cost(signals[number], ends) > _LOOSE:
        number = -1
    led = "lead" in (ends.subject.atom.how, ends.object.atom.how)
    if number < 0 and not led and not ends.is_framed(scene):
        near = ends.right.group.start - ends.left.group.end <= _FAR
        if ends.prop not in _WITHOUT_SIGNAL or not near:
            return None
    trigger = signals[number] if number >= 0 else None
    position = trigger.start if trigger is not None else ends.right.atom.start
    if "title" in (ends.left.atom.how, ends.right.atom.how):
        position = ends.right.atom.source
    features = features_of(reading, scene, ends, signals, number)
    return Pair(ends.subject.atom, ends.prop, ends.object.atom, position, features)


def _nearest(signals: list[Trigger], ends: Ends) -> int:
    costs = [(_cost(trigger, ends), index) for index, trigger in enumerate(signals)]
    return min(costs)[1] if costs else -1


def _cost(trigger: Trigger, ends: Ends) -> int:
    cost = 0 if len(trigger.word) > 1 else 12
    for place in (ends.subject, ends.object):
        if place.index >= 0:
            gap = max(trigger.start - place.group.end, place.group.start - trigger.end)
            cost += gap if gap >= 0 else 6
    return cost
