"""The numbers of an article, and what speaks for each being worth a target."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.chinese.dates import DateMention, resolve
from kg.extract.quantities import Quantity, quantities
from kg.extract.reading import Reading
from kg.extract.target_subjects import Subject, Subjects
from kg.model import Span

_VERBS = re.compile(
    r"达到?|增长|下降|实现|建成|建设|完成|占|投资|总投资|培育|形成|打造|累计|新增|同比|环比|提高|提升|突破|超过|签约|融资|"
    r"覆盖|服务|引进|入驻|发放|减少|降低|规模|总额|金额|营收|收入|利润|产值|增加值|比重|比例|率|出资|持股|持有|收购|"
    r"共有|拥有|设立|评选|获奖|参加|吸引|举办|举行|开工|竣工|面积|容量|产能|销量|成交|计划|目标|力争|每年|每|分别|其中|"
    r"合计|总量|总数|人口|就业|补贴|奖励|最高|不超过|期限|价格|股价|市值|涨|跌|指数|利率"
)
_AHEAD = re.compile(r"到20\d\d年|将|力争|未来|计划|目标|预计|拟|“十[四五]五”|年底前|要")


@dataclass(frozen=True, slots=True)
class Stated:
    """A number of the text, what speaks for it, and whom it may be about."""

    quantity: Quantity
    sentence: Span
    features: tuple[str, ...]
    subjects: tuple[Subject, ...]
    chain: int
    """Where the chain of numbers begins that this one goes on: no name and no paragraph's end between."""


class TargetReader:
    """Finds the numbers of one article and describes them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._text = reading.text
        self.dates = resolve(reading.text, reading.article.date)
        self._quantities = [q for q in quantities(self._text) if self._free(q)]
        self._subjects = Subjects(reading, self._quantities)
        self._mates: dict[Span, list[Quantity]] = defaultdict(list)
        for quantity in self._quantities:
            self._mates[reading.sentence_at(quantity.number_at)].append(quantity)

    def stated(self) -> Iterator[Stated]:
        """Yield each number that has somebody it may be about, in text order."""
        seen: set[tuple[str, str]] = set()
        for index, quantity in enumerate(self._quantities):
            sentence = self._reading.sentence_at(quantity.number_at)
            subjects = tuple(self._subjects.of(quantity, sentence))
            repeated = (quantity.value, quantity.unit) in seen
            seen.add((quantity.value, quantity.unit))
            if subjects:
                features = (
                    *self._looks(quantity),
                    *self._wording(quantity, sentence),
                    *self._standing(quantity, sentence, index),
                    f"repeat={int(repeated)}",
                )
                chain = self._subjects.chain(quantity)
                yield Stated(quantity, sentence, features, subjects, chain)

    def _free(self, quantity: Quantity) -> bool:
        """Whether a quantity is no part of a name or a date."""
        at = quantity.number_at
        names = self._reading.names
        index = bisect_left(names, at, key=lambda n: n.start + 1) - 1
        if index >= 0 and names[index].end > at:
            return False
        where = bisect_left(self.dates, at, key=lambda d: d.start + 1) - 1
        return where < 0 or self.dates[where].end <= at

    def _looks(self, q: Quantity) -> Iterator[str]:
        """The number itself."""
        whole = q.value.split(".")[0].lstrip("-")
        in_words = int(not self._text[q.number_at].isdigit())
        yield f"kind={q.kind}"
        yield f"unit={q.unit}"
        yield f"digits={min(len(whole), 6)}.{int('.' in q.value)}"
        yield f"value={q.value if len(whole) < 2 else 'long'}"
        yield f"words={in_words}"
        yield f"small={in_words}.{min(len(whole), 3)}.{q.kind}"
        yield f"compare={q.comparison}"
        yield f"title={int(q.value in self._reading.article.title)}"

    def _wording(self, q: Quantity, sentence: Span) -> Iterator[str]:
        """The words around it."""
        text = self._text
        before, after = text[max(sentence.start, q.start - 40) : q.start], text[q.end : q.end + 2]
        clause = re.split(r"[，；：]", before)[-1]
        verbs = dict.fromkeys(_VERBS.findall(clause))
        yield f"left={clause[-2:]}"
        yield f"left1={clause[-1:]}.{q.kind}"
        yield f"right={after}"
        yield f"right1={after[:1]}.{q.kind}"
        yield from (f"verb={verb}" for verb in verbs)
        yield f"noverb={int(not verbs)}"
        yield f"ahead={int(bool(_AHEAD.search(before)))}"
        yield f"bracket={int(_open(text, sentence.start, q.start, '（）'))}"
        yield f"quoted={int(_open(text, sentence.start, q.start, '“”'))}"

    def _standing(self, q: Quantity, sentence: Span, index: int) -> Iterator[str]:
        """Where it stands in the article, among the other numbers and the names."""
        mates, many = self._mates[sentence], len(self._quantities)
        kinds = self._subjects.kinds(Span(sentence.start, q.start))
        yield f"place={min(9, 10 * q.start // max(1, len(self._text)))}"
        yield f"index={min(index, 20) // 3}"
        yield f"many={min(many, 60) // 6}"
        yield f"late={min(index, 60) // 6}.{min(many, 60) // 12}"
        yield f"mates={min(len(mates), 6)}"
        yield f"first={int(mates[0] == q)}"
        yield from (f"has={kind}" for kind in kinds)
        yield f"none={int(not kinds)}"


def near_date(dates: list[DateMention], quantity: Quantity, sentence: Span) -> DateMention | None:
    """The date that a number holds for: the last one before it in its sentence."""
    before = [
        d for d in dates if sentence.start <= d.start and d.end <= quantity.start and d.value is not None
    ]
    return before[-1] if before else None


def _open(text: str, start: int, end: int, marks: str) -> bool:
    """Whether a pair of `marks` is open at `end`."""
    return text.count(marks[0], start, end) > text.count(marks[1], start, end)
