"""The gold told again with other names in it, so that the context is learnt and not the name."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.lac import stretches
from kg.model import EntityType
from kg.train.names.corpora import Annotated, within

FOREIGN: Final = {
    "name": EntityType.PERSON,
    "NAME": EntityType.PERSON,
    "company": EntityType.ORGANISATION,
    "government": EntityType.ORGANISATION,
    "organization": EntityType.ORGANISATION,
    "ORG": EntityType.ORGANISATION,
}
"""Names of other data sets that could stand in ours."""

CHANCE: Final = 0.4
"""Of a name to be replaced."""
LIKE: Final = 2
"""A name is replaced by one that is longer or shorter by so many characters at most."""


def name_lists(items: Iterable[Annotated]) -> dict[str, list[str]]:
    """The names in `items` by type of ours, each once, in order of first appearance."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for item in items:
        for start, end, type_ in item.names:
            found[FOREIGN.get(type_, type_)][item.text[start:end]] = None
    return {type_: list(names) for type_, names in found.items()}


def variant(item: Annotated, names: Mapping[str, Sequence[str]], chance: random.Random) -> Annotated:
    """`item` with some names replaced by others of their type and of like length."""
    parts: list[str] = []
    marks: list[tuple[int, int, str]] = []
    length, last = 0, 0
    for start, end, type_ in sorted(item.names):
        name = item.text[start:end]
        if chance.random() < CHANCE:
            choice = chance.choice(names.get(type_) or [name])
            name = choice if abs(len(choice) - len(name)) <= LIKE and "。" not in choice else name
        before = item.text[last:start]
        parts += [before, name]
        length += len(before)
        marks.append((length, length + len(name), type_))
        length += len(name)
        last = end
    text = "".join([*parts, item.text[last:]])
    spans = stretches(text)
    return Annotated(item.article, text, spans, within(spans, marks), item.title)
