"""Bodies renamed, merged or founded on others: linked, never joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from kg.chinese.dates import resolve
from kg.ids import digest
from kg.model import Change, EntityType, Evidence, Mention
from kg.resolve.members import Source
from kg.text import sentences

Named = tuple[Mention, str]
Told = tuple[str, list[str], list[str], int]
"""Kind, predecessors, successors, and where the verb stands; -1 when no verb dates it: （原…）."""
Statement = tuple[str, list[str], list[str], str | None, Evidence]
IdOf = Callable[[Source, str], str]

_RENAMED = re.compile(
    r"^[”》]?(?:(?!子公司|旗下|下属|控股)[^。；]){0,16}?(?:更名|改名|改称|改组|改制|改建|重组改制)(?:为|成)[“《]?$"
)
_WAS = re.compile(r"^[（(](?:原名?|前身(?:为|是)?|曾用名)[：:“《]?$")
_FORMERLY = re.compile(r"^[，,]?(?:原名|前身是|前身为|其前身(?:是|为))[“《]?$")
_AND = re.compile(
    r"^(?:、|和|与|同|及|以及|及其)(?:(?:所属|下属|旗下|下辖|控股)的?)?(?:企业|公司|单位|子公司)?$"
)
_MERGED = re.compile(r"(?:合并|重组|整合)(?:而成|[^。；]{0,20}?(?:组建|成立|新设|设立|组成|形成))")
_MADE_OF = re.compile(r"^(?:[^。；]{0,14}(?:成立|挂牌|揭牌)，|是|系)?由$")
_DATED = ("day", "month", "year")
_OTHERWISE = re.compile("获悉|获知|报道|消息|记者|[讯电](?=[，：）])|前身|成立于|创建于|始建于")
"""What a date before the verb is of, when such words stand between."""
_NEAR = 12
"""Characters that may stand between the last body and the word for merging it."""
_ON_BASIS = re.compile(r"[”》]?(?:的)?基础上(?:重新)?(?:组建|成立|设立)")
_FOUNDED = re.compile(r"^(?:的)?基础上[，,]?(?:组建|成立|设立|重新组建)(?:了|新的)?[“《]?$")


def changes(sources: Iterable[Source], id_of: IdOf) -> tuple[Change, ...]:
    """Every change that the articles state, once, with its evidence."""
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[tuple[str | None, Evidence]]] = {}
    for source in sources:
        if not re.search("更名|改名|改称|改组|改制|原|前身|合并|重组|整合|基础上", source.article.text):
            continue
        for kind, before, after, day, evidence in _stated(source):
            old = tuple(sorted({id_of(source, key) for key in before}))
            new = tuple(sorted({id_of(source, key) for key in after}))
            if not set(old) & set(new):
                found.setdefault((kind, old, new), []).append((day, evidence))
    return tuple(
        Change(
            id="change-" + digest(kind, *old, ">", *new),
            kind=kind,
            before=old,
            after=new,
            date=_agreed(day for day, _ in told if day),
            evidence=tuple(sorted({e for _, e in told})),
        )
        for (kind, old, new), told in sorted(found.items())
    )


def _agreed(days: Iterable[str]) -> str | None:
    """The most exact date that the articles give; of several, the one most give, then the earliest."""
    count = Counter(days)
    return min(count, key=lambda day: (-len(day), -count[day], day)) if count else None


def _stated(source: Source) -> Iterator[Statement]:
    text = source.article.text
    named = sorted(
        (mention, entity.id)
        for entity in source.entities.values()
        if entity.type is EntityType.ORGANISATION
        for mention in entity.mentions
    )
    for span in sentences(text):
        inside = [item for item in named if span.start <= item[0].start < span.end]
        if len(inside) > 1:
            quote = Evidence(source.article.id, span.start, span.end, text[span.start : span.end])
            told = (*_pairs(text, inside), *_mergers(text, span.start, span.end, inside))
            for kind, before, after, at in told:
                if not set(before) & set(after):
                    yield kind, before, after, _day(source, span.start, at), quote


def _day(source: Source, start: int, at: int) -> str | None:
    """The last date of the sentence before the verb at `at`, unless it is that of something else."""
    text = source.article.text
    days = [d for d in resolve(text, source.article.date) if start <= d.start < at] if at >= 0 else []
    if not days or days[-1].precision not in _DATED:
        return None
    return None if _OTHERWISE.search(text, days[-1].end, at) else days[-1].value


def _pairs(text: str, named: list[Named]) -> Iterator[Told]:
    """Changes told between two names that follow each other."""
    for number, ((one, first), (two, second)) in enumerate(pairwise(named), 1):
        between = text[one.end : two.start]
        kind, before, after = _kind(between, first, second)
        if not kind and _ON_BASIS.match(text, two.end) and between.endswith("在"):
            kind, before, after = "founded", [second], [first]
        elif kind == "founded":
            before = _listed(text, named[:number])
        if kind:
            yield kind, before, after, -1 if _former(between) else two.start


def _mergers(text: str, start: int, stop: int, named: list[Named]) -> Iterator[Told]:
    """The bodies listed before 合并 or 重组, and what they become: after 组建, or before 由."""
    for match in _MERGED.finditer(text, start, stop):
        before = [item for item in named if item[0].end <= match.start()]
        if not before or match.start() - before[-1][0].end > _NEAR:
            continue
        listed = _listed(text, before)
        end = min((p for p in (text.find(c, match.end(), stop) for c in "，；。") if p >= 0), default=stop)
        after = [item for item in named if match.end() <= item[0].start < end]
        if after:
            yield "merged", listed, [after[-1][1]], match.start()
        elif len(before) > len(listed) > 1:
            (made, key), (first, _) = before[-len(listed) - 1], before[-len(listed)]
            if _MADE_OF.match(text[made.end : first.start]):
                yield "merged", listed, [key], match.start()


def _former(between: str) -> bool:
    return bool(_WAS.match(between) or _FORMERLY.match(between))


def _kind(between: str, first: str, second: str) -> tuple[str, list[str], list[str]]:
    if _RENAMED.match(between):
        return "renamed", [first], [second]
    if _former(between):
        return "renamed", [second], [first]
    if _FOUNDED.match(between):
        return "founded", [first], [second]
    return "", [], []


def _listed(text: str, named: list[Named]) -> list[str]:
    """The last of `named` and those that a list joins to it."""
    found = [named[-1][1]]
    for (one, key), (two, _) in zip(reversed(named[:-1]), reversed(named[1:]), strict=False):
        if not _AND.match(text[one.end : two.start]):
            break
        found.append(key)
    return found
