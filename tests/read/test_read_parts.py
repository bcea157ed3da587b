"""The parts of reading, each by its table of cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.read.bylines import cut_byline, writers_in
from kg.read.clean import same_words
from kg.read.dates import date_in_path, dateline_date, parse_date, timestamp
from kg.read.notices import heads_related_links, is_notice, source_named

CASES = Path(__file__).parent / "cases"


def table(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("paragraph", "rest", "writers", "dateline"), table("bylines.tsv"))
def test_a_byline_is_cut_and_its_writers_kept(paragraph: str, rest: str, writers: str, dateline: str) -> None:
    found = cut_byline(paragraph)
    assert (found.rest, found.writers, found.dateline) == (rest, tuple(writers.split()), dateline)


@pytest.mark.parametrize(("kind", "line"), table("lines.tsv"))
def test_notices_are_told_from_text(kind: str, line: str) -> None:
    assert is_notice(line) is (kind == "notice")


@pytest.mark.parametrize(("written", "day"), table("dates.tsv"))
def test_a_stated_day_is_read_and_none_is_invented(written: str, day: str) -> None:
    assert (parse_date(written) or "-") == day


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("张三", ["张三"]),
        ("张三、李四", ["张三", "李四"]),
        ("张三 李四", ["张三", "李四"]),
        ("记者 张三 实习生 李四", ["张三", "李四"]),
        ("本报记者 张三", ["张三"]),
        ("文/张三", ["张三"]),
        ("John Smith", ["John Smith"]),
    ],
)
def test_a_field_of_authors_is_split(field: str, names: list[str]) -> None:
    assert list(writers_in(field)) == names


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("每日经济新闻 2021-10-27 20:11:47", ("2021-10-27", "每日经济新闻")),
        ("发布时间：2021年10月27日", ("2021-10-27", "")),
        ("2021-10-27 20:11 来源：江州日报", ("2021-10-27", "来源：江州日报")),
        ("2021年10月27日，大会召开。", None),
        ("2021年10月27日大会召开", None),
    ],
)
def test_only_a_line_of_time_is_a_timestamp(line: str, found: tuple[str, str] | None) -> None:
    assert timestamp(line) == found


def test_a_dateline_has_a_day_only_when_the_text_names_its_year_once() -> None:
    assert dateline_date(10, 12, ["2021年10月12日，大会召开。"]) == "2021-10-12"
    assert dateline_date(10, 12, ["2021年10月13日，大会召开。"]) is None
    assert dateline_date(10, 12, ["2021年10月12日和2020年10月12日都是周末。"]) is None


def test_a_day_in_a_url_counts_when_it_is_the_only_one() -> None:
    assert date_in_path("http://a.cn/n1/2021/1013/c1-2.html") == "2021-10-13"
    assert date_in_path("http://a.cn/2021-10/13/t20211013_1.html") == "2021-10-13"
    assert date_in_path("http://a.cn/2021-10/13/t20211014_1.html") is None
    assert date_in_path("http://20211013.cn/a.html") is None
    assert date_in_path(None) is None


def test_a_line_of_source_names_the_outlet() -> None:
    assert source_named("来源：江州日报") == "江州日报"
    assert source_named("（文章来源：江州日报）") == "江州日报"
    assert source_named("来源：这是一个完整的句子。还有一句。") is None


def test_headings_of_other_articles() -> None:
    assert heads_related_links("【相关阅读】")
    assert heads_related_links("延伸阅读：")
    assert not heads_related_links("相关部门表示")


def test_a_headline_is_the_same_with_a_columns_name_before_it() -> None:
    assert same_words("（经济观察）江州港吞吐量再创历史新高", "江州港吞吐量再创历史新高")
    assert not same_words("江州", "江州港吞吐量再创历史新高")
