"""Bodies renamed, merged or founded on others: linked, never joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kg.ids import digest
from kg.model import Change, EntityType, Evidence, Mention
from kg.resolve.members import Source
from kg.text import sentences

IdOf = Callable[[Source, str], str]

_RENAMED = re.compile(r"^[”》]?(?:已|正式|现|将|日前|也)*(?:更名|改名|改称|改组|改制|改建)(?:为|成)[“《]?$")
_WAS = re.compile(r"^[（(](?:原名?|前身(?:为|是)?|曾用名)[：:“《]?$")
_FORMERLY = re.compile(r"^[，,]?(?:原名|前身是|前身为|其前身(?:是|为))[“《]?$")
_AND = re.compile(r"^(?:、|和|与|及|以及)$")
_MERGED = re.compile(
    r"^[^。；]{0,12}(?:合并|重组|整合)[^。；]{0,8}(?:组建|成立|设立|组成|为|成)(?:新的|了)?[“《]?$"
)
_FOUNDED = re.compile(r"^(?:的)?基础上[，,]?(?:组建|成立|设立|重新组建)(?:了|新的)?[“《]?$")


def changes(sources: Iterable[Source], id_of: IdOf) -> tuple[Change, ...]:
    """Every change that the articles state, once, with its evidence."""
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[tuple[str | None, Evidence]]] = {}
    for source in sources:
        if not re.search("更名|改名|改称|改组|改制|原|前身|合并|重组|整合|基础上", source.article.text):
            continue
        for kind, before, after, evidence in _stated(source):
            old = tuple(sorted({id_of(source, key) for key in before}))
            new = tuple(sorted({id_of(source, key) for key in after}))
            if not set(old) & set(new):
                found.setdefault((kind, old, new), []).append((source.article.date, evidence))
    return tuple(
        Change(
            id="change-" + digest(kind, *old, ">", *new),
            kind=kind,
            before=old,
            after=new,
            evidence=tuple(sorted({e for _, e in told})),
        )
        for (kind, old, new), told in sorted(found.items())
    )


def _stated(source: Source) -> Iterator[tuple[str, list[str], list[str], Evidence]]:
    text = source.article.text
    named = sorted(
        (mention, entity.id)
        for entity in source.entities.values()
        if entity.type is EntityType.ORGANISATION
        for mention in entity.mentions
    )
    spans = list(sentences(text))
    for number in range(1, len(named)):
        (one, first), (two, second) = named[number - 1], named[number]
        between = text[one.end : two.start]
        if first == second or len(between) > 30:
            continue
        kind, before, after = _kind(between, first, second)
        if kind in ("merged", "founded"):
            before = _listed(text, named[:number])
        if kind:
            sentence = next((s for s in spans if s.start <= one.start < s.end), None)
            if sentence is not None:
                quote = text[sentence.start : sentence.end]
                yield kind, before, after, Evidence(source.article.id, sentence.start, sentence.end, quote)


def _kind(between: str, first: str, second: str) -> tuple[str, list[str], list[str]]:
    if _RENAMED.match(between):
        return "renamed", [first], [second]
    if _WAS.match(between) or _FORMERLY.match(between):
        return "renamed", [second], [first]
    if _MERGED.match(between):
        return "merged", [first], [second]
    if _FOUNDED.match(between):
        return "founded", [first], [second]
    return "", [], []


def _listed(text: str, named: list[tuple[Mention, str]]) -> list[str]:
    """The last of `named` and those that a list joins to it."""
    found = [named[-1][1]]
    for (one, key), (two, _) in zip(reversed(named[:-1]), reversed(named[1:]), strict=False):
        if not _AND.match(text[one.end : two.start]):
            break
        found.append(key)
    return found
