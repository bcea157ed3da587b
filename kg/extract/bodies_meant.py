"""The body that a bare title means: 该公司董事长, 校长张三 after 某大学."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.extract.reading import Name, Reading
from kg.extract.titles import title_grammar
from kg.model import EntityType

POINTED = re.compile(
    r"(?:该|本|我|这家|贵)?(?P<noun>公司|集团|企业|学校|大学|学院|医院|研究院|研究所|中心|协会|学会|商会|联盟|银行|基金会|委员会|管委会|"
    r"局|厅|院|校|所|会|行)(?=[\u4e00-\u9fffA-Z])"
)
_COMPANY = tuple(
    "董事长 总裁 总经理 CEO 董事 首席执行官 创始人 董秘 董事会秘书 合伙人 "
    "法定代表人 法人代表 实际控制人".split()
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
    "主任": ("委员会", "委", "中心", "办公室", "办"),
    "秘书长": ("会", "联盟"),
}


class BodiesMeant:
    """Finds the body that a title without one is about."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._bodies = [n for n in reading.names if n.type is EntityType.ORGANISATION]
        self._starts = [n.start for n in self._bodies]

    def of(self, title: str, position: int) -> tuple[Name | None, str, str]:
        """The body, the title without the word that points to it, and how it is known."""
        pointed = POINTED.match(title)
        if pointed is not None and len(title) > pointed.end() + 1:
            noun = pointed["noun"]
            body = self._last(position, _NOUNS.get(noun, (noun,)), noun in ("公司", "集团", "企业"))
            return body, title[pointed.end() :], "pointed"
        if not title_grammar().is_pure(title):
            return None, title, ""
        for head, ends in _KINDS.items():
            if title.endswith(head):
                return self._last(position, ends, False), title, "context"
        if title.endswith(_COMPANY):
            return self._last(position, ("公司", "集团"), True), title, "context"
        return None, title, ""

    def _last(self, position: int, ends: tuple[str, ...], company: bool) -> Name | None:
        """The last body before `position`, in its paragraph or the one before, that fits."""
        text = self._reading.text
        paragraph = text.rfind("\n", 0, position)
        floor = max(0, text.rfind("\n", 0, max(0, paragraph)))
        for name in reversed(self._bodies[: bisect_left(self._starts, position)]):
            if name.start < floor:
                return None
            entity = self._reading.entities[name.entity]
            if any(known.endswith(ends) for known in entity.names) or (
                company and entity.subtype == "Company"
            ):
                return name
        return None
