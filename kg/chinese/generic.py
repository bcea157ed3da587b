"""Names that say only what kind of thing is meant; which one, their article says."""

from __future__ import annotations

import re

from kg.chinese.places import gazetteer
from kg.model import EntityType

_PROG_HEAD = (
    "规划纲要|规划|纲要|意见|若干意见|办法|方案|条例|通知|指引|指南|行动计划|计划|措施|若干措施|政策措施|政策|规定|若干规定|暂行规定|"
    "暂行办法|管理办法|实施方案|工作方案|总体方案|实施意见|指导意见|细则|实施细则|决定|决议|报告|公报|协议|合作协议|框架协议|战略合作协议|"
    "战略合作框架协议|备忘录|合作备忘录|谅解备忘录|标准|规范|公约|协定|白皮书|蓝皮书|倡议书|倡议|清单|负面清单|草案|法案|章程|目录|项目|工程|"
    "平台|基地|专项|行动|试点|基金|中心|政府工作报告|工作报告|工作要点|三年行动计划|三年行动方案|行动方案|若干政策|若干政策措施|若干政策规定|"
    "发展规划|总体规划|专项规划|实施计划|工作计划|一期工程|二期工程|一期项目|二期项目|示范区|示范项目|重点项目|公告|公约|责任书|目标责任书|意向书|议定书|宣言|联合声明|共识"
)
_EVENT_HEAD = (
    "大会|会议|论坛|高峰论坛|峰会|发布会|新闻发布会|记者会|例行记者会|大赛|比赛|竞赛|决赛|总决赛|沙龙|仪式|启动仪式|签约仪式|揭牌仪式|"
    "活动|博览会|展会|展览会|展览|推进会|座谈会|研讨会|交流会|对接会|供需对接会|签约|集中签约|开幕式|闭幕式|年会|全会|例会|洽谈会|交易会|评选|典礼|培训|调研|"
    "专题会议|常务会议|党组会议|工作会议|电视电话会议|现场会|推介会|动员会|动员大会|启动会|启动大会|开工仪式|奠基仪式|颁奖仪式|颁奖典礼|成立大会|"
    "成立仪式|项目签约仪式|集中签约仪式|招商推介会|招聘会|听证会|通气会|吹风会|媒体通气会|协调会|调度会|誓师大会|表彰大会|总结大会|主论坛|分论坛|平行论坛|专题论坛|圆桌论坛|圆桌会议"
)
_ORG_HEAD = (
    "公司|集团|集团公司|总公司|分公司|子公司|本行|我行|总行|分行|支行|银行|学校|学院|大学|医院|协会|学会|商会|联盟|基金会|委员会|管委会|组委会|筹委会|理事会|董事会|监事会|"
    "党委|党组|党支部|工会|企业|研究院|研究所|实验室|中心|领导小组|工作组|专班|指挥部|办公室|政府|法院|检察院|公安局|海关|交易所|股东大会|纪委|机关|"
    "人民政府|人民法院|人民检察院|管理委员会|村委会|居委会|村党支部|社区党委|政府军|执政党|在野党|反对派|联邦政府|医疗队|援鄂医疗队|慈善总会|宣传部|组织部"
)
_POINTING = "(?:本次|此次|该|本届|这次|首届|本|此|我|这家|上述|这一|大会|大赛|论坛|峰会|活动)?"

_GENERIC = {
    EntityType.PROGRAMME: re.compile(_POINTING + f"(?:{_PROG_HEAD})"),
    EntityType.EVENT: re.compile(_POINTING + f"(?:{_EVENT_HEAD})"),
    EntityType.ORGANISATION: re.compile(_POINTING + f"(?:{_ORG_HEAD})"),
    EntityType.PLACE: re.compile(
        "(?:我国|[我本全该]?(?:市|省|区|县|州|自治区|镇|乡|村|市区|城区|园区))|(?:新区|开发区|高新区|经开区|高新技术开发区|高新技术产业开发区|经济技术开发区|"
        "自贸区|自由贸易试验区|自贸港|新片区|保税区|综合保税区|示范区|试验区|产业园|产业园区|科技园|工业园|工业园区|主城区|中心城区|城区|市区|老城区|新城|核心区|启动区|先行区|"
        "会展中心|国际会展中心|会议中心|国际会议中心|展览中心|展览馆|博物馆|图书馆|体育馆|体育中心|体育场|大剧院|人民广场|市民中心|火车站|高铁站|机场|大厦|会堂|人民大会堂厅|总部|全省|全国|国内|"
        "[东南西北中]部|[一二三四五六七八九十]楼.*|[A-Z]?T?\\d航站楼|主会场|分会场|现场|街道|社区|共和国|特别行政区|特区|多国|两国|高速公路|国家公园|清真寺|堰塞湖|东部地区|中央大街|海域|山区|灾区|示范园区|核心片区)"
    ),
}
_MARKS = re.compile(r"[《》〈〉“”\"‘’「」\s]")
_UNIT = re.compile(
    r"(?!中央|国家|全国|中国|中华|国务院)[\u4e00-\u9fff]{2,6}(?:(?<!公)司|处|(?<![重金国航电软微创生易])科|(?<!实验)室|组|科室|支部)$"
)
_SHARED = re.compile(
    r"(?:市|省|区|县|自治区|州)?(?:第?[一二三四五六七八九十]+)?(?:人民|中心|中医|妇幼保健|儿童|实验|高级|职业|师范|商业|财政|供销|总|重点)?(?:医院|院|中学|小学|党校|大厦|银行)$"
)
_OCCASION = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[次届场])?(?:经济|农村|农业|扶贫|党建|安全生产|统战|宣传思想|政法|人才|改革|全体|视频|电视电话|纪念|开幕|闭幕|启动|签约|揭牌|专题|主题|预备|协调|工作|总结|表彰|动员|新闻|"
    r"国庆|新年|年度|座谈|颁奖|欢迎|欢送|庆祝|告别|升旗|发布|招商|推介|开工|奠基|交流|对接|线上|现场|联席|领导人|部长级|地方领导人|主席团|常委会|理事会|"
    r"党组|党委|办公|常务|紧急|特别|闭门|双边|多边|高级别|高层|集体)*(?:会议|会|仪式|活动|晚会|招待会|会谈|发布会|论坛|峰会|典礼|大会|调研|学习)"
)
_KIND_OF_WORK = re.compile(
    r"^[\u4e00-\u9fff、]{2,5}(?:项目|工程|基地|平台|中心|试点|试点工作|系统|协议|方案|办法|机制|基金|生产线|实验室|合作协议|示范基地|产业园|工厂|改造)$"
)


SERVICE = re.compile("[\u4e00-\u9fff]{2}[通易办码达](?:平台|系统|项目)?")
"""Services are given names like these: 贵商易平台, 随申办."""


_ZONE = re.compile(
    r"(?:国家级?)?(?:新区|开发区|高新区|经开区|高新技术开发区|高新技术产业开发区|经济技术开发区|自贸区|自由贸易试验区|保税区|"
    r"综合保税区|综保区|工业园区|工业园|产业园|科技园|主城区|市区|城区|老城区|火车站|高铁站|机场|体育中心|会展中心|国际会展中心)"
)
_ZONE_BODY = re.compile(f"(?:{_ZONE.pattern})(?:管委会|管理委员会|管理局)")
_OURS = re.compile(r"(?:[我本全]|该)(国|市|省|区|县|州|自治区)")
_PUBLIC = re.compile(
    r"(?P<level>市|省|区|县|自治区|州)?(?P<rest>第?[一二三四五六七八九十]?(?:人民|中心|中医|中医院|妇幼保健|儿童|实验|高级|职业|师范|老年)?"
    r"(?:医院|中学|小学|大学|学院|党校|图书馆|博物馆|美术馆|文化馆|科技馆|体育馆|体育中心|疾控中心|疾病预防控制中心|公共资源交易中心|"
    r"大数据中心|融媒体中心|电视台|广播电视台|日报社|青年联合会|青联|消防救援支队|消防支队))"
)


_KINDS = {"院": "人民医院", "中": "中学"}
_NUMBERED = re.compile("(?P<level>[省市县区州])(?P<number>[一二三四五六七八九十])(?P<kind>[院中])")
"""The first hospital or school of the article's place: 市一院, 县二中."""


_OWN = re.compile(
    r"(?:[全我本])?(?P<level>自治区|省|市|区|县)(?P<rest>(?!场|民|级|内|外|容|域|块|值|长|区|直|属|政(?!府|协)).{2,})"
)


_OFFICE = re.compile(
    "[\u4e00-\u9fff]{2,10}(?:局|委|委员会|办|办公室|厅|署|总队|支队|大队|管理处|管理中心|服务中心|事务中心|促进中心|指挥部|领导小组|协会|学会|商会|联合会)"
)
_LOCAL = re.compile(
    "(?P<level>自治区|自治州|市|省|区|县|州)(?P<rest>(?!场|级|内|外|容|域|块|值|长|直|属|际|委|政府|政(?:法|治|策))"
    f"{_OFFICE.pattern.replace('{2,10}', '{1,10}')})"
)


_BUREAU = re.compile("(?![国中联美英])[\u4e00-\u9fff]{2,3}局")
"""A bureau of a field that the grammar does not list, without its place: 茶业局."""


def local_office(name: str) -> bool:
    """Whether `name`, without its place, is that of an office that a place has: 海洋发展局."""
    return _OFFICE.fullmatch(name) is not None


def own(name: str) -> tuple[str, str]:
    """Level and rest of a name that begins with the word for its article's place: 省委常委会会议."""
    match = _OWN.fullmatch(name)
    return (match["level"], match["rest"]) if match else ("", "")


def ours(name: str) -> str:
    """The word for a level in 我市, 全省: the article's own place; empty for other names."""
    match = _OURS.fullmatch(name)
    return match[1] if match else ""


def zone(name: str) -> bool:
    """Whether every city has a place of that name: 高新区."""
    return _ZONE.fullmatch(name) is not None


def zone_body(name: str) -> bool:
    """Whether every city has a committee of that name: 高新区管委会."""
    return _ZONE_BODY.fullmatch(name) is not None


def public(name: str) -> tuple[str, str]:
    """Level and rest of a public body of the article's place: 市人民医院; empty when it is none."""
    if zone_body(name):
        return "市", name
    short = _NUMBERED.fullmatch(name)
    if short:
        return short["level"], f"第{short['number']}{_KINDS[short['kind']]}"
    match = _PUBLIC.fullmatch(name) or _LOCAL.fullmatch(name)
    return (match["level"] or "市", match["rest"]) if match else ("", "")


def plain(name: str) -> str:
    """`name` without quote marks, book marks and spaces."""
    return _MARKS.sub("", name)


def generic(type_: EntityType, name: str) -> bool:
    """Whether `name` says only what kind of thing it is: 规划, 大会, 本次大赛, 高新区.

    >>> generic(EntityType.EVENT, "本次大赛"), generic(EntityType.EVENT, "世界5G大会")
    (True, False)
    """
    pattern = _GENERIC.get(type_)
    return pattern is not None and pattern.fullmatch(plain(name)) is not None


def needs_context(type_: EntityType, name: str) -> bool:
    """Whether `name` can name many things, each known where it is told about: 人民医院, 光伏项目."""
    if generic(type_, name):
        return True
    if type_ is EntityType.ORGANISATION:
        unit = _UNIT.fullmatch(name) is not None and gazetteer().prefix(name)[0] is None
        return unit or any(form.fullmatch(name) for form in (_SHARED, _LOCAL, _BUREAU, _NUMBERED, _ZONE_BODY))
    if type_ is EntityType.EVENT:
        return _OCCASION.fullmatch(plain(name)) is not None
    if type_ is not EntityType.PROGRAMME or plain(name) != name:
        return False
    if SERVICE.match(name):
        return False
    return _KIND_OF_WORK.fullmatch(name) is not None and gazetteer().prefix(name)[0] is None
