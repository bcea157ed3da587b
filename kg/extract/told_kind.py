"""What kind of thing a stretch names: told by how it ends, by what it does and by who leads it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kg.chinese.bodies import known_names
from kg.model import Candidate, EntityType

ORG, PROG, EVENT = EntityType.ORGANISATION, EntityType.PROGRAMME, EntityType.EVENT

INTRODUCED: Final = 0.3

_OCCASION: Final = re.compile(
    "(?:(?:开工|启动|签约|揭牌|发布|推介|对接)活动|仪式|大会|论坛|峰会|博览会|大赛|发布会|座谈会)$"
)
_COURSE: Final = re.compile("(?:培训班|研修班|研讨班|推进会|座谈会|现场会)$")
_ASSEMBLY: Final = re.compile("(?:理事会|组委会|秘书处|议会|国会|协会|学会|常委会|安理会)$")
_MAY_ACT: Final = re.compile("(?:中心|实验室|研究院|研究所|联盟|基金|平台)$")
_MAY_HOLD: Final = re.compile("(?:中心|实验室|研究院|研究所|联盟)$")
_CALLED: Final = re.compile(
    '[（(](?:(?:以下)?(?:简称|下称)(?:为)?|即(?=[“"]))[：:]?[“"]?(?P<name>[^“”"（）()，。]{2,12})[”"]?[）)]'
)
_ACTS: Final = re.compile(
    "[”》]?(?:(?:有关)?(?:主任|副主任|常务副主任|执行主任|理事长|秘书长|院长|副院长|所长|首席科学家|负责人|工作人员|研究员|总经理|董事长)"
    "(?!单位)|(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:宣布|透露|表示|披露|公告|牵头|承担|派出|联合[\u4e00-\u9fff]))"
)
_HOLDS: Final = re.compile(
    "(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:在[^，。；]{2,8})?(?:发布|举[行办]|召开|签署|邀请)(?![^，。；]*(?:揭牌|启[用动]|奠基|开工|成立|挂牌|授牌))"
)
"""What only somebody does; where a centre's own opening is held, it is not the centre that holds it."""


def of_its_kind(text: str, item: Candidate) -> Candidate:
    """`item` as what it is: what ends like an occasion or a body is one.

    What may be a programme or a body is a body where it acts or has a head: 国家绿色基金宣布.
    """
    if item.type == PROG and _OCCASION.search(text, item.start, item.end):
        return replace(item, type=EVENT)
    if item.type == PROG and _MAY_ACT.search(text, item.start, item.end) and _acts(text, item):
        return replace(item, type=ORG)
    if item.type == ORG and _COURSE.search(text, item.start, item.end):
        return replace(item, type=EVENT)
    if item.type == EVENT and _a_body(text[item.start : item.end]):
        return replace(item, type=ORG)
    return item


def _a_body(name: str) -> bool:
    return _ASSEMBLY.search(name) is not None or name in known_names()[0]


def _acts(text: str, item: Candidate) -> bool:
    """Whether the text lets `item` act, under this name or the short one that it is given right here."""
    called = _CALLED.match(text, item.end)
    ends = [item.end] if called is None else [m.end() for m in re.finditer(re.escape(called["name"]), text)]
    if any(_ACTS.match(text, end) for end in ends):
        return True
    return _MAY_HOLD.search(text, item.start, item.end) is not None and any(
        _HOLDS.match(text, end) for end in ends
    )


def surer_where_introduced(text: str, item: Candidate) -> Candidate:
    """`item`, surer where a short name for it follows in brackets: nothing but a name is given one."""
    if item.type in (ORG, PROG, EVENT) and _CALLED.match(text, item.end):
        return replace(item, confidence=min(1.0, item.confidence + INTRODUCED))
    return item
