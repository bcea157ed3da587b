"""Words that point to a thing named before or to the article's own place: 该集团, 本行, 我市, 组委会."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.chinese.abbreviations import series
from kg.chinese.firm_names import read_firm
from kg.chinese.places import Place, bare, gazetteer
from kg.extract.subtypes import subtype
from kg.model import Candidate, EntityType

ORG, EVENT, PLACE = EntityType.ORGANISATION, EntityType.EVENT, EntityType.PLACE
BY_POINTING = "pointing"
SURE = 0.9

_SCHOOLS = ("大学", "学院", "学校", "中学", "小学")
_BANKS = ("银行", "分行", "支行", "农商行", "信用社", "银行股份有限公司", "银行有限责任公司", "银行有限公司")
_ENDS = {
    "集团": ("集团", "公司"),
    "公司": ("公司", "集团", "股份"),
    "企业": ("公司", "集团", "股份"),
    "银行": _BANKS,
    "行": _BANKS,
    "校": _SCHOOLS,
    "学校": _SCHOOLS,
    "大学": ("大学",),
    "学院": ("学院",),
    "院": ("院",),
    "医院": ("医院",),
    "所": ("所",),
    "局": ("局",),
    "厅": ("厅",),
    "委": ("委", "委员会"),
    "部": ("部",),
    "会": ("会",),
}
"""What a name may end with that 该集团, 本行, 该校 point to."""
_COMPANIES = frozenset({"集团", "公司", "企业"})
_HEADS = "大会|大赛|论坛|峰会|博览会|展览会|交易会|洽谈会|年会|研讨会|座谈会|推介会|马拉松|运动会"

_BODY = re.compile(
    "(?P<this>该|这家|[本我](?=行|校|院))(?P<noun>集团|公司|企业|银行|大学|学校|学院|医院|研究院|研究所|中心|协会|学会|商会|联盟|基金会|委员会"
    "|[行校院所局厅委部会])"
)
_ITS_GROUP = re.compile(
    "(?:(?<=[，。；！？、\\n])|^)集团公司(?=董事长|总经理|总裁|党委|领导|有关|相关|计划|将|预计|要求|今年|去年|上半年|[一二三四]季度)"
)
"""A group's own name for itself where a clause begins."""
_NO_BODY = re.compile(
    "[业动为程政使列情走]|[托派]|[门署队分位件]|[面势]|[议场员]|[系士]|[有在以需]|法[》第]|家|们"
)
_NOT_BEFORE = re.compile("[应本活日基资成样版文原根自]$")
_OWN_PLACE = re.compile(
    "(?:(?<!自)我|(?<![资根基成自])本)(?:市|省|区|县|州)(?![场民域间级内略思察分长])|我自治区"
)
_THAT_PLACE = re.compile("该(?P<noun>市|省|区|县|州|镇|乡)(?![场域级长])")
_COMMISSION = "管委会"
_ITS_COMMISSION = re.compile(f"(?:(?<=[，。；！？、\\n])|^){_COMMISSION}")
_OCCASION = re.compile(
    f"(?:(?:本次|此次|本届|这次|该)(?P<pointed>{_HEADS})|(?:(?<=[，。；！？\\n])|^)(?P<bare>{_HEADS}))"
    "(?!组委会|组织|秘书|主席|堂|议|精神|代表|决议|报告|战|场|上?指出|强调)"
)
_ASIDE = re.compile("（[^）]*）")
_ZONE = re.compile(
    "(?:(?<=[，。；！？\\n])|^)(?:高新区|经开区|综保区|高新技术产业开发区|经济技术开发区|综合保税区)(?!管)"
)
_CEREMONY = re.compile(
    "(?:(?<=[，。；！？\\n])|^)(?:项目|集中)?(?:签约|揭牌|开工|启动|奠基|颁奖|投产|通车|开幕|授牌)仪式(?=在[^，。]{2,20}举[行办])"
)
_COMMITTEE = re.compile(f"(?P<event>[\u4e00-\u9fff]{{0,2}}(?:{_HEADS})|)组委会")


def pointing_words(text: str, named: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the words of `text` that may point, where no name stands."""
    taken = bytearray(len(text) + 1)
    for item in named:
        taken[item.start : item.end] = b"\1" * (item.end - item.start)
    for pattern, type_ in (
        (_BODY, ORG),
        (_ITS_COMMISSION, ORG),
        (_ITS_GROUP, ORG),
        (_OWN_PLACE, PLACE),
        (_THAT_PLACE, PLACE),
        (_ZONE, PLACE),
        (_OCCASION, EVENT),
    ):
        for match in pattern.finditer(text):
            if not any(taken[match.start() : match.end()]) and _stands_alone(text, match, type_):
                yield Candidate(match.start(), match.end(), type_, SURE, BY_POINTING)
    for match in _CEREMONY.finditer(text):
        if not any(taken[match.start() : match.end()]):
            yield Candidate(*match.span(), EVENT, SURE, "grammar")
    for match in re.finditer("组委会", text):
        start = _committee(text, match.start())
        if not any(taken[start : match.end()]):
            yield Candidate(start, match.end(), ORG, SURE, BY_POINTING)


def _stands_alone(text: str, match: re.Match[str], type_: EntityType) -> bool:
    if type_ is not ORG:
        return True
    return not (_NO_BODY.match(text, match.end()) or _NOT_BEFORE.search(text, 0, match.start()))


def _committee(text: str, end: int) -> int:
    """Where the name of a committee begins that ends at `end`: 大赛组委会, or the word alone."""
    match = re.search(f"(?:{_HEADS})$", text[max(0, end - 4) : end])
    return end - len(match[0]) if match else end


def meant(said: str, type_: EntityType, earlier: Sequence[tuple[EntityType, str]]) -> int | None:
    """Which of the names `earlier` the word `said` points to: the last that it fits; None when to none.

    >>> names = [(EntityType.ORGANISATION, "柳州钢铁集团"), (EntityType.ORGANISATION, "柳州市政府")]
    >>> meant("该集团", EntityType.ORGANISATION, names), meant("柳钢", EntityType.ORGANISATION, names)
    (0, None)
    """
    fits = _FITTING.get(type_)
    if fits is None:
        return None
    numbers = [n for n, (kind, name) in enumerate(earlier) if kind is type_ and fits(said, name)]
    return numbers[-1] if numbers else None


def _body_fits(said: str, name: str) -> bool:
    if said == _COMMISSION:
        return name.endswith((_COMMISSION, "管理委员会"))
    if said == "集团公司":
        return read_firm(name).group
    match = _BODY.fullmatch(said)
    if match is None:
        return False
    noun = match["noun"]
    if name.endswith(_ENDS.get(noun, (noun,))):
        return True
    return noun in _COMPANIES and subtype(ORG, [name]) == "Company"


def _place_fits(said: str, name: str) -> bool:
    if _ZONE.fullmatch(said):
        return name != said and name.endswith(said)
    match = _THAT_PLACE.fullmatch(said)
    place = gazetteer().called(name)
    return match is not None and (name if place is None else place.name).endswith(match["noun"])


def _occasion_fits(said: str, name: str) -> bool:
    match = _OCCASION.fullmatch(said)
    return match is not None and said != name and series(_ASIDE.sub("", name)).endswith(match[1] or match[2])


def zone_of(said: str, city: Place | None) -> str:
    """The full name of a zone of the article's city: 西安高新区 for 高新区; empty for other names."""
    return bare(city.name) + said if city is not None and _ZONE.fullmatch(said) else ""


_FITTING = {ORG: _body_fits, PLACE: _place_fits, EVENT: _occasion_fits}


def committee_of(said: str, earlier: Sequence[tuple[EntityType, str]]) -> str:
    """The full name of a committee by the event that the article names; empty for other names."""
    match = _COMMITTEE.fullmatch(said)
    events = list(dict.fromkeys(name for kind, name in earlier if kind is EVENT))
    if match is None or not events:
        return ""
    fitting = [name for name in events if name.endswith(match["event"])]
    return f"{fitting[-1]}组委会" if fitting and (match["event"] or len(events) == 1) else ""
