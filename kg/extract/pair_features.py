"""What speaks for and against a candidate fact, as features that are there or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.clause import Line
from kg.extract.lists import represented
from kg.extract.reading import Reading
from kg.extract.scene import Place, Scene
from kg.extract.triggers import Trigger, triggers
from kg.model import EntityType
from kg.vocabulary import RELATIONS, SIGNATURES

_SHORT = {
    EntityType.ORGANISATION: "O",
    EntityType.PERSON: "P",
    EntityType.PROGRAMME: "G",
    EntityType.EVENT: "E",
    EntityType.PLACE: "L",
}
_PLANNED = (
    "拟",
    "将",
    "计划",
    "要",
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
_HUB = ("与", "和", "同", "跟", "联合", "会同", "携手", "，与", "，和", "协同")


@dataclass(frozen=True, slots=True)
class Ends:
    """A property and the two places it may join."""

    prop: str
    subject: Place
    object: Place

    @property
    def left(self) -> Place:
        """The end that stands first."""
        return self.subject if self.subject.group.start <= self.object.group.start else self.object

    @property
    def right(self) -> Place:
        """The end that stands second."""
        return self.object if self.subject.group.start <= self.object.group.start else self.subject

    def is_framed(self, scene: Scene) -> bool:
        """Whether a frame fits both ends."""
        return (self.prop, self.subject.index, self.object.index) in scene.fired


def features_of(
    reading: Reading, scene: Scene, ends: Ends, signals: Sequence[Trigger], number: int
) -> list[str]:
    """The features of a candidate whose signal is `signals[number]`, or nothing when that is -1."""
    features = [ends.prop, *scene.about, *_framed(scene, ends), *_kinds(reading, scene, ends)]
    if number >= 0:
        trigger = signals[number]
        side = [
            _view(scene, ends.prop, role, place, (number, trigger))
            for role, place in (("S", ends.subject), ("O", ends.object))
        ]
        features += [*side[0], *side[1]]
        features += _signal(scene, ends, trigger, side[0][0] + "|" + side[1][0])
    else:
        features.append("nosignal")
    if "lead" in (ends.subject.atom.how, ends.object.atom.how):
        features += ("led", "led." + scene.lead[ends.prop])
    features += _between(scene.line, ends)
    return features


def _framed(scene: Scene, ends: Ends) -> Iterator[str]:
    """What the frames say of a pair: those that fit it, and those of other relations that do.

    A frame that leaves an end open (@o, @s) may be completed by what is carried into the sentence,
    or by what the sentence names elsewhere (`here`).
    """
    fired = scene.fired
    if not fired:
        return
    s, o, prop = ends.subject, ends.object, ends.prop
    if s.index >= 0 and o.index >= 0:
        for firing in fired.get((prop, s.index, o.index), ()):
            yield from (f"F.{firing.frame.name}", f"Fs.{firing.frame.strength}", "Fany")
        for other in RELATIONS:
            if other != prop and (other, s.index, o.index) in fired:
                yield f"X.{other}"
    for key, how, end in (((prop, s.index, -1), "@o.", o), ((prop, -1, o.index), "@s.", s)):
        if (key[1] if how == "@o." else key[2]) < 0 or end.atom.start >= scene.reported_from:
            continue
        where = how + _open_end(scene, end)
        for firing in fired.get(key, ()):
            yield from (f"F.{firing.frame.name}{where}", f"Fs.{firing.frame.strength}{where}", f"Fany{where}")


def _open_end(scene: Scene, end: Place) -> str:
    if end.index < 0:
        return end.atom.how
    if end.index in scene.line.bodies:
        return "body"
    return "first" if end.group is scene.line.groups[0] else "here"


def _kinds(reading: Reading, scene: Scene, ends: Ends) -> Iterator[str]:
    """What the two ends are, and what one has to do with the other."""
    s, o = ends.subject, ends.object
    subject, target = reading.entities[s.atom.entity], reading.entities[o.atom.entity]
    yield "ty" + _SHORT[s.atom.type] + _SHORT[o.atom.type]
    yield f"S.{s.atom.type[:2]}.{subject.subtype}"
    yield f"O.{o.atom.type[:2]}.{target.subtype}"
    yield f"ss.{subject.subtype}.{target.subtype}"
    yield "Show." + s.atom.how
    yield "Ohow." + o.atom.how
    yield f"how.{s.atom.how}.{o.atom.how}"
    bodies = scene.line.bodies
    for mark, end, other in (("S", s, o), ("O", o, s)):
        if end.index in bodies:
            yield mark + "body"
            if bodies[end.index] == other.index:
                yield mark + "bodyofother"
        if end.index >= 0 and end.atom.start >= scene.reported_from:
            yield mark + "reported"
        if end.index >= 0 and represented(scene.line.between(end.atom.end, end.group.end)):
            yield mark + "represented"
    if any(len(name) > 1 and subject.name.startswith(name) for name in target.names):
        yield "S^O"
        yield "S^O:" + subject.name[-2:]
    elif target.name in subject.name:
        yield "S>O"
    elif any(len(name) > 1 and name in target.name for name in subject.names):
        yield "O>S"


def _signal(scene: Scene, ends: Ends, trigger: Trigger, sides: str) -> Iterator[str]:
    """The signal word, its neighbours, and the order of the three."""
    s, o, line = ends.subject, ends.object, scene.line
    word = trigger.word
    order = _order(ends, trigger)
    kind = triggers().kinds[word].get(ends.prop, "")
    before = line.between(max(line.span.start, trigger.start - 8), trigger.start)
    after = line.between(trigger.end, min(line.span.end, trigger.end + 3))
    yield "ord" + order
    yield "T" + word
    yield "Tk." + kind
    yield f"Tk.{kind}.{order}"
    yield f"T{word}.{order}"
    yield f"T<{before[-2:]}"
    yield f"T>{after[:2]}"
    yield f"T>>{word}{after[:1]}"
    yield f"T{word}.{_SHORT[s.atom.type]}{_SHORT[o.atom.type]}"
    yield f"{sides}|{order}"
    yield f"{sides}|{order}|{kind}"
    first = s.index >= 0 and s.group is line.groups[0]
    clause = line.span.start
    for stop in line.breaks:
        if stop < trigger.start:
            clause = stop + 1
    bare = not any(clause <= g.start < trigger.start for g in line.groups)
    if first:
        yield "Sfirst"
    yield f"Sfirst{int(first)}.bare{int(bare)}"
    yield f"lead{min(4, (trigger.start - clause) // 3)}.bare{int(bare)}"
    for planned in _PLANNED:
        if planned in before:
            yield "planned"
            yield "plan." + planned
    if any(denied in before for denied in _DENIED):
        yield "denied"
    if trigger.start >= scene.reported_from:
        yield "Treported"
    if any(span.start < trigger.start < span.end for span in line.speech):
        yield "inspeech"


def _order(ends: Ends, trigger: Trigger) -> str:
    parts = [(trigger.start, 1, "T")]
    for place, mark in ((ends.subject, "S"), (ends.object, "O")):
        if place.index >= 0:
            parts.append((place.group.start, 0, mark))
    return "".join(mark for _, _, mark in sorted(parts))


def _view(scene: Scene, prop: str, role: str, place: Place, signal: tuple[int, Trigger]) -> list[str]:
    """How one end stands to the signal; kept, since all members of a list stand alike."""
    number, trigger = signal
    key = (role + prop, place.group.start, number, place.atom.how)
    found = scene.views.get(key)
    if found is None:
        found = scene.views[key] = _seen(scene.line, (role, prop), place, trigger)
    return found


def _seen(line: Line, part: tuple[str, str], place: Place, trigger: Trigger) -> list[str]:
    """Side, distance, rank among rivals, and the words next to it; the sum of them comes first."""
    role, prop = part
    if place.index < 0:
        return [role + "carried"]
    group = place.group
    side = "L" if group.start < trigger.start else "R"
    low, high = (group.end, max(group.end, trigger.start)) if side == "L" else (trigger.end, group.start)
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
        f"{role}<1{left[-1:]}",
        f"{role}<{left[-1:]}.{side}.{trigger.word}",
        f"{role}>{right}",
        f"{role}>1{right[:1]}.{side}",
        f"{role}>{right[:1]}.{side}.{trigger.word}",
        f"{head}size{min(len(group.members), 3)}",
        f"{head}dist{min(6, len(text) // 4)}",
    ]
    if len(text) <= 6:
        features.append(f"{head}={text}")
    features += [f"{head}t{t.word}" for t in line.triggers if low <= t.start < high and len(t.word) > 1]
    return features


def _between(line: Line, ends: Ends) -> Iterator[str]:
    """What stands between the two names."""
    left, right = ends.left, ends.right
    if left.index < 0:
        text = line.between(line.span.start, right.group.start)
        yield "lead" + text[:2]
        yield f"leadlen{min(5, len(text) // 3)}"
    elif left.group is right.group:
        yield from _within(line, left, right)
    else:
        low, high = left.group.end, right.group.start
        text = line.between(low, high)
        stops = min(3, sum(low <= p < high for p in line.breaks))
        among = sum(low <= g.start < high for g in line.groups)
        yield f"mid.b{stops}"
        yield f"mid.g{min(among, 3)}"
        yield f"mid.len{min(8, len(text) // 4)}"
        yield f"mid.b{stops}.g{min(among, 2)}"
        if len(text) <= 8:
            yield "mid=" + text


def _within(line: Line, left: Place, right: Place) -> Iterator[str]:
    """How two members of one list stand in it; the first may be joined to all others: 甲与乙、丙."""
    members = left.group.members
    first = left.index == members[0]
    yield "samegroup"
    yield f"size{min(len(members), 5)}"
    yield "firstin" if first else "laterin"
    link = line.gaps[members[1]]
    if link in _HUB:
        yield f"hub.{'centre' if first else 'rim'}"
        yield f"hub.{'centre' if first else 'rim'}.{min(len(members), 3)}"
    else:
        yield f"near{min(right.index - left.index, 4)}"
        yield f"nohub.{first}.{min(len(members), 3)}"
    yield "joint" + line.gaps[right.index][:4]
