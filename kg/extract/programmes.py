"""Names between marks: documents in 《》, quotations before a head, short names in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.extract.boundaries import pieces
from kg.model import Candidate, EntityType

_BOOK = re.compile(r"《([^《》\n]{2,90})》")
_MEDIA = re.compile(
    r"(?:日报|晚报|早报|时报|商报|快报|都市报|导报|青年报|周报|观察报|周刊|月刊|杂志|新闻|财经|之声|新闻联播|纪实|述评|侧记|综述|访谈|启示录)$"
)
_REPORTED = re.compile(
    r"的?(?:首席)?(?:记者|报道|讯|消息|编辑部|系列|栏目|节目|专栏|刊文|发文|一书|这本书|一文|专题片|纪录片|动画片|杂志|特别节目"
    r"|社论|旋律|歌声|巡演|首演|播出|上?(?:连续)?刊[登发]|--?|—+[^，。；》]{0,12}节目|第[0-9一二三四五六七八九十]+[集季期])"
)
_SHOWN = re.compile(
    "(?:播出的?|首播|播放|展播|纪录片|专题片|电影|影片|大片|动画片|电视剧|网剧|舞剧|话剧|歌剧|京剧|儿童剧|戏曲|歌曲|歌舞"
    "|独唱|合唱|[唱奏]起?了?|名曲|一曲|小品|相声|舞蹈|杂技|诗歌|小说|专著|新书|图书|画作|节目|栏目|专栏|系列报道|特别报道"
    "|第[0-9一二三四五六七八九十]+集：?|社论|时评|评论员文章|署名文章|期刊|杂志|报纸|媒体|卫视|电视台|频道|出版社的?)"
    "(?:《[^《》]*》[、和及]?)*$"
)
"""What stands before the press, before films, songs and books, the first of them or a later one."""
_DOCUMENT: Final = re.compile(
    "(?:条例|规例|条?约|路线图|提纲|[选摘]编|办法|意见|规划|方案|通知|决定|法|法典|纲要|规定|计划|措施|报告|公告|细则|协议|协定|指南|公约|宣言|声明|倡议书?|目录"
    "|标准|准则|建议|白皮书|蓝皮书|清单|指引|章程|宪章|备忘录|公报|解释|批复|规则|规范|制度|决议|议定书|合同|名录|手册|守则"
    "|指数|书|条|政策|草案|稿|要点|导则|承诺|蓝图|名单|通告|规程|条款|规章|令|法规|法案|共识|要求|愿景|战略|行动|体系|通则|原则"
    "|汇编|汇报|提案|议案|大事记|榜|榜单|图谱|预测|函|预案|安排|机制|任务|架构|术语|条件|指导|评估|大纲|情况|文件|批示|契约|议程)"
    "(?:[0-9]{4}年?|[0-9.]+|[（(][^）)]*[）)])*$"
)
_GIVEN_OUT: Final = re.compile(
    "(?:印发|制定|修订|起草|出台|发布|签署|签订|通过|公布|施行|实施|提交|提请|审议|落实|贯彻|牵头|依据|根据|按照|依照|参照|关于|对照|达成|欧盟|研报)"
    "了?的?[“《]?$"
)
_IN_FORCE: Final = re.compile(
    "(?:团体|地方|国家|行业)?标准|白皮书|蓝皮书|要求|提出|明确|规定|指出|施行|实施|正式|草案|（|等[0-9]+项|的报告"
)

_WHOLE_HEADS = (
    "行动计划 专项行动 大行动 行动方案 合作倡议 行动 计划 工程 平台 基地 规划纲要 规划建议 规划 目标体系 "
    "目标 战略布局 总体布局 战略 体系 方案 机制 制度 系统"
).split()
_TELLING_HEADS: Final = ("行动计划", "专项行动", "大行动", "合作倡议")
"""Nothing but a programme is called so."""
_OUTER_HEADS = (
    "科技专项 重大专项 专项(?!整治|治理|检查) 政策 项目 建设 倡议 试点 改革 品牌 应用 服务 举措 小程序 场景 "
    "工作法 榜单 名单 清单 消费券 套票 App APP 客户端"
).split()
_QUOTED: Final = re.compile(
    rf"“(?P<inner>[^“”\n，。；]{{2,16}})”"
    rf"(?:(?P<head>{'|'.join(_WHOLE_HEADS)})|(?:{'|'.join(_OUTER_HEADS)}))"
)
_NEXT: Final = re.compile("”(?P<head>[^“”，。；、《》]{0,6}?)[、和与及]?(?=“)")
_ROW: Final = re.compile(
    r"“(?P<inner>[^“”\n，。；]{2,16})”(?=(?:[、和与及]?“[^“”\n，。；]{2,16}”){1,6}等?"
    r"(?:标杆|示范|典型|品牌|特色|重点|应用|试点)?(?:场景|应用|工程|行动|计划|项目|平台|专项|试点|小程序|政策))"
    r"|(?<=”)[、和与及]?“(?P<last>[^“”\n，。；]{2,16})”(?=等?(?:标杆|示范|典型|应用|特色)(?:场景|应用|工程|项目))"
)
"""Quotations in a row before one head: “甲”“乙”标杆场景."""
_BETWEEN: Final = re.compile("(?<=项目|工程|计划|行动|平台|基地|试点|专项|草案|报告|基金)[、和及与](?!其)")
_ENDS: Final = re.compile("(?:项目|工程|计划|行动|平台|基地|试点|专项|草案|报告|基金)$")
_DOER: Final = re.compile(
    r"(?:(?<=[，；。：\n])|^)“(?P<inner>[^“”\n，。；、：！？]{3,12})”"
    r"(?=推动|打造|打通|整合|提供|覆盖|集成|依托|上线|汇聚|帮助|连接|投入使用|正式上线|功能|数量|"
    r"，(?:通过|依托|采用|利用)|(?:已|已经|累计)(?:服务|接入|覆盖|上线|归集|注册))"
)
"""A quotation that does what only a system or a measure does: “甲”打通了两个平台."""
_LAUNCHED: Final = re.compile(
    r"(?:推出|实施|上线|发布|启动|发放|搭建|开通)了?“(?P<inner>[^“”\n，。；、：！？]{3,14})”(?=[，。；])"
)
"""A quotation that somebody launches: 推出“甲”，."""
_OFFER: Final = re.compile(
    r"“(?P<inner>(?!入场|应|信)[^“”\n，。；、：！？是的]{1,8}(?:贷|(?<!证)券|直通车|驿站|一件事))”"
)
_LOAN: Final = re.compile(
    "(?:推出|创设|创新|发布|推介|推广|开发|办理|抓好|[、和与的]|首[笔批]|[万亿]元)"
    "(?P<inner>(?!首[笔批]|是)[\u4e00-\u9fff]{1,6}?[^信投可尽能还放借房车]贷)(?![款方前后给出动记])"
)
"""A loan with a name of its own: 推出稻虾贷."""
_CHIEF: Final = re.compile("(?<![河湖林田路链港])(?P<inner>(?:河湖|[河湖林田路链港楼街湾滩])长制)(?!度)")
"""One official answers for each river, forest or trade: 河长制."""
_ALIKE: Final = re.compile(
    r"(?<![A-Za-z])(?P<items>[A-Z][A-Za-z0-9]{1,9}(?:、[A-Z][A-Za-z0-9]{1,9}){1,5})"
    r"(?P<count>[两二三四五六]项)?(?P<head>试点|计划|项目|平台|工程|机制|业务)"
)
_UNMARKED: Final = re.compile(
    r"(?<![《〈])关于(?:进一步|加快|推进|促进|加强|深化|完善|支持|做好|开展|推动|建立|健全|实施|深入|全面|切实|坚持|规范|鼓励|构建|积极"
    r"|优化|扩大|改革|印发|修改|调整|强化|大力|扎实|培育|提升|提高|严格|防范|保障|落实)[^，。；：“”《》\n]{4,46}?的"
    r"(?:若干|实施|指导|具体|补充)*(?:意见|决定|通知|办法|规定|方案|措施|批复|决议|公告)(?=[，。；：、）”\n]|等|发布|印发|出台)"
)
SURE: Final = 0.9
_FIVE_YEARS: Final = re.compile(r"“(?P<inner>十[一二三四五六七八九]五)”(?![^，。；“”《》]{0,16}规划)")

_CALLED = re.compile(
    r"[）)》”]{0,2}[（(](?:(?:以下|下文)?(?:统称|合称|简称|下称|又称)(?:为|作)?|即)[：:]?[“《‘\"]{0,2}"
    r"(?P<name>[^“”《》（）()\n，。]{2,20})[”》’\"]{0,2}[）)]"
)
_LETTERS = re.compile(r"[”》]{0,2}[（(](?P<name>[A-Z][A-Za-z0-9&+.-]{1,11})[）)]")


def titles(text: str) -> Iterator[Candidate]:
    """Yield each document named in 《》, without the marks; newspapers and programmes on air are none."""
    for match in _BOOK.finditer(text):
        if not _no_document(text, match) and _document(text, match):
            yield Candidate(match.start(1), match.end(1), EntityType.PROGRAMME, 0.95, "title")


def on_air(text: str) -> Iterator[tuple[int, int]]:
    """Yield each stretch between book marks that is the press and no document."""
    for match in _BOOK.finditer(text):
        if _no_document(text, match):
            yield match.span()


def _no_document(text: str, match: re.Match[str]) -> bool:
    """Whether what stands between book marks is the press, a film or a book."""
    if _MEDIA.search(match[1]) or _REPORTED.match(text, match.end()):
        return True
    return bool(not _DOCUMENT.search(match[1]) and _SHOWN.search(_before(text, match)))


def _document(text: str, match: re.Match[str]) -> bool:
    """Whether what stands between book marks is called or treated like a document."""
    if _DOCUMENT.search(match[1]):
        return True
    return bool(_GIVEN_OUT.search(_before(text, match)) or _IN_FORCE.match(text, match.end()))


def _before(text: str, match: re.Match[str]) -> str:
    """What stands before a title in its sentence."""
    return text[max(0, match.start() - 60) : match.start()]


def quoted(text: str) -> Iterator[Candidate]:
    """Yield each quotation that a word such as 行动 makes a programme's name, and each five-year plan."""
    for match in _QUOTED.finditer(text):
        if match["head"]:
            telling = 0.72 if match["head"] in _TELLING_HEADS else 0.6
            yield Candidate(match.start(), match.end(), EntityType.PROGRAMME, telling, "quotes")
        else:
            yield Candidate(*match.span("inner"), EntityType.PROGRAMME, 0.6, "quotes")
    for match in _FIVE_YEARS.finditer(text):
        yield Candidate(*match.span("inner"), EntityType.PROGRAMME, 0.6, "quotes")
    for match in _ROW.finditer(text):
        group = "inner" if match["inner"] else "last"
        yield Candidate(*match.span(group), EntityType.PROGRAMME, 0.7, "quotes")
    for pattern in (_DOER, _LAUNCHED, _OFFER, _LOAN, _CHIEF):
        for match in pattern.finditer(text):
            yield Candidate(*match.span("inner"), EntityType.PROGRAMME, 0.7, "quotes")


def alike(text: str) -> Iterator[Candidate]:
    """Yield the programmes in Latin letters that share one head: QFLP、QDLP试点."""
    for match in _ALIKE.finditer(text):
        start = match.start("items")
        pieces = match["items"].split("、")
        for piece in pieces:
            last = piece is pieces[-1] and not match["count"]
            yield Candidate(
                start, match.end() if last else start + len(piece), EntityType.PROGRAMME, SURE, "list"
            )
            start += len(piece) + 1


def shares_head(text: str, item: Candidate) -> bool:
    """Whether `item` is two programmes or more that share one head."""
    return item.type == EntityType.PROGRAMME and bool(_ALIKE.fullmatch(text, item.start, item.end))


def unmarked(text: str) -> Iterator[Candidate]:
    """Yield the documents whose title stands in no marks: 印发关于促进外贸发展的若干意见."""
    for match in _UNMARKED.finditer(text):
        yield Candidate(*match.span(), EntityType.PROGRAMME, SURE, "wording")


def short_names(text: str, found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the names that brackets behind a name introduce: （以下简称“…”） and （ABC）."""
    for item in found:
        called = _CALLED.match(text, item.end) or _LETTERS.match(text, item.end)
        if called and item.type != EntityType.PERSON:
            yield Candidate(*called.span("name"), item.type, max(0.9, item.confidence), "grammar")


def each_quotation(text: str, item: Candidate) -> Iterator[Candidate]:
    """Yield the quotations that were read as one programme, each with its head, or `item` itself."""
    start = item.start
    if "“" in text[max(0, start - 1) : start + 1]:
        for match in _NEXT.finditer(text, start, item.end):
            yield replace(item, start=start, end=match.end("head"))
            start = match.end()
    yield from (replace(item, start=first, end=end) for first, end in _apart(text, start, item.end))


def _apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The programmes of a list that was read as one, each of them with its own head."""
    listed = pieces(text, _BETWEEN, start, end)
    whole = all(last - first >= 4 and _ENDS.search(text, first, last) for first, last in listed)
    return listed if whole else [(start, end)]
