"""Every pair of names that a sentence may relate, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.clause import Atom, Line
from kg.extract.event_context import Context, merged
from kg.extract.frames import Firing, firings, skeleton
from kg.extract.lists import Group
from kg.extract.reading import Reading
from kg.extract.triggers import Trigger, triggers
from kg.model import Entity, EntityType, Span
from kg.vocabulary import RELATIONS, SIGNATURES, allowed

ORG, PER, PROG = EntityType.ORGANISATION, EntityType.PERSON, EntityType.PROGRAMME
EVENT, PLACE = EntityType.EVENT, EntityType.PLACE

_SHORT = {ORG: "O", PER: "P", PROG: "G", EVENT: "E", PLACE: "L"}
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
_PLANNED = (
    "拟",
    "将",
    "计划",
    "要",
    "拟于",
    "准备",
    "争取",
    "有望",
    "力争",
    "即将",
    "欲",
    "打算",
    "希望",
    "建议",
    "欢迎",
    "支持",
)
_DENIED = ("未", "不", "没有", "并非", "拒绝", "取消", "据传", "传闻", "否认", "终止", "退出")
_FAR = 90


@dataclass(slots=True)
class Pair:
    """A candidate fact: who, what, to whom, in which sentence, and its features."""

    subject: Atom
    property: str
    object: Atom
    position: int
    """Where its signal stands, or its later name when there is none."""
    features: list[str]


@dataclass(slots=True)
class _Place:
    """An atom with the group it stands in."""

    atom: Atom
    group: Group
    index: int
    """Its index in the sentence; -1 for one carried into it."""


@dataclass(slots=True)
class _Scene:
    """One sentence with what is carried into it."""

    line: Line
    places: list[_Place]
    carried: list[_Place]
    about: tuple[str, ...]
    signals: dict[str, list[Trigger]]
    fired: dict[tuple[str, int, int], list[Firing]]
    """Property, index of subject, index of object (-1: left open) → the frames that fit."""
    views: dict[tuple[str, int, int, str], list[str]] = field(default_factory=dict)


def pairs(reading: Reading) -> Iterator[Pair]:
    """Yield every candidate, sentence by sentence."""
    context = Context(reading)
    salience = _salience(reading, context)
    previous: Line | None = None
    for number, span in enumerate(reading.sentences):
        line = _line(reading, context, span)
        scene = _scene(reading, context, line, previous, number)
        if scene is not None:
            for pair in _candidates(reading, scene):
                pair.features.extend(salience.get(pair.object.entity, ()))
                yield pair
        if line.atoms:
            previous = line


def _line(reading: Reading, context: Context, span: Span) -> Line:
    named = [Atom(n.start, n.end, n.entity, n.type, "named", n.start) for n in reading.names_in(span)]
    bare = Line(reading.text, span, named)
    others = list(context.anaphors(bare.masked, span))
    return Line(reading.text, span, merged(named, others)) if others else bare


def _salience(reading: Reading, context: Context) -> dict[str, tuple[str, ...]]:
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


def _scene(
    reading: Reading, context: Context, line: Line, previous: Line | None, number: int
) -> _Scene | None:
    if not line.atoms:
        return None
    signals: dict[str, list[Trigger]] = {}
    kinds = triggers().kinds
    for trigger in line.triggers:
        for prop in kinds[trigger.word]:
            signals.setdefault(prop, []).append(trigger)
    groups = line.group_of
    places = [_Place(atom, groups[i], i) for i, atom in enumerate(line.atoms)]
    carried = [*_carried_events(reading, context, line), *_carried_topic(line, previous)]
    start = line.span.start
    first = start == 0 or reading.text[start - 1] == "\n"
    about = (f"n{min(number, 2)}", "parafirst" if first else "paranext")
    return _Scene(line, places, carried, about, signals, _fired(line))


def _fired(line: Line) -> dict[tuple[str, int, int], list[Firing]]:
    found: dict[tuple[str, int, int], list[Firing]] = {}
    for firing in firings(line, skeleton(line)):
        for s in _members(firing.subjects):
            for o in _members(firing.objects):
                if s != o:
                    known = found.setdefault((firing.frame.property, s, o), [])
                    if all(f.frame is not firing.frame for f in known):
                        known.append(firing)
    return found


def _members(groups: tuple[Group, ...]) -> list[int]:
    return [index for group in groups for index in group.members] or [-1]


def _carried_events(reading: Reading, context: Context, line: Line) -> Iterator[_Place]:
    here = {atom.entity for atom in line.atoms}
    start = line.span.start
    current = context.current_event(start)
    found = []
    for name, how in ((current, "current"), (context.main_event, "main")):
        if name is None or name.entity in here or name.entity in found:
            continue
        found.append(name.entity)
        both = current is not None and context.main_event is not None
        same = both and current is not None and current.entity == name.entity and how == "current"
        main = context.main_event is not None and context.main_event.entity == name.entity
        kind = "context-both" if same and main else f"context-{how}"
        atom = Atom(start, start, name.entity, EVENT, kind, name.start)
        yield _Place(atom, Group((), start, start), -1)


def _carried_topic(line: Line, previous: Line | None) -> Iterator[_Place]:
    if previous is None:
        return
    here = {atom.entity for atom in line.atoms}
    start = line.span.start
    for group in previous.groups[:1]:
        for index in group.members:
            atom = previous.atoms[index]
            if atom.type in (ORG, PLACE, PER) and index not in previous.bodies and atom.entity not in here:
                carried = Atom(start, start, atom.entity, atom.type, "topic", atom.source)
                yield _Place(carried, Group((), start, start), -1)


def _candidates(reading: Reading, scene: _Scene) -> Iterator[Pair]:
    for prop in RELATIONS:
        signals = scene.signals.get(prop, [])
        if not signals and prop not in _WITHOUT_SIGNAL and not any(key[0] == prop for key in scene.fired):
            continue
        subjects, objects = _parts(scene, prop)
        for s in subjects:
            for o in objects:
                if s.atom.entity == o.atom.entity or (s.index < 0 and o.index < 0):
                    continue
                if not allowed(prop, s.atom.type, o.atom.type):
                    continue
                if prop == "cooperatesWith" and o.index < s.index:
                    continue
                pair = _pair(reading, scene, prop, (s, o), signals)
                if pair is not None:
                    yield pair


def _parts(scene: _Scene, prop: str) -> tuple[list[_Place], list[_Place]]:
    subjects, objects = list(scene.places), list(scene.places)
    for place in scene.carried:
        if place.atom.type == EVENT:
            if prop in _TO_EVENT:
                objects.append(place)
            if prop in _FROM_EVENT:
                subjects.append(place)
        elif prop in _FROM_TOPIC:
            subjects.append(place)
    types_from, types_to = SIGNATURES[prop]
    return (
        [p for p in subjects if p.atom.type in types_from],
        [p for p in objects if p.atom.type in types_to],
    )


def _pair(
    reading: Reading, scene: _Scene, prop: str, ends: tuple[_Place, _Place], signals: list[Trigger]
) -> Pair | None:
    s, o = ends
    number = _nearest(signals, s, o)
    trigger = signals[number] if number >= 0 else None
    left, right = (s, o) if s.group.start <= o.group.start else (o, s)
    fitting = _fitting(scene, prop, s, o)
    if trigger is None or _cost(trigger, s, o) > 400:
        if not fitting and (prop not in _WITHOUT_SIGNAL or right.group.start - left.group.end > _FAR):
            return None
        trigger, number = None, -1
    features = [prop, *scene.about, *fitting]
    _ends(reading, features, s, o, scene)
    if trigger is not None:
        features += _view(scene, prop, "S", s, number, signals)
        features += _view(scene, prop, "O", o, number, signals)
        _order(features, prop, (s, o), trigger, scene)
    else:
        features.append("nosignal")
    _between(features, scene.line, left, right)
    position = trigger.start if trigger is not None else right.atom.start
    return Pair(s.atom, prop, o.atom, position, features)


def _fitting(scene: _Scene, prop: str, s: _Place, o: _Place) -> list[str]:
    """What the frames say of a pair: those that fit it, and those of other relations that do."""
    features: list[str] = []
    for i, j, how in ((s.index, o.index, ""), (s.index, -1, "@o"), (-1, o.index, "@s")):
        if (i < 0 and how != "@s") or (j < 0 and how != "@o"):
            continue
        for firing in scene.fired.get((prop, i, j), ()):
            part = s if how == "@s" else o
            where = f"{how}.{part.atom.how}" if how else ""
            features += (
                f"F.{firing.frame.name}{where}",
                f"Fs.{firing.frame.strength}{where}",
                f"Fany{where}",
            )
    if s.index >= 0 and o.index >= 0:
        features += [f"X.{p}" for p in RELATIONS if p != prop and (p, s.index, o.index) in scene.fired]
    return features


def _nearest(signals: list[Trigger], s: _Place, o: _Place) -> int:
    costs = [(_cost(t, s, o), i) for i, t in enumerate(signals)]
    return min(costs)[1] if costs else -1


def _cost(trigger: Trigger, s: _Place, o: _Place) -> int:
    cost = 0 if len(trigger.word) > 1 else 12
    for place in (s, o):
        if place.index < 0:
            continue
        gap = max(trigger.start - place.group.end, place.group.start - trigger.end)
        cost += max(gap, 0) if gap >= 0 else 6
    return cost


def _ends(reading: Reading, features: list[str], s: _Place, o: _Place, scene: _Scene) -> None:
    types = _SHORT[s.atom.type] + _SHORT[o.atom.type]
    subject, target = reading.entities[s.atom.entity], reading.entities[o.atom.entity]
    features += (
        "ty" + types,
        f"S.{s.atom.type[:2]}.{subject.subtype}",
        f"O.{o.atom.type[:2]}.{target.subtype}",
        "Show." + s.atom.how,
        "Ohow." + o.atom.how,
        f"how.{s.atom.how}.{o.atom.how}",
    )
    if s.index in scene.line.bodies:
        features.append("Sbody")
        if scene.line.bodies[s.index] == o.index:
            features.append("ObodyofS")
    if o.index in scene.line.bodies:
        features.append("Obody")
        if scene.line.bodies[o.index] == s.index:
            features.append("SbodyofO")
    _containment(features, subject, target, s.atom, o.atom)


def _containment(features: list[str], subject: Entity, target: Entity, s: Atom, o: Atom) -> None:
    if target.name in subject.name or any(len(n) > 1 and subject.name.startswith(n) for n in target.names):
        features.append("S>O")
        if subject.name.startswith(target.name):
            features.append("S^O")
    elif subject.name in target.name or any(len(n) > 1 and target.name.startswith(n) for n in subject.names):
        features.append("O>S")


def _order(
    features: list[str], prop: str, ends: tuple[_Place, _Place], trigger: Trigger, scene: _Scene
) -> None:
    s, o = ends
    word = trigger.word
    order = _sequence(s, o, trigger)
    line = scene.line
    before = line.between(max(line.span.start, trigger.start - 8), trigger.start)
    after = line.between(trigger.end, min(line.span.end, trigger.end + 3))
    features += (
        "ord" + order,
        "T" + word,
        f"Tk.{triggers().kinds[word].get(prop)}",
        f"Tk.{triggers().kinds[word].get(prop)}.{order}",
        f"T{word}.{order}",
        f"T<{before[-2:]}",
        f"T>{after[:2]}",
        f"T>>{word}{after[:1]}",
        f"T{word}.{_SHORT[s.atom.type]}{_SHORT[o.atom.type]}",
    )
    features.extend("plan." + w for w in _PLANNED if w in before)
    features.extend("deny." + w for w in _DENIED if w in before)
    if any(span.start < trigger.start < span.end for span in line.speech):
        features.append("inspeech")
    features.append(f"{features_key(features, 'Sd')}|{features_key(features, 'Od')}|{order}")


def features_key(features: list[str], prefix: str) -> str:
    """The first feature that begins with `prefix`; empty when none does."""
    return next((f for f in features if f.startswith(prefix)), "")


def _sequence(s: _Place, o: _Place, trigger: Trigger) -> str:
    parts = [(trigger.start, 1, "T")]
    if s.index >= 0:
        parts.append((s.group.start, 0, "S"))
    if o.index >= 0:
        parts.append((o.group.start, 0, "O"))
    return "".join(mark for _, _, mark in sorted(parts))


def _view(
    scene: _Scene, prop: str, role: str, place: _Place, number: int, signals: list[Trigger]
) -> list[str]:
    """How one end stands to the signal: side, distance, rank, and the words next to it."""
    key = (
        role + prop,
        place.group.start * 4096 + place.group.end - scene.line.span.start,
        number,
        place.atom.how,
    )
    found = scene.views.get(key)
    if found is None:
        found = scene.views[key] = _seen(scene, prop, role, place, signals[number])
    return found


def _seen(scene: _Scene, prop: str, role: str, place: _Place, trigger: Trigger) -> list[str]:
    if place.index < 0:
        return [role + "carried"]
    line, group = scene.line, place.group
    side = "L" if group.start < trigger.start else "R"
    low, high = (group.end, trigger.start) if side == "L" else (trigger.end, group.start)
    if side == "L" and group.end > trigger.start:
        low = high
    stops = min(3, sum(low <= p < high for p in line.breaks))
    rivals = [g for g in line.groups if low <= g.start < high and g is not group]
    kinds = SIGNATURES[prop][0 if role == "S" else 1]
    same = [g for g in rivals if line.atoms[g.members[-1]].type in kinds]
    text = line.between(low, high)
    left = line.between(max(line.span.start, group.start - 2), group.start)
    right = line.between(group.end, min(line.span.end, group.end + 2))
    head = f"{role}{side}"
    features = [
        f"{role}d{side}{stops}{min(len(same), 2)}",
        f"{head}b{stops}",
        f"{head}r{min(len(rivals), 3)}",
        f"{head}k{min(len(same), 3)}",
        f"{role}<{left}",
        f"{role}<{left[-1:]}.{side}.{trigger.word}",
        f"{role}>{right}",
        f"{role}>{right[:1]}.{side}.{trigger.word}",
        f"{head}size{min(len(group.members), 3)}",
        f"{head}dist{min(6, len(text) // 4)}",
    ]
    if len(text) <= 6:
        features.append(f"{head}={text}")
    features += [f"{head}t{t.word}" for t in line.triggers if low <= t.start < high and len(t.word) > 1]
    return features


def _between(features: list[str], line: Line, left: _Place, right: _Place) -> None:
    if left.index < 0:
        text = line.between(line.span.start, right.group.start)
        features.append("lead" + text[:2])
        features.append(f"leadlen{min(5, len(text) // 3)}")
        return
    if left.group is right.group:
        members = left.group.members
        near = right.index - left.index
        features += (
            "samegroup",
            f"near{min(near, 4)}",
            f"size{min(len(members), 5)}",
            "joint" + line.gaps[right.index][:4] if near == 1 else "joint-",
            "firstin" if left.index == members[0] else "laterin",
        )
        return
    text = line.between(left.group.end, right.group.start)
    stops = min(3, sum(left.group.end <= p < right.group.start for p in line.breaks))
    among = sum(left.group.end <= g.start < right.group.start for g in line.groups)
    features += (
        f"mid.b{stops}",
        f"mid.g{min(among, 3)}",
        f"mid.len{min(8, len(text) // 4)}",
        f"mid.b{stops}.g{min(among, 2)}." + ("SO" if left.atom.type != right.atom.type else "=="),
    )
    if len(text) <= 8:
        features.append("mid=" + text)
