"""The file of corrections: what it says comes back, and what it cannot say is told by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corrections import COLUMNS, KINDS, parse, read_corrections, to_line, with_lines, write_text
from kg.errors import CorrectionsError
from kg.model import Correction, EntityType

HEADER = "\t".join(COLUMNS)


def row(**cells: str) -> str:
    said = {"author": "甲", "date": "2024-05-31", "reason": "核对原文", **cells}
    return "\t".join(said.get(column, "") for column in COLUMNS)


def text(*rows: str) -> str:
    return "\n".join((HEADER, *rows)) + "\n"


CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8).map(str.strip)
FILLED = CELLS.map(lambda text: text or "甲")


@st.composite
def correction(draw: st.DrawFn) -> Correction:
    kind = draw(st.sampled_from(tuple(KINDS)))
    about_fact = kind in ("add-fact", "drop-fact", "confirm")
    typed = kind in ("retype", "add-entity")
    article = draw(FILLED if "article" in KINDS[kind] else CELLS)
    return Correction(
        kind=kind,
        subject=draw(FILLED),
        property=draw(st.sampled_from(["attends", "date", "holdsPost"])) if about_fact else "",
        object=draw(st.sampled_from([*EntityType, "Company"])) if typed else draw(FILLED),
        qualifiers=draw(st.dictionaries(st.sampled_from(["role", "by", "stated"]), FILLED)),
        article=article,
        quote=draw(FILLED) if article else "",
        author=draw(FILLED),
        date=draw(st.dates()).isoformat(),
        reason=draw(FILLED),
    )


@given(st.lists(correction(), max_size=4))
def test_what_is_written_is_what_is_read(corrections):
    assert list(parse(with_lines("", corrections))) == corrections


@given(st.lists(correction(), max_size=3), st.lists(correction(), max_size=3))
def test_lines_are_added_behind_what_is_there(first, then):
    once = with_lines("# 本市的更正\n", first)
    assert with_lines(once, then).startswith(once)
    assert list(parse(with_lines(once, then))) == [*first, *then]


def test_comments_blank_lines_and_windows_line_ends_are_no_matter():
    told = "\ufeff# 说明\r\n\r\n" + text(row(kind="same", subject="甲局", object="乙局")).replace(
        "\n", "\r\n"
    )
    assert [c.line for c in parse(told.lstrip("\ufeff"), "c.tsv")] == ["c.tsv:4"]


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "c.tsv"
    path.write_text(text(row(kind="drop-entity", subject="甲")), encoding="utf-8-sig")
    assert read_corrections(path)[0].subject == "甲"


WRONG = {
    "another header": ("kind\twhat\n", "c.tsv:1: the first line must name the columns"),
    "no such kind": (
        text(row(kind="merge", subject="甲", object="乙")),
        "c.tsv:2: no kind 'merge'; known are same,",
    ),
    "too few cells": (
        HEADER + "\nsame\t甲\n",
        "c.tsv:2: 2 cells; a line has 10, parted by tabs: kind, subject",
    ),
    "an empty cell": (text(row(kind="same", subject="甲")), "c.tsv:2: 'same' needs object"),
    "no author": (text(row(kind="drop-entity", subject="甲", author="")), "'drop-entity' needs author"),
    "no such property": (
        text(row(kind="confirm", subject="甲", property="visits", object="乙")),
        "no property 'visits'; known are holdsPost",
    ),
    "no such type": (
        text(row(kind="retype", subject="甲", object="Bank")),
        "no type 'Bank'; known are Organisation",
    ),
    "no such day": (
        text(row(kind="drop-entity", subject="甲", date="2024-02-30")),
        "write the day of the correction",
    ),
    "a quote of nowhere": (
        text(row(kind="drop-entity", subject="甲", quote="乙。")),
        "needs the id of its article",
    ),
    "broken qualifiers": (
        text(row(kind="drop-fact", subject="甲", property="holdsPost", object="乙", qualifiers="局长")),
        "write them like role=局长",
    ),
    "a fact without its object": (text(row(kind="drop-fact", subject="甲", property="date")), "needs object"),
}


@pytest.mark.parametrize(("content", "message"), WRONG.values(), ids=WRONG)
def test_an_error_names_the_line_and_what_is_accepted(content, message):
    with pytest.raises(CorrectionsError, match=r"^c\.tsv:") as caught:
        parse(content, "c.tsv")
    assert message in str(caught.value)


def test_a_missing_file_and_other_encodings_are_plain_errors(tmp_path):
    with pytest.raises(CorrectionsError):
        read_corrections(tmp_path / "none.tsv")
    (tmp_path / "gbk.tsv").write_bytes("更正".encode("gbk"))
    with pytest.raises(CorrectionsError, match="UTF-8"):
        read_corrections(tmp_path / "gbk.tsv")


def test_a_semicolon_in_a_qualifier_is_escaped():
    (found,) = parse(
        text(row(kind="drop-fact", subject="甲", property="hasTarget", qualifiers=r"stated=a\;b; by=2025"))
    )
    assert found.qualifiers == {"stated": "a;b", "by": "2025"}
    assert parse(text(to_line(found)))[0] == found


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "c.tsv"
    write_text(path, "old")

    def full(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
