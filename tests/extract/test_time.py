"""No wording makes a pattern run away: a long list that leads nowhere is read like any other text."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Article

ITEM = "智能制造绿色能源生物医药海洋装备"


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "text",
    [
        "大会设置" + "、".join([ITEM] * 200) + "等内容。",
        "大会包括" + ITEM * 60 + "和其他内容。",
        "出席" + "“甲乙”" * 300 + "活动。",
        "《" * 400 + "规划" + "》" * 10,
        "由" + "东河市科技局、" * 300 + "主办。",
        "第" + "一" * 400 + "届论坛",
    ],
    ids=["list", "run", "quotes", "marks", "bodies", "numerals"],
)
def test_long_lists_that_lead_nowhere_are_read_in_time(text):
    extract(Article(id="a", title="", text=text, date="2024-03-03"))
