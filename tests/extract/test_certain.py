"""Names that wording makes certain, and those that other names make certain."""

from __future__ import annotations

import pytest

from kg.chinese.bodies import sharing_place
from kg.extract.boundaries import mend, nominal
from kg.extract.certain import certain, implied
from kg.extract.events import events
from kg.extract.programmes import each_quotation
from kg.lac import Word
from kg.model import Candidate, EntityType

ORG, PER, PROG = EntityType.ORGANISATION, EntityType.PERSON, EntityType.PROGRAMME
EVENT, PLACE = EntityType.EVENT, EntityType.PLACE


def spot(text: str, name: str, type_: EntityType) -> Candidate:
    start = text.index(name)
    return Candidate(start, start + len(name), type_, 0.9)


def cut(text: str, found) -> list[str]:
    return [text[item.start : item.end] for item in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("依据国发〔2025〕12号执行", ["国发〔2025〕12号"]),
        ("会上印发沪府发〔2025〕7号。", ["沪府发〔2025〕7号"]),
        ("发布第三批指导性案例。", ["第三批指导性案例"]),
        ("在中国（湖北）自由贸易试验区落户", ["中国（湖北）自由贸易试验区"]),
        ("申请加入CPTPP。", ["CPTPP"]),
        ("公司ARCEPX上市", []),
        ("第四次全国农业普查登记工作展开。", ["第四次全国农业普查"]),
        ("全国普查员培训结束。", []),
    ],
)
def test_wording_makes_a_name_certain(text: str, names: list[str]) -> None:
    assert cut(text, certain(text)) == names


@pytest.mark.parametrize(
    ("text", "named", "type_", "expected"),
    [
        ("江南造船交付新船。", ["江南"], PLACE, ["江南造船"]),
        ("江南造船业复苏。", ["江南"], PLACE, []),
        ("广州汽车走俏。", ["广州"], PLACE, []),
        ("徽商银行发布年报。本行资产增长，本行业稳定。", ["徽商银行"], ORG, ["本行"]),
        ("江海机械发布年报。本行资产增长。", ["江海机械"], ORG, []),
        ("玛丽·斯诺-阿登发言。", ["玛丽·斯诺", "阿登"], PER, ["玛丽·斯诺-阿登"]),
    ],
)
def test_names_make_others_certain(
    text: str, named: list[str], type_: EntityType, expected: list[str]
) -> None:
    found = [spot(text, name, type_) for name in named]
    assert cut(text, implied(text, found)) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("大赛设置智能制造、绿色能源和生物医药3个分赛道。", ["智能制造", "绿色能源", "生物医药"]),
        ("决赛共设置智能制造、绿色能源和生物医药3个分赛道。", ["智能制造", "绿色能源", "生物医药"]),
        ("会议分为“航运”“港口”两个分论坛。", ["航运", "港口"]),
        ("全市设置东片、西片和中片三个街道。", []),
    ],
)
def test_parts_of_an_event_told_as_a_list(text: str, parts: list[str]) -> None:
    assert cut(text, events(text)) == parts


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("“山海协作”“千村示范", ["“山海协作”", "“千村示范"]),
        ("“五水共治”行动和“四边三化”行动", ["“五水共治”行动", "“四边三化”行动"]),
        ("“山海协作”工程", ["“山海协作”工程"]),
    ],
)
def test_a_programme_spans_no_two_quotations(text: str, pieces: list[str]) -> None:
    assert cut(text, each_quotation(text, Candidate(0, len(text), PROG))) == pieces


@pytest.mark.parametrize(
    ("text", "read", "name"),
    [
        ("河西至京津冀输电工程开工", "京津冀输电工程", "京津冀输电工程"),
        ("四川至湖北输气管道工程开工", "湖北输气管道工程", "四川至湖北输气管道工程"),
        ("甲公司近日投运蒙东风电工程", "甲公司近日投运蒙东风电工程", "蒙东风电工程"),
        ("教师培养计划第二批试点", "教师培养计划第二批试点", "教师培养计划"),
    ],
)
def test_where_the_name_of_a_work_begins_and_ends(text: str, read: str, name: str) -> None:
    starts = {at: Word(at, at + 2, "LOC") for place in ("四川", "湖北") if (at := text.find(place)) >= 0}
    item = nominal(text, starts, spot(text, read, PROG))
    assert item is not None and text[item.start : item.end] == name


def test_what_is_done_with_a_programme_is_no_part_of_its_name() -> None:
    text = "河西区保障房项目建设现场"
    assert cut(text, [nominal(text, {}, Candidate(0, len(text), PROG))]) == ["河西区保障房项目"]
    text = "普惠金融工程2.0发布，增长2.5%"
    assert cut(text, [mend(text, Candidate(0, 6, PROG))]) == ["普惠金融工程2.0"]


@pytest.mark.parametrize(
    ("name", "before", "full"),
    [
        ("科委", "上海市经信委", "上海市科委"),
        ("商务厅", "山东省发改委", "山东省商务厅"),
        ("商务厅", "青岛市发改委", "商务厅"),
        ("财政部", "上海市经信委", "财政部"),
        ("科委", "江海公司", "科委"),
    ],
)
def test_a_bare_department_shares_the_place_before_it(name: str, before: str, full: str) -> None:
    assert sharing_place(name, before) == full
