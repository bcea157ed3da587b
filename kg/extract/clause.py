"""A sentence as a row of names and the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract.lists import (
    Group,
    bodies_of_persons,
    joint,
    leads_to_colleague,
    parents_of_offshoots,
    tail_length,
)
from kg.extract.triggers import Trigger, triggers
from kg.model import EntityType, Span

BLANK = "\u25a1"
"""Stands for one character of a name, so that no word is read inside a name."""

_BREAK = re.compile(r"[，；：。！？,;:!?]")
_PRESENT = re.compile(
    rf"(?:[，、][^，。；]{{0,40}}{BLANK}+)*(?:等[^，。；]{{0,12}})?(?:应邀|共同|一同|一起|分别|先后|现场)?"
    "(?:(?:分别|先后|依次)(?=就|围绕|介绍|作|发表|以|通过|从)|出席|列席|参会|参加(?=会|仪式|活动|签约)|见证|到会|与会|致辞|讲话|发言|代表双方)"
)
_SPEECH = re.compile(r"“[^”]*[，。][^”]*(?:”|$)")


@dataclass(frozen=True, slots=True)
class Atom:
    """A name in a sentence, or a word or silence that stands for one."""

    start: int
    end: int
    entity: str
    type: EntityType
    how: str
    """`named`, `title` (in the headline), `anaphor` (会上, 该公司), or how it is carried in."""
    source: int
    """Where the entity is named, for evidence."""


class Line:
    """One sentence, its atoms in order, their groups, and the signal words."""

    def __init__(self, text: str, span: Span, atoms: Sequence[Atom]) -> None:
        self.span = span
        self.atoms = tuple(atoms)
        self.masked = _masked(text[span.start : span.end], span.start, self.atoms)

    def between(self, start: int, end: int) -> str:
        """The text from `start` to `end`, names blanked out; empty when the order is the other way."""
        base = self.span.start
        return self.masked[max(0, start - base) : max(0, end - base)]

    @cached_property
    def triggers(self) -> list[Trigger]:
        """The signal words outside names."""
        return triggers().find(self.masked, self.span.start)

    @cached_property
    def breaks(self) -> list[int]:
        """Where clauses end, lists apart."""
        found = (self.span.start + match.start() for match in _BREAK.finditer(self.masked))
        return [p for p in found if not any(g.start <= p < g.end for g in self.groups)]

    @cached_property
    def speech(self) -> list[Span]:
        """Quoted speech: long quotations, not quoted names."""
        base = self.span.start
        return [
            Span(base + m.start(), base + m.end()) for m in _SPEECH.finditer(self.masked) if len(m[0]) > 12
        ]

    @cached_property
    def gaps(self) -> list[str]:
        """The text before each atom, back to the atom before it."""
        edges = [self.span.start, *(atom.end for atom in self.atoms)]
        return [self.between(edge, atom.start) for edge, atom in zip(edges, self.atoms, strict=False)]

    @cached_property
    def bodies(self) -> dict[int, int]:
        """Atoms that only say whose officer, or whose offshoot, the next one is."""
        return self.offshoots | bodies_of_persons([atom.type for atom in self.atoms], self.gaps)

    @cached_property
    def offshoots(self) -> dict[int, int]:
        """Bodies that stand before an offshoot of theirs (甲集团旗下乙公司): index → index."""
        return parents_of_offshoots([atom.type for atom in self.atoms], self.gaps)

    @cached_property
    def groups(self) -> list[Group]:
        """Atoms joined into lists; an officer's body joins its person's group."""
        groups: list[list[int]] = []
        for index in range(len(self.atoms)):
            if groups and self._continues(index):
                groups[-1].append(index)
            else:
                groups.append([index])
        return [self._group(members) for members in groups]

    @cached_property
    def group_of(self) -> list[Group]:
        """The group of each atom."""
        return [group for group in self.groups for _ in group.members]

    def _continues(self, index: int) -> bool:
        before = index - 1
        if self.atoms[index].start == self.atoms[index].end and self.atoms[index].how == "anaphor":
            return True  # 双方: one word for several
        if before in self.bodies and self.bodies[before] >= index:
            return True
        if self.atoms[before].start == self.atoms[index].start:
            return False
        link = joint(self.gaps[index])
        if link is None and (self._next_officer(index) or self._colleague(index)):
            return True
        if link is None or self._parallel(index):
            return False
        head = self.atoms[self.bodies.get(index, index)].type
        kin = {self.atoms[before].type, head} <= {EntityType.ORGANISATION, EntityType.PLACE}
        if link in ("touching", "adjacent"):
            return False if link == "touching" else self.atoms[before].type == head
        return kin or self.atoms[before].type == head

    def _next_officer(self, index: int) -> bool:
        """Whether a comma leads from one officer to the next: 甲市市长张三，乙集团总裁李四出席."""
        officers = index in self.bodies and index - 1 in self.bodies.values()
        if self.gaps[index] != "，" or not officers or self.atoms[index - 1].type != EntityType.PERSON:
            return False
        last = self.atoms[self.bodies[index]]
        return _PRESENT.match(self.between(last.end, self.span.end)) is not None

    def _colleague(self, index: int) -> bool:
        """Whether a person follows another with a post of the same body: 甲委主任张三、副主任李四."""
        persons = self.atoms[index - 1].type == self.atoms[index].type == EntityType.PERSON
        return persons and leads_to_colleague(self.gaps[index])

    def _parallel(self, index: int) -> bool:
        """Whether A of A控股的B、C控股的D ends before C: the same words join both couples."""
        after = self.gaps[index + 1] if index + 1 < len(self.gaps) else ""
        return (
            index not in self.bodies
            and len(after) > 1
            and index > 1
            and self.gaps[index] != after == self.gaps[index - 1]
        )

    def _group(self, members: list[int]) -> Group:
        first, last = self.atoms[members[0]], self.atoms[members[-1]]
        tail = tail_length(self.between(last.end, self.span.end))
        return Group(tuple(members), first.start, last.end + tail)


def _masked(text: str, base: int, atoms: Sequence[Atom]) -> str:
    parts, last = [], 0
    for atom in atoms:
        start, end = atom.start - base, atom.end - base
        if atom.how not in ("named", "title") or start < last:
            continue
        parts += [text[last:start], BLANK * (end - start)]
        last = end
    return "".join((*parts, text[last:]))
