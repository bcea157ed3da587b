"""Kinds of organisation and programme, by the word that a name ends with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.chinese.bodies import known_names, known_parent, read_body, side
from kg.chinese.firm_names import read_firm
from kg.model import EntityType

_COMPANY = re.compile(
    r"(?:集团|公司|股份|控股|银行|证券|保险|基金管理|信托|期货|租赁|厂|航空|电网|石油|石化|汽车|电气|科技|电子|能源|资本|创投|矿业|钢铁|重工|药业|制药|医药|乳业|酒店|物流|商城|商场|电器|智能|机器人|网络|软件|通信|移动|电信|联通|铁塔|置业|地产|建工|城投|实业|食品|材料|半导体|芯片|生物|环保|传媒|影业|游戏|快递|支行|分行|交易所|券商)$"
)
_INSTITUTION = re.compile(
    r"(?:大学|学院|学校|中学|小学|幼儿园|医院|研究院|研究所|研究中心|科学院|工程院|协会|学会|商会|联合会|联盟|基金会|促进会|理事会|智库|实验室|图书馆|博物馆|出版社|报社|日报|晚报|电视台|通讯社|新闻社|中心|俱乐部|委员会|组委会|研究会|红十字会|组织|论坛|联合国|总会|公会|同盟|院|所|会|队|馆|社|站|课题组|专家组|合作社|林场|农场|[^机]会议|协|中部基地|交易团|代表团|代表处)$"
)
_GOVERNMENT = re.compile(
    r"(?:政府|人大|政协|常委会|党委|市委|省委|区委|县委|工委|党组|纪委|监委|法院|检察院|公安局|海关|委|部|厅|局|署|办|司|处|办公厅|办公室|管委会|管理委员会|国资委|发改委|"
    r"领导小组|指挥部|专班|总局|检察厅|税务局|街道办事处|居委会|村委会|警方|军区|使馆|领事馆|总领馆|议会|国会|国务院|党中央|中央|总理府|白宫|监管会|证监会|银保监会|办事处|工作组|兵团|机关|检察机关|公安机关)$"
)
_RESEARCH = re.compile(
    r"(?:大学|学院|学校|医院|研究院|研究所|研究中心|协会|学会|商会|基金会|实验室|图书馆|博物馆|报社|出版社)(?:.{1,8}(?:部|所|中心|处|室|院))?$"
)
_OTHER_PARTY = re.compile(r"^(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|共青团)")
_PARTY = re.compile(r"^(?:中共|中国共产党)")
_POLICY = re.compile(
    r"(?:规划|纲要|意见|办法|方案|条例|通知|指引|指南|措施|政策|规定|细则|决定|决议|报告|公报|协议|协定|备忘录|标准|规范|公约|白皮书|蓝皮书|清单|草案|法|章程|目录|指数|公告|公告函|宣言|合同|制度|规则|导则|要点|书|手册|案例|榜单|名录|宪章|声明|建议|名单|统计|共识|倡议书|成绩单|方略|[一二三四五六七八九十]五)(?:（[^）]*）)?$"
)
_PLATFORM = re.compile(
    r"(?:平台|基地|中心|枢纽|网络|系统|港|园|园区|实验室|市场|专区|站|驿站|数据库|门户|网|云|大脑|窗口|一键通|一网通办|工厂|APP|app|小程序|孵化器|加速器|馆|展厅|示范区|数据湖|底座|之家|集群|走廊|社区|中枢|总部|智谷|节点|产业园|中枢体系)(?:（[^）]*）)?$"
)


def subtype(type_: EntityType, names: Iterable[str], titled: bool = False) -> str | None:
    """The subtype of a thing with `names`; `titled` when it stands between book marks."""
    known = tuple(names)
    if type_ is EntityType.ORGANISATION:
        return _first(_organisation, known) or "Company"
    if type_ is EntityType.PROGRAMME:
        return "Policy" if titled else _first(_programme, known) or "Initiative"
    return None


def _first(kind: Callable[[str], str | None], names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := kind(name)) is not None), None)


def _organisation(name: str) -> str | None:
    certain, default = known_names()
    known = certain.get(name) or default.get(name)
    if known is not None:
        return known.subtype
    parent = known_parent(name)
    body = read_body(name)
    if _RESEARCH.search(name):
        return "Institution"
    if body.known:
        return "Institution" if side(body.core) in ("mass", "institution") else "GovernmentBody"
    if read_firm(name).form or read_firm(name).group:
        return "Company"
    if parent is not None and parent[0].subtype == "GovernmentBody":
        return "GovernmentBody"
    if _OTHER_PARTY.match(name):
        return "Institution"
    if _PARTY.match(name):
        return "GovernmentBody"
    for pattern, found in (
        (_COMPANY, "Company"),
        (_GOVERNMENT, "GovernmentBody"),
        (_INSTITUTION, "Institution"),
    ):
        match = pattern.search(name)
        if match and not (found == "GovernmentBody" and _INSTITUTION.search(name) and len(match[0]) == 1):
            return found
    return None


def _programme(name: str) -> str | None:
    if _PLATFORM.search(name):
        return "Platform"
    return "Policy" if _POLICY.search(name) else None
