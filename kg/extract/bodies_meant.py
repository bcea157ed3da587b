"""The body that a bare title means: 该公司董事长, 校长张三 after 某大学."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass

from kg.extract.reading import Name, Reading
from kg.extract.titles import title_grammar
from kg.model import EntityType

POINTED = re.compile(
    r"(?:该|本|我|这家|贵)?(?P<noun>公司|集团|企业|学校|大学|学院|医院|研究院|研究所|中心|协会|学会|商会|联盟|银行|基金会|委员会|管委会|"
    r"局|厅|院|校|所|会|行)(?=[\u4e00-\u9fffA-Z])"
)
_COMPANY = tuple(
    "董事长 总裁 总经理 CEO 董事 首席执行官 创始人 董秘 董事会秘书 合伙人 "
    "法定代表人 法人代表 实际控制人 董事会主席 监事会主席 董事局主席 总会计师 总经济师 总法律顾问".split()
)
_NOUNS = {
    "校": ("大学", "学院", "学校", "中学", "小学"),
    "学校": ("大学", "学院", "学校", "中学", "小学"),
    "行": ("银行", "行"),
    "公司": ("公司", "集团"),
    "集团": ("集团", "公司"),
    "企业": ("公司", "集团"),
}
_KINDS = {
    "校长": ("大学", "学院", "学校", "中学", "小学"),
    "院长": ("院",),
    "局长": ("局",),
    "厅长": ("厅",),
    "行长": ("银行", "行"),
    "会长": ("会",),
    "理事长": ("会", "联盟", "基金会"),
    "所长": ("所",),
    "馆长": ("馆",),
    "台长": ("台",),
    "社长": ("社",),
    "司长": ("司",),
    "部长": ("部",),
    "署长": ("署",),
    "主任": ("委员会", "委", "中心", "办公室", "办"),
    "秘书长": ("会", "联盟"),
    "新闻发言人": ("部", "委", "局", "办", "署", "院", "政府", "办公室", "委员会"),
}
_OF_A_TERM = re.compile("第[0-9一二三四五六七八九十]+届|新一届")
"""第五届理事会 is an organ of the body whose posts are told of."""
_OURS = re.compile("我[校院]")
"""Who writes so is the body itself, and need not name it."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """The kind of body that a title is held in."""

    ends: tuple[str, ...]
    company: bool = False


class BodiesMeant:
    """Finds the body that a title without one is about."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._bodies = [n for n in reading.names if n.type is EntityType.ORGANISATION]
        self._starts = [n.start for n in self._bodies]

    def of(
        self, title: str, position: int, officers: Collection[int] | None = None
    ) -> tuple[Name | None, str, str]:
        """The body, the title without the word that points to it, and how it is known.

        Where a verb gives the post, `officers` are the starts of the bodies that only say whose officer
        somebody is: 甲校校长张三当选会长 does not speak of 甲校.
        """
        pointed = POINTED.match(title)
        if pointed is not None and len(title) > pointed.end() + 1:
            noun = pointed["noun"]
            kind = _Kind(_NOUNS.get(noun, (noun,)), noun in ("公司", "集团", "企业"))
            return self._meant(position, kind, officers), title[pointed.end() :], "pointed"
        if not title_grammar().is_pure(title):
            return None, title, ""
        kinds = (_Kind(ends) for head, ends in _KINDS.items() if title.endswith(head))
        found = next(kinds, _Kind(("公司", "集团"), True) if title.endswith(_COMPANY) else None)
        body = self._meant(position, found, officers) if found is not None else None
        return body, title, "context" if found is not None else ""

    def _meant(self, position: int, kind: _Kind, officers: Collection[int] | None) -> Name | None:
        before = [name for name in self._before(position) if self._fits(name, kind)]
        if officers is None:
            ours = kind.ends == _NOUNS["校"] and _OURS.search(self._reading.text) is not None
            return before[-1] if before and not ours else None
        before = [name for name in before if name.start not in officers]
        sentence = self._reading.sentence_at(position)
        clause = re.compile("[由与和同]").search(self._reading.text, sentence.start, position)
        about = [n for n in before if sentence.start <= n.start < (clause.start() if clause else position)]
        if about or len({name.entity for name in before}) == 1:
            return (about or before)[0]
        return None

    def _before(self, position: int) -> list[Name]:
        """The bodies before `position`, in its paragraph and the one before."""
        text = self._reading.text
        paragraph = text.rfind("\n", 0, position)
        floor = max(0, text.rfind("\n", 0, max(0, paragraph)))
        return self._bodies[bisect_left(self._starts, floor) : bisect_left(self._starts, position)]

    def _fits(self, name: Name, kind: _Kind) -> bool:
        entity = self._reading.entities[name.entity]
        if _OF_A_TERM.search(name.text):
            return False
        company = kind.company and entity.subtype == "Company"
        return company or any(known.endswith(kind.ends) for known in entity.names)
