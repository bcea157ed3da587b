"""Events that only the headline names, while the text speaks of them as 本次大赛 or 该论坛."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.events import HEADS
from kg.extract.names import find_names
from kg.model import Article, Entity, EntityType

_HEAD = "(?:" + "|".join(sorted(HEADS, key=lambda head: (-len(head), head))) + ")"
_POINTED = re.compile(
    rf"(?:本次|此次|这次|本届|该届|该|出席|参加|参加了|出席了|主持)(?P<head>{_HEAD})"
    rf"|(?:^|[，。；\n])(?P<opening>{_HEAD})(?:上|后|前|由)"
)
"""出席仪式, 开幕式后: the event is one that the reader knows, and only the headline can have named it."""


_ATTENDED = re.compile(
    rf"(?:出席|参加|主持召开|主持|举行|举办|召开)(?P<name>[^，。！？：\s]{{4,40}}?{_HEAD})(?=并|[\s，、！]|在|$)"
)


def headline_events(article: Article, known: Iterable[Entity]) -> Iterator[Entity]:
    """Yield the events of the headline that the text points to and `known` does not hold."""
    pointed = {match["head"] or match["opening"] for match in _POINTED.finditer(article.text)}
    events = [entity for entity in known if entity.type is EntityType.EVENT]
    missing = {head for head in pointed if not any(n.endswith(head) for e in events for n in e.names)}
    if not missing:
        return
    number = len(events)
    for name in _named(article.title):
        if any(name.endswith(head) and name != head for head in missing):
            number += 1
            yield Entity(f"e{number}", EntityType.EVENT, name, articles=(article.id,), implied=True)


def _named(headline: str) -> list[str]:
    """The names of events in a headline, each once, in order."""
    found = find_names(Article(id="headline", title=headline, text=headline))
    names = [headline[c.start : c.end] for c in found if c.type is EntityType.EVENT]
    worded = (match["name"] for match in _ATTENDED.finditer(headline))
    names += (name for name in worded if not any(other in name or name in other for other in names))
    return list(dict.fromkeys(names))
