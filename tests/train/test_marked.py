"""News that readers marked: kept by offsets, read back as names, refused where the text is another."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.model import Article
from kg.train.names.marked import FILE, LETTERS, checksum, marked_news

ARTICLE = Article("n1", "标题", "省水利厅昨日印发《灌区条例》。厅长石大川出席。")


def _file(tmp_path, text, marks):
    path = tmp_path / "marked.tsv"
    path.write_text(f"# id, checksum, marks\nn1\t{checksum(text)}\t{marks}\n", encoding="utf-8")
    return path


def test_marks_become_names(tmp_path):
    (read,) = marked_news([ARTICLE], _file(tmp_path, ARTICLE.text, "O0+4 G9+4 P17+3"))
    assert [(ARTICLE.text[start:end], type_) for start, end, type_ in read.names] == [
        ("省水利厅", "Organisation"),
        ("灌区条例", "Programme"),
        ("石大川", "Person"),
    ]
    assert read.title == "标题"


def test_an_article_that_nobody_read_teaches_nothing(tmp_path):
    other = Article("n2", "", "无关的文字。")
    assert list(marked_news([other], _file(tmp_path, ARTICLE.text, "O0+4"))) == []


def test_another_text_of_that_id_is_refused(tmp_path):
    with pytest.raises(InputError, match="n1"):
        list(marked_news([ARTICLE], _file(tmp_path, ARTICLE.text + "。", "O0+4")))


def test_the_marks_that_are_kept_are_sound():
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    keys = [line.split("\t")[0] for line in lines]
    assert keys == sorted(set(keys))
    for line in lines:
        _, sum_, marks = line.split("\t")
        assert len(sum_) == 12
        end = 0
        for mark in marks.split():
            start, length = (int(number) for number in mark[1:].split("+"))
            assert mark[0] in LETTERS and start >= end and length > 0, (line[:40], mark)
            end = start + length
