"""What speaks for a number being worth a target, and for an entity being the one it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.dates import DateMention, resolve
from kg.extract.quantities import Quantity, quantities
from kg.extract.reading import Name, Reading
from kg.model import EntityType, Span

SUBJECTS = (EntityType.PROGRAMME, EntityType.ORGANISATION, EntityType.PLACE, EntityType.EVENT)
_RECENT = 5
_VERBS = re.compile(
    r"达到?|增长|下降|实现|建成|建设|完成|占|投资|总投资|培育|形成|打造|累计|新增|同比|环比|提高|提升|突破|超过|签约|融资|"
    r"覆盖|服务|引进|入驻|发放|减少|降低|规模|总额|金额|营收|收入|利润|产值|增加值|比重|比例|率|出资|持股|持有|收购|"
    r"共有|拥有|设立|评选|获奖|参加|吸引|举办|举行|开工|竣工|面积|容量|产能|销量|成交|计划|目标|力争|每年|每|分别|其中|"
    r"合计|总量|总数|人口|就业|补贴|奖励|最高|不超过|期限|价格|股价|市值|涨|跌|指数|利率"
)
_AHEAD = re.compile(r"到20\d\d年|将|力争|未来|计划|目标|预计|拟|“十[四五]五”|年底前|要")
_SAYS = re.compile(r"[^，。]{0,12}(?:数据|统计|显示|表示|指出|介绍|获悉|透露|提出|明确|规定)")
_ATTEND = re.compile(
    r"[^，。；]{0,25}(?:参加|出席|参会|与会|齐聚|到场|参展|观看|报道|直播|报名|交流|共同见证)"
)
_LISTED = re.compile(r"(?:分别)?(?:[、和与及]|以及)(?:分别)?(?:为|是|达到?|超|约)?")
_OPENERS = ("", "\n", "，", "。", "；", "：", "“", "、")
_QUOTED_SOURCE = re.compile(r"(?:根据|据|按照|依据)[^，。]{0,30}$")


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity that a number may be about, with its nearest mention."""

    entity: str
    name: Name
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of the text, what speaks for it, and whom it may be about."""

    quantity: Quantity
    sentence: Span
    features: tuple[str, ...]
    subjects: tuple[Subject, ...]


class TargetReader:
    """Finds the numbers of one article and describes them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self.dates = resolve(reading.text, reading.article.date)
        self._names = [name for name in reading.names if name.type in SUBJECTS]
        self._starts = [name.start for name in self._names]
        self._counts = Counter(name.entity for name in self._names)
        self._rank = _ranks(self._names, self._counts)
        self._titled = {n.entity for n in self._names if len(n.text) > 1 and n.text in reading.article.title}
        self.quantities = [q for q in quantities(self._text) if self._free(q)]
        self._in_sentence: dict[Span, list[Quantity]] = defaultdict(list)
        for quantity in self.quantities:
            self._in_sentence[reading.sentence_at(quantity.number_at)].append(quantity)
        self._heads = self._headings()
        self._make_runs()

    def stated(self) -> Iterator[Stated]:
        """Yield each number, in text order."""
        seen: set[tuple[str, str]] = set()
        for index, quantity in enumerate(self.quantities):
            sentence = self._reading.sentence_at(quantity.number_at)
            subjects = tuple(self._subjects(quantity, sentence))
            features = tuple(self._worth(quantity, sentence, index, seen))
            seen.add((quantity.value, quantity.unit))
            if subjects:
                yield Stated(quantity, sentence, features, subjects)

    def _headings(self) -> dict[int, frozenset[str]]:
        """Where a paragraph starts → what the last heading before it names."""
        heads: dict[int, frozenset[str]] = {}
        current: frozenset[str] = frozenset()
        for paragraph in self._reading.paragraphs:
            line = self._text[paragraph.start : paragraph.end]
            if 1 < len(line) < 40 and line[-1] not in "。！？；，":
                current = frozenset(n.entity for n in self._names_between(paragraph.start, paragraph.end))
            heads[paragraph.start - 1] = current
        return heads

    def _free(self, quantity: Quantity) -> bool:
        """Whether a quantity is no part of a name or a date."""
        at = quantity.number_at
        index = bisect_left(self._reading.names, at, key=lambda n: n.start + 1) - 1
        if index >= 0 and self._reading.names[index].end > at:
            return False
        where = bisect_left(self.dates, at, key=lambda d: d.start + 1) - 1
        return where < 0 or self.dates[where].end <= at

    def _worth(self, q: Quantity, sentence: Span, index: int, seen: set[tuple[str, str]]) -> Iterator[str]:
        text = self._text
        before, after = text[max(sentence.start, q.start - 40) : q.start], text[q.end : q.end + 12]
        clause = re.split(r"[，；：]", before)[-1]
        mates = self._in_sentence[sentence]
        whole = q.value.split(".")[0].lstrip("-")
        yield f"kind={q.kind}"
        yield f"unit={q.unit}"
        yield f"digits={min(len(whole), 6)}.{int('.' in q.value)}"
        yield f"value={q.value}" if len(whole) < 2 else "value=long"
        yield f"words={int(not text[q.number_at].isdigit())}"
        yield f"small={int(not text[q.number_at].isdigit())}.{min(len(whole), 3)}.{q.kind}"
        yield f"compare={q.comparison}"
        yield f"left={clause[-2:]}"
        yield f"left1={clause[-1:]}.{q.kind}"
        yield f"right={after[:2]}"
        yield f"right1={after[:1]}.{q.kind}"
        yield from (f"verb={verb}" for verb in dict.fromkeys(_VERBS.findall(clause)))
        yield f"noverb={int(not _VERBS.search(clause))}"
        yield f"ahead={int(bool(_AHEAD.search(before)))}"
        yield f"repeat={int((q.value, q.unit) in seen)}"
        yield f"title={int(q.value in self._reading.article.title)}"
        yield f"place={min(9, 10 * q.start // max(1, len(text)))}"
        yield f"index={min(index, 20) // 3}"
        yield f"many={min(len(self.quantities), 60) // 6}"
        yield f"late={min(index, 60) // 6}.{min(len(self.quantities), 60) // 12}"
        yield f"mates={min(len(mates), 6)}"
        yield f"first={int(mates[0] == q)}"
        yield f"bracket={int(_open(text, sentence.start, q.start, '（）'))}"
        yield f"quoted={int(_open(text, sentence.start, q.start, '“”'))}"
        kinds = {n.type for n in self._names_between(sentence.start, q.start)}
        yield from (f"has={kind}" for kind in sorted(kinds))
        yield f"none={int(not kinds)}"

    def _names_between(self, start: int, end: int) -> list[Name]:
        return self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _subjects(self, q: Quantity, sentence: Span) -> Iterator[Subject]:
        nearest: dict[str, Name] = {}
        first_after = bisect_left(self._starts, q.start)
        for name in self._names[first_after:]:
            if name.start >= sentence.end:
                break
            nearest.setdefault(name.entity, name)
        behind = dict(nearest)
        order: list[str] = []
        taken: Counter[EntityType] = Counter()
        nearest = {}
        for name in reversed(self._names[:first_after]):
            if name.entity in nearest:
                continue
            common = self._rank[name.entity] < 2 or name.entity in self._titled
            if name.start >= sentence.start or taken[name.type] < _RECENT or common:
                nearest[name.entity] = name
                order.append(name.entity)
                taken[name.type] += 1
        for entity, name in behind.items():
            if entity not in nearest:
                nearest[entity] = name
                order.append(entity)
        by_type: Counter[EntityType] = Counter()
        inside = {n.type for n in self._names_between(sentence.start, q.start)}
        for rank, entity in enumerate(order):
            name = nearest[entity]
            features = tuple(self._about(q, sentence, name, rank, by_type[name.type], inside))
            by_type[name.type] += 1
            yield Subject(entity, name, features)

    def _about(
        self, q: Quantity, sentence: Span, name: Name, rank: int, of_type: int, inside: set[EntityType]
    ) -> Iterator[str]:
        text, kind = self._text, str(name.type)
        where = self._where(q, sentence, name)
        between = text[name.end : q.start] if name.end <= q.start else text[q.end : name.start]
        short = between[:60]
        subtype = self._reading.entities[name.entity].subtype or "-"
        yield f"type={kind}"
        yield f"sub={kind}.{subtype}"
        yield f"where={where}"
        yield f"where={kind}.{where}"
        yield f"unit={kind}.{q.kind}"
        yield f"unit={kind}.{q.unit.lstrip('万亿')}"
        yield f"rank={min(rank, 5)}"
        yield f"rank={kind}.{min(rank, 5)}"
        yield f"oftype={kind}.{min(of_type, 3)}"
        yield f"common={kind}.{min(self._rank[name.entity], 3)}"
        yield f"count={kind}.{min(self._counts[name.entity], 8) // 2}"
        yield f"titled={kind}.{int(name.entity in self._titled)}"
        yield f"titled={where}.{int(name.entity in self._titled)}"
        yield f"far={min(len(between), 160) // 10}"
        yield f"gap={kind}.{short[:1]}"
        yield f"gap={where}.{short[:1]}"
        yield f"gap2={short[:2]}"
        yield f"left={kind}.{text[name.start - 1 : name.start]}"
        yield f"left={where}.{text[name.start - 1 : name.start]}"
        yield f"source={kind}.{int(bool(_QUOTED_SOURCE.search(text[max(0, name.start - 30) : name.start])))}"
        yield f"data={int(bool(_SAYS.match(text[name.end : name.end + 14])))}.{kind}"
        names = self._reading.names_in(sentence)
        yield f"lead={kind}.{int(bool(names) and names[0] == name)}"
        yield f"opens={kind}.{int(text[name.start - 1 : name.start] in _OPENERS)}.{where}"
        yield f"paragraph={kind}.{int(text[name.start - 1 : name.start] in ('', chr(10)))}"
        yield from (f"with={kind}.{other}.{where}" for other in sorted(inside) if other is not name.type)
        yield f"alone={kind}.{int(not inside)}.{where}"
        yield f"nation={int(name.text in ('中国', '我国', '全国'))}.{where}"
        yield f"stops={kind}.{min(between.count('，') + between.count('；') + 3 * between.count('。'), 6)}"
        yield f"mine={kind}.{int('本' in short or '该' in short)}"
        yield f"length={kind}.{min(len(name.text), 12) // 3}"
        yield f"bracketed={int(self._bracketed(name, q))}"
        heading = self._heads.get(self._text.rfind("\n", 0, q.start), frozenset())
        yield f"heading={kind}.{int(name.entity in heading)}"
        attended = bool(_ATTEND.match(text[q.end : q.end + 40])) and q.unit in "人位名户家余个国"
        yield f"attend={kind}.{int(attended)}.{where}"
        anchor = self._chain.get(q.start, q)
        yield f"chain={kind}.{self._where(anchor, self._reading.sentence_at(anchor.number_at), name)}"
        yield f"chained={where}.{int(name.start > anchor.start)}"
        yield f"aligned={self._aligned(q, sentence, name)}"

    def _bracketed(self, name: Name, q: Quantity) -> bool:
        """Whether the name stands in brackets that close before the number."""
        between = self._text[name.end : q.start] if name.end <= q.start else ""
        return between.count("）") > between.count("（")

    def _aligned(self, q: Quantity, sentence: Span, name: Name) -> str:
        """甲、乙分别为3%、5%: whether the name and the number stand at the same place of two lists."""
        runs = self._runs.get(q.start)
        if runs is None or name.start < sentence.start or name.end > q.start:
            return "-"
        place, size, head = runs
        names = [n for n in self._names_between(sentence.start, head) if n.type is name.type]
        run = [names[-1]] if names else []
        for previous in reversed(names[:-1]):
            if not _LISTED.fullmatch(self._text[previous.end : run[-1].start]):
                break
            run.append(previous)
        run.reverse()
        if len(run) != size or len(run) < 2:
            return "unlike"
        return "same" if name in run and run.index(name) == place else "other"

    def _make_runs(self) -> None:
        """Note which numbers form a list, and where a chain of numbers without names begins."""
        self._chain: dict[int, Quantity] = {}
        self._runs: dict[int, tuple[int, int, int]] = {}
        text = self._text
        run: list[Quantity] = []
        head: Quantity | None = None
        for previous, q in zip([None, *self.quantities], self.quantities, strict=False):
            gap = text[previous.end : q.start] if previous is not None else "。\n"
            named = previous is None or bool(self._names_between(previous.end, q.start))
            head = q if named or "\n" in gap or head is None else head
            self._chain[q.start] = head
            if run and not _LISTED.fullmatch(re.sub(r"[（(][^）)]*[）)]", "", gap)):
                self._note_run(run)
                run = []
            run.append(q)
        self._note_run(run)

    def _note_run(self, run: list[Quantity]) -> None:
        for place, q in enumerate(run if len(run) > 1 else ()):
            self._runs[q.start] = (place, len(run), run[0].start)

    def _where(self, q: Quantity, sentence: Span, name: Name) -> str:
        text = self._text
        if name.start > q.start:
            return "after" if re.search(r"[，；]", text[q.end : name.start]) else "next"
        if name.start >= sentence.start:
            return "sentence" if re.search(r"[，；：]", text[name.end : q.start]) else "clause"
        if "\n" not in text[name.end : q.start]:
            return "paragraph"
        return "earlier" if text.count("\n", name.end, q.start) > 1 else "above"


def _open(text: str, start: int, end: int, marks: str) -> bool:
    """Whether a pair of `marks` is open at `end`."""
    return text.count(marks[0], start, end) > text.count(marks[1], start, end)


def _ranks(names: list[Name], counts: Counter[str]) -> dict[str, int]:
    """How common each entity is among those of its type; 0 is the most common."""
    ranks: dict[str, int] = {}
    by_type: dict[EntityType, list[str]] = defaultdict(list)
    for name in names:
        if name.entity not in ranks:
            ranks[name.entity] = 0
            by_type[name.type].append(name.entity)
    for entities in by_type.values():
        ordered = sorted(entities, key=lambda e: -counts[e])
        ranks.update({entity: rank for rank, entity in enumerate(ordered)})
    return ranks


def near_date(dates: list[DateMention], quantity: Quantity, sentence: Span) -> DateMention | None:
    """The date that a number holds for: the last one before it in its sentence."""
    before = [
        d for d in dates if sentence.start <= d.start and d.end <= quantity.start and d.value is not None
    ]
    return before[-1] if before else None
