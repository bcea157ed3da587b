"""Names of articles: what is one, where it begins and ends, and that none is nested."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.extract.boundaries import mend
from kg.extract.names import find_names, reconcile
from kg.extract.programmes import titles
from kg.model import Article, Candidate, EntityType

ORG, PER, PROG = EntityType.ORGANISATION, EntityType.PERSON, EntityType.PROGRAMME
EVENT, PLACE = EntityType.EVENT, EntityType.PLACE


def names(text: str, title: str = "") -> set[tuple[str, EntityType]]:
    found = find_names(Article("a", title, text))
    return {(text[item.start : item.end], item.type) for item in found}


NAMED = [
    ("长沙市发展改革委主任李建国出席会议。", {("长沙市发展改革委", ORG), ("李建国", PER)}),
    ("省政府印发《山西省氢能产业发展规划》。", {("山西省氢能产业发展规划", PROG)}),
    ("记者从国家统计局获悉，河南省粮食产量稳步增长。", {("国家统计局", ORG), ("河南省", PLACE)}),
    ("第六届中国（西安）航空博览会在西安开幕。", {("第六届中国（西安）航空博览会", EVENT)}),
    ("比亚迪与中国石化签署战略合作协议。", {("比亚迪", ORG), ("中国石化", ORG)}),
    ("该基地由中国科学院合肥物质科学研究院建设。", {("中国科学院合肥物质科学研究院", ORG)}),
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=[text[:8] for text, _ in NAMED])
def test_names_are_found_whole(text: str, expected: set[tuple[str, EntityType]]) -> None:
    assert expected <= names(text)


@pytest.mark.parametrize(
    "text", ["会议强调，要加快建设现代化产业体系。", "该公司表示，他对此充满信心。", "", "\n \n"]
)
def test_bare_nouns_and_pronouns_are_no_names(text: str) -> None:
    assert names(text) == set()


TITLES = [
    ("印发《关于促进民营经济发展的若干措施》", ["关于促进民营经济发展的若干措施"]),
    ("《每日经济新闻》记者采访了他", []),
    ("据《人民日报》报道", []),
    ("《城市更新条例》和《绿色建筑条例》施行", ["城市更新条例", "绿色建筑条例"]),
]


@pytest.mark.parametrize(("text", "expected"), TITLES, ids=[text for text, _ in TITLES])
def test_documents_stand_between_book_marks_and_newspapers_are_none(text: str, expected: list[str]) -> None:
    assert [text[item.start : item.end] for item in titles(text)] == expected


MENDED = [
    ("自“工赋山城”行动实施以来", "工赋山城”行动", "“工赋山城”行动"),
    ("打造“山海数谷”", "“山海数谷”", "山海数谷"),
    ("举办20场银企对接推广会", "20场银企对接推广会", "银企对接推广会"),
    ("出台全国首部低空经济促进条例", "全国首部低空经济促进条例", "低空经济促进条例"),
    ("二十国集团（G20）峰会召开", "G20）峰会", "（G20）峰会"),
    ("第28届海博会开幕", "第28届海博会", "第28届海博会"),
    ("两会期间", "两会", "两会"),
    ("并为突出个人和渔业创新大赛颁奖", "突出个人和渔业创新大赛", "渔业创新大赛"),
    ("第三届海洋经济博览会（海博会）开幕", "第三届海洋经济博览会（海博会）", "第三届海洋经济博览会"),
    ("第三届产业对接大会（新疆）开幕", "第三届产业对接大会（新疆）", "第三届产业对接大会（新疆）"),
    ("新华社南昌8月2日电 第三届瓷博会开幕", "新华社南昌8月2日电 第三届瓷博会", "第三届瓷博会"),
    ("、省科技厅，", "、省科技厅，", "省科技厅"),
]


@pytest.mark.parametrize(("text", "found", "expected"), MENDED, ids=[row[1] for row in MENDED])
def test_edges_of_names_are_mended(text: str, found: str, expected: str) -> None:
    start = text.index(found)
    mended = mend(text, Candidate(start, start + len(found), EVENT))
    assert mended is not None
    assert text[mended.start : mended.end] == expected


def test_a_name_never_runs_over_a_sentence_end() -> None:
    assert mend("甲公司。乙公司", Candidate(0, 7, ORG)) is None


def test_of_overlapping_candidates_the_surest_stays() -> None:
    weak, strong = Candidate(0, 6, ORG, 0.5), Candidate(0, 3, PLACE, 0.9)
    apart = Candidate(8, 10, PER, 0.4)
    assert reconcile([weak, strong, apart]) == [strong, apart]


def test_candidates_are_in_order_and_never_overlap() -> None:
    text = "12月3日，贵州省大数据局与华为在贵阳举行签约仪式，副省长王建华出席。\n双方将共建“云上贵州”平台。"
    found = find_names(Article("a", "", text))
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(0 <= item.confidence <= 1 for item in found)


def test_the_same_text_gives_the_same_names_whatever_else_was_read() -> None:
    one = Article("a", "", "青岛市商务局局长王晓明介绍，首届海洋合作大会将在青岛举行。")
    other = Article("b", "", "今天天气晴朗。" * 40)
    first = find_names(one)
    find_names(other)
    assert find_names(one) == first
