"""A sentence with what the article carries into it: the event told of, the subject left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extract.clause import BLANK, Atom, Line
from kg.extract.event_context import Context, merged
from kg.extract.frames import Firing, firings, frame_named, skeleton
from kg.extract.lists import Group, introduces
from kg.extract.parties import parties
from kg.extract.reading import Name, Reading
from kg.extract.triggers import Trigger, triggers
from kg.model import EntityType, Span

_ACTORS = (EntityType.ORGANISATION, EntityType.PLACE, EntityType.PERSON)
_OCCASIONS = (EntityType.EVENT, EntityType.PROGRAMME)
_LEAD = re.compile(r"名单|如下|以下|包括|分别|分为")
_RECENT = 150
"""A programme named longer ago than so many characters is not the one told of."""
_LABEL = re.compile(rf"^[^，。：{BLANK}]{{1,12}}：")
_ACTS_OF_SPEECH = frozenset({"宣布", "宣读", "传达", "展示", "分享"})
"""Words that report speech only before a comma or a quotation: 宣布开幕 does not."""
_QUOTES = ("，", "：", "“", ",", ":")
_HEADING = 36
"""A paragraph of at most so many characters, without a full stop, is a heading."""


@dataclass(frozen=True, slots=True)
class Place:
    """An atom with the group it stands in; `index` is -1 for one carried into the sentence."""

    atom: Atom
    group: Group
    index: int


@dataclass(slots=True)
class Scene:
    """One sentence, its atoms, what is carried into it, its signal words and the frames that fit."""

    line: Line
    places: list[Place]
    carried: list[Place]
    about: tuple[str, ...]
    """Where in the article it stands."""
    signals: dict[str, list[Trigger]]
    fired: dict[tuple[str, int, int], list[Firing]]
    """Property, index of subject, index of object (-1: left open) → the frames that fit."""
    reported_from: int
    """Where reported speech begins (甲表示，…); the end of the sentence when there is none."""
    lead: dict[str, str]
    """For a line of a list: property → signal word of the line that leads the list in."""
    views: dict[tuple[str, int, int, str], list[str]] = field(default_factory=dict)


def scenes(reading: Reading, context: Context) -> Iterator[Scene]:
    """Yield the headline, then each sentence that names something, in order."""
    headline = _headline(reading)
    if len(headline.atoms) > 1:
        yield _scene(reading, headline, [], (0, {}))
    previous: Line | None = None
    heading: Name | None = None
    hero = _hero(reading)
    lead: Line | None = None
    for number, span in enumerate(reading.sentences):
        heading = _heading(reading, span) or heading
        line = _line(reading, context, span)
        leads = _leads(reading.text, line)
        if leads and not (lead is not None and _is_heading_of_items(line)):
            lead = line
        if not line.atoms:
            continue
        carried = [*_events(context, line), *_topic(line, previous), *_programme(context, line)]
        for name, how in ((heading, "heading"), (hero, "hero")):
            if name is not None and all(a.entity != name.entity for a in line.atoms):
                carried.append(_carried(span.start, name, how))
        words: dict[str, str] = {}
        if lead is not None and lead is not line and _is_item(line):
            words = _signal_words(lead)
            carried += _led(context, lead, line)
        elif not leads:
            lead = None
        yield _scene(reading, line, carried, (number, words))
        previous = line


def _leads(text: str, line: Line) -> bool:
    """Whether the sentence announces a list: 名单如下：, 主办单位："""
    end = line.span.end
    return text[end - 1] in "：:" or (text[end : end + 1] == "\n" and bool(_LEAD.search(line.masked)))


def _is_heading_of_items(line: Line) -> bool:
    """Whether a line within a list only sorts what follows: 一等奖："""
    return not line.atoms and not line.triggers


def _is_item(line: Line) -> bool:
    """Whether the sentence is mostly names, a label apart (一等奖：), or signals nothing itself."""
    bare = _LABEL.sub("", line.masked)
    return bare.count(BLANK) * 2 >= len(bare) or not line.triggers


def _signal_words(line: Line) -> dict[str, str]:
    kinds = triggers().kinds
    return {prop: trigger.word for trigger in reversed(line.triggers) for prop in kinds[trigger.word]}


def _led(context: Context, lead: Line, line: Line) -> Iterator[Place]:
    """What the line that leads a list in names, for each of its items; else what it goes on about."""
    here = {atom.entity for atom in line.atoms}
    start = line.span.start
    if all(atom.type not in _OCCASIONS for atom in lead.atoms):
        last = (context.last(kind, lead.span.start) for kind in _OCCASIONS)
        name = max((n for n in last if n is not None), key=lambda n: n.start, default=context.main_event)
        if name is not None and name.entity not in here:
            yield _carried(start, name, "lead")
    for index, atom in enumerate(lead.atoms):
        if atom.entity not in here and index not in lead.bodies:
            carried = Atom(start, start, atom.entity, atom.type, "lead", atom.source)
            yield Place(carried, Group((), start, start), -1)


def _scene(reading: Reading, line: Line, carried: list[Place], about: tuple[int, dict[str, str]]) -> Scene:
    number, lead = about
    signals: dict[str, list[Trigger]] = {}
    kinds = triggers().kinds
    for trigger in line.triggers:
        for prop in kinds[trigger.word]:
            signals.setdefault(prop, []).append(trigger)
    groups = line.group_of
    start = line.span.start
    first = start == 0 or reading.text[start - 1] == "\n"
    return Scene(
        line=line,
        places=[Place(atom, groups[i], i) for i, atom in enumerate(line.atoms)],
        carried=carried,
        about=(f"n{min(number, 2)}", "parafirst" if first else "paranext"),
        signals=signals,
        fired=_fired(line),
        reported_from=_reported_from(line),
        lead=lead,
    )


def _headline(reading: Reading) -> Line:
    """The headline; its names are those that the text has too."""
    title = reading.article.title
    known = [(name, entity) for entity in reading.entities.values() for name in entity.names if len(name) > 1]
    atoms: list[Atom] = []
    for name, entity in sorted(known, key=lambda item: (-len(item[0]), item[0])):
        start = title.find(name)
        end = start + len(name)
        if start >= 0 and all(end <= a.start or start >= a.end for a in atoms):
            source = entity.mentions[0].start if entity.mentions else 0
            atoms.append(Atom(start, end, entity.id, entity.type, "title", source))
    return Line(title, Span(0, len(title)), sorted(atoms, key=lambda a: a.start))


def _line(reading: Reading, context: Context, span: Span) -> Line:
    named: list[Atom] = []
    for name in reading.names_in(span):
        if named and named[-1].entity == name.entity and introduces(reading.text[named[-1].end : name.start]):
            end = reading.text.find("）", name.end, name.end + 3)
            last = named.pop()
            named.append(
                Atom(last.start, max(name.end, end + 1), last.entity, last.type, "named", last.source)
            )
        else:
            named.append(Atom(name.start, name.end, name.entity, name.type, "named", name.start))
    bare = Line(reading.text, span, named)
    others = [*context.anaphors(bare.masked, span), *parties(reading, bare.masked, span)]
    return Line(reading.text, span, merged(named, others)) if others else bare


def _events(context: Context, line: Line) -> Iterator[Place]:
    """The event told of last and the main one, where the sentence names neither."""
    here = {atom.entity for atom in line.atoms}
    start = line.span.start
    current, main = context.current_event(start), context.main_event
    if current is not None and main is not None and current.entity == main.entity:
        if main.entity not in here and context.is_known(main, line.span.end):
            yield _carried(start, current, "context-both")
        return
    for name, how in ((current, "context-current"), (main, "context-main")):
        if name is not None and name.entity not in here and context.is_known(name, line.span.end):
            yield _carried(start, name, how)


def _topic(line: Line, previous: Line | None) -> Iterator[Place]:
    """The first actors of the sentence before."""
    if previous is None or not previous.groups:
        return
    here = {atom.entity for atom in line.atoms}
    start = line.span.start
    for index in previous.groups[0].members:
        atom = previous.atoms[index]
        if atom.type in _ACTORS and index not in previous.bodies and atom.entity not in here:
            carried = Atom(start, start, atom.entity, atom.type, "topic", atom.source)
            yield Place(carried, Group((), start, start), -1)


def _programme(context: Context, line: Line) -> Iterator[Place]:
    """The programme named last before, where the sentence names none."""
    name = context.last(EntityType.PROGRAMME, line.span.start)
    if name is not None and all(atom.type != EntityType.PROGRAMME for atom in line.atoms):
        if line.span.start - name.start <= _RECENT:
            yield _carried(line.span.start, name, "programme")


def _carried(start: int, name: Name, how: str) -> Place:
    return Place(Atom(start, start, name.entity, name.type, how, name.start), Group((), start, start), -1)


def _hero(reading: Reading) -> Name | None:
    """The organisation or place that the article names most often."""
    actors = [n for n in reading.names if n.type in (EntityType.ORGANISATION, EntityType.PLACE)]
    counts = Counter(n.entity for n in actors)
    return max(actors, key=lambda n: (counts[n.entity], -n.start), default=None)


def _heading(reading: Reading, span: Span) -> Name | None:
    """The place that opens a heading: 宁河：数字经济再提速."""
    text = reading.text
    alone = (span.start == 0 or text[span.start - 1] == "\n") and text[span.end : span.end + 1] in ("\n", "")
    if not alone or len(span) > _HEADING or text[span.end - 1] in "。！？；":
        return None
    names = reading.names_in(span, EntityType.PLACE)
    return names[0] if names and names[0].start == span.start else None


def _fired(line: Line) -> dict[tuple[str, int, int], list[Firing]]:
    found: dict[tuple[str, int, int], list[Firing]] = {}
    for parent, child in line.offshoots.items():
        found["partOf", child, parent] = [
            Firing(frame_named("partOf", "subsidiary-of"), (), (), line.span.start)
        ]
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


def _reported_from(line: Line) -> int:
    kinds = triggers().kinds
    speakers = (EntityType.PERSON, EntityType.ORGANISATION)
    for trigger in line.triggers:
        if kinds[trigger.word].get("speaksAt") != "say":
            continue
        if trigger.word in _ACTS_OF_SPEECH and line.between(trigger.end, trigger.end + 1) not in _QUOTES:
            continue
        for group in line.groups:
            if group.end <= trigger.start <= group.end + 5 and line.atoms[group.members[-1]].type in speakers:
                return trigger.end
    return line.span.end
