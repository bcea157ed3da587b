"""What a person should look at: doubtful facts, joinings and partings, as questions of yes or no.

The weight of a question is how much an answer is likely to change: the chance that the graph is
wrong, times how many statements hang on it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log2

from kg.chinese.naming import named
from kg.conflicts import conflicts
from kg.corrections.draft import Draft
from kg.ids import IDENTIFYING, fact_id, name_key
from kg.model import Article, Correction, Entity, EntityType, Evidence, Fact, Graph, Mention
from kg.resolve import Doubt
from kg.statements import Speaker
from kg.text import sentences

_WRONG_JOINT = 0.15
"""How often an alias that only a rule or its place in the text joins to a name is another thing's."""
_SURE = ("introduced", "lexicon", "corrected")
"""Ways in which an alias is known that leave no question."""
_NAMESAKES_ONE = 0.3
"""How often two people of one name that were kept apart are one; other things mostly differ by date."""
_IN_CONFLICT = 0.5
"""Of two statements that contradict each other, one at least is wrong."""
_SHOWN = 3
"""Sentences shown with a question."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence, its article, and the words in it that the question is about."""

    text: str
    article: str
    marked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Something to decide, what to look at, and the corrections that either answer is."""

    kind: str
    """`fact`: is it right; `merge`: are two names of one entity one; `split`: are two entities one."""
    text: str
    shown: tuple[Shown, ...]
    weight: float
    yes: tuple[Correction, ...]
    no: tuple[Correction, ...]


def questions(graph: Graph, doubts: Iterable[Doubt] = ()) -> list[Question]:
    """Everything doubtful in `graph`, what would change most first; `doubts` come from the joining."""
    asker = _Asker(graph)
    found: dict[tuple[str, str], Question] = {}
    for question in (*asker.doubted(doubts), *asker.merges(), *asker.namesakes(), *asker.facts()):
        found.setdefault((question.kind, question.text), question)
    return sorted(found.values(), key=lambda q: (-q.weight, q.kind, q.text))


class _Asker:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.draft = Draft(graph)
        self.speaker = Speaker(graph)
        self.articles = {article.id: article for article in graph.articles}
        self.degree = Counter(end for fact in graph.facts for end in (fact.subject, fact.object) if end)
        self._quoted: dict[str, list[Evidence]] = defaultdict(list)
        for fact in graph.facts:
            for evidence in fact.evidence:
                self._quoted[evidence.article].append(evidence)

    # -- facts -------------------------------------------------------------------------

    def facts(self) -> Iterator[Question]:
        """Yield each fact that is not certain."""
        at_odds = {fact_id(fact) for conflict in conflicts(self.graph) for fact in conflict.facts}
        for fact in self.graph.facts:
            doubt = 1 - fact.confidence
            if doubt > 0 and fact_id(fact) in at_odds:
                doubt = max(doubt, _IN_CONFLICT)
            if doubt > 0:
                yield self._fact(fact, doubt)

    def _fact(self, fact: Fact, doubt: float) -> Question:
        ends = [fact.subject, *([fact.object] if fact.object else [])]
        names = [
            name for end in ends if end in self.draft.entities for name in self.draft.entities[end].names
        ]
        words = [*names, *(v for k, v in fact.qualifiers.items() if k in ("role", "stated", "indicator"))]
        return Question(
            kind="fact",
            text=self.speaker.fact(fact),
            shown=tuple(Shown(e.text, e.article, _in(e.text, words)) for e in fact.evidence[:_SHOWN]),
            weight=doubt * log2(2 + sum(self.degree[end] for end in ends)),
            yes=(self._about(fact, "confirm", fact.evidence[0]),),
            no=tuple(dict.fromkeys(self._about(fact, "drop-fact", evidence) for evidence in fact.evidence)),
        )

    def _about(self, fact: Fact, kind: str, evidence: Evidence) -> Correction:
        return Correction(
            kind=kind,
            subject=self.draft.reference(fact.subject),
            property=fact.property,
            object=self.draft.reference(fact.object) if fact.object else fact.value or "",
            qualifiers={key: fact.qualifiers[key] for key in IDENTIFYING if key in fact.qualifiers},
            article=evidence.article,
            quote=evidence.text,
        )

    # -- joinings ----------------------------------------------------------------------

    def merges(self) -> Iterator[Question]:
        """Yield each alias that came from another article than the name, and that nobody introduced."""
        for entity in self.graph.entities:
            by_name: dict[str, list[Mention]] = defaultdict(list)
            for mention in entity.mentions:
                by_name[name_key(mention.text)].append(mention)
            home = {m.article for m in by_name.get(name_key(entity.name), ())}
            for alias in entity.aliases:
                places = [m for m in by_name.get(name_key(alias.name), ()) if m.article not in home]
                if home and places and alias.how not in _SURE and not _one_by_grammar(entity, alias.name):
                    yield self._merge(entity, alias.name, places, _WRONG_JOINT)

    def _merge(self, entity: Entity, alias: str, places: list[Mention], wrong: float) -> Question:
        first = [m for m in entity.mentions if name_key(m.text) == name_key(entity.name)]
        named = self.speaker.name(entity.id)
        pair = (self.draft.reference(entity.id), alias)
        return Question(
            kind="merge",
            text=f"{named} = {alias}",
            shown=self._places([*first[:1], *places[: _SHOWN - 1]]),
            weight=wrong * log2(2 + self.degree[entity.id]) * log2(1 + len(places)),
            yes=(Correction("same", pair[0], object=pair[1]),),
            no=(Correction("different", pair[0], object=pair[1]),),
        )

    # -- partings ----------------------------------------------------------------------

    def namesakes(self) -> Iterator[Question]:
        """Yield each pair of things of one kind and name that are kept apart."""
        by_name: dict[tuple[EntityType, str], list[Entity]] = defaultdict(list)
        for entity in self.graph.entities:
            by_name[entity.type, name_key(entity.name)].append(entity)
        for (kind, _), group in by_name.items():
            same = _NAMESAKES_ONE if kind is EntityType.PERSON else _NAMESAKES_ONE / 3
            for number, one in enumerate(group):
                for two in group[number + 1 :]:
                    yield self._split(one, two, same)

    def _split(self, one: Entity, two: Entity, same: float) -> Question:
        if (len(two.name), self.degree[two.id]) > (len(one.name), self.degree[one.id]):
            one, two = two, one
        moved = min(self.degree[one.id], self.degree[two.id])
        pair = (self.draft.reference(one.id), self.draft.reference(two.id))
        return Question(
            kind="split",
            text=f"{self.speaker.name(one.id)} = {self.speaker.name(two.id)}",
            shown=self._places([*one.mentions[:1], *two.mentions[:1]]),
            weight=min(same, 0.5) * log2(2 + self.degree[one.id] + self.degree[two.id]) * log2(2 + moved),
            yes=(Correction("same", pair[0], object=pair[1]),),
            no=(Correction("different", pair[0], object=pair[1]),),
        )

    def doubted(self, doubts: Iterable[Doubt]) -> Iterator[Question]:
        """Yield what the joining itself was not sure of."""
        for doubt in doubts:
            known = self.draft.entities
            if not doubt.joined and doubt.one in known and doubt.two in known:
                yield self._split(known[doubt.one], known[doubt.two], doubt.score)
            for id_ in self.draft.search(doubt.one) if doubt.joined else ():
                entity, key = known[id_], name_key(doubt.two)
                places = [m for m in entity.mentions if name_key(m.text) == key]
                if places and key != name_key(entity.name):
                    yield self._merge(entity, doubt.two, places, 1 - doubt.score)

    # -- what is shown -----------------------------------------------------------------

    def _places(self, mentions: Iterable[Mention]) -> tuple[Shown, ...]:
        found = ((m, self._sentence(m)) for m in mentions)
        return tuple(Shown(text, m.article, (m.text,)) for m, text in found if text)

    def _sentence(self, mention: Mention) -> str | None:
        """The sentence that a mention stands in; of a graph without texts, one that it quotes."""
        article: Article | None = self.articles.get(mention.article)
        if article is not None and article.text:
            for span in sentences(article.text):
                if span.start <= mention.start < span.end:
                    return article.text[span.start : span.end]
        around = (e for e in self._quoted[mention.article] if e.start <= mention.start < e.end)
        return next((e.text for e in around), None)


def _one_by_grammar(entity: Entity, alias: str) -> bool:
    """Whether the names alone say that they are one: 上海 and 上海市, 发改委 and its full name."""
    one, two = named(entity.type, entity.name), named(entity.type, alias)
    return one.key == two.key and two.level != "open"


def _in(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Those of `words` that stand in `text`, the longest first, none inside another."""
    found: list[str] = []
    for word in sorted({w for w in words if w and w in text}, key=lambda w: (-len(w), w)):
        if not any(word in longer for longer in found):
            found.append(word)
    return tuple(found)
