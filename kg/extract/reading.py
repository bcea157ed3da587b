"""One article as an extractor sees it: its text, sentences, and the names found in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model import Article, Candidate, Entity, EntityType, Evidence, Span
from kg.text import sentences

_DOUBTFUL, _SURE = 0.7, 0.9
"""Names found with less confidence are right half the time; with more, nineteen times in twenty."""


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A mention with the entity it names."""

    start: int
    end: int
    text: str
    entity: str
    type: EntityType


class Reading:
    """An article, its entities and their places in the text; made once, then only read."""

    def __init__(self, article: Article, entities: Iterable[Entity], found: Iterable[Candidate] = ()) -> None:
        """`found` are the names as they were found, with how sure that was; without it all are sure."""
        self.article = article
        self.text = article.text
        self.entities: Mapping[str, Entity] = {entity.id: entity for entity in entities}
        self.names: Sequence[Name] = tuple(
            sorted(
                Name(m.start, m.end, m.text, entity.id, entity.type)
                for entity in self.entities.values()
                for m in entity.mentions
            )
        )
        self._confidences = {(c.start, c.end): c.confidence for c in found}
        self._starts = [name.start for name in self.names]
        self._sentence_starts = [span.start for span in self.sentences]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Every sentence, in order."""
        return tuple(sentences(self.text))

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Every paragraph, in order."""
        spans, start = [], 0
        for line in self.text.split("\n"):
            spans.append(Span(start, start + len(line)))
            start += len(line) + 1
        return tuple(spans)

    def doubts(self, *entities: str) -> tuple[int, int]:
        """How many of `entities` are only named with much doubt, and how many only with some."""
        best = [self._surest.get(entity, 1.0) for entity in entities]
        return sum(c < _DOUBTFUL for c in best), sum(_DOUBTFUL <= c < _SURE for c in best)

    @cached_property
    def _surest(self) -> dict[str, float]:
        """Each entity → how sure its surest name is."""
        surest: dict[str, float] = {}
        for name in self.names:
            confidence = self._confidences.get((name.start, name.end), 1.0)
            surest[name.entity] = max(confidence, surest.get(name.entity, 0.0))
        return surest

    def names_in(self, span: Span, *types: EntityType) -> list[Name]:
        """The names inside `span`, in order; only those of `types` when given."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [n for n in self.names[first:last] if n.end <= span.end and (not types or n.type in types)]

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds `position`."""
        index = max(0, bisect_right(self._sentence_starts, position) - 1)
        return self.sentences[index]

    def evidence(self, *positions: int) -> tuple[Evidence, ...]:
        """The sentences that hold `positions`, each once, in order."""
        spans = sorted({self.sentence_at(position) for position in positions})
        return tuple(Evidence(self.article.id, s.start, s.end, self.text[s.start : s.end]) for s in spans)
