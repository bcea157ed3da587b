"""Whatever the bytes, reading gives an article or a reason, never anything else."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Article
from kg.read import Skipped, read_articles
from kg.read.bylines import cut_byline
from kg.read.clean import clean
from kg.read.front_matter import FrontMatterError, split
from kg.read.plain import markdown_blocks, plain_blocks
from kg.read.tree import parse

NAMES = ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.xml", "a.txt.gz", "a.jsonl.gz", "a"]
SEED = next(iter(sorted((Path(__file__).parents[2] / "seeds").glob("*.txt")))).read_bytes()

letters = st.text(st.characters(codec="utf-8"), max_size=40)
pieces = st.sampled_from(
    "--- \n---\n title: : ' \" [ ] { } & * ! | > - # <p> </p> <div class='nav'> </div> <!-- --> <script> <a> "
    "<td> <b> &nbsp; &#0; &lt; 记者 张三 （ ） 编辑： 来源： 摄 图源 10月12日电 2021-10-12 年 月 日 。 ， ” "
    '{"text": ]]> <![CDATA[ <rss> <item> \x00 \ufeff \u3000 \xa0 \u200b \ud7ff \U0001f600'.split(" ")
)
jumble = st.lists(pieces | letters, max_size=40).map("".join)


def read(data: bytes, name: str) -> list[Article | Skipped]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        return list(read_articles(path))


def check(found: list[Article | Skipped]) -> None:
    assert found
    for item in found:
        if isinstance(item, Skipped):
            assert item.source and item.reason
            continue
        assert item.text.strip() == item.text and "\n\n" not in item.text
        assert item.id and item.title and item.sources
        assert item.text.encode() and item.title.encode()
        assert item.date is None or len(item.date) == 10
        assert "\x00" not in item.text


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.sampled_from(NAMES))
def test_random_bytes(data: bytes, name: str) -> None:
    check(read(data, name))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(jumble, st.sampled_from(NAMES), st.sampled_from(["utf-8", "gb18030", "utf-16", "big5"]))
def test_jumbled_markup_in_any_encoding(text: str, name: str, encoding: str) -> None:
    data = ("上海市召开会议。" + text).encode(encoding, "replace")
    check(read(gzip.compress(data) if name.endswith("gz") else data, name))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(SEED) - 1), st.integers(0, 255), st.integers(0, 3), st.integers(1, 400))
def test_a_seed_with_bytes_flipped_cut_dropped_or_doubled(
    place: int, byte: int, how: int, length: int
) -> None:
    end = place + length
    damaged = {
        0: SEED[:place] + bytes([byte]) + SEED[place + 1 :],
        1: SEED[:place],
        2: SEED[:place] + SEED[end:],
        3: SEED[:end] + SEED[place:],
    }[how]
    check(read(damaged, "seed.txt"))


@given(jumble)
def test_front_matter_is_strings_or_a_reason(text: str) -> None:
    for source in (text, "---\n" + text, f"---\n{text}\n---\n正文"):
        try:
            fields, body = split(source)
        except FrontMatterError as error:
            assert str(error)
        else:
            assert source.endswith(body)
            assert all(isinstance(v, str) or all(isinstance(p, str) for p in v) for v in fields.values())


@given(jumble)
def test_cleaning_takes_away_and_adds_nothing(text: str) -> None:
    cleaned = clean(plain_blocks(text))
    rest = text
    for paragraph in cleaned.paragraphs:
        _, found, rest = rest.partition(paragraph)
        assert found == paragraph
    clean(markdown_blocks(text))


@given(jumble)
def test_what_a_byline_leaves_stood_in_the_paragraph(text: str) -> None:
    line = " ".join(text.split())
    found = cut_byline(line)
    assert found.rest in line


@given(
    st.lists(
        st.sampled_from(["<div>", "</div>", "<p>", "<a>", "</a>", "<table>", "<td>", "文", "<li>"]),
        max_size=60,
    )
)
def test_the_tree_keeps_every_character(tags: list[str]) -> None:
    body = parse("".join(tags)).body
    assert body.text == tags.count("文") == len("".join(body.string().split()))
    assert 0 <= body.links <= body.text


@pytest.mark.parametrize(
    "piece", ["记者 张三 ", "记者", "张 ", "2021年10月", "（", "**", "[", "<b>", "<p>", "&", "【", "图 "]
)
def test_long_repetitions_take_no_long_time(piece: str) -> None:
    text = (piece * 20_000 + "\n") * 2 + (piece * 18 + "\n") * 400 + "上海市召开会议。"
    for name in ("a.txt", "a.md", "a.html"):
        check(read(text.encode(), name))
