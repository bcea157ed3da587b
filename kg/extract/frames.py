"""Frames: patterns over a sentence in which every name is one sign, read from `frames.tsv`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.errors import LexiconError
from kg.extract.clause import Line
from kg.extract.lists import Group
from kg.extract.triggers import words_of
from kg.lexicon import lexicon_folder, read_rows
from kg.model import EntityType

_SIGNS = {
    EntityType.ORGANISATION: "\ue000",
    EntityType.PERSON: "\ue001",
    EntityType.PROGRAMME: "\ue002",
    EntityType.EVENT: "\ue003",
    EntityType.PLACE: "\ue004",
}
_LETTERS = {"O": "\ue000", "P": "\ue001", "G": "\ue002", "E": "\ue003", "L": "\ue004", "M": "\ue005"}
_MIXED = _LETTERS["M"]
_STOPS = "，；：。！？"
_ELEMENT = re.compile(
    r"\{(?P<part>[sob_]\d?):(?P<types>[OPGELM]+)\}|(?P<gap>[~≈…])(?P<length>\d+)|<(?P<words>[A-Za-z.]+)>|(?P<start>⊢)"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say a relation."""

    property: str
    name: str
    strength: str
    pattern: re.Pattern[str]
    keys: tuple[str, ...]
    """Classes of trigger words of which the sentence must hold one each."""
    needs: tuple[frozenset[str], ...]
    """Signs of which the sentence must have one each."""
    example: str


@dataclass(frozen=True, slots=True)
class Firing:
    """A frame that fits a sentence; an empty part is carried over from before."""

    frame: Frame
    subjects: tuple[Group, ...]
    objects: tuple[Group, ...]
    position: int
    """Where in the article the frame begins to speak: its first sign or word."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A sentence with one sign for each group of names."""

    text: str
    groups: dict[int, Group]
    """Index of a sign in `text` → its group."""
    offsets: list[int]
    """Index in `text` → offset in the article."""
    touching: list[tuple[Group, Group]]
    """A place and the names it stands directly before."""


@cache
def frames() -> tuple[Frame, ...]:
    """Every frame of `ontology/lexicon/frames.tsv`."""
    rows = read_rows(lexicon_folder() / "frames.tsv", ("property", "frame", "strength", "pattern"))
    return tuple(
        _frame(row["property"], row["frame"], row["strength"], row["pattern"], row["reason"]) for row in rows
    )


@cache
def frame_named(prop: str, name: str) -> Frame:
    """The frame of `prop` that is called `name`."""
    return next(frame for frame in frames() if (frame.property, frame.name) == (prop, name))


def _frame(prop: str, name: str, strength: str, pattern: str, example: str) -> Frame:
    if strength not in ("strong", "fair", "weak"):
        raise LexiconError(
            f"frames.tsv: '{name}' of {prop}: strength is strong, fair or weak, not '{strength}'"
        )
    keys: list[str] = []
    needs: list[frozenset[str]] = []

    def element(match: re.Match[str]) -> str:
        if match["part"]:
            needs.append(frozenset(_LETTERS[t] for t in match["types"]))
            signs = "[" + "".join(_LETTERS[t] for t in match["types"]) + "]"
            return signs if match["part"].startswith("_") else f"(?P<{match['part']}>{signs})"
        if match["gap"]:
            barred = {"~": _STOPS + "\ue000-\ue005", "≈": _STOPS, "…": "。；"}[match["gap"]]
            return f"[^{barred}]{{0,{match['length']}}}?"
        if match["start"]:
            return rf"(?:^|(?<=[{_STOPS}、“]))"
        keys.append(match["words"])
        return f"(?:{_alternatives(match['words'])})"

    compiled = re.compile(_ELEMENT.sub(element, pattern))
    return Frame(prop, name, strength, compiled, tuple(keys), tuple(needs), example)


def _alternatives(key: str) -> str:
    prop, _, kind = key.partition(".")
    words = words_of(prop, kind or "clear")
    if not words:
        raise LexiconError(f"frames.tsv: no words of kind '{kind or 'clear'}' for '{prop}' in triggers.tsv")
    return "|".join(map(re.escape, words))


@cache
def _key_pattern(key: str) -> re.Pattern[str]:
    return re.compile(_alternatives(key))


def skeleton(line: Line) -> Skeleton:
    """`line` with one sign for each group; a place that touches the next name is part of it."""
    parts: list[str] = []
    offsets: list[int] = []
    groups: dict[int, Group] = {}
    touching: list[tuple[Group, Group]] = []
    position = line.span.start
    all_groups = line.groups
    for index, group in enumerate(all_groups):
        if group.start < position:
            continue
        text = line.between(position, group.start)
        parts.append(text)
        offsets.extend(range(position, group.start))
        position = group.end
        if index + 1 < len(all_groups) and _touches(line, group, all_groups[index + 1]):
            touching.append((group, all_groups[index + 1]))
            position = all_groups[index + 1].start
            continue
        groups[len(offsets)] = group
        parts.append(sign(line, group))
        offsets.append(group.start)
    tail = line.between(position, line.span.end)
    parts.append(tail)
    offsets.extend(range(position, line.span.end))
    return Skeleton("".join(parts), groups, offsets, touching)


def sign(line: Line, group: Group) -> str:
    """The sign of a group: its type, or the mixed one for organisations among places."""
    types = {line.atoms[i].type for i in group.members if i not in line.bodies}
    if types == {EntityType.ORGANISATION, EntityType.PLACE}:
        return _MIXED
    return _SIGNS[line.atoms[group.members[-1]].type]


def _touches(line: Line, group: Group, following: Group) -> bool:
    return (
        following.start <= group.end
        and len(group.members) == 1
        and line.atoms[group.members[0]].type == EntityType.PLACE
        and line.atoms[following.members[0]].type != EntityType.PERSON
    )


def firings(line: Line, bones: Skeleton) -> Iterator[Firing]:
    """Yield each frame that fits the sentence, wherever it fits."""
    present: dict[str, bool] = {}
    text = bones.text
    signs = frozenset(text[index] for index in bones.groups)
    for frame in _possible(signs):
        if not all(_present(present, key, text) for key in frame.keys):
            continue
        for match in frame.pattern.finditer(text):
            parts = [(n, bones.groups[match.start(n)]) for n, v in match.groupdict().items() if v]
            subjects = [group for n, group in parts if n[0] in "sb"]
            objects = [group for n, group in parts if n[0] in "ob"]
            yield Firing(frame, tuple(subjects), tuple(objects), bones.offsets[match.start()])


@cache
def _possible(signs: frozenset[str]) -> tuple[Frame, ...]:
    """The frames whose needs a sentence with these signs meets; there are few sets of signs."""
    return tuple(f for f in frames() if not any(signs.isdisjoint(need) for need in f.needs))


def _present(present: dict[str, bool], key: str, text: str) -> bool:
    found = present.get(key)
    if found is None:
        found = present[key] = _key_pattern(key).search(text) is not None
    return found
