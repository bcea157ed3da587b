"""Names of events by their grammar: a number or a year, what it is about, and a head such as 论坛."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract.boundaries import pieces
from kg.model import Candidate, EntityType

HEADS: Final = (
    "大会 年会 论坛 峰会 发布会 座谈会 研讨会 推进会 交流会 对接会 推介会 说明会 通气会 吹风会 动员会 "
    "现场会 洽谈会 招聘会 听证会 博览会 展览会 交易会 进博会 服贸会 消博会 广交会 高交会 成果展 "
    "常设展 大赛 竞赛 锦标赛 挑战赛 邀请赛 总决赛 半决赛 运动会 奥运会 冬奥会 亚运会 仪式 典礼 开幕式 "
    "闭幕式 沙龙 文化节 艺术节 电影节 购物节 旅游节 宣传周 活动周 全会 会议 工作会 例会 记者会 洽谈周 "
    "残奥会 大运会 世博会 全运会 青奥会 团拜会 联欢会 招待会 恳谈会 评审会 论证会 "
    "展销会 双选会 品鉴会 推广会 启动会 宣讲会 报告会 表彰会 誓师会 庆典 公开赛 联赛 路演 晚会 音乐会 开放日 "
    "签约活动 系列活动 启动活动 主题活动 高峰会 对话会 代表大会 党代会 观摩会 调度会 部署会 协调会 "
    "视频会 宣介会 订货会 "
    "培训班 研修班 美食节 丰收节 啤酒节 音乐节 戏剧节 动漫节 冰雪节 读书节 采摘节 年货节 "
    "消费节 时装周 设计周 科技周 文化周 海洋周 消费季 促进月 对接周 宣传月 招聘月 招商周 宣讲日 "
    "联合演练 自行车赛"
).split()
"""Words that end the name of an event; each alone is a bare noun."""

_HEAD = "(?:" + "|".join(sorted(HEADS, key=lambda head: (-len(head), head))) + ")"
_HEADED = rf"{_HEAD}(?:(?:暨|启动|首日|全球)?{_HEAD})*(?:（第?[0-9一二三四五六七八九十]+[届期]）)?"
_ENDS = re.compile(rf"(?:{_HEAD}|[会节]|(?<!发)展|[十五六七八九]大)”?$")
_JOINED: Final = re.compile(
    "(?<=[会坛节赛式])[和与及]|(?<=展览)[和与及]|(?<=[^发]展)[和与及]|(?<=十[五六七八九]大|十[一二三四五六七八九]大|二十大)[和与及]"
)
_LISTED: Final = re.compile(f"、|以及|{_JOINED.pattern}|(?<=”)(?=“)")
_PERSON = "(?![员者长们])"
_NUMBER = "[0-9一二三四五六七八九十百零两]"
_ABOUT = (
    r"(?:(?!举行|召开|举办|今天|今日|今年)[^，。；：！？、\s“”《》的（）]"
    r"|“[^“”\n]{1,40}”|《[^《》\n]{2,60}》|（[^（）\n]{1,12}）)"
)
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!年?\d|年[上下末底初以前后来间至的内]|[-—~至])年?(?:度)?"
_NUMBERED: Final = re.compile(
    rf"(?:{_YEAR}|[A-Z]{{2,8}})?第{_NUMBER}{{1,4}}[届次](?:{_ABOUT}){{0,30}}?{_HEADED}{_PERSON}"
)
_DATED: Final = re.compile(rf"{_YEAR}(?:{_ABOUT}){{2,30}}?{_HEADED}{_PERSON}")
_HELD: Final = re.compile(
    r"(?:召开|举行|举办|出席|主办|承办|参加)[了的]?+"
    rf"(?P<name>(?!(?:本|此|这|该|一|多|两|数|有关|相关|上述|今年|{_NUMBER}+)[次场个届]?|启动|签约|揭牌|颁奖|开工|开幕)"
    rf"(?:{_ABOUT}){{2,36}}?{_HEADED}){_PERSON}"
)
_ON_TITLE: Final = re.compile(
    r"(?:学习贯彻|学习宣传贯彻|贯彻落实|宣传贯彻|学习)?《[^《》\n]{2,60}》"
    rf"(?:(?!《|举行|召开|举办)[^，。；：！？、\s的在（）]){{0,8}}?{_HEAD}{_PERSON}"
)
_PART: Final = re.compile(
    r"“(?P<name>[^“”\n]{2,30})”(?=(?:专题|主题|平行|专场)?(?:分论坛|分会场|专题|专场|分赛道|赛道|论坛|沙龙|大赛)[，、。；”“和及等])"
)
_SERIES: Final = re.compile(
    "“[^“”\\n，。；]{2,16}”(?:(?:[^，。；：！？、\\s“”《》的了在]{0,8}?(?:系列|主题|宣传|阅读|促消费|惠民|体验|志愿服务|实践|服务月|公益))活动|活动|专场活动|活动周|主题日活动|创新创业大赛|大赛|论坛|沙龙|博览会|音乐节|文化节)"
)
_QUOTED: Final = re.compile(
    r"(?<=[，。；：、的了行办动设有\n])“[^“”\n，。；]{2,16}”(?!等)[^，。；：！？、\s“”《》的了在]{0,10}?"
    "(?:论坛|发布会|大赛|座谈会|推进会|对接会|推介会|研讨会|交流会|消费季|沙龙|宣讲日|挑战赛|联合演练)(?![员者长们])"
)
"""A quotation that opens the name of an occasion: “一湾一策”渔业对接会."""
_SEASON: Final = re.compile(
    "(?<![\u4e00-\u9fff])(?:中国[·-]?)?[\u4e00-\u9fff]{2,4}国际[\u4e00-\u9fff]{1,8}?[节周]"
    "(?=[，。、（”]|期间|将[于在]|[在于]|开幕|闭幕|启幕|落幕|举行|举办)"
)
"""A week or festival that a city holds for the world: 厦门国际时尚周."""
_ITEM: Final = re.compile("“[^“”\\n]{2,20}”|[A-Za-z0-9+\u4e00-\u9fff]{2,8}")
_PARTS: Final = re.compile(
    "(?:[共下]?设置|设立|设有|开设|[共下]设(?!置)|(?<=[，；。])设(?![置立有计备施])|分为|分成|划分为|包括|包含)了?"
    "(?P<items>[^，。；：！？\\s]{3,120}?)等?"
    f"{_NUMBER}{{1,2}}[个大场条](?:专业|专题|主题|平行|专场)?(?:分赛道|赛道|分论坛|论坛|分会场|分会)"
)
_PARTS_APART: Final = re.compile("、|以及|(?<=”)(?=“)|(?<=[^和与及])[和与及](?=[^和与及、]+$)")
WHOLE: Final = 0.97
"""More than a title by itself: the event is the longer name."""


def split(text: str, item: Candidate) -> Iterator[Candidate]:
    """Yield the events of a list that was read as one, or `item` itself."""
    for separator in (_LISTED, _JOINED):
        listed = pieces(text, separator, item.start, item.end)
        if len(listed) > 1 and all(_ENDS.search(text, a, b) and b - a > 3 for a, b in listed):
            yield from (replace(item, start=a, end=b) for a, b in listed)
            return
    yield item


def events(text: str) -> Iterator[Candidate]:
    """Yield what by its wording is the name of an event; the confidence says how telling the wording is."""
    for pattern, confidence in (
        (_NUMBERED, 0.8),
        (_DATED, 0.65),
        (_HELD, 0.55),
        (_ON_TITLE, WHOLE),
        (_PART, 0.65),
        (_SERIES, 0.65),
        (_QUOTED, 0.65),
        (_SEASON, 0.65),
    ):
        for match in pattern.finditer(text):
            group = "name" if "name" in pattern.groupindex else 0
            found = Candidate(match.start(group), match.end(group), EntityType.EVENT, confidence, "grammar")
            yield from split(text, found)
    yield from _parts(text)


def _parts(text: str) -> Iterator[Candidate]:
    """Yield the parts of an event that a list with their number names: 设甲、乙和丙三个分论坛."""
    for match in _PARTS.finditer(text):
        pieces = _PARTS_APART.split(match["items"])
        if len(pieces) < 2 or not all(map(_ITEM.fullmatch, pieces)):
            continue
        start = match.start("items")
        for piece in pieces:
            at = text.index(piece, start)
            inside = int(piece[0] == "“")
            yield Candidate(at + inside, at + len(piece) - inside, EntityType.EVENT, WHOLE, "grammar")
            start = at + len(piece)
