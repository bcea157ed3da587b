"""Every stretch of the text that names something: candidates from all annotators, reconciled.

The tagger gives each stretch a probability. Wording that makes a name certain adds to it: marks,
the numbers and heads of events, brackets that introduce a short name. What is a name in one place
of an article is then a name wherever it stands, and goes by one type. Nothing is nested.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from types import MappingProxyType
from typing import Final

from kg.chinese.places import gazetteer
from kg.extract.bodies import bodies
from kg.extract.boundaries import mend, nominal
from kg.extract.certain import certain, implied, whole_people
from kg.extract.clues import SURNAMES
from kg.extract.events import events, split
from kg.extract.firms import firms, whole_if_joined
from kg.extract.kinds import kinds
from kg.extract.listings import edges, listed
from kg.extract.plans import five_years, is_vague, plans
from kg.extract.programmes import (
    alike,
    each_quotation,
    on_air,
    quoted,
    shares_head,
    short_names,
    titles,
    unmarked,
)
from kg.extract.tagger import Posterior, Tagger, tagger
from kg.extract.told_kind import of_its_kind, surer_where_introduced
from kg.extract.undertakings import undertakings
from kg.extract.unnamed import unnamed
from kg.lac import Word, lac, stretches
from kg.model import Article, Candidate, EntityType

LEAST: Final = MappingProxyType(
    {
        EntityType.ORGANISATION: 0.5,
        EntityType.PERSON: 0.5,
        EntityType.PROGRAMME: 0.8,
        EntityType.EVENT: 0.5,
        EntityType.PLACE: 0.55,
    }
)
"""What speaks for a stretch must add up to this: where F1 is best on articles that the model has not seen."""

LOOSE: Final = (EntityType.PROGRAMME, EntityType.EVENT)
"""Types whose edges careful readers draw differently: overlapping candidates speak for each other."""

KNOWN: Final = 0.7
"""A name this sure in one place is looked for in the rest of the article."""

SURE: Final = 0.9
"""A person less sure than this does not begin with a verb."""

_TOLD: Final = frozenset({"title", "list", "wording", "lexicon"})
"""Signs by which a programme's name is whole: nothing inside it is a name of its own."""

LAC_TYPES: Final = MappingProxyType(
    {"PER": EntityType.PERSON, "LOC": EntityType.PLACE, "ORG": EntityType.ORGANISATION}
)
LAC_VOTE: Final = 0.3

AGAIN: Final = MappingProxyType(dict.fromkeys(EntityType, 0.03) | {EntityType.PLACE: 0.5})
"""A known name is one again where the tagger gives it at least this; below, something speaks against it.

Places stand in longer names all the time: 上海 in 上海银行.
"""

_LED_LIKE_A_FIRM: Final = re.compile(
    "董事长|副董事长|总裁|副总裁|CEO|首席执行官|创始人|持股|旗下(?![有的])|股份有限公司|公告称"
)
_LANDS: Final = ("国", "省", "市")


def find_names(article: Article, model: Tagger | None = None) -> list[Candidate]:
    """The names of `article`, none overlapping another, in order."""
    encoder = lac()
    encoded = encoder.encode(article.text, stretches(article.text))
    words = [word for item in encoded for word in encoder.words(item)]
    return settle(article.text, words, (model or tagger()).read(article, encoded))


def settle(text: str, words: Sequence[Word], posterior: Posterior) -> list[Candidate]:
    """The names of `text` that the tagger, the wording and the rest of the article speak for."""
    read = list(_named(text, words, posterior.likely()))
    worded = [*events(text), *quoted(text), *plans(text, words), *five_years(text, words), *certain(text)]
    worded += [*undertakings(text, words), *firms(text, words)]
    likely = _mended(text, _longest([*read, *worded]))
    sure = [item for item in _supported(likely) if item.confidence >= LEAST[item.type]]
    found = reconcile(_outermost([*titles(text), *alike(text), *unmarked(text), *kinds(text, words), *sure]))
    found = reconcile([*found, *short_names(text, found)])
    found = reconcile(_outermost([*found, *_again(text, found, posterior)]))
    found = reconcile([*found, *listed(text, found), *edges(text, found)])
    found = reconcile([*found, *implied(text, found), *whole_people(text, found)])
    return _one_type_each(text, found, posterior, words)


def _longest(likely: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, names known to all only where no longer event may be meant."""
    events_read = [item for item in likely if item.type == EntityType.EVENT]
    longer = _Cover(item for item in events_read if item.found_by != "lexicon")
    for item in likely:
        known = item.type == EntityType.EVENT and item.found_by == "lexicon"
        if not (known and longer.holds(item)):
            yield item


def _outermost(sure: Sequence[Candidate]) -> list[Candidate]:
    """`sure` without what stands inside an event or a title that its wording gives away."""
    outer = _Cover(item for item in sure if _by_wording(item))
    return [item for item in sure if not outer.holds(item)]


def _by_wording(item: Candidate) -> bool:
    told = item.type == EntityType.PROGRAMME and item.found_by in _TOLD
    return told or (item.type == EntityType.EVENT and item.found_by == "grammar")


class _Cover:
    """Stretches of the text, asked whether another lies inside one of them."""

    def __init__(self, wholes: Iterable[Candidate]) -> None:
        ordered = sorted(wholes)
        self._starts = [item.start for item in ordered]
        self._reach = [0, *accumulate((item.end for item in ordered), max)]

    def holds(self, item: Candidate) -> bool:
        """Whether one of them is longer than `item` and covers it."""
        before, upto = bisect_left(self._starts, item.start), bisect_right(self._starts, item.start)
        return self._reach[before] >= item.end or self._reach[upto] > item.end


def reconcile(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best candidates that do not overlap: the surest first, then the longest."""
    ordered = sorted(candidates, key=lambda c: (-c.confidence, c.start - c.end, c.start, c.type))
    taken = bytearray(max((item.end for item in ordered), default=0))
    chosen: list[Candidate] = []
    for item in ordered:
        if not any(taken[item.start : item.end]):
            taken[item.start : item.end] = b"\1" * (item.end - item.start)
            chosen.append(item)
    return sorted(chosen)


def _named(text: str, words: Sequence[Word], likely: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, of programmes, events and bodies only what can be a name."""
    starts = {word.start: word for word in words}
    press = list(on_air(text))
    for item in likely:
        if any(start < item.end and item.start < end for start, end in press):
            continue
        if shares_head(text, item):
            continue
        item = of_its_kind(text, surer_where_introduced(text, item))
        if item.type in LOOSE:
            noun = nominal(text, starts, item)
            if noun and not is_vague(_without_owner(text, starts, noun)):
                yield from (split if noun.type == EntityType.EVENT else each_quotation)(text, noun)
        elif item.type == EntityType.ORGANISATION:
            yield from bodies(text, whole_if_joined(text, item))
        elif not _is_act(text, starts, item):
            yield item


def _is_act(text: str, starts: Mapping[int, Word], item: Candidate) -> bool:
    """Whether a doubtful person begins with a verb and no surname: 校长张三院士作校庆报告."""
    first = starts.get(item.start)
    doubtful = item.type == EntityType.PERSON and item.confidence < SURE
    verb = first is not None and first.tag == "v" and first.end < item.end
    return doubtful and verb and text[item.start] not in SURNAMES


def _certain_body(item: Candidate) -> bool:
    """Whether wording, alone or with the tagger, leaves no doubt of a body: 阿斯麦公布订单."""
    return item.type == EntityType.ORGANISATION and item.found_by == "grammar" and item.confidence == 1.0


def _a_land(name: str) -> bool:
    """Whether `name` is that of a country, province or city: a place, whatever it does."""
    return any(place.level in _LANDS for place in gazetteer().by_name.get(name, ()))


def _without_owner(text: str, starts: Mapping[int, Word], item: Candidate) -> str:
    """What is left of a name without the place at its beginning: 宁东重大项目 is as vague as 重大项目."""
    first = starts.get(item.start)
    return text[first.end if first and first.tag == "LOC" else item.start : item.end]


def _mended(text: str, likely: Iterable[Candidate]) -> list[Candidate]:
    """The candidates with sound edges; what several annotators say of one stretch adds up."""
    total: dict[tuple[int, int, EntityType], float] = defaultdict(float)
    source: dict[tuple[int, int, EntityType], str] = {}
    for item in likely:
        mended = mend(text, item)
        if mended and not unnamed(text, mended):
            place = (mended.start, mended.end, mended.type)
            total[place] += item.confidence
            if item.found_by != "tagger" or place not in source:
                source[place] = item.found_by
    return [Candidate(*place, min(1.0, total[place]), source[place]) for place in sorted(total)]


def _supported(likely: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, those of loose types backed by others in proportion to what they share."""
    yield from (item for item in likely if item.type not in LOOSE)
    for type_ in LOOSE:
        for heap in _heaps([item for item in likely if item.type == type_]):
            for item in heap:
                backing = sum(other.confidence * _shared(item, other) for other in heap if other is not item)
                yield replace(item, confidence=min(1.0, item.confidence + backing))


def _heaps(items: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """Yield the items in heaps that touch no other heap."""
    heap: list[Candidate] = []
    reach = 0
    for item in sorted(items):
        if heap and item.start >= reach:
            yield heap
            heap = []
        heap.append(item)
        reach = max(reach, item.end)
    if heap:
        yield heap


def _shared(one: Candidate, other: Candidate) -> float:
    """How much of the stretch from the first start to the last end both cover."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start))


def _again(text: str, found: Sequence[Candidate], posterior: Posterior) -> Iterator[Candidate]:
    """Yield the other places of names that are sure somewhere."""
    known: dict[str, Candidate] = {}
    for item in found:
        name = text[item.start : item.end]
        if item.confidence >= KNOWN and len(name) > 1:
            known[name] = max(item, known.get(name, item), key=lambda c: c.confidence)
    for name, item in known.items():
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            chance = posterior.probability(start, end, item.type)
            if chance >= AGAIN[item.type]:
                place = Candidate(start, end, item.type, max(chance, item.confidence * 0.6), "again")
                if not unnamed(text, place):
                    yield place
            start = text.find(name, end)


def _one_type_each(
    text: str, found: Sequence[Candidate], posterior: Posterior, words: Sequence[Word]
) -> list[Candidate]:
    """`found`, each name given the type that all its places together, and LAC, speak for."""
    heard = {(word.start, word.end): LAC_TYPES[word.tag] for word in words if word.tag in LAC_TYPES}
    votes: dict[str, dict[EntityType, float]] = defaultdict(lambda: defaultdict(float))
    for item in found:
        name = text[item.start : item.end]
        for type_ in EntityType:
            chance = posterior.probability(item.start, item.end, type_)
            votes[name][type_] += max(chance, item.confidence if item.type == type_ else 0.0)
            votes[name][type_] += LAC_VOTE * (heard.get((item.start, item.end)) == type_)
        votes[name][item.type] += item.found_by == "list" or _certain_body(item)
        if item.type == EntityType.PLACE and _LED_LIKE_A_FIRM.match(text, item.end) and not _a_land(name):
            votes[name][EntityType.ORGANISATION] += len(found)
    best = {name: max(EntityType, key=lambda type_: tally[type_]) for name, tally in votes.items()}
    for name in (name for name, type_ in best.items() if type_ is EntityType.ORGANISATION and _a_land(name)):
        best[name] = EntityType.PLACE
    return [replace(item, type=best[text[item.start : item.end]]) for item in found]
