"""What the words of an article refer to when they do not name it: 会上, 本次大赛, 该公司, 他."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.extract.clause import BLANK, Atom
from kg.extract.reading import Name, Reading
from kg.model import Entity, EntityType, Span

_HEADS = (
    "开幕式|闭幕式|启动仪式|签约仪式|揭牌仪式|开工仪式|颁奖典礼|颁奖仪式|发布会|座谈会|推进会|推介会|研讨会|对接会|吹风会|交流会"
    "|报告会|博览会|洽谈会|大赛|赛事|大会|峰会|论坛|沙龙|仪式|典礼|盛典|盛会|展会|年会|展览|比赛|决赛|会谈|会晤|全会|会议|活动|签约"
)
_REFERENCE = re.compile(
    rf"(?:(?:本次|此次|这次|本届|该届|该|这一|这场|这个|当天的|当日的|上述)[^，。；、{BLANK}]{{0,6}}?(?P<a>{_HEADS}))"
    rf"|(?:(?P<b>{_HEADS})(?=上|期间|中|现场|当天|由|还|以|将|分|旨在|共|为期|强调|指出|要求|围绕|认为|传达|听取|审议|总结"
    rf"|首日|设|邀请|吸引|开始前|后|在|是|同期|主题|现场|致|作|介绍|聚焦|获|全体|举行|召开|$|[，。；、]))"
    rf"|(?P<c>(?:在)?会(?:上|后|前|议期间|间)(?=[，,{BLANK}]))"
    rf"|(?:(?<=出席|参加|主持|列席)了?(?P<d>{_HEADS}))"
)
_GENERIC = frozenset({"会议", "大会", "活动", "会", "盛会", "仪式", "签约", "典礼", "盛典"})
_OTHERS = (
    (
        re.compile(r"(?:该|这家)公司|(?<=[，。“])公司|^公司|该(?:行|集团|企业|院|校|机构)"),
        EntityType.ORGANISATION,
    ),
    (re.compile(r"(?<![其吉])他(?!们|国|人|项)|她(?!们)"), EntityType.PERSON),
    (
        re.compile(
            r"(?:该|这一|本)(?:项目|计划|平台|基地|规划|方案|工程|意见|办法|行动|文件|报告|中心|机制)"
        ),
        EntityType.PROGRAMME,
    ),
    (re.compile(r"我国"), EntityType.PLACE),
    (re.compile(r"[该我全](?:市|省|区|县)|(?:该|本)地区"), EntityType.PLACE),
)


class Context:
    """Which event is being told of at each place of the article, and what its anaphors mean."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._named = {t: [n for n in reading.names if n.type == t] for t in EntityType}
        self._starts = {t: [n.start for n in names] for t, names in self._named.items()}
        self.main_event = self._main_event()

    def anaphors(self, masked: str, span: Span) -> Iterator[Atom]:
        """The words of a sentence that stand for something named elsewhere."""
        for match in _REFERENCE.finditer(masked):
            head = match["a"] or match["b"] or match["d"] or "会"
            if match.start() and masked[match.start() - 1] == BLANK:
                continue
            event = self._event(head, span.start + match.start())
            if event is not None:
                yield _atom(span.start + match.start(), span.start + match.end(), event, "anaphor")
        for pattern, kind in _OTHERS:
            for match in pattern.finditer(masked):
                name = self._antecedent(kind, span.start + match.start(), match[0])
                if name is not None:
                    yield _atom(span.start + match.start(), span.start + match.end(), name, "anaphor")

    def last(self, kind: EntityType, position: int) -> Name | None:
        """The last thing of `kind` named before `position`."""
        index = bisect_right(self._starts[kind], position - 1)
        return self._named[kind][index - 1] if index else None

    def current_event(self, position: int) -> Name | None:
        """The event being told of at `position`: the last one named, else the main one."""
        return self.last(EntityType.EVENT, position) or self.main_event

    def _event(self, head: str, position: int) -> Name | None:
        before = self._named[EntityType.EVENT][: bisect_right(self._starts[EntityType.EVENT], position - 1)]
        for name in reversed(before):
            entity = self.reading.entities[name.entity]
            if any(n.endswith(head) for n in (name.text, *entity.names)):
                return name
        for name in reversed(before):
            if any(head in n for n in self.reading.entities[name.entity].names):
                return name
        main = self.main_event
        if main is not None and any(head in n for n in self.reading.entities[main.entity].names):
            return main
        if before and head in _GENERIC:
            return before[-1]
        return (main or self.current_event(position)) if head in _GENERIC else None

    def _antecedent(self, kind: EntityType, position: int, word: str) -> Name | None:
        if word == "我国":
            return next((n for n in self._named[kind] if n.text in ("中国", "中方")), None)
        if kind == EntityType.PLACE:
            fitting = [n for n in self._named[kind] if n.start < position and n.text.endswith(word[-1])]
            return fitting[-1] if fitting else None
        if kind == EntityType.ORGANISATION:
            return self._company(position)
        return self.last(kind, position)

    def _company(self, position: int) -> Name | None:
        before = self._named[EntityType.ORGANISATION][
            : bisect_right(self._starts[EntityType.ORGANISATION], position - 1)
        ]
        firms = (n for n in reversed(before) if self.reading.entities[n.entity].subtype != "GovernmentBody")
        return next(firms, None)

    def _main_event(self) -> Name | None:
        """The event of the headline, else the first one named."""
        title = self.reading.article.title
        events = self._named[EntityType.EVENT]
        scored = [(_overlap(title, self.reading.entities[n.entity]), -i, n) for i, n in enumerate(events)]
        unnamed = [
            (_overlap(title, e), 0, Name(0, 0, e.name, e.id, e.type))
            for e in self.reading.entities.values()
            if e.type == EntityType.EVENT and not e.mentions
        ]
        best = max((*scored, *unnamed), default=None, key=lambda item: item[:2])
        return best[2] if best else None


def _overlap(title: str, entity: Entity) -> int:
    """Length of the longest name of `entity` that the headline holds; 0 when none."""
    return max((len(name) for name in entity.names if name in title), default=0)


def _atom(start: int, end: int, name: Name, how: str) -> Atom:
    return Atom(start, end, name.entity, name.type, how, name.start)


def merged(named: Sequence[Atom], others: Sequence[Atom]) -> list[Atom]:
    """`named` with those of `others` that overlap none of them, in order."""
    atoms = list(named)
    for other in sorted(others, key=lambda a: (a.start, -a.end)):
        if all(other.end <= a.start or other.start >= a.end for a in atoms):
            atoms.append(other)
    return sorted(atoms, key=lambda a: (a.start, a.end))
