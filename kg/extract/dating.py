"""When an event takes place and when a programme is issued."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.chinese.dates import DateMention, resolve
from kg.extract.reading import Name, Reading
from kg.model import EntityType, Fact, Span

CONFIDENCE = {"held": 0.9, "after": 0.85, "issued": 0.75, "meeting": 0.7, "before": 0.6}
"""How a date was found → how often such dates are right, measured on the development articles."""

_ISSUED = (
    r"发布|印发|出台|公布|通过《|签署|签订|启动|推出|上线|施行|揭牌|制定|成立|批复|编制|下发|颁布|落地|开工|投产|"
    r"亮相|设立|转发|发出|面世|挂牌|投运|立项|备案|获批|发起"
)
_ISSUED_BEFORE = re.compile(rf"(?:{_ISSUED})[^，；。]*$|(?:达成|提出)了?《$")
_TOGETHER = re.compile(rf"举行|举办|开展|同期|{_ISSUED}")
_ISSUED_AFTER = re.compile(rf"[”》」）)]?[^，；。]{{0,12}}?(?:{_ISSUED})")
_HELD = re.compile(
    r"举行|举办|召开|开幕|闭幕|启动|拉开帷幕|出席|参加|主持|开展|开赛|启幕|揭牌|揭幕|如约而至|上线|进行|上[，,]"
)
_TO_DATE_AFTER = re.compile(r"[”“》《、和与及（）(\s]*(?:[将拟定]?于|在|将)?")
_AT_MEETING = re.compile(r"会议?上|论坛上|活动上|仪式上|峰会上|期间|首日|现场|此外")
_FAR = 3000
"""A meeting told of longer ago than so many characters is not the one at which something is issued."""
_IS = re.compile(r"\s*(?:是|起|以后|之前|之后|前|后)[^，]*$")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date that may be an entity's, and how it was found."""

    date: DateMention
    how: str
    name: Name


def dates(reading: Reading) -> Iterator[Fact]:
    """Yield one date for each event or programme that the text dates."""
    found = _usable(reading)
    starts = [d.start for d in found]
    best: dict[str, _Dated] = {}
    for name in reading.names:
        if name.type not in (EntityType.EVENT, EntityType.PROGRAMME):
            continue
        sentence = reading.sentence_at(name.start)
        near = found[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        dated = _in_sentence(reading, name, sentence, near) or _at_meeting(reading, name, sentence, best)
        kept = best.get(name.entity)
        if dated is not None and (kept is None or CONFIDENCE[dated.how] > CONFIDENCE[kept.how]):
            best[name.entity] = dated
    for entity, dated in best.items():
        yield Fact(
            entity,
            "date",
            None,
            dated.date.value,
            {"precision": dated.date.precision, "basis": dated.date.basis},
            CONFIDENCE[dated.how],
            reading.evidence(dated.date.start, dated.name.start),
        )


def _usable(reading: Reading) -> list[DateMention]:
    """The dates outside names that are a day, a month or a year."""
    found = resolve(reading.text, reading.article.date)
    return [
        d
        for d in found
        if d.precision in ("day", "month", "year")
        and not any(n.start <= d.start < n.end for n in reading.names_in(reading.sentence_at(d.start)))
    ]


def _in_sentence(reading: Reading, name: Name, sentence: Span, near: list[DateMention]) -> _Dated | None:
    text = reading.text
    after = next((d for d in near if d.start >= name.end), None)
    if after is not None and _TO_DATE_AFTER.fullmatch(_between(reading, name, after.start)):
        return _Dated(after, "after", name)
    before = [d for d in near if d.end <= name.start]
    if not before or _IS.match(text[before[-1].end : name.start]):
        return None
    chosen = before[-1]
    between, rest = text[chosen.end : name.start], text[name.end : sentence.end]
    if name.type is EntityType.EVENT:
        clause = re.split(r"[；。]", rest)[0][:30]
        return _Dated(chosen, "held" if _HELD.search(between + clause) else "before", name)
    if _ISSUED_BEFORE.search(between) or _ISSUED_AFTER.match(rest):
        return _Dated(chosen, "issued", name)
    return None


def _at_meeting(reading: Reading, name: Name, sentence: Span, best: dict[str, _Dated]) -> _Dated | None:
    """The date of the event that the paragraph tells of, for what is held or issued there."""
    text = reading.text
    head, rest = text[sentence.start : name.start], text[name.end : sentence.end]
    said = _TOGETHER.search(head) if name.type is EntityType.EVENT else _ISSUED_BEFORE.search(head)
    if not _AT_MEETING.search(head) or not (said or _ISSUED_AFTER.match(rest)):
        return None
    for other in reversed(reading.names_in(Span(max(0, name.start - _FAR), name.start), EntityType.EVENT)):
        if (
            other.entity in best
            and other.entity != name.entity
            and best[other.entity].date.precision == "day"
        ):
            return _Dated(best[other.entity].date, "meeting", name)
    return None


def _between(reading: Reading, name: Name, end: int) -> str:
    """The text from `name` to `end` without other names of its type, which may be listed with it."""
    parts, last = [], name.end
    for other in reading.names_in(Span(name.end, end), name.type):
        parts.append(reading.text[last : other.start])
        last = other.end
    return "".join([*parts, reading.text[last:end]])
