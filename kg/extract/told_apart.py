"""Names that a text tells to be of two bodies: side by side in a list, or one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.chinese.abbreviations import key
from kg.model import Candidate, EntityType
from kg.text import sentences

Pair = frozenset[str]

_AND: Final = re.compile("”?(?:、|和|与|及|以及|同)“?")
_BECAME: Final = re.compile(
    "(?:更名|改名|改称|改组|改制)(?:为|成)|(?:合并|重组|整合|基础上)[^。；]{0,16}?(?:组建|成立|设立|新设|组成)"
)
_FORMERLY: Final = re.compile("[（(](?:原名?|前身(?:为|是)?|曾用名)[：:“]?")


def told_apart(text: str, named: Sequence[Candidate]) -> frozenset[Pair]:
    """Each two names of `named`, in order, that cannot be of one body."""
    bodies = [item for item in named if item.type is EntityType.ORGANISATION]
    return frozenset(pair for pair in _pairs(text, bodies) if len(pair) == 2)


def _pairs(text: str, bodies: Sequence[Candidate]) -> Iterator[Pair]:
    for one, two in pairwise(bodies):
        if any(between.fullmatch(text, one.end, two.start) for between in (_AND, _FORMERLY)):
            yield _pair(text, one, two)
    if not _BECAME.search(text):
        return
    for sentence in sentences(text):
        verb = _BECAME.search(text, sentence.start, sentence.end)
        if verb is None:
            continue
        inside = [item for item in bodies if sentence.start <= item.start < sentence.end]
        after = next((item for item in inside if item.start >= verb.end()), None)
        if after is not None:
            yield from (_pair(text, before, after) for before in inside if before.end <= verb.start())


def _pair(text: str, one: Candidate, two: Candidate) -> Pair:
    return frozenset(key(text[item.start : item.end]) for item in (one, two))
