"""Whom a number may be about, and what speaks for each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.extract.number_lists import NumberLists
from kg.extract.quantities import Quantity
from kg.extract.reading import Name, Reading
from kg.model import EntityType, Span

TYPES = (EntityType.PROGRAMME, EntityType.ORGANISATION, EntityType.PLACE, EntityType.EVENT)
_RECENT = 5
"""So many entities of each type are asked, the last named first."""

_LOOKBACK = 400
"""So many mentions are looked at before a number; a longer article does not make the search longer."""

_GAP = 2000
"""What stands farther away than so many characters is far, however far."""

_SAYS = re.compile(r"[^，。；]{0,30}?(?:数据|统计|显示|表示|指出|介绍|获悉|透露|提出|明确|规定)")
_ATTEND = re.compile(
    r"[^，。；]{0,25}(?:参加|出席|参会|与会|齐聚|到场|参展|观看|报道|直播|报名|交流|共同见证)"
)
_SOURCE = re.compile(r"(?:根据|据|按照|依据)[^，。]{0,30}$")
_WHOLE = re.compile(r"[全我本](?P<level>[省市县州])(?![场民域际级面长])")
"""全市 in the clause of a number: it is the place's own."""
_LEVELS = "国省市区县州镇"
_OPENERS = ("", "\n", "，", "。", "；", "：", "“", "、")
_HEADCOUNT = "人位名户家余个国"


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity that a number may be about, with its nearest mention."""

    entity: str
    name: Name
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A number and a name beside it."""

    quantity: Quantity
    sentence: Span
    name: Name
    where: str
    between: str

    @property
    def kind(self) -> str:
        return str(self.name.type)


class Subjects:
    """The entities of one article as owners of its numbers."""

    def __init__(self, reading: Reading, quantities: list[Quantity]) -> None:
        self._reading = reading
        self._text = reading.text
        self._names = [name for name in reading.names if name.type in TYPES]
        self._starts = [name.start for name in self._names]
        self._counts = Counter(name.entity for name in self._names)
        self._rank = _ranks(self._names, self._counts)
        self._titled = {n.entity for n in self._names if len(n.text) > 1 and n.text in reading.article.title}
        self._lists = NumberLists(self._text, quantities, self._names)
        self._heads = self._headings()

    def kinds(self, span: Span) -> list[str]:
        """The types named in `span`, sorted."""
        return sorted({str(name.type) for name in self._between(span.start, span.end)})

    def chain(self, quantity: Quantity) -> int:
        """Where the chain of numbers begins that `quantity` goes on; a list of numbers is no chain."""
        head = quantity if self._lists.in_list(quantity) else self._lists.head(quantity)
        return head.start

    def of(self, quantity: Quantity, sentence: Span) -> Iterator[Subject]:
        """Yield each entity that `quantity` may be about, the last named first."""
        inside = self.kinds(Span(sentence.start, quantity.start))
        by_type: Counter[EntityType] = Counter()
        for rank, name in enumerate(self._near(quantity, sentence)):
            backward = name.end <= quantity.start
            gap = (name.end, min(quantity.start, name.end + _GAP)) if backward else (quantity.end, name.start)
            where = self._where(quantity, sentence, name)
            pair = _Pair(quantity, sentence, name, where, self._text[gap[0] : gap[1]])
            features = (
                *self._sort(pair),
                *self._nearness(pair, rank, by_type[name.type], inside),
                *self._wording(pair),
                *self._standing(pair),
            )
            by_type[name.type] += 1
            yield Subject(name.entity, name, features)

    def _near(self, q: Quantity, sentence: Span) -> list[Name]:
        """The nearest mention of each entity to be asked: those before the number, then those after."""
        first_after = bisect_left(self._starts, q.start)
        nearest: dict[str, Name] = {}
        taken: Counter[EntityType] = Counter()
        for name in reversed(self._names[max(0, first_after - _LOOKBACK) : first_after]):
            if name.entity in nearest:
                continue
            common = self._rank[name.entity] < 2 or name.entity in self._titled
            if name.start >= sentence.start or taken[name.type] < _RECENT or common:
                nearest[name.entity] = name
                taken[name.type] += 1
        for name in self._names[first_after:]:
            if name.start >= sentence.end:
                break
            nearest.setdefault(name.entity, name)
        return list(nearest.values())

    def _sort(self, pair: _Pair) -> Iterator[str]:
        """What sort of thing it is."""
        kind, name, q = pair.kind, pair.name, pair.quantity
        yield f"type={kind}"
        yield f"sub={kind}.{self._reading.entities[name.entity].subtype or '-'}"
        yield f"unit={kind}.{q.kind}"
        yield f"unit={kind}.{q.unit.lstrip('万亿')}"
        yield f"length={kind}.{min(len(name.text), 12) // 3}"
        yield f"tail={kind}.{name.text[-2:]}"
        yield f"tail1={kind}.{name.text[-1:]}.{pair.where}"
        yield f"nation={int(name.text in ('中国', '我国', '全国'))}.{pair.where}"

    def _nearness(self, pair: _Pair, rank: int, of_type: int, inside: list[str]) -> Iterator[str]:
        """How near it stands, and what else stands near."""
        kind, where, between = pair.kind, pair.where, pair.between
        yield f"where={where}"
        yield f"where={kind}.{where}"
        yield f"rank={min(rank, 5)}"
        yield f"rank={kind}.{min(rank, 5)}"
        yield f"oftype={kind}.{min(of_type, 3)}"
        yield f"far={min(len(between), 160) // 10}"
        yield f"stops={kind}.{min(between.count('，') + between.count('；') + 3 * between.count('。'), 6)}"
        yield from (f"with={kind}.{other}.{where}" for other in inside if other != kind)
        yield f"alone={kind}.{int(not inside)}.{where}"
        head = self._lists.head(pair.quantity)
        head_where = self._where(head, self._reading.sentence_at(head.number_at), pair.name)
        yield f"chain={kind}.{head_where}"
        yield f"chained={where}.{int(pair.name.start > head.start)}"
        yield f"aligned={self._lists.aligned(pair.quantity, pair.sentence, pair.name)}"
        yield f"owned={int(self._lists.owned(pair.name, pair.quantity))}"

    def _wording(self, pair: _Pair) -> Iterator[str]:
        """The words around the name and between it and the number."""
        text, name, q, kind, where = self._text, pair.name, pair.quantity, pair.kind, pair.where
        short, left = pair.between[:60], text[name.start - 1 : name.start]
        yield f"gap={kind}.{short[:1]}"
        yield f"gap={where}.{short[:1]}"
        yield f"gap2={short[:2]}"
        yield f"left={kind}.{left}"
        yield f"left={where}.{left}"
        yield f"source={kind}.{int(bool(_SOURCE.search(text[max(0, name.start - 30) : name.start])))}"
        yield f"data={int(bool(_SAYS.match(text, name.end)))}.{kind}"
        yield f"mine={kind}.{int('本' in short or '该' in short)}"
        yield f"bracketed={int(pair.between.count('）') > pair.between.count('（') and name.end <= q.start)}"
        yield f"of={int(pair.between == '的' and name.start > q.start)}"
        attended = bool(_ATTEND.match(text, q.end)) and q.unit in _HEADCOUNT
        yield f"attend={kind}.{int(attended)}.{where}"
        yield f"attended={int(attended)}"
        yield f"whole={int(kind == 'Place' and self._is_whole(pair))}"
        yield f"inbracket={int(pair.between in ('（', '(') and name.end <= q.start)}"

    def _is_whole(self, pair: _Pair) -> bool:
        """Whether the number is said of a whole place: 全市 of 宁河市, or of 宁河 when no 市 is named."""
        q = pair.quantity
        clause = re.split(r"[，；：。]", self._text[max(pair.sentence.start, q.start - 60) : q.start])[-1]
        said = _WHOLE.search(clause)
        if said is None:
            return False
        if said["level"] in self._levels[pair.name.entity]:
            return True
        return not self._levels[pair.name.entity] and not any(
            said["level"] in v for v in self._levels.values()
        )

    @cached_property
    def _levels(self) -> dict[str, set[str]]:
        """Each place → the levels that its names end with."""
        entities = self._reading.entities
        return {
            n.entity: {known[-1] for known in (n.text, *entities[n.entity].names) if known[-1] in _LEVELS}
            for n in self._names
            if n.type is EntityType.PLACE
        }

    def _standing(self, pair: _Pair) -> Iterator[str]:
        """What part it plays in its sentence, its section and the article."""
        name, kind, where = pair.name, pair.kind, pair.where
        left = self._text[name.start - 1 : name.start]
        names = self._reading.names_in(pair.sentence)
        heading = self._heads.get(self._text.rfind("\n", 0, pair.quantity.start), frozenset())
        yield f"common={kind}.{min(self._rank[name.entity], 3)}"
        yield f"count={kind}.{min(self._counts[name.entity], 8) // 2}"
        yield f"titled={kind}.{int(name.entity in self._titled)}"
        yield f"titled={where}.{int(name.entity in self._titled)}"
        yield f"lead={kind}.{int(bool(names) and names[0] == name)}"
        yield f"opens={kind}.{int(left in _OPENERS)}.{where}"
        yield f"paragraph={kind}.{int(left in ('', chr(10)))}"
        yield f"heading={kind}.{int(name.entity in heading)}"

    def _where(self, q: Quantity, sentence: Span, name: Name) -> str:
        text = self._text
        if name.start > q.start:
            return "after" if re.search(r"[，；]", text[q.end : name.start]) else "next"
        if name.start >= sentence.start:
            return "sentence" if re.search(r"[，；：]", text[name.end : q.start]) else "clause"
        lines = text.count("\n", max(name.end, q.start - _GAP), q.start)
        if lines == 0 and q.start - name.end <= _GAP:
            return "paragraph"
        return "above" if lines == 1 and q.start - name.end <= _GAP else "earlier"

    def _between(self, start: int, end: int) -> list[Name]:
        return self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _headings(self) -> dict[int, frozenset[str]]:
        """Where a paragraph starts → what the last heading before it names."""
        heads: dict[int, frozenset[str]] = {}
        current: frozenset[str] = frozenset()
        for paragraph in self._reading.paragraphs:
            line = self._text[paragraph.start : paragraph.end]
            if 1 < len(line) < 40 and line[-1] not in "。！？；，":
                current = frozenset(n.entity for n in self._between(paragraph.start, paragraph.end))
            heads[paragraph.start - 1] = current
        return heads


def _ranks(names: list[Name], counts: Counter[str]) -> dict[str, int]:
    """How common each entity is among those of its type; 0 is the most common."""
    by_type: dict[EntityType, dict[str, None]] = defaultdict(dict)
    for name in names:
        by_type[name.type].setdefault(name.entity)
    return {
        entity: rank
        for entities in by_type.values()
        for rank, entity in enumerate(sorted(entities, key=lambda e: -counts[e]))
    }
