"""A graph as the rows of the page's data island: arrays, not objects, each sentence once."""

from __future__ import annotations

import bisect
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from kg.conflicts import conflicts
from kg.export.page_layout import Drawing, draw
from kg.export.page_search import fold_table, readings
from kg.ids import fact_id
from kg.model import Article, Entity, EntityType, Fact, Graph, Mention
from kg.text import sentences
from kg.vocabulary import PREFIX, PROPERTIES, SUBTYPES
from kg.witnesses import independent, speakers

TYPES = tuple(EntityType)
SUBTYPE_NAMES = tuple(name for kinds in SUBTYPES.values() for name in kinds)
SEEN_PERSON, SEEN_OTHER = 12, 4
"""How many sentences that mention it an entity brings; people are looked up for what they said."""

OFTEN = 40

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")

Row = list[object]
SentenceKey = tuple[int, int, int]


@dataclass(slots=True)
class PageData:
    """What the browser needs, row by row; `chunks` may be read once only."""

    graph: Graph
    drawing: Drawing
    weights: list[float]
    article_number: dict[str, int]
    entity_number: dict[str, int]
    facts: list[Fact]
    _sentences: dict[SentenceKey, int] = field(default_factory=dict)
    _texts: dict[SentenceKey, str] = field(default_factory=dict)
    _often: dict[str, dict[str, list[Mention]]] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: Graph, limit: int) -> PageData:
        """The rows of `graph`, with at most `limit` entities in the first view."""
        number = {entity.id: n for n, entity in enumerate(graph.entities)}
        facts = [f for f in graph.facts if f.subject in number and (f.object is None or f.object in number)]
        weights = [0.5 * len(entity.articles) for entity in graph.entities]
        pairs = set()
        for fact in facts:
            a = number[fact.subject]
            weights[a] += 1
            if fact.object is not None and (b := number[fact.object]) != a:
                weights[b] += 1
                pairs.add((min(a, b), max(a, b)))
        widths = [min(len(entity.name), 10) * 13 + 18 for entity in graph.entities]
        return cls(
            graph=graph,
            drawing=draw(weights, sorted(pairs), widths, limit),
            weights=weights,
            article_number={article.id: n for n, article in enumerate(graph.articles)},
            entity_number=number,
            facts=facts,
        )

    def chunks(self, meta: dict[str, object]) -> Iterator[str]:
        """The island as JSON, `<` escaped, in pieces of a row each."""
        names = [entity.names for entity in self.graph.entities]
        fold = fold_table(name for group in names for name in group)
        usual, special = readings(names, fold)
        digest = hashlib.sha256()
        yield "{" + f'"meta":{_json(meta)},"fold":{_json(fold)},"usual":{_json(usual)},'
        yield f'"special":{_json(special)},"types":{_json(TYPES)},"subtypes":{_json(SUBTYPE_NAMES)},'
        yield f'"prefixes":{_json([PREFIX[t] for t in TYPES])},"relations":{_json(PROPERTIES)},'
        for key, rows in (
            ("articles", self._articles()),
            ("nodes", self._nodes()),
            ("facts", self._facts()),
            ("conflicts", self._conflicts()),
            ("series", self._series()),
            ("changes", self._changes()),
            ("sentences", self._sentence_rows()),
        ):
            yield f'"{key}":['
            for count, row in enumerate(rows):
                text = _json(row)
                digest.update(text.encode("utf-8", "backslashreplace"))
                yield f",\n{text}" if count else text
            yield "],\n"
        yield f'"digest":"{digest.hexdigest()[:12]}"' + "}"

    def _articles(self) -> Iterator[Row]:
        for a in self.graph.articles:
            row: Row = [a.id, a.title, a.date or 0, a.publisher or 0, _link(a) or 0]
            yield [*row, list(a.authors), len(a.sources), self.article_number.get(a.voice or "", -1)]

    def _nodes(self) -> Iterator[Row]:
        at = self.drawing
        spans = [[(s.start, s.end) for s in sentences(a.text)] for a in self.graph.articles]
        for n, entity in enumerate(self.graph.entities):
            kind = TYPES.index(entity.type)
            plain = f"{PREFIX[entity.type]}-{entity.name}"
            yield [
                entity.name,
                0 if entity.id == plain else entity.id,
                kind,
                SUBTYPE_NAMES.index(entity.subtype) if entity.subtype in SUBTYPE_NAMES else -1,
                at.x[n],
                at.y[n],
                at.community[n],
                round(self.weights[n] * 10),
                [alias.name for alias in entity.aliases],
                [self.article_number[a] for a in entity.articles if a in self.article_number],
                len(entity.mentions),
                self._seen(entity, spans),
                int(entity.implied),
            ]

    def _seen(self, entity: Entity, spans: list[list[tuple[int, int]]]) -> list[int]:
        """Flat: sentence, start, end of the first mentions, at most one from each sentence."""
        room = SEEN_PERSON if entity.type is EntityType.PERSON else SEEN_OTHER
        flat: list[int] = []
        taken: set[int] = set()
        for mention in _by_turns(entity.mentions):
            article = self.article_number.get(mention.article)
            if article is None or not spans[article]:
                continue
            place = bisect.bisect_right(spans[article], (mention.start, 1 << 60)) - 1
            start, end = spans[article][max(place, 0)]
            if not start <= mention.start < mention.end <= end:
                continue
            text = self.graph.articles[article].text[start:end]
            number = self._sentence((article, start, end), text)
            if number not in taken:
                taken.add(number)
                flat += [number, _utf16(text, mention.start - start), _utf16(text, mention.end - start)]
            if len(taken) == room:
                break
        return flat

    def _facts(self) -> Iterator[Row]:
        dates = event_dates(self.facts)
        issued = {a.id: a.date for a in self.graph.articles}
        speaker = speakers(self.graph.articles)
        for fact in self.facts:
            when, basis = fact_time(fact, dates, issued)
            yield [
                self.entity_number[fact.subject],
                PROPERTIES.index(fact.property) if fact.property in PROPERTIES else -1,
                -1 if fact.object is None else self.entity_number[fact.object],
                fact.value or 0,
                dict(sorted(fact.qualifiers.items())) or 0,
                round(fact.confidence * 100),
                when or 0,
                basis,
                [self._evidence(fact, n) for n in range(len(fact.evidence))],
                independent(fact.evidence, speaker),
            ]

    def _conflicts(self) -> Iterator[Row]:
        """What contradicts itself: its kind, whose it is, what it is about, and the facts at odds."""
        number = {fact_id(fact): n for n, fact in enumerate(self.facts)}
        for found in conflicts(self.graph):
            facts = [number[key] for key in map(fact_id, found.facts) if key in number]
            if len(facts) > 1:
                yield [found.kind, self.entity_number[found.about], found.what, facts]

    def _evidence(self, fact: Fact, which: int) -> list[int]:
        """Flat: the sentence, then kind, start, end of each mark (0 subject, 1 object, 2 wording)."""
        evidence = fact.evidence[which]
        article = self.article_number.get(evidence.article, -1)
        marks: list[tuple[int, int, int]] = []
        for kind, end_id in ((0, fact.subject), (1, fact.object)):
            if end_id is None:
                continue
            entity = self.graph.entities[self.entity_number[end_id]]
            inside = [
                (m.start - evidence.start, m.end - evidence.start, kind)
                for m in self._mentions(entity, evidence.article)
                if evidence.start <= m.start and m.end <= evidence.end
            ]
            marks += inside or _found(evidence.text, entity.names, kind)
        words = [v for k, v in fact.qualifiers.items() if k in ("role", "indicator", "stated")]
        value = fact.qualifiers.get("value")
        if value and not fact.qualifiers.get("stated"):
            words.append(value + fact.qualifiers.get("unit", ""))
        for word in words:
            marks += _found(evidence.text, (word,), 2)
        flat = [self._sentence((article, evidence.start, evidence.end), evidence.text)]
        for start, end, kind in _apart(marks):
            flat += [kind, _utf16(evidence.text, start), _utf16(evidence.text, end)]
        return flat

    def _mentions(self, entity: Entity, article: str) -> Iterable[Mention]:
        """Those in `article`; only what is mentioned often is worth an index."""
        if len(entity.mentions) < OFTEN:
            return [m for m in entity.mentions if m.article == article]
        if entity.id not in self._often:
            self._often[entity.id] = _by_article(entity.mentions)
        return self._often[entity.id].get(article, ())

    def _sentence(self, key: SentenceKey, text: str) -> int:
        if key not in self._sentences:
            self._sentences[key] = len(self._sentences)
            self._texts[key] = text
        return self._sentences[key]

    def _series(self) -> Iterator[Row]:
        for series in self.graph.series:
            members = [self.entity_number[m] for m in series.members if m in self.entity_number]
            if len(members) > 1:
                yield [series.name, members]

    def _changes(self) -> Iterator[Row]:
        for change in self.graph.changes:
            before, after = (
                [self.entity_number[m] for m in side if m in self.entity_number]
                for side in (change.before, change.after)
            )
            if not before or not after:
                continue
            quoted = [
                [self._sentence((self.article_number.get(e.article, -1), e.start, e.end), e.text)]
                for e in change.evidence
            ]
            yield [change.kind, before, after, change.date or 0, quoted]

    def _sentence_rows(self) -> Iterator[Row]:
        for key, text in self._texts.items():
            yield [key[0], text]


def event_dates(facts: Iterable[Fact]) -> dict[str, str]:
    """When each event or programme takes place, by its earliest `date` fact."""
    dates: dict[str, str] = {}
    for fact in facts:
        if fact.property == "date" and fact.value:
            dates[fact.subject] = min(fact.value, dates.get(fact.subject, fact.value))
    return dates


def fact_time(fact: Fact, dates: dict[str, str], issued: dict[str, str | None]) -> tuple[str | None, int]:
    """When `fact` holds and how we know: 0 it says so, 1 its event's date, 2 the day of the report."""
    for key in ("start", "startEarliest", "startLatest", "end", "endEarliest", "endLatest"):
        if _DATE.fullmatch(fact.qualifiers.get(key, "")):
            return fact.qualifiers[key], 0
    if fact.property == "date" and fact.value:
        return fact.value, 0
    for end in (fact.object, fact.subject):
        if end in dates:
            return dates[end], 1
    reported = sorted(d for e in fact.evidence if (d := issued.get(e.article)))
    return (reported[0], 2) if reported else (None, 2)


def _by_turns(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """One mention from each article in turn, so that no article crowds out the others."""
    queues = [list(group) for _, group in groupby(mentions, key=lambda m: m.article)]
    for turn in range(max(map(len, queues), default=0)):
        for queue in queues:
            if turn < len(queue):
                yield queue[turn]


def _by_article(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(mention.article, []).append(mention)
    return found


def _found(text: str, names: Iterable[str], kind: int) -> list[tuple[int, int, int]]:
    for name in sorted(names, key=lambda n: (-len(n), n)):
        at = text.find(name) if name else -1
        if at >= 0:
            return [(at, at + len(name), kind)]
    return []


def _apart(marks: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    last = 0
    for start, end, kind in sorted(set(marks), key=lambda m: (m[0], m[2], -m[1])):
        if start >= last:
            yield start, end, kind
            last = end


def _utf16(text: str, offset: int) -> int:
    """Browsers count UTF-16 units, we count code points."""
    return offset + sum(char > "\uffff" for char in text[:offset])


def _link(article: Article) -> str | None:
    """The article's address, if a browser may follow it."""
    for address in (article.url, *article.sources):
        if address and address.startswith(("https://", "http://")):
            return address
    return None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
