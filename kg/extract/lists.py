"""Names that stand together: a person with post and body, and lists joined by 、 and 和."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import EntityType

_POST = re.compile(
    r"^[^，。；：！？“”《》]{0,30}?(?:书记|常委|委员|主席|主任|部长|厅长|局长|司长|处长|科长|[市省县区镇州乡村]长|总理|总统"
    r"|首相|国王|行长|院长|校长|所长|会长|理事长|秘书长|董事长|总裁|总经理|经理|总监|CEO|CFO|COO|CTO|官|创始人|合伙人"
    r"|负责人|主管|发言人|教授|研究员|院士|专家|博士|主编|总编辑|台长|社长|组长|队长|司令|政委|检察长|代表|顾问|大使"
    r"|干事|理事|监事|董事|师|同志|科学家|大臣|议长|议员|特使|专员|参赞|庭长|站长|馆长|厂长|团长|学者|总编|老总|掌门人)"
    r"(?:、)?$"
)
_ATTENDANTS = (
    r"(?:(?:有关|相关|主要|等)?(?:部门|单位|方面|党委|党组|领导|省市|地方|企业|公司|机构)*(?:(?:和|、)(?=有关|相关|主要|负责))?"
    r"(?:有关|相关|主要)?(?:负责人|负责同志|代表|领导班子成员|领导|嘉宾|同志|高管|专家|班子成员)?)"
)
_JOIN = re.compile(
    r"^(?:[（(][^）)]{0,30}[）)])?[”》」]?" + _ATTENDANTS + r"[”》」]?"
    r"(?P<joint>、|和|与|及|以及|暨|同|跟|并|或|，以及|，与|，和|联合|会同|携手|协同|等[^，。；]{0,12}?(?:和|与|及|以及|、)"
    r"|)(?:来自|包括)?[“《「]?$"
    r"|^[”》」][^，。；：]{1,6}(?P<quoted>、|和|与|及|以及)[“《「]$"
    r"|^(?:有关|相关|主要)?(?:部门|单位)?(?:党委|党组)?(?:[（(]党组[）)])?(?:有关|相关|主要)?(?:负责人|负责同志|代表)(?P<comma>，)$"
)
_INTRODUCED = re.compile(r"^[（(](?:以下)?(?:简称|下称|即|又称|英文名?|原名)?(?:为)?[：:]?[“《「]?$")
_OFFSHOOT = re.compile(r"^(?:旗下|下属|所属)[^，。；：“”《》]{0,14}$")
_SIDE_BY_SIDE = re.compile(r"[”》」）)][“《「]|[负责人代表同志]$")
_TAIL = re.compile(
    r"^(?:[（(][^）)□]{0,30}[）)])?[”》」]?(?:"
    r"等(?:[^，。；：“《□]{0,8}?(?:[0-9一二三四五六七八九十百千两多余]+[余多]?[家个户位名所省市国组])[^，。；：“《□]{0,10}?"
    r"(?:企业集团|企业|公司|部门|单位|机构|集团|高校|院校|银行|省市|城市|国家|工厂|项目|平台|代表|嘉宾|专家|领导|负责人|论坛|赛道)?"
    r"|[^，。；：“《□]{0,8}?(?:企业|公司|部门|单位|机构|集团|高校|院校|银行|省市|城市|国家|地区?|工厂|项目|平台|代表|嘉宾|专家|领导|负责人|负责同志)"
    r"(?:代表|负责人|负责同志)?)?"
    r"|(?:有关|相关|主要)?(?:部门|单位)?(?:党委|党组)?(?:[（(]党组[）)])?(?:有关|相关|主要)?(?:负责人|负责同志|代表|领导班子成员)"
    r")?"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring names that play one part in the sentence; `members` are indexes of names."""

    members: tuple[int, ...]
    start: int
    end: int


def bodies_of_persons(types: Sequence[EntityType], gaps: Sequence[str]) -> dict[int, int]:
    """Names that only say whose officer the next person is: index of name → index of person."""
    found: dict[int, int] = {}
    for index in range(len(types) - 1, 0, -1):
        before = index - 1
        if types[before] not in (EntityType.ORGANISATION, EntityType.PLACE):
            continue
        if types[index] == EntityType.PERSON and _POST.match(gaps[index]):
            found[before] = index
        elif index in found and _leads_on(gaps[index]):
            found[before] = found[index]
    return found


def parents_of_offshoots(types: Sequence[EntityType], gaps: Sequence[str]) -> dict[int, int]:
    """Bodies that only say whose offshoot the next one is (甲集团旗下基金乙): index → index."""
    org = EntityType.ORGANISATION
    return {
        i - 1: i for i in range(1, len(types)) if types[i - 1] == types[i] == org and _OFFSHOOT.match(gaps[i])
    }


def introduces(gap: str) -> bool:
    """Whether `gap` opens a bracket that gives another name: （以下简称“."""
    return bool(_INTRODUCED.match(gap))


def represented(tail: str) -> bool:
    """Whether what closes a list says that bodies sent somebody: 有关负责人, 代表."""
    return tail.endswith(("负责人", "负责同志", "代表", "嘉宾", "专家", "领导", "成员"))


def _leads_on(gap: str) -> bool:
    return not gap or gap == "、" or bool(_POST.match(gap))


def joint(gap: str) -> str | None:
    """What joins the names on both sides of `gap` into one list; None when nothing does."""
    match = _JOIN.match(gap)
    if match is None:
        return None
    found = match["joint"] or match["quoted"] or match["comma"]
    if found:
        return found
    return ("adjacent" if _SIDE_BY_SIDE.search(gap) else None) if gap else "touching"


def leads_to_colleague(gap: str) -> bool:
    """Whether between two persons `gap` goes on a list, the second with a post but no body: 、副主任."""
    match = re.match("、|以及|[和与及]", gap)
    return match is not None and bool(_POST.match(gap[match.end() :]))


def tail_length(text: str) -> int:
    """How far what closes a list reaches: 等7家企业, 有关负责人, a bracket."""
    match = _TAIL.match(text)
    return match.end() if match else 0
