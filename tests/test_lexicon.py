"""The hand-kept lists: found, typed, each row with a reason, none against another."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.errors import LexiconError
from kg.lexicon import read_rows, read_table, read_titles, read_units


def write(folder, name, *rows):
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_the_shipped_lists_are_sound():
    assert {title.kind for title in lexicon.titles()} == set(lexicon.TITLE_KINDS)
    assert {unit.kind for unit in lexicon.units()} == set(lexicon.UNIT_KINDS)
    assert lexicon.addressed()


def test_rows_know_where_they_stand(tmp_path):
    path = write(tmp_path, "units.tsv", "unit\tkind\treason", "", "# money", "元\tmoney\ta currency")
    (row,) = read_rows(path, ("unit", "kind"))
    assert row["unit"] == "元" and row.where == "units.tsv:4"


def test_rows_that_contradict_each_other_are_both_named(tmp_path):
    path = write(tmp_path, "units.tsv", "unit\tkind\treason", "元\tmoney\ta currency", "元\tcount\ta slip")
    with pytest.raises(
        LexiconError, match=r"units.tsv:3: '元' is kind 'count' here and kind 'money' in units.tsv:2"
    ):
        read_table(path, ("unit", "kind"))


def test_one_word_may_stand_under_two_keys(tmp_path):
    rows = ("person\ttitle\tbody\treason", "甲\t主席\t子\tx", "甲\t总理\t丑\tx")
    path = write(tmp_path, "addressed.tsv", *rows)
    assert len(read_table(path, ("person", "title", "body"), ("person", "title"))) == 2


BROKEN = [
    (("unit\tkind", "元\tmoney"), r"units.tsv:1: the columns are"),
    (("unit\tkind\treason", "元\tmoney"), r"units.tsv:2: .* must have 3 cells"),
    (("unit\tkind\treason", "元\tmoney\t"), r"units.tsv:2: .* may not be empty"),
    (
        ("unit\tkind\treason", "元\tcoin\ta currency"),
        r"units.tsv:2: kind 'coin' is not known; it is one of money",
    ),
]


@pytest.mark.parametrize(("rows", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_a_broken_row_is_told_with_its_line(tmp_path, rows, message):
    with pytest.raises(LexiconError, match=message):
        read_units(write(tmp_path, "units.tsv", *rows))


def test_a_title_implies_a_government_or_a_named_body(tmp_path):
    rows = ("title\tkind\timplies\treason", "市长\thead\tgovernment\tx", "总书记\thead\t=中共中央\tx")
    assert [t.implies for t in read_titles(write(tmp_path, "titles.tsv", *rows))] == [
        "government",
        "=中共中央",
    ]
    rows = ("title\tkind\timplies\treason", "市长\thead\tstate\tx")
    with pytest.raises(LexiconError, match="must be government, =BODY or empty"):
        read_titles(write(tmp_path, "titles.tsv", *rows))


def test_lists_lie_in_the_package_or_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(lexicon, "_PLACES", (tmp_path / "kg" / "ontology", tmp_path / "ontology"))
    with pytest.raises(LexiconError, match="no lexicon"):
        lexicon.lexicon_folder()
    (tmp_path / "ontology").mkdir()
    assert lexicon.lexicon_folder() == tmp_path / "ontology"
    (tmp_path / "kg" / "ontology").mkdir(parents=True)
    assert lexicon.lexicon_folder() == tmp_path / "kg" / "ontology"
