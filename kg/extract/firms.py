"""Bodies by what is said of them: who finished a round of funding, whose founder speaks, who holds shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.lac import Word
from kg.model import Candidate, EntityType

ORG: Final = EntityType.ORGANISATION
SAID: Final = 0.6
SURE: Final = 0.75
WHOLE: Final = 0.95

_NAME: Final = (
    "(?:(?![的了着在将已是于为与和及由向对从把被等也都并]|公司|集团|企业|双方|其中|目前|今年|近日|昨日|刚刚|日前|随后|此前|同时|首次)"
    "[\u4e00-\u9fffA-Za-z0-9]){2,9}?"
)
_LEFT: Final = "(?:(?<=[，。；：、“”\n（(])|^|(?<=以及)|(?<=近日，)|(?<=由)|(?<=与)|(?<=和))"
_CHIEF: Final = (
    "董事长|创始人|联合创始人|首席执行官|CEO|总裁|副总裁|首席[\u4e00-\u9fff]{2,4}官|管理合伙人|合伙人|总经理"
)
_NOUN: Final = "[^，。；：、！？\\s“”《》（）的了着在将已是于等与和]"
_SOCIETIES: Final = "联盟|协会|商会|学会|联合会|促进会|基金会|研究院|研究中心|实验室|专委会|专业委员会"
_HOUSES: Final = "公司|集团|银行|中心|医院|大学|学院|委员会|办公室|指挥部|局"
_OPEN: Final = "(?![由与和据在经对向该其本此我各某多另原前现]|[一两三四五六七八九十]家|首家)"
_SHORT: Final = "(?=（(?:以下)?(?:简称|下称))"
_WHEN: Final = "(?:(?:[0-9]{1,2}月)?[0-9]{1,2}日)"
_SET_UP: Final = f"(?={_WHEN}?(?:在[^，。；]{{2,10}})?(?:正式)?(?:成立|揭牌|挂牌))"
"""What a society or institute does once."""
_SAID: Final = (
    (
        re.compile(
            f"{_LEFT}(?P<name>{_NAME})(?:宣布|已|正式|成功)*完成[^，。；]{{0,8}}?[A-F天使种子战略]{{1,2}}\\+*轮"
        ),
        SURE,
    ),
    (
        re.compile(
            f"{_LEFT}(?P<name>{_NAME})(?:{_CHIEF})(?=[\u4e00-\u9fff]{{2,4}}(?:表示|认为|介绍|指出|称|说|[、，（]))"
        ),
        0.45,
    ),
    (re.compile(f"{_LEFT}(?P<name>{_NAME})(?:拟|已|合计|共|直接|间接)*持股[0-9约]"), SAID),
    (re.compile(f"{_LEFT}(?P<name>{_NAME})旗下(?![有的])"), SAID),
    (
        re.compile(
            f"(?:收购|购入|受让|转让|出售|持有)(?P<name>{_NAME})(?:剩余|全部|合计)?[0-9][0-9.]*[%％](?:的)?(?:股权|股份)"
        ),
        SAID,
    ),
    (re.compile(f"{_LEFT}(?P<name>[A-Z][A-Za-z]{{1,14}}中国)(?={_WHEN}|宣布|表示|总裁|董事长|CEO)"), 0.45),
    (re.compile("(?:合资|共同出资|出资|联合)(?:成立|设立|组建)了?“(?P<name>[^“”\n，。]{2,16})”"), SURE),
)
_FORMAL: Final = (
    (re.compile(f"{_LEFT}(?P<name>{_OPEN}{_NOUN}{{4,30}}(?:{_SOCIETIES}|{_HOUSES})){_SHORT}"), SAID),
    (re.compile(f"{_LEFT}(?P<name>{_OPEN}{_NOUN}{{3,24}}?(?:{_SOCIETIES})){_SET_UP}"), 0.45),
)
"""Full names that a clause begins with: before their short form, or when they are set up."""
_IN_LETTERS: Final = re.compile("[（(](?P<latin>[A-Za-z][A-Za-z0-9&. -]{1,20})[）)]")
"""The Roman name behind that of a foreign firm: 化工企业巴斯夫（BASF）."""
_FIRM: Final = (
    "企业", "公司", "集团", "巨头", "厂商", "制造商", "车企", "药企", "供应商", "运营商", "开发商",
)  # fmt: skip
_LEGAL_NAME: Final = re.compile(
    "(?:(?<=[，。；：、\\n])|^)(?P<name>(?![该本其此原由与和以])[^\\W_的了在是将与和及由对从把被等也都并为]{2,12}"
    "[（(][\u4e00-\u9fff]{2,6}[）)](?:集团|控股|股份)?(?:股份有限公司|有限责任公司|有限公司))"
)
"""A company by its legal name at the beginning of a clause: 甲乙汽车部件（苏州）有限公司."""
_NAMES: Final = frozenset({"ORG", "PER", "nz", "nw"})
_PUBLISHED: Final = re.compile(
    "(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)(?:晚间?)?(?:公布|发布|披露)[^，。；]{0,8}?"
    "(?:财报|业绩|[季年]报|半年报|快报|公告|订单|交付量|销量|产销|营收)"
)
"""What no person does: 7月19日公布二季度订单."""
_ACTS: Final = re.compile("(?:[0-9]{1,2}月)?[0-9]{1,2}日|宣布|表示|计划|公布|推出|披露")
_GROUP_HEAD: Final = re.compile("(?:领导小组|工作专班|联席会议|指挥部(?!署)|工作组)(?:办公室)?")
_NOUNS: Final = frozenset({"n", "nz", "nw", "vn", "a", "an", "LOC", "ORG", "m", "s"})
_DOES: Final = frozenset(
    (
        "成立 召开 设立 组建 参加 出席 主持 担任 组织 支援 要求 决定 指导 派出 启动 推动 会同 联合 召集 听取 "
        "来到 前往"
    ).split()
)
"""Verbs that have a group for their object and are no part of its name."""
_OWNERS: Final = frozenset({"LOC", "ORG"})
_JOINED: Final = (
    (re.compile("(?:[\u4e00-\u9fff]{2,6} )?[A-Za-z][A-Za-z0-9&.+]* [\u4e00-\u9fff（）]{2,}"), 0.05),
    (re.compile("[\u4e00-\u9fff]{2,4}[-－—–][\u4e00-\u9fff]{2,4}(?:汽车)?"), 0.25),
)
_NO_FIRM: Final = re.compile(
    "(?:该|其|本|此|我|各|某|多家|一家|两家|首家|另|原|前|现任|时任|公司|集团|企业|机构|银行|大学|国家|中国|全球|世界|全国|海外|国内|外国|知名|著名|联合|有限)"
    "|.*(?:公司|集团|等|年|月|日|上|中|下|的)$"
)


def firms(text: str, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield the bodies that the wording gives away; weak where a person or place could do the same."""
    starts, ends = {word.start for word in words}, {word.end for word in words}
    for pattern, telling in (*_SAID, *_FORMAL):
        for match in pattern.finditer(text):
            start, end = match.span("name")
            whole = start in starts and end in ends
            if whole and ((pattern, telling) in _FORMAL or not _NO_FIRM.match(match["name"])):
                yield Candidate(start, end, ORG, telling, "grammar")
    ending = {word.end: word for word in words}
    for match in _IN_LETTERS.finditer(text):
        word = ending.get(match.start())
        if word and word.end - word.start > 1 and (word.tag == "ORG" or text.endswith(_FIRM, 0, word.start)):
            yield Candidate(word.start, word.end, ORG, SURE, "grammar")
            yield Candidate(*match.span("latin"), ORG, SURE, "grammar")
    for match in _LEGAL_NAME.finditer(text):
        if match.end("name") in ends:
            yield Candidate(*match.span("name"), ORG, SURE, "grammar")
    for word in (word for word in words if word.tag in _NAMES):
        begins = word.start == 0 or text[word.start - 1] in "，。；：、\n"
        if begins and _PUBLISHED.match(text, word.end):
            yield Candidate(word.start, word.end, ORG, 1.0, "grammar")
        if text.endswith(_FIRM, 0, word.start) and _ACTS.match(text, word.end):
            yield Candidate(word.start, word.end, ORG, SAID, "grammar")
    yield from _groups(text, words)


def whole_if_joined(text: str, item: Candidate) -> Candidate:
    """The body `item`, surer where a space or hyphen joins its parts, each of which looks like a name.

    TCL 科技 is one name, though TCL is a likelier one; 一汽-大众 is neither 一汽 nor 大众.
    """
    for joined, least in _JOINED:
        if item.confidence >= least and joined.fullmatch(text, item.start, item.end):
            return replace(item, confidence=max(WHOLE, item.confidence))
    return item


def _groups(text: str, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield the groups that a place or body has set up, by their full name: 甲市城市更新工作领导小组."""
    numbers = {word.end: number for number, word in enumerate(words)}
    for match in _GROUP_HEAD.finditer(text):
        number = numbers.get(match.end())
        if number is None:
            continue
        first = number
        while first > 0 and words[first - 1].end == words[first].start and _may_name(text, words[first - 1]):
            first -= 1
        if words[first].tag in _OWNERS and match.end() - words[first].start > 6:
            yield Candidate(words[first].start, match.end(), ORG, SURE, "grammar")


def _may_name(text: str, word: Word) -> bool:
    said = text[word.start : word.end]
    return said not in _DOES and (word.tag in _NOUNS or (word.tag == "v" and len(said) == 2))
