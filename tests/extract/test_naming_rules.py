"""The grammar beside the tagger: events, programmes, bodies, lists and short names by their wording."""

from __future__ import annotations

import pytest

from kg.extract.bodies import bodies
from kg.extract.boundaries import nominal
from kg.extract.events import events, split
from kg.extract.listings import listed
from kg.extract.plans import five_years, is_vague, plans
from kg.extract.programmes import on_air, quoted, short_names
from kg.lac import words
from kg.model import Candidate, EntityType

ORG, PER, PROG = EntityType.ORGANISATION, EntityType.PERSON, EntityType.PROGRAMME
EVENT, PLACE = EntityType.EVENT, EntityType.PLACE


def spot(text: str, name: str, type_: EntityType = ORG) -> Candidate:
    start = text.index(name)
    return Candidate(start, start + len(name), type_, 0.9)


def cut(text: str, found) -> list[str]:
    return [text[item.start : item.end] for item in found]


EVENTS = [
    ("第八届丝绸之路博览会在西安举行", "第八届丝绸之路博览会"),
    ("2023中国（合肥）量子产业大会昨日开幕", "2023中国（合肥）量子产业大会"),
    ("市政府召开优化营商环境推进会。", "优化营商环境推进会"),
    ("出席第三届“天府杯”创新创业大赛总决赛", "第三届“天府杯”创新创业大赛总决赛"),
    ("他在学习贯彻《关于深化医改的意见》座谈会上讲话", "学习贯彻《关于深化医改的意见》座谈会"),
    ("设有“绿色航运”分论坛、展览等", "绿色航运"),
]


@pytest.mark.parametrize(("text", "name"), EVENTS, ids=[name for _, name in EVENTS])
def test_wording_gives_an_event_away(text: str, name: str) -> None:
    assert name in cut(text, events(text))


@pytest.mark.parametrize(
    "text", ["举行了一场座谈会。", "大会主席表示", "2023年以来多次会议", "举行启动仪式。"]
)
def test_bare_heads_and_counts_are_no_events(text: str) -> None:
    assert cut(text, events(text)) == []


def test_a_list_of_meetings_is_taken_apart() -> None:
    text = "国务院常务会议、全国春耕工作电视电话会议"
    assert cut(text, split(text, Candidate(0, len(text), EVENT))) == [
        "国务院常务会议",
        "全国春耕工作电视电话会议",
    ]
    one = "第五届旅游博览会"
    assert cut(one, split(one, Candidate(0, len(one), EVENT))) == [one]


QUOTED = [
    ("开展“清风护渔”专项行动", ["“清风护渔”专项行动"]),
    ("落实“双减”政策", ["双减"]),
    ("“十四五”期间", ["十四五"]),
    ("他说“明天，我们行动”计划不变", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED, ids=[text for text, _ in QUOTED])
def test_a_quotation_before_a_head_is_a_programme(text: str, expected: list[str]) -> None:
    assert cut(text, quoted(text)) == expected


PLANS = [
    ("省里启动沿海防护林工程。", "沿海防护林工程", True),
    ("公司于上海计划投资五亿元。", "上海计划", False),
    ("推进重大水利工程。", "重大水利工程", False),
]


@pytest.mark.parametrize(("text", "name", "found"), PLANS, ids=[row[1] for row in PLANS])
def test_a_described_programme_has_a_head_and_something_of_its_own(text: str, name: str, found: bool) -> None:
    assert (name in cut(text, plans(text, words(text)))) is found


def test_a_five_year_plan_takes_in_whose_it_is() -> None:
    text = "根据湖南“十四五”规划纲要，全省将建设高铁。"
    assert cut(text, five_years(text, words(text))) == ["湖南“十四五”规划纲要"]


@pytest.mark.parametrize(
    ("name", "vague"), [("重大项目", True), ("县（区）重点工程", True), ("引江济淮工程", False)]
)
def test_vague_plans_are_told_from_named_ones(name: str, vague: bool) -> None:
    assert is_vague(name) is vague


BODIES = [
    ("宁波市商务局联合宁波海关发文", "宁波市商务局联合宁波海关", ["宁波市商务局联合宁波海关"]),
    ("青岛市财政局联合市科技局发文", "青岛市财政局联合市科技局", ["青岛市财政局", "市科技局"]),
    ("安徽省委省政府决定", "安徽省委省政府", ["安徽省委", "省政府"]),
    ("上市公司远山股份公告", "上市公司远山股份", ["远山股份"]),
    ("山河集团控股的海川期货", "山河集团控股", ["山河集团"]),
    ("东湖大学党委书记王海", "东湖大学党委", ["东湖大学"]),
    ("《江城日报》：江城日报记者获悉", "江城日报", ["江城日报"]),
    ("江湾学院协办，云岭集团联合承办", "江湾学院协办", ["江湾学院"]),
    ("收购后者65%股权", "后者", []),
    ("证券公司表示", "证券公司", []),
    ("厦门七家分公司", "厦门七家分公司", []),
    ("住房和城乡建设部印发通知", "住房和城乡建设部", ["住房和城乡建设部"]),
]


@pytest.mark.parametrize(("text", "name", "expected"), BODIES, ids=[row[1] for row in BODIES])
def test_what_a_body_is_called(text: str, name: str, expected: list[str]) -> None:
    assert cut(text, bodies(text, spot(text, name))) == expected


def test_the_press_that_reports_is_no_body() -> None:
    text = "江城晚报记者获悉"
    assert cut(text, bodies(text, spot(text, "江城晚报"))) == []


def test_the_press_is_no_document() -> None:
    text = "《江城日报》报道，《河道条例》施行。"
    assert [text[start:end] for start, end in on_air(text)] == ["《江城日报》"]


LISTS = [
    ("华星、B站、远山科技、海川等", ("华星", "海川"), ["B站", "远山科技"]),
    ("华星、有关部门、海川等", ("华星", "海川"), []),
    ("华星表示，海川", ("华星", "海川"), []),
]


@pytest.mark.parametrize(("text", "known", "expected"), LISTS, ids=[row[0] for row in LISTS])
def test_what_stands_between_names_in_a_list_is_a_name(
    text: str, known: tuple[str, str], expected: list[str]
) -> None:
    assert cut(text, listed(text, [spot(text, name) for name in known])) == expected


SHORT = [
    ("中国广核售电有限公司（以下简称“中广核售电”）签约", "中国广核售电有限公司", "中广核售电"),
    ("世贸组织（WTO）规则", "世贸组织", "WTO"),
    ("《海洋环境保护条例》（下称《条例》）", "海洋环境保护条例", "条例"),
]


@pytest.mark.parametrize(("text", "name", "short"), SHORT, ids=[row[2] for row in SHORT])
def test_brackets_introduce_short_names(text: str, name: str, short: str) -> None:
    assert cut(text, short_names(text, [spot(text, name)])) == [short]


NOMINAL = [
    ("联合实施国家技术改造工程", "国家技术改造工程"),
    ("情况举行新闻发布会", "新闻发布会"),
    ("（二）滨海新城项目", "滨海新城项目"),
    ("产业链是重要工程", None),
]


@pytest.mark.parametrize(("name", "expected"), NOMINAL, ids=[name for name, _ in NOMINAL])
def test_the_verbs_before_a_name_are_no_part_of_it(name: str, expected: str | None) -> None:
    starts = {word.start: word for word in words(name)}
    found = nominal(name, starts, Candidate(0, len(name), PROG))
    assert (found and name[found.start : found.end]) == expected
