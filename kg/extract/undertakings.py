"""Programmes by what is done with them: somebody launches one (实施…工程), or one begins (…项目开工)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.plans import is_vague
from kg.lac import Word
from kg.model import Candidate, EntityType

_NAME: Final = r"(?:[^，。；：！？、\s“”《》（）的了着在将已是于等]|“[^“”\n]{2,16}”|（[^（）\n]{1,8}）)"
_PLAIN: Final = r"[^，。；：！？、\s“”《》（）的了着在将已是于等]"
_STRONG: Final = "工程|试点|专项|行动|计划|倡议|方案|支持工具|负面清单|目录|基金"
_OBJECT: Final = re.compile(
    "(?:启动|组织|联合)?(?:实施|启动|推出|发布|出台|设立|签署|印发|公布|开展)(?:了|的|好)?"
    rf"(?P<name>{_NAME}{{3,30}}?(?:{_STRONG})|{_NAME}{{1,8}}“[^“”\n]{{2,14}}(?:{_STRONG})”)(?=[，。；：！？\n（）]|第[一二三四五六七八九十]+(?:批|阶段)|$)"
)
_DOING: Final = (
    "(?:也|将|已|已经|正式|顺利|全面|相继|今日|今天|近日|成功|如期|即将|陆续|先后|同步)*"
    "(?:开工|投产|竣工|落地|启动|揭牌|奠基|建成|投运|上线|获批|开建|封顶|通车|并网|签约|落户|试运行)"
)
_SUBJECT: Final = re.compile(
    rf"(?:(?<=[，。；：！？、\n])|^)(?P<name>{_NAME}{{4,36}}?(?:项目|工程|试点|专项|计划|行动)){_DOING}"
)
_ITEM: Final = re.compile(
    rf"(?<=[，；：、和及\n])(?P<name>{_NAME}{{4,36}}?(?:项目|工程))(?=[、；。]|和[^、，；。]{{4,40}}(?:项目|工程))"
)
_MADE: Final = re.compile(
    "(?:实施|承建|建设|投资|开发|打造|承担|研发|推出|公布|发布|运营|建成|设立|上线|启动|搭建)的"
    rf"(?P<name>{_NAME}{{2,24}}?(?:项目|平台|系统|工程|目录|基金|计划|方案))(?![项设目资])"
)
_LED: Final = re.compile(
    rf"(?P<name>“[^“”\n，。；]{{2,16}}”{_PLAIN}{{2,22}}?(?:项目|工程|行动计划|专项行动|行动|试点|平台))"
    "(?![项设目机部组])"
)
"""A quotation opens the name: “启明”骨科手术机器人产业化项目."""
_NOMINAL: Final = frozenset("n nz nw vn a an s LOC ORG PER m q f c w v".split())
_HOW: Final = frozenset({"v", "vd", "c"})
"""What a long name may begin with: 自愿减排项目开发合规倡议."""
_OWNERS: Final = frozenset({"LOC", "ORG", "nz"})
_COUNTED: Final = re.compile(
    "(?:[一二三四五六七八九十两几多0-9]+余?(?:个|项|批|大|条|家|座|次)|首[个批项]|多次|一系列|新一轮|本|该|此|上述|这|其|各)"
)
_MEASURED: Final = re.compile(
    r"(?:19|20)[0-9]{2}年?度?版?|[0-9.]+[万亿]?(?:吨|千瓦|兆瓦|[GM]Wh?|亩|公顷|平方米|公里|米|立方米|套|台|辆|片|千伏)"
)
_LEADS: Final = frozenset(
    "推动 推进 加快 促进 支持 加强 确保 保障 参与 带动 服务 做好 完成 建设 打造".split()
)


_MODIFIES: Final = re.compile(
    "提升|促进|改造|提质|整治|培育|培训|帮扶|救助|创建|保护|攻坚|示范|惠民|增收|就业|治理|扶持|服务"
)
"""Verbs that before a head say what it is for (提升工程), not what the quotation does."""

_NATIONAL: Final = re.compile(
    rf"(?P<name>(?:全国|国家){_NAME}{{3,18}}?(?:公示系统|信息系统|监测系统|信息平台|服务平台|管理平台|共享平台|交易系统))"
    "(?![的中建设])"
)
"""Systems and platforms of the state: there is one of each."""

_OCCASION: Final = re.compile(
    "[\u4e00-\u9fff]{0,4}?(?:仪式|大会|会议|发布会|推进会|推介会|动员会|部署会|启动会|座谈会|现场会|论坛|峰会|大赛)"
)
"""Right behind a name these make it part of an event's: 护航行动|启动仪式."""

_WORDINGS: Final = (
    (_OBJECT, 0.72),
    (_SUBJECT, 0.72),
    (_ITEM, 0.75),
    (_MADE, 0.72),
    (_LED, 0.75),
    (_NATIONAL, 0.72),
)
_OWNED: Final = frozenset({_SUBJECT, _ITEM, _MADE})
"""Wordings that tell nothing unless the name says whose or which it is."""


def undertakings(text: str, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield the programmes that the text says are launched, begin, or stand in a list of projects."""
    starts = {word.start: number for number, word in enumerate(words)}
    ends = {word.end: number for number, word in enumerate(words)}
    for pattern, telling in _WORDINGS:
        for match in pattern.finditer(text):
            first, last = starts.get(match.start("name")), ends.get(match.end("name"))
            if first is None or last is None or _OCCASION.match(text, match.end("name")):
                continue
            name = words[first : last + 1]
            if pattern in _OWNED and not _of_somebody(text, name):
                continue
            if pattern is _LED:
                after = [word for word in name if word.start > text.index("”", match.start("name"))]
                if after and not _told_of(text, after) and _noun_phrase(text, after):
                    yield Candidate(*match.span("name"), EntityType.PROGRAMME, telling, "grammar")
                continue
            if _is_name(text, name[1:] if name[0].tag in _HOW and len(name) > 4 else name):
                yield Candidate(*match.span("name"), EntityType.PROGRAMME, telling, "grammar")


def _is_name(text: str, name: Sequence[Word]) -> bool:
    """Whether the words make a noun phrase that tells one programme from others."""
    start, end = name[0].start, name[-1].end
    if _COUNTED.match(text, start) or is_vague(text[start:end]):
        return False
    return _noun_phrase(text, name)


def _noun_phrase(text: str, name: Sequence[Word]) -> bool:
    """Whether the words hold together as one noun: hardly a verb, and none that leads up to a name."""
    verbs = [text[word.start : word.end] for word in name[:-1] if word.tag == "v"]
    long = len(name) > 1 and name[-1].end - name[0].start > 6
    leading = verbs[:-1] if long and name[-2].tag == "v" else verbs
    return len(verbs) <= 2 and _LEADS.isdisjoint(leading) and all(word.tag in _NOMINAL for word in name)


def _of_somebody(text: str, name: Sequence[Word]) -> bool:
    """Whether a place, a body, a name, a size or a year tells whose or which it is."""
    return name[0].tag in _OWNERS or bool(_MEASURED.match(text, name[0].start))


def _told_of(text: str, after: Sequence[Word]) -> bool:
    """Whether a verb follows the quotation that opens a name: `after` says what it does."""
    if after[0].tag != "v":
        return False
    return len(after) == 1 or not all(_MODIFIES.fullmatch(text, word.start, word.end) for word in after[:-1])
