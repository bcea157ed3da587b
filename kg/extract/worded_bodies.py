"""Bodies that the lexicon and the wording make certain: 最高法, 中科院金属所, 市委 before 书记."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from kg.chinese.bodies import known_names, read_body
from kg.chinese.places import gazetteer
from kg.chinese.schools import full_school
from kg.model import Candidate, EntityType

ORG = EntityType.ORGANISATION
KNOWN: Final = 0.7
SURE: Final = 0.9

_BROKEN: Final = {
    "部": "[门长队分署位级件落委]",
    "局": "[面长势限部]",
    "院": "[长校士子系线]",
    "行": "[业长动为政情程列使]",
    "会": "[议长员上场见谈费同客]",
    "法": "[院律规官治人]",
    "检": "[察验查测]",
    "办": "[法理事公]",
    "委": "[员托派会]",
    "社": "[会区长员]",
    "所": "[有以在长需得]",
    "学": "[生院术习者]",
    "国": "[家]",
}
"""What, after a last character, shows that the word is another: 财政部门."""
_UNIT: Final = re.compile(
    "(?:中科院|中国科学院)(?:[\u4e00-\u9fff]{2,10}?(?:研究所|研究院|分院|所))(?![有以在长需得谓])"
)
_LONGER: Final = re.compile(
    "[\u4e00-\u9fff]{0,8}?(?:学院|研究院|研究所|研究中心|分行|支行|公司|医院|中学|小学|分院|分局|集团|委员会|办公室|办公厅|[司处局]长|[司处局](?=[、，。\u4e00-\u9fff]长))"
)
"""What follows a known name that is only the beginning of another: 上汽集团财务公司."""
_PARTY: Final = re.compile(
    "(?<![\u4e00-\u9fff])团?[省市区县州旗]委(?=书记|副书记|常委|秘书长|副秘书长|主要领导|主要负责|领导|办公室|、[省市区县州旗]政府|和[省市区县州旗]政府)"
)
_OFFICE: Final = re.compile(
    "(?:(?<=[，。；、！？：\\s])|^)(?P<name>(?P<place>[\u4e00-\u9fff]{1,9}?(?:自治区|省|市|区|县|旗|州))"
    "[\u4e00-\u9fff]{2,14}?(?:局|厅|委员会))(?![长面部势限员])"
)
_TWO_FIELDS: Final = re.compile(
    "(?:(?<=[，。；、！？：\\s])|^)[市县区州][^\\W\\d_局厅委办府长和与及]{2,4}和[^\\W\\d_局厅委办府长和与及]{2,4}局(?![长面部势限员])"
)
"""An office of two fields that begins a clause with the word for its place: 市水利和湖泊局."""
_NUMBERED: Final = re.compile(
    "(?:(?<=[，。；：、“（\\s])|^)[市县区州][一二三四五六七八九][院中](?![士央间国等学小心高低])"
)
"""The first hospital or school of the place, at the beginning of a clause: 市一院."""
_PARTY_OFFICE: Final = re.compile(
    "(?P<name>(?:中共)?(?P<place>[\u4e00-\u9fff]{1,6}?(?:自治区|[省市区县州旗]))委"
    "(?:党校|组织部|宣传部|统战部|政法委|网信办|政研室|巡察办|老干部局|编办))(?![长员])"
)
_COURT: Final = re.compile(
    "(?=(?P<name>(?P<place>[\u4e00-\u9fff]{2,4})[中高]院))(?![\u4e00-\u9fff]{2,4}[中高]院[士墙])"
)
_CENTRE: Final = re.compile(
    "(?=(?P<name>(?P<place>[\u4e00-\u9fff]{2,8}?)(?:大数据中心|疾病预防控制中心|疾控中心|公共资源交易中心|融媒体中心"
    "|急救中心|血液中心|不动产登记中心|住房公积金管理中心|社会保险基金管理中心)))"
)
"""A centre that every place has."""
_HOUSE: Final = re.compile(
    "(?=(?P<name>(?P<place>[\u4e00-\u9fff]{2,3})(?:[城交建产国农能旅文水铁科轨港金高]投|城建投|文旅投|[旅城交产]发|交控|金控|城控)"
    "(?:控股|集团|公司)*)(?![债资业类委办局展现]|大会|平台|企业|行业|中心))"
)
"""What a city or province owns and trades through: 合肥产投, 桂林旅发."""
_ABROAD: Final = re.compile(
    "(?=(?P<name>(?P<place>[\u4e00-\u9fff]{2,6})(?:财务省|外务省|防卫省|经济产业省|总务省|国土交通省|农林水产省|外交部|国防部|财政部|商务部|能源部"
    "|司法部|内政部|卫生部|交通部|教育部|国务院)))"
)
"""A ministry of another country."""
_SUPERCOMPUTING: Final = re.compile("国家(?:超级计算|超算)[\u4e00-\u9fff]{2,3}中心")
_GROUP: Final = re.compile(
    "(?=(?P<name>(?P<place>[\u4e00-\u9fff]{2,3}?[省市]?)(?:水务|水利|燃气|能源|电力|煤炭|交通|公交|高速|路桥|轨道交通|地铁|铁路|港口|机场|航空"
    "|建设|城建|投资|产业|国资|金融|资本|控股|发展|钢铁|有色|矿业|化工|石化|机械|汽车|医药|纺织|电子|信息|数据|文旅|旅游|体育|传媒|报业|出版|广电"
    "|农业|农垦|粮食|盐业|供销|物流|环保|科技|人才){1,3}集团)(?![有股公旗]))"
)
"""A group by its place and trade: 陕西水务集团."""
_SOCIETY: Final = re.compile(
    "(?:(?<=[，。；\n])|^)(?P<name>(?![该本各多几两全行]|一[家个])[^\\W\\d_的了在与和及将向由被为等]{3,10}(?:基金会|联合会|协会|商会|学会))"
    "(?=[在与将向]|[0-9]{1,2}月?[0-9]*日|宣布|召开|举行|发布|表示)"
)
"""A society that begins a clause and acts in it."""
_RACE: Final = re.compile("(?:第[0-9一二三四五六七八九十]+届|20\\d\\d年?)[\u4e00-\u9fff]{2,12}马拉松赛?")
_BRANCH: Final = "(?:BANKS)(?P<place>[\u4e00-\u9fff]{2,9}?)[分支]行(?!营业部|[\u4e00-\u9fff]{0,6}支行)"
_FORMER: Final = re.compile(
    "[（(]原(?:名|称|名为)?[：:“]?(?P<name>[\u4e00-\u9fffA-Za-z]{4,30}?(?:公司|集团|银行|大学|学院|学校|医院|研究院|研究所|协会|局|厅|委员会|中心))[”]?[）)]"
)
_CAMPUS: Final = re.compile("[（(](?P<place>[\u4e00-\u9fff]{2,4})[）)]")
_TWIN: Final = {ORG: ("大学",), EntityType.PLACE: ("中心", "馆", "广场", "大厦")}
"""What may have the place in brackets that tells it from another of its name: 国家会展中心（上海）."""
_REGION: Final = frozenset({"华东", "华北", "华南", "西南"})


def worded_bodies(text: str) -> Iterator[Candidate]:
    """Yield the bodies of `text` that their wording makes certain."""
    yield from several(text)
    for match in _OFFICE.finditer(text):
        if match["place"] in gazetteer().by_name and read_body(match["name"]).known:
            yield Candidate(*match.span("name"), ORG, SURE, "grammar")
    for pattern in (_UNIT, _PARTY, _TWO_FIELDS, _NUMBERED, _SUPERCOMPUTING):
        for match in pattern.finditer(text):
            yield Candidate(*match.span(), ORG, SURE, "grammar")
    for match in _ABROAD.finditer(text):
        if any(
            place.level == "国" and place.name != "中国"
            for place in gazetteer().by_name.get(match["place"], ())
        ):
            yield Candidate(*match.span("name"), ORG, SURE, "grammar")
    yield from _branches(text)
    for match in _PARTY_OFFICE.finditer(text):
        if match["place"] in gazetteer().by_name:
            yield Candidate(*match.span("name"), ORG, SURE, "grammar")
    for match in _SOCIETY.finditer(text):
        yield Candidate(*match.span("name"), ORG, SURE, "grammar")
    for pattern in (_COURT, _CENTRE, _HOUSE, _GROUP):
        for match in pattern.finditer(text):
            if match["place"] in gazetteer().by_name:
                yield Candidate(*match.span("name"), ORG, SURE, "grammar")
    for match in _RACE.finditer(text):
        yield Candidate(*match.span(), EntityType.EVENT, SURE, "grammar")
    for match in _dashed().finditer(text):
        yield Candidate(*match.span(), ORG, SURE, "lexicon")
    for match in _FORMER.finditer(text):
        yield Candidate(*match.span("name"), ORG, SURE, "grammar")


@cache
def _dashed() -> re.Pattern[str]:
    """The lexicon's names with a dash of any width: 一汽-大众."""
    names = sorted(name for name in known_names()[0] if "-" in name)
    return re.compile("|".join(re.escape(name).replace(r"\-", "[-－—–]") for name in reversed(names)))


def _branches(text: str) -> Iterator[Candidate]:
    """Yield the branches of known banks that are named after a place alone: 建行贵州省分行."""
    for match in _of_banks().finditer(text):
        if gazetteer().prefix(match["place"])[1] == "":
            yield Candidate(*match.span(), ORG, SURE, "grammar")


@cache
def _of_banks() -> re.Pattern[str]:
    certain, _ = known_names()
    banks = sorted(
        (n for n, known in certain.items() if known.name.endswith("银行") and n.endswith("行")), key=len
    )
    return re.compile(_BRANCH.replace("BANKS", "|".join(map(re.escape, reversed(banks)))))


def missed_bodies(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the bodies that the lexicon or a rule knows, where none of `found` stands."""
    taken = bytearray(len(text))
    for item in found:
        taken[item.start : item.end] = b"\1" * (item.end - item.start)
    for start, end in (*_known_in(text), *_schools_in(text)):
        if not any(taken[start:end]) and not _LONGER.match(text, end):
            yield Candidate(start, end, ORG, KNOWN, "lexicon")


def _known_in(text: str) -> Iterator[tuple[int, int]]:
    for match in _known().finditer(text):
        broken = _BROKEN.get(match[0][-1])
        if broken is None or not re.match(broken, text[match.end() : match.end() + 1]):
            yield match.span()


@cache
def _known() -> re.Pattern[str]:
    """The certain names of the lexicon's bodies, three characters or more, the longest first."""
    certain, _ = known_names()
    names = sorted((n for n in certain if len(n) > 2), key=lambda n: (-len(n), n))
    return re.compile("(?<![A-Za-z])(?:" + "|".join(map(re.escape, names)) + ")(?![A-Za-z])")


def _schools_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where short forms of universities stand, 西南交大, that begin with a place or region."""
    for match in re.finditer("[交工科师农林财医海邮矿]大(?![学会家赛力型量的地小中])", text):
        for start in range(max(0, match.start() - 4), match.start() - 1):
            name = text[start : match.end()]
            if full_school(name) != name:
                yield start, match.end()
                break


_SEVERAL: Final = re.compile(
    "(?<![\u4e00-\u9fff])(?:近年来|随着|推动|深化|促进|加强|发展|关于|在|和|与|对|将|是|为|从|及)?(?P<run>RUN{2,5})"
    "(?=[两三四五](?:国|地|省|市|方)|双方|关系|会谈|经贸|贸易|合作|友好|边境|元首|领导人|外长|建交|友谊)"
)


def several(text: str) -> Iterator[Candidate]:
    """Yield the places that one character each names in a row: 中美两国, 川渝两地."""
    for match in _runs().finditer(text):
        for at in range(*match.span("run")) if match["run"] not in gazetteer().by_name else ():
            yield Candidate(at, at + 1, EntityType.PLACE, SURE, "grammar")


@cache
def _runs() -> re.Pattern[str]:
    ranks = ("国", "省")
    places = gazetteer().by_name
    single = sorted(n for n in places if len(n) == 1 and any(p.level in ranks for p in places[n]))
    return re.compile(_SEVERAL.pattern.replace("RUN", f"[{''.join(single)}]"))


def campuses(text: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the universities with the place in brackets that tells them apart: 中国石油大学（华东）."""
    for item in found:
        told = _TWIN.get(item.type)
        bracket = _CAMPUS.match(text, item.end) if told and text.endswith(told, 0, item.end) else None
        if bracket is not None:
            if bracket["place"] in _REGION or bracket["place"] in gazetteer().by_name:
                yield replace(item, end=bracket.end(), confidence=1.0)
