"""People whose title and act make their names certain, however rare these are."""

from __future__ import annotations

import pytest

from kg.extract.officers import officers

NAMED = [
    ("江湾大学校长尤政作主旨演讲。", ["尤政"]),
    ("市财政局局长高岩作汇报。", ["高岩"]),
    ("市文旅局局长洪雨桐作汇报。", ["洪雨桐"]),
    ("河谷市长姜宏致欢迎辞。", ["姜宏"]),
    ("副主任胡甲均同志任主任。", ["胡甲均"]),
    ("董事长欧阳明宣布启动。", ["欧阳明"]),
    ("会议宣布：胡甲均同志任主任，任命尤政为局长，免去姜宏伟的局长职务。", ["胡甲均", "尤政", "姜宏伟"]),
    ("免去费用，免去全部税费。", []),
    ("局长应邀出席，校长全程主持，书记来到会场。", []),
    ("会长单位出席。", []),
    ("校长表示，书记的致辞简短。", []),
    ("员工尤政作了发言。", []),
]


@pytest.mark.parametrize(("text", "names"), NAMED, ids=[text for text, _ in NAMED])
def test_a_title_and_an_act_make_a_name_certain(text: str, names: list[str]) -> None:
    assert [text[item.start : item.end] for item in officers(text)] == names
