"""Targets and dates of events and programmes."""

from __future__ import annotations

import pytest
from named_sentences import reading

from kg.chinese.quantities import normalise
from kg.extract.calibration import Calibration
from kg.extract.indicators import indicator
from kg.extract.number_lists import NumberLists
from kg.extract.quantities import quantities
from kg.extract.target_features import TargetReader
from kg.extract.target_model import Logistic, TargetModel, loads, save, target_model
from kg.extract.values import values
from kg.model import EntityType, Fact, Span

QUANTITIES = [
    ("不低于3000亿元", "3000", "亿元", "at least"),
    ("超过80%", "80", "%", "exceeds"),
    ("120多万家企业", "120", "万家", "exceeds"),
    ("1600余个项目", "1600", "个", "exceeds"),
    ("百分之三十", "30", "%", ""),
    ("近千家企业", "1000", "家", "nearly"),
    ("三百家企业", "300", "家", ""),
    ("两千亿元", "2000", "亿元", ""),
    ("1,200万套以上", "1200", "万套", "at least"),
    ("产值翻一番", "2", "倍", "doubles"),
    ("0.15个百分点", "0.15", "个百分点", ""),
    ("80万企业上云", "80", "万", ""),
    ("下降-0.5%", "-0.5", "%", ""),
    ("每吨43.17元/吨", "43.17", "元/吨", ""),
    ("约60亿元", "60", "亿元", "about"),
]


@pytest.mark.parametrize(("text", "value", "unit", "comparison"), QUANTITIES, ids=[q[0] for q in QUANTITIES])
def test_a_number_with_its_unit_and_comparison(text, value, unit, comparison):
    (found,) = quantities(text)
    assert (found.value, found.unit, found.comparison) == (value, unit, comparison)


def test_a_range_keeps_both_ends():
    (found,) = quantities("建设5-10家示范医院")
    assert (found.value, found.upto, found.unit) == ("5", "10", "家")


def test_two_units_are_two_numbers():
    assert [(q.value, q.unit) for q in quantities("2GW/5GWh")] == [("2", "GW"), ("5", "GWh")]


@pytest.mark.parametrize("text", ["第5届大会", "5G网络", "二十国集团", "A3级", "编号12", "若干家", ""])
def test_what_counts_nothing_is_no_quantity(text):
    assert quantities(text) == []


NORMAL = [
    ("3000", "亿元", (300_000_000_000.0, "元")),
    ("1.15", "万亿元", (1_150_000_000_000.0, "元")),
    ("80", "%", (80.0, "%")),
    ("80", "％", (80.0, "%")),
    ("120", "万家", (1_200_000.0, "家")),
    ("730", "万千瓦", (7_300_000.0, "千瓦")),
    ("三百", "家", (300.0, "家")),
    ("-0.5", "%", (-0.5, "%")),
    ("5", "", (5.0, "")),
    ("若干", "家", None),
]


@pytest.mark.parametrize(("value", "unit", "expected"), NORMAL, ids=[f"{v}{u}" for v, u, _ in NORMAL])
def test_values_are_multiplied_out(value, unit, expected):
    assert normalise(value, unit) == expected


INDICATORS = [
    ("规模以上工业企业数字化转型比例达到80%。", "规模以上工业企业数字化转型比例"),
    ("累计建成26个工业互联网平台。", "工业互联网平台"),
    ("投资总额约为135亿元。", "投资总额"),
    ("新增就业5万人。", "新增就业"),
    ("市级园区40个。", "市级园区"),
]


@pytest.mark.parametrize(("text", "expected"), INDICATORS, ids=[text for text, _ in INDICATORS])
def test_an_indicator_is_in_the_articles_words(text, expected):
    assert indicator(text, quantities(text)[0], Span(0, len(text)), []) == expected


def test_growth_is_growth_of_what_was_said_before():
    text = "数字经济规模达1万亿元，同比增长13%。"
    second = quantities(text)[1]
    assert indicator(text, second, Span(0, len(text)), [], "数字经济规模") == "数字经济规模同比增长"


def lists(marked: str) -> tuple[NumberLists, list, list]:
    read = reading(marked)
    numbers = quantities(read.text)
    return NumberLists(read.text, numbers, list(read.names)), numbers, list(read.names)


def test_numbers_and_names_of_two_lists_stand_in_one_order():
    marked = "[青川|PLACE]、[白石|PLACE]、[东海|PLACE]分别增长6%、5%、4%。"
    found, numbers, names = lists(marked)
    span = Span(0, 40)
    assert [[found.aligned(q, span, n) for n in names].index("same") for q in numbers] == [0, 1, 2]


def test_a_name_that_a_number_qualifies_belongs_to_it():
    found, numbers, names = lists("超3万亿元的[青川|PLACE]、2万亿元的[白石|PLACE]")
    assert [found.owned(names[0], q) for q in numbers] == [False, True]


TARGETS = [
    ("《[青川市数字经济发展规划|PROG]》提出，到2025年，数字经济规模达到5000亿元。", "5000", "亿元", "2025"),
    ("[青川市|PLACE]计划到2025年建成200家智能工厂。", "200", "家", "2025"),
    ("2020年，[云岭集团|ORG]实现营业收入136亿元，同比增长12%。", "136", "亿元", "2020"),
]


@pytest.mark.parametrize(("marked", "value", "unit", "by"), TARGETS, ids=[case[0] for case in TARGETS])
def test_a_target_is_of_the_one_named_with_it(marked, value, unit, by):
    read = reading(marked)
    facts = {f.qualifiers["value"]: f for f in facts_of(read) if f.property == "hasTarget"}
    fact = facts[value]
    assert read.entities[fact.subject].type is not EntityType.PERSON
    assert (fact.qualifiers["unit"], fact.qualifiers["by"]) == (unit, by)
    assert fact.qualifiers["stated"] in fact.evidence[0].text


def facts_of(read) -> list[Fact]:
    return [item for item in values(read) if isinstance(item, Fact)]


def test_numbers_in_names_and_dates_are_no_targets():
    marked = "2021年10月12日，[第3届500强大会|EVENT]在[青川市|PLACE]召开。"
    assert [f for f in facts_of(reading(marked)) if f.property == "hasTarget"] == []


DATES = [
    ("10月12日，[江湾大会|EVENT]在[青川市|PLACE]召开。", "江湾大会", "2021-10-12"),
    ("[江湾大会|EVENT]12日在[青川市|PLACE]召开。", "江湾大会", "2021-10-12"),
    ("[江湾大会|EVENT]日前召开。", "江湾大会", None),
    ("去年3月，[青川市|PLACE]出台《[绿色出行方案|PROG]》。", "绿色出行方案", "2020-03"),
    ("2020年，[青川市|PLACE]落实《[绿色出行方案|PROG]》。", "绿色出行方案", None),
    ("[甲论坛|EVENT]和[乙论坛|EVENT]将于2022年1月举行。", "甲论坛", "2022-01"),
    ("10月12日，[江湾大会|EVENT]召开。会上，[云岭集团|ORG]发布《[蓝皮书|PROG]》。", "蓝皮书", "2021-10-12"),
    ("《[五年规划（2020-2025年）|PROG]》发布。", "五年规划（2020-2025年）", None),
]


@pytest.mark.parametrize(("marked", "thing", "value"), DATES, ids=[case[0] for case in DATES])
def test_events_and_programmes_are_dated_by_what_the_text_says(marked, thing, value):
    dated = {f.subject: f.value for f in facts_of(reading(marked)) if f.property == "date"}
    assert dated.get(thing) == value


def test_without_the_articles_date_an_event_has_no_guessed_one():
    marked = "10月12日，[江湾大会|EVENT]召开。"
    assert [f for f in facts_of(reading(marked, date=None)) if f.property == "date"] == []


def test_a_model_survives_its_file(tmp_path):
    model = TargetModel(
        Logistic(0.5, {"kind=money": 1.25, "unit=元": 0.001}),
        Logistic(-1.0, {}),
        Calibration(1.1, -0.2, -0.5),
        0.4,
    )
    save(model, tmp_path / "model.json")
    again = loads((tmp_path / "model.json").read_text(encoding="utf-8"))
    assert again.worth.weights == {"kind=money": 1.25}, "weights that do not count are left out"
    assert (again.calibration, again.threshold) == (model.calibration, 0.4)


def test_confidence_grows_with_both_judgements():
    model = target_model()
    steps = [model.confidence(p, p) for p in (0.1, 0.5, 0.9, 0.99)]
    assert steps == sorted(steps) and 0 <= steps[0] < steps[-1] <= 1


WHOLE = [
    ("[宁河市|PLACE]加快转型，[海川集团|ORG]来此投资，全市新增企业300家。", "宁河市"),
    ("[宁河|PLACE]加快转型，[海川集团|ORG]来此投资，全市新增企业300家。", "宁河"),
    ("[青岭省|PLACE]、[宁河市|PLACE]都在加快转型，全省新增企业300家。", "青岭省"),
]


@pytest.mark.parametrize(("marked", "place"), WHOLE, ids=[place for _, place in WHOLE])
def test_a_number_said_of_the_whole_city_is_the_citys(marked, place):
    read = reading(marked)
    (stated,) = TargetReader(read).stated()
    whole = [s.name.text for s in stated.subjects if "whole=1" in s.features]
    assert whole == [place]


def test_an_indicator_may_stand_in_the_clause_before():
    text = "宁河的面积最大，达到2万平方公里。"
    (found,) = quantities(text)
    assert indicator(text, found, Span(0, len(text)), [Span(0, 2)]) == "面积最大"


def test_doubt_about_a_name_lowers_the_confidence():
    model = Calibration(1.0, 0.0, -2.0, -1.0)
    chances = [model.probability(1.0, doubts) for doubts in ((0, 0), (0, 1), (1, 0), (1, 1))]
    assert chances == sorted(chances, reverse=True) and len(set(chances)) == 4


@pytest.mark.parametrize("marked", ["", "\n\n", "30%", "[青川市|PLACE]"])
def test_texts_with_little_in_them_break_nothing(marked):
    assert facts_of(reading(marked)) == []


def test_numbers_that_follow_one_another_without_a_new_name_have_one_owner():
    marked = (
        "《[蓝湖计划|PROG]》提出，到2023年，[青川市|PLACE]产值达到500亿元，比重超过12%，建成智能工厂100家。"
    )
    owners = {f.subject for f in facts_of(reading(marked)) if f.property == "hasTarget"}
    assert len(owners) == 1
