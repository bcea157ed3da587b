"""Dates of the genre, resolved against the article's day; what is not told stays open."""

from __future__ import annotations

import pytest

from kg.chinese.dates import resolve
from kg.chinese.numerals import integer, number

DAY = "2021-10-13"

RESOLVED = [
    ("2021年9月30日", "2021-09-30", "day", "stated"),
    ("二〇二一年九月三十日", "2021-09-30", "day", "stated"),
    ("10月12日", "2021-10-12", "day", "article"),
    ("12日上午", "2021-10-12", "day", "article"),
    ("28日", "2021-09-28", "day", "article"),
    ("今天", "2021-10-13", "day", "article"),
    ("今天（13日）", "2021-10-13", "day", "article"),
    ("昨日", "2021-10-12", "day", "article"),
    ("前天", "2021-10-11", "day", "article"),
    ("今年5月", "2021-05", "month", "article"),
    ("去年12月", "2020-12", "month", "article"),
    ("去年", "2020", "year", "article"),
    ("明年", "2022", "year", "article"),
    ("2020年", "2020", "year", "stated"),
    ("本月", "2021-10", "month", "article"),
    ("上个月", "2021-09", "month", "article"),
    ("年底", "2021", "year", "article"),
    ("9月22日至23日", "2021-09-22", "day", "article"),
    ("9月22~23日", "2021-09-22", "day", "article"),
]


@pytest.mark.parametrize(
    ("text", "value", "precision", "basis"), RESOLVED, ids=[case[0] for case in RESOLVED]
)
def test_a_date_is_resolved_with_its_precision_and_basis(text, value, precision, basis):
    (found,) = resolve(text, DAY)
    assert (found.value, found.precision, found.basis) == (value, precision, basis)
    assert text[found.start : found.end] in text


YEARS = [
    ("12月28日", "2022-01-05", "2021-12-28"),
    ("2月1日", "2022-01-05", "2022-02-01"),
    ("1月3日", "2021-12-30", "2021-01-03"),
    ("10月12日", "2021-03-01", "2020-10-12"),
    ("将于10月12日举行", "2021-03-01", "2021-10-12"),
]


@pytest.mark.parametrize(("text", "day", "value"), YEARS, ids=[f"{text} in {day}" for text, day, _ in YEARS])
def test_a_day_without_a_year_is_of_the_year_that_is_not_absurd(text, day, value):
    assert [d.value for d in resolve(text, day)] == [value]


ENDS = [
    ("到2025年", "2025"),
    ("“十四五”末", "2025"),
    ("“十三五”期间", "2020"),
    ("未来三年", "2024"),
    ("上半年", "2021-06"),
    ("前三季度", "2021-09"),
    ("今年一季度", "2021-03"),
    ("1—7月", "2021-07"),
    ("2020—2022年", "2022"),
    ("2018年1月至2021年8月", "2021-08"),
    ("截至9月末", "2021-09"),
]


@pytest.mark.parametrize(("text", "by"), ENDS, ids=[text for text, _ in ENDS])
def test_a_stretch_of_time_has_an_end(text, by):
    (found,) = resolve(text, DAY)
    assert found.by == by


@pytest.mark.parametrize("text", ["日前", "近日", "最近", "目前"])
def test_a_vague_date_has_no_value_but_is_not_later_than_the_article(text):
    (found,) = resolve(text, DAY)
    assert (found.value, found.precision, found.latest) == (None, "recent", DAY)


@pytest.mark.parametrize("text", ["10月12日", "昨日", "今年", "年底", "12日"])
def test_without_the_articles_date_nothing_is_guessed(text):
    assert [d for d in resolve(text, None) if d.value is not None] == []


def test_a_full_date_needs_no_article():
    assert [d.value for d in resolve("2021年9月30日", None)] == ["2021-09-30"]


@pytest.mark.parametrize("text", ["2月30日", "13月1日", "3日内", "90日均线", "第3日", "版本1.2", ""])
def test_what_is_no_date_is_left_alone(text):
    assert [d for d in resolve(text, DAY) if d.value is not None] == []


IN_CONTEXT = [
    ("11日召开大会。当日，", ["2021-10-11", "2021-10-11"]),
    ("2019年5月3日开工，8月投产", ["2019-05-03", "2019-08"]),
    ("2020年10月30日提出。11月1日受理", ["2020-10-30", "2020-11-01"]),
]


@pytest.mark.parametrize(("text", "values"), IN_CONTEXT, ids=[text for text, _ in IN_CONTEXT])
def test_a_date_may_lean_on_the_one_before(text, values):
    assert [d.value for d in resolve(text, DAY)] == values


NUMBERS = [
    ("3000", 3000),
    ("1,200", 1200),
    ("３．５", 3.5),
    ("三百", 300),
    ("两千", 2000),
    ("一万二千", 12000),
    ("三亿五千万", 350_000_000),
    ("十二", 12),
    ("二〇二一", 2021),
    ("", None),
    ("若干", None),
    (".", None),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS, ids=[text for text, _ in NUMBERS])
def test_numbers_in_words_and_figures(text, value):
    assert number(text) == value


def test_a_fraction_is_no_whole_number():
    assert integer("3.5") is None and integer("4.0") == 4
