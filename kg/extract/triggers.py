"""Words that signal a relation, and where they stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import LexiconError
from kg.lexicon import lexicon_folder, read_rows
from kg.vocabulary import PROPERTIES

KINDS = ("clear", "weak", "speech", "say")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A signal word at a place of the text."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Triggers:
    """The signal words of every property, found in one pass."""

    kinds: Mapping[str, Mapping[str, str]]
    """Word → property → kind."""
    pattern: re.Pattern[str]

    def find(self, text: str, offset: int = 0) -> list[Trigger]:
        """Every signal word of `text`, in order; the longest word wins."""
        return [Trigger(offset + m.start(), offset + m.end(), m[0]) for m in self.pattern.finditer(text)]


@cache
def triggers() -> Triggers:
    """The signal words of `ontology/lexicon/triggers.tsv`."""
    kinds: dict[str, dict[str, str]] = {}
    for row in read_rows(lexicon_folder() / "triggers.tsv", ("property", "kind", "word")):
        prop, kind, word = row["property"], row["kind"], row["word"]
        if prop not in PROPERTIES or kind not in KINDS:
            raise LexiconError(
                f"{row.where}: '{prop}', '{kind}': give a property and one of {', '.join(KINDS)}"
            )
        if prop in kinds.setdefault(word, {}):
            raise LexiconError(f"{row.where}: '{word}' already signals {prop}; keep one row")
        kinds[word][prop] = kind
    longest_first = sorted(kinds, key=lambda word: (-len(word), word))
    return Triggers(kinds, re.compile("|".join(map(re.escape, longest_first))))


@cache
def words_of(prop: str, kind: str) -> tuple[str, ...]:
    """The words of one kind for `prop`, longest first."""
    words = [word for word, props in triggers().kinds.items() if props.get(prop) == kind]
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
