"""Where a name begins and ends: marks come in pairs, counting words and "the first" stay outside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kg.lac import Word
from kg.model import Candidate, EntityType

PAIRS: Final = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"), ("「", "」"))
REACH: Final = 30
"""The other mark of a pair is looked for so many characters away."""

_EDGE = "、，。；：！？,.;:!? \t的"
_BRACKETED = (EntityType.PROGRAMME, EntityType.EVENT, EntityType.ORGANISATION)
_COUNTED = re.compile(r"(?:[0-9]+|[一二三四五六七八九十两几数百千多]+)余?(?:场|次|个|项|家|大批)(?=.{4})")
_REALM = "(?:全国|我国|中国|国内|全球|世界|全省|全市|全区|本市|我省|我市)?"
_FIRST = re.compile(rf"{_REALM}首(?:个|张|家|批|只|座|条|部|项|款)(?=.{{3}})")
_THIS = re.compile("(?:本届|本次|此次|这次|该届)(?=.{3})")
_MANNER = re.compile(
    "(?:(?:胜利|隆重)?(?:开幕|闭幕|召开|举行)?之际"
    "|顺利|成功|隆重|正式|圆满|如期|盛大|胜利|今日|今天|今晚|昨日|昨晚|精神|期间)$"
)
_DAY: Final = re.compile(r"(?:(?:19|20)[0-9]{2}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?(?!例行)(?=.{5})")
"""When an event is held stands before its name: 4月|低空经济大会; 9月例行新闻发布会 is called so."""
_MONEY: Final = re.compile(r"[0-9.]+余?[十百千万]*亿?(?:美|欧|日|港)?元(?:人民币)?(?:规模)?的?(?=.{4})")
"""How big a fund is stands before its name."""
_MINISTRY: Final = re.compile(
    "(?:(?:工业和信息化|工信|财政|科学技术|科技|农业农村|商务|教育|交通运输|生态环境|自然资源|水利|民政|公安"
    "|住房和?城乡建设|住建|人力资源和?社会保障|人社|文化和旅游)部|国家(?:发展改革|发改|卫生健康|卫健)委"
    "|国家[\u4e00-\u9fff]{2,4}局|欧盟)(?:等[一二三四五六七八九十0-9]*部门)?"
    "(?=[^，。；《》]{3,}(?:试点|专项|名单|平台|计划|行动|战略|课题|项目|工程|任务|机制)$)"
)
"""A ministry of the state is a body by itself, and the programme it runs another name."""
_KERNEL: Final = re.compile(
    "(?:国家|全国|[\u4e00-\u9fff]{1,4}[省市县区州])?“(?P<name>(?![0-9]{5}”|十[一二三四五六七八九]五”)[^“”\n，。；]{2,16}|十[一二三四五六七八九]五(?=”重))”"
    r"(?:[^“”，。；、等和\s]{2,8}?(?:平台|项目|基金|政策)|[^“”，。；、等和\s]{0,8}?(?:发展战略|系列行动|重[点大]工程|[一二三四]期工程"
    "|(?:重点|重大|科技|诉讼)专项|清单|名单|榜单|App|APP)|项目|方案)(?:[0-9.]+|[一二三四]期)?"
)
"""A quotation before a description of several words is the name by itself: “海纳云”应急指挥平台."""
_OURS: Final = ("我国", "我省", "我市", "我区", "我县")
"""Words that are sometimes read as one with the name behind them."""
_CALL_OF: Final = re.compile(r"20\d\d年度?(?=“)")
_CALL: Final = re.compile("”?(?:项目|人选|人才|专家)?(?:申报|遴选|评选|评审|征集|入选|资助|招募|公示)")
"""The year before a quoted programme is that of the call for it: 2022年|“洪城计划”申报."""
_POINTING: Final = re.compile("(?:后续|相关|有关|上述|该项?|此项|这项|本次)的?(?=.{4})")
_TOPIC: Final = re.compile(
    "关于(?:提请)?(?:审议|实施|推进|推动|落实|修改)?"
    "(?![^，。]*(?:意见|决定|报告|通知|办法|公告|批复|建议|议案|决议|解释|规定|措施|汇报|条例|方案|草案|说明|协定|协议|声明|备忘录)$)"
    "(?=[^，。]{4,}$)"
)
"""What is talked about, and no title: 关于实施|乡村振兴战略."""
_BOOKED: Final = re.compile("[^《》“”]{1,14}《(?P<name>[^《》]{4,})》")
_HONOURED: Final = re.compile(
    "[^“”《》]{0,12}?(?:人才|英才|个人|集体|企业|单位|团队|专家|学者|选手)[和与及](?=.{5})"
)
"""Who stands beside an event in a list is no part of its name: 青年英才和创新大赛."""
_HELD: Final = re.compile(
    r"(?P<named>[^，。；]{4,}?(?:节|会|赛|展|周|论坛)”?)(?:[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}日)(?!例行|活动)[^，。；]*(?:会|仪式|活动)"
)
"""The day behind an event's name begins what is told of it: 购物节|4月24日新闻发布会."""
_LETTER = re.compile("[A-Za-z0-9]")
_GAP = re.compile("[A-Za-z0-9] [A-Za-z]")
_NUMBERING = re.compile(r"[（(][一二三四五六七八九十]+[）)]|[0-9]{1,2}[.．、](?![0-9])")
_HOLDING = re.compile("(?:召开|举行|举办|出席|参加|印发|出台|发布)(?:了|的)?(?!会)")
_CARRYING = re.compile(
    f"{_HOLDING.pattern}|(?<!关于)(?:组织开展|开展|正式启动|启动(?![区会资]|仪式|大会))(?=.{{4}})"
)
_LEADING = frozenset(
    "推动 推进 形成 建设 满足 完成 深化 召开 实施 联合 开展 加快 打造 构建 落实 加强 参与 支持 贯彻 "
    "贯彻落实 制定 编制 成立 设立 建立 健全 完善 提出 坚持 围绕 通过 依托 继续 积极 全面 深入 共同 "
    "后续 相关 有关 上述 废止 审议 分组 承建 入选 获评 提请 交付 批复 批准 开好 推出 讨论 "
    "联合实施 加快建设 的 了 在 对 向 由 将".split()
)
_PREDICATES = frozenset(
    "是 将 让 使 已 已经 正在 能够 可以 满足 完成 达到 实现 表示 指出 认为 强调 我们 他们 划清".split()
)
_VERSION = re.compile(r"[0-9]{1,2}\.[0-9](?![0-9%％亿万千个倍])")
_PHASES = ("基金", "项目", "工程", "计划", "专项")
_PHASE = re.compile("[一二三四五]期(?![间末初刊])")
_HEADED = "项目|工程|试点|计划|平台|基地|系统|专项|奖|行动"
_AFTERWARDS = re.compile(
    f"(?P<named>.*(?:{_HEADED}))(?:建设|评审|测试|推进|实施|申报)*(?:现场|范围|工作|进展|情况|等.*)"
)
"""What is done with a programme stands behind its name."""
_PHASED: Final = re.compile(
    "(?P<named>.+(?:计划|工程|行动))第[一二三四五六七八九十]+(?:批|阶段)(?:试点|名单|工作)?"
)
_JUST_BEGUN: Final = re.compile(
    "(?:同日|当日|近日|日前|昨日|今日|当天)(?:投运|开工|启动|建成|开通|上线|启用|奠基)了?"
)
_TO: Final = "至到—－-"
_LINE: Final = re.compile("(?:工程|项目|高铁|铁路|高速|公路|管道|线路|航线|通道)$")
_MARKET = re.compile("(?P<named>.{2,12}?(?:碳市场|碳排放权交易市场|减排交易市场)).+")
_FURTHER: Final = re.compile(
    "(?P<named>.+?(?:奖(?=获奖|[一二三特]等奖)|(?:计划|工程)(?=配套|集成)|专项(?=课题)|基地(?=建设名单)))"
    "(?:获奖项目|[一二三特]等奖(?:项目)?|配套项目|集成项目|课题|建设名单)"
)
_TESTED = re.compile("(?P<named>.+(?:项目|工程|试点|改革))(?:建设|测试|评审|情况|全线|进展)")
_SHORT: Final = re.compile("[（(]([^（）()]{2,12})[）)]$")
_DATELINE: Final = re.compile(r"[^\s，。；]{2,14}[0-9]{1,2}月[0-9]{1,2}日[电讯][ \t\u3000]*")
_LEGAL_FORM: Final = re.compile("(?:控股)?(?:股份)?(?:有限责任公司|有限公司|公司)")
_INNER_BREAK = re.compile(r"[。！？；\n]")


def mend(text: str, item: Candidate) -> Candidate | None:
    """`item` with whole pairs of marks, without what only counts it; None when nothing is left."""
    start, end = item.start, item.end
    for opening, closing in PAIRS:
        start, end = _paired(text, start, end, opening, closing)
    start, end = _latin(text, *_trimmed(text, start, end))
    if item.type in _BRACKETED:
        start = _past(text, start, end, _DATELINE, _FIRST, _COUNTED)
    if item.type == EntityType.PROGRAMME:
        start, end = _kernel(text, start, end)
    if item.type == EntityType.EVENT:
        start = _past(text, start, end, _DAY, _HONOURED)
        held = _HELD.match(text, start, end)
        end = held.end("named") if held else end
        this, manner = _THIS.match(text, start, end), _MANNER.search(text, start, end)
        start, end = this.end() if this else start, manner.start() if manner else end
    if item.type == EntityType.ORGANISATION:
        start += text[start] == "原" and text[start - 1 : start] in "（("
        form = _LEGAL_FORM.match(text, end) if text[end - 1] in "）)" else None
        end = form.end() if form else end
    start, end = _unwrapped(text, start, end)
    if item.type == EntityType.PROGRAMME and (version := _VERSION.match(text, end)):
        end = version.end()
    if item.type == EntityType.PROGRAMME and text.endswith(_PHASES, start, end):
        phase = _PHASE.match(text, end)
        end = phase.end() if phase else end
    if item.type in _BRACKETED:
        end = _before_short(text, start, end)
    if end <= start or _INNER_BREAK.search(text, start, end):
        return None
    return replace(item, start=start, end=end)


def _past(text: str, start: int, end: int, *openings: re.Pattern[str]) -> int:
    """Where text[start:end] goes on behind those of `openings` that it begins with, in their order."""
    for opening in openings:
        match = opening.match(text, start, end)
        start = match.end() if match else start
    return start


def _kernel(text: str, start: int, end: int) -> tuple[int, int]:
    """The programme without its size or its ministry, and without what only describes its quoted name."""
    if text.startswith(_OURS, max(0, start - 1)):
        start += 1
    start = _past(text, start, end, _MONEY, _MINISTRY, _TOPIC, _POINTING)
    if _CALL.match(text, end):
        start = _past(text, start, end, _CALL_OF)
    named = _KERNEL.fullmatch(text, start, end) or _BOOKED.fullmatch(text, start, end)
    return named.span("name") if named else (start, end)


def _before_short(text: str, start: int, end: int) -> int:
    """The end of a name without the short or Roman name of it in brackets: 海洋经济博览会（海博会）."""
    short = _SHORT.search(text, start, end)
    if short is None:
        return end
    full = iter(text[start : short.start()])
    told = short[1].isascii() or all(char in full for char in short[1])
    return short.start() if told and short.start() - start > len(short[1]) else end


def pieces(text: str, separator: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    """Where the parts of text[start:end] lie that `separator` sets off."""
    cuts = [match.span() for match in separator.finditer(text, start, end)]
    return list(zip([start, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), end], strict=True))


def nominal(text: str, words: Mapping[int, Word], item: Candidate) -> Candidate | None:
    """The part of a programme or event that names it: verbs that lead up to it go, sentences are none.

    `words` are those of the text by where they start.
    """
    start, end = item.start, item.end
    number = _NUMBERING.match(text, start, end)
    start = number.end() if number else start
    leads = _HOLDING if item.type == EntityType.EVENT else _CARRYING
    for match in leads.finditer(text, start, end - 3):
        if not _quoted(text, start, match.start()):
            start = match.end()
    for match in _JUST_BEGUN.finditer(text, start, end - 3):
        start = start if _quoted(text, start, match.start()) else match.end()
    while (word := words.get(start)) and word.end < end - 3:
        if text[word.start : word.end] not in _LEADING:
            break
        start = word.end
    position = start
    while (word := words.get(position)) and position < end:
        if text[word.start : word.end] in _PREDICATES and not _quoted(text, start, word.start):
            return None
        position = word.end
    for trailing in (
        (_AFTERWARDS, _PHASED, _MARKET, _TESTED, _FURTHER) if item.type == EntityType.PROGRAMME else ()
    ):
        after = trailing.fullmatch(text, start, end)
        if after and not _quoted(text, start, after.end("named")):
            end = after.end("named")
    if item.type == EntityType.PROGRAMME and _LINE.search(text, start, end):
        start = _from_where(text, words, start)
    return replace(item, start=start, end=end) if start < end else None


def _from_where(text: str, words: Mapping[int, Word], start: int) -> int:
    """Where the name of a line begins that runs from one place to another: 藏东南至大湾区…工程."""
    to = words.get(start)
    if to is None or to.tag != "LOC" or text[start - 1 : start] not in tuple(_TO):
        return start
    begins = (at for at in range(max(0, start - 7), start - 2) if at in words and words[at].tag == "LOC")
    return next((at for at in begins if words[at].end == start - 1), start)


def _quoted(text: str, start: int, position: int) -> bool:
    """Whether `position` stands within marks that open after `start`."""
    before = text[start:position]
    return any(before.count(opening) > before.count(closing) for opening, closing in PAIRS)


def _paired(text: str, start: int, end: int, opening: str, closing: str) -> tuple[int, int]:
    """The stretch with the missing half of a pair taken in, or the lone half left out."""
    depth = 0
    for position in range(start, end):
        if text[position] == opening:
            depth += 1
        elif text[position] == closing:
            depth -= 1
            if depth < 0:
                before = text.rfind(opening, max(0, start - REACH), start)
                lone = before < 0 or _INNER_BREAK.search(text, before, start)
                return (position + 1, end) if lone else (before, end)
    if depth > 0:
        after = text.find(closing, end, end + REACH)
        if after == end:
            return start, end + 1
        lone_at = text.rfind(opening, start, end)
        return (lone_at + 1, end) if lone_at == start else (start, lone_at)
    return start, end


def _latin(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the rest of a word in Latin letters, and of a name of several such words."""
    if _LETTER.match(text, start):
        while start > 0 and (_LETTER.match(text, start - 1) or _GAP.match(text, start - 2)):
            start -= 1
    if end > start and _LETTER.match(text, end - 1):
        while end < len(text) and (_LETTER.match(text, end) or _GAP.match(text, end - 1)):
            end += 1
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE and not (text[end - 1] == "的" and end - start == 2):
        end -= 1
    return start, end


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """A name that is nothing but a quotation, without its marks."""
    for opening, closing in PAIRS:
        if end - start > 2 and text[start] == opening and text.find(closing, start, end) == end - 1:
            return start + 1, end - 1
    return start, end
