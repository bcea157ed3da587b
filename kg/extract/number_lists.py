"""Numbers that belong together: lists (甲、乙分别为3%、5%), chains without a new name, 3万亿元的甲."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.extract.quantities import Quantity
from kg.extract.reading import Name
from kg.model import Span

_LISTED = re.compile(r"(?:分别)?(?:[、和与及]|以及)(?:分别)?(?:为|是|达到?|超|约)?")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")


class NumberLists:
    """The numbers of one text, in lists and chains."""

    def __init__(self, text: str, quantities: list[Quantity], names: list[Name]) -> None:
        self._text = text
        self._names = names
        self._starts = [name.start for name in names]
        self._ends = [q.end for q in quantities]
        self._heads: dict[int, Quantity] = {}
        self._runs: dict[int, tuple[int, int, int]] = {}
        self._read(quantities)

    def head(self, quantity: Quantity) -> Quantity:
        """The first of the numbers that follow one another in a paragraph with no name between."""
        return self._heads.get(quantity.start, quantity)

    def in_list(self, quantity: Quantity) -> bool:
        """Whether the number stands in a list of numbers: 3%、5%和8%."""
        return quantity.start in self._runs

    def aligned(self, quantity: Quantity, sentence: Span, name: Name) -> str:
        """Whether a name and a number stand at the same place of two lists.

        `same` or `other` where a list of as many names goes before, `unlike` where none does, `-`
        for a number alone.
        """
        run = self._runs.get(quantity.start)
        if run is None or name.start < sentence.start or name.end > quantity.start:
            return "-"
        place, size, start = run
        names = [n for n in self._between(sentence.start, start) if n.type is name.type]
        listed = next((names_ for names_ in self._name_lists(names) if len(names_) == size), None)
        if listed is None:
            return "unlike"
        return "same" if name in listed and listed.index(name) == place else "other"

    def _name_lists(self, names: list[Name]) -> list[list[Name]]:
        """The lists that `names` form (甲、乙和丙), the last one first."""
        lists: list[list[Name]] = []
        for name in reversed(names):
            if lists and _LISTED.fullmatch(self._text[name.end : lists[-1][0].start]):
                lists[-1].insert(0, name)
            else:
                lists.append([name])
        return lists

    def owned(self, name: Name, quantity: Quantity) -> bool:
        """Whether the name belongs to another number: 3万亿元的深圳、2.8万亿元的广州."""
        at = name.start - 1
        index = bisect_left(self._ends, at)
        ends_there = index < len(self._ends) and self._ends[index] == at
        return self._text[at : name.start] == "的" and ends_there and at != quantity.end

    def _between(self, start: int, end: int) -> list[Name]:
        return self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _read(self, quantities: list[Quantity]) -> None:
        run: list[Quantity] = []
        head: Quantity | None = None
        for index, quantity in enumerate(quantities):
            gap = Span(quantities[index - 1].end if index else 0, quantity.start)
            words = self._text[gap.start : gap.end]
            if head is None or "\n" in words or self._between(gap.start, gap.end):
                head = quantity
            self._heads[quantity.start] = head
            if run and not _LISTED.fullmatch(_BRACKETS.sub("", words)):
                self._note(run)
                run = []
            run.append(quantity)
        self._note(run)

    def _note(self, run: list[Quantity]) -> None:
        for place, quantity in enumerate(run if len(run) > 1 else ()):
            self._runs[quantity.start] = (place, len(run), run[0].start)
