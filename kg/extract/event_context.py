"""What the words of an article refer to when they do not name it: 会上, 本次大赛, 该公司, 他."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property

from kg.extract.clause import BLANK, Atom
from kg.extract.reading import Name, Reading
from kg.model import Entity, EntityType, Span

_HEADS = (
    "开幕式|闭幕式|启动仪式|签约仪式|揭牌仪式|开工仪式|颁奖典礼|颁奖仪式|发布会|座谈会|推进会|推介会|研讨会|对接会|吹风会|交流会"
    "|报告会|博览会|洽谈会|大赛|赛事|大会|峰会|论坛|沙龙|仪式|典礼|盛典|盛会|展会|年会|展览|比赛|决赛|会谈|会晤|全会|会议|活动|签约"
    "|文化节|艺术节|电影节|音乐节|旅游节|购物节|美食节|运动会|交易会|展览会|航展|车展|书展|竞赛|锦标赛|邀请赛|挑战赛"
    "|说明会|动员会|现场会|通气会|听证会|恳谈会|启动会|开放日|宣传周|活动周|灯会|庙会|花会|展销会|糖酒会|马拉松|联赛|公开赛"
)
_REFERENCE = re.compile(
    rf"(?:(?:本次|此次|这次|本届|该届|该|这一|这场|这个|当天的|当日的|上述)[^，。；、{BLANK}]{{0,6}}?(?P<a>{_HEADS}))"
    rf"|(?:(?P<b>{_HEADS})(?=上|期间|中|现场|当天|由|还|以|将|分|旨在|共|为期|强调|指出|要求|围绕|认为|传达|听取|审议|总结"
    rf"|首日|设|邀请|吸引|开始前|后|在|是|同期|主题|现场|致|作|介绍|聚焦|获|全体|举行|召开|$|[，。；、]|的(?:重要|配套|系列|主要|一项|组成|同期|首[个场])))"
    rf"|(?P<c>(?:在)?会(?:上|后|前|议期间|间)(?=[，,{BLANK}]|还|也|正式|同时|现场|首次))"
    rf"|(?:(?<=出席|参加|主持|列席)了?(?P<d>{_HEADS}))"
)
_GENERIC = frozenset(
    {"会议", "大会", "活动", "会", "盛会", "仪式", "签约", "典礼", "盛典", "航展", "车展", "书展"}
)
_OF_MANY = re.compile("(?:配套|系列|重要|主要|主题|品牌|同期|相关|平行|专题|各类|[场项类])$")
"""After these a head says what kind of event it is, not which: 配套活动."""
_PARTIAL = BLANK + "分主子各双"
"""After these a head belongs to a longer word: 分论坛."""

_REMEMBERED = 40
"""So many names are looked through for what a word points to."""

_OPENING = 400
"""The main event is named within so many characters of the text, or in the headline."""

_TELLING = 5
"""So many characters shared with the headline tell that the event is the one it speaks of."""

_OTHERS = (
    (
        re.compile(r"(?:该|这家)公司|(?<=[，。“])公司|^公司|该(?:行|集团|企业|院|校|机构)"),
        EntityType.ORGANISATION,
    ),
    (re.compile(r"(?<![其吉])他(?!们|国|人|项)|她(?!们)"), EntityType.PERSON),
    (re.compile(r"我国"), EntityType.PLACE),
    (re.compile(r"[该我全](?:市|省|区|县)|(?:该|本)地区"), EntityType.PLACE),
)

_THINGS = (
    "项目|计划|平台|基地|规划|方案|工程|意见|办法|行动|文件|报告|中心|机制|条例|规定|通知|纲要|指南|措施|倡议|协议|名单|目录|清单"
    "|白皮书|产业园|园区|系统|基金|标准|指数|大模型|政策|细则|制度|试点|专项|枢纽|实验室|大厦|电站|机场|工厂|战略|研究院|研究所"
    "|协会|学会|联盟|医院|大学|银行|产品|片区|新区|体系|服务|应用|小程序|专区|改革|线路|班列|榜单|公约|宣言|总部|飞地|行动计划|实施方案"
)
_POINTED_AT = re.compile(rf"(?:该|这一|这个|本|此)(?P<pointed>{_THINGS})")
_TAKEN_UP = re.compile(
    rf"(?:(?<=[，。；：“])|(?<=宣布|启动)|^)(?P<taken>{_THINGS})"
    r"(?=由|提出|明确|指出|显示|要求|强调|规定|分析|认为|总投资|总面积|建成|位于|落户|坐落|占地|将|自|正式|启动|上线|开工|全文|共|包括|围绕"
    r"|还|也|则|以|从|把|对|设|列出|部署|聚焦|鼓励|支持|推出|新增|旨在|依据|根据|接入|覆盖|归集|采用|面向|集聚|已|首批|一期|首期|规模|落成)"
)
"""报告由…编制 after a report has been named: such a word at the head of a clause takes it up."""
_GENERAL = re.compile("项目|计划|平台|基地|规划|方案|工程|意见|办法|行动|文件|报告|中心|机制")
"""What these words point to need not end with them."""

_ACTED = re.compile(r"举行|召开|举办|开幕|拉开|落幕|闭幕|举行的|启动|主办|承办|开赛")
_JOINED = re.compile(r"(?:举行|举办|召开|出席|参加|主办|承办|主持|宣布|亮相)[^，。；]{0,10}$")
_CITED = re.compile(r"^[”》」]?(?:以来|精神|报告|上?提出|部署|要求|确定|召开以来|之后|通过|决策)")

_PAST = re.compile(r"[”》」]?(?:召开|闭幕|举行)?(?:以来|精神|之后|前夕)")


def is_past(text: str, end: int) -> bool:
    """Whether the event named up to `end` only dates something else: 十九大以来, 大会精神."""
    return _PAST.match(text, end) is not None


class Context:
    """Which event is being told of at each place of the article, and what its anaphors mean."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._named = {t: [n for n in reading.names if n.type == t] for t in EntityType}
        self._starts = {t: [n.start for n in names] for t, names in self._named.items()}
        events = self._named[EntityType.EVENT]
        self._told = [n for n in events if not _CITED.match(reading.text[n.end : n.end + 8])]
        self._told_starts = [n.start for n in self._told]
        self.main_event = self._main_event()

    def anaphors(self, masked: str, span: Span) -> Iterator[Atom]:
        """The words of a sentence that stand for something named elsewhere."""
        for match in _REFERENCE.finditer(masked):
            head = match["a"] or match["b"] or match["d"] or "会"
            if match.start() and masked[match.start() - 1] in _PARTIAL:
                continue
            if match["b"] and _OF_MANY.search(masked, 0, match.start()):
                continue
            event = self._event(head, span.start + match.start())
            if event is not None:
                yield _atom(span.start + match.start(), span.start + match.end(), event, "anaphor")
        for pattern in (_POINTED_AT, _TAKEN_UP):
            for match in pattern.finditer(masked):
                name = self._thing(match[1], span.start + match.start(), pattern is _POINTED_AT)
                if name is not None:
                    yield _atom(span.start + match.start(), span.start + match.end(), name, "anaphor")
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
        """The event being told of at `position`: the last one that is more than cited, else the main one."""
        index = bisect_right(self._told_starts, position - 1)
        return self._told[index - 1] if index else self.main_event

    def is_known(self, event: Name, position: int) -> bool:
        """Whether a reader has met `event` by `position`: in the headline or before."""
        if event.start < position:
            return True
        entity = self.reading.entities[event.entity]
        title = self.reading.article.title
        return any(m.start < position for m in entity.mentions) or _overlap(title, entity) >= _TELLING

    def _event(self, head: str, position: int) -> Name | None:
        before = self._told[: bisect_right(self._told_starts, position - 1)]
        main = self.main_event
        if head == "会":
            return self._known_best(before)
        nearest = [*reversed(before), *([main] if main else []), *self._titled, *self._told[len(before) :]]
        for fits in (str.endswith, str.__contains__):
            for name in nearest:
                if any(fits(n, head) for n in (name.text, *self.reading.entities[name.entity].names)):
                    return name
        return self._known_best(before) if head in _GENERIC else None

    def _thing(self, head: str, position: int, pointed: bool) -> Name | None:
        """The programme or body named last before `position` whose name ends with `head`.

        What is pointed at by a general word (该项目) may be any programme.
        """
        things = (self._before(kind, position) for kind in (EntityType.PROGRAMME, EntityType.ORGANISATION))
        ending = [
            name
            for names in things
            for name in names
            if any(n.endswith(head) for n in (name.text, *self.reading.entities[name.entity].names))
        ]
        if ending:
            return max(ending, key=lambda name: name.start)
        return self.last(EntityType.PROGRAMME, position) if pointed and _GENERAL.fullmatch(head) else None

    def _before(self, kind: EntityType, position: int) -> Sequence[Name]:
        """The last names of `kind` before `position`, at most so many."""
        index = bisect_right(self._starts[kind], position - 1)
        return self._named[kind][max(0, index - _REMEMBERED) : index]

    def _known_best(self, before: Sequence[Name]) -> Name | None:
        """The main event once it has been named, else the last one named."""
        main = self.main_event
        known = main is not None and any(n.entity == main.entity for n in before)
        return main if known or not before else before[-1]

    @cached_property
    def _titled(self) -> list[Name]:
        """The events that only the headline names."""
        events = (e for e in self.reading.entities.values() if e.type == EntityType.EVENT and not e.mentions)
        return [Name(0, 0, e.name, e.id, e.type) for e in events]

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
        """The event of the headline, else the one that takes place first in the text."""
        told = [n for n in self._named[EntityType.EVENT] if not is_past(self.reading.text, n.end)]
        events = [*self._titled, *told]
        ranked = [(self._rank(name), -index, name) for index, name in enumerate(events)]
        return max(ranked, key=lambda item: item[:2])[2] if ranked else None

    def _rank(self, name: Name) -> tuple[int, ...]:
        overlap = _overlap(self.reading.article.title, self.reading.entities[name.entity])
        text = self.reading.text
        early = name.start < _OPENING
        after = text[name.end : name.end + 24].partition("。")[0].partition("，")[0]
        acts = bool(_ACTED.search(after) or _JOINED.search(text[max(0, name.start - 14) : name.start]))
        cited = bool(_CITED.match(text[name.end : name.end + 8]))
        return (overlap if overlap >= _TELLING else 0, int(acts and early and not cited), int(not cited))


def _overlap(title: str, entity: Entity) -> int:
    """Length of the longest stretch that the headline shares with a name of `entity`."""
    return max(
        SequenceMatcher(None, title, name, autojunk=False).find_longest_match().size for name in entity.names
    )


def _atom(start: int, end: int, name: Name, how: str) -> Atom:
    return Atom(start, end, name.entity, name.type, how, name.start)


def merged(named: Sequence[Atom], others: Sequence[Atom]) -> list[Atom]:
    """`named` with those of `others` that overlap none of them, in order."""
    atoms = list(named)
    for other in sorted(others, key=lambda a: (a.start, -a.end)):
        if all(other.end <= a.start or other.start >= a.end for a in atoms):
            atoms.append(other)
    return sorted(atoms, key=lambda a: (a.start, a.end))
