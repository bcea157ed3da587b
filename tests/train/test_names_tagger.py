"""Training: what is read from the data sets, and that a small model comes out and runs."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest

from kg.errors import InputError
from kg.extract.features import LABELS, Alphabet
from kg.model import Article
from kg.train.names.corpora import TASKS, cluener_texts, gold_text, resume_texts, rows
from kg.train.names.fitting import batches
from kg.train.names.language_model import alphabet_lists
from kg.train.names.news import read_news, unlike

CLUENER = [
    {
        "text": "青岛啤酒的王海在济南。",
        "label": {"company": {"青岛啤酒": [[0, 3]]}, "name": {"王海": [[5, 6]]}},
    },
    {"text": "今天晴。", "label": {}},
]
RESUME = "王 B-NAME\n海 E-NAME\n任 O\n总 B-TITLE\n裁 E-TITLE\n\n男 O\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    lines = [json.dumps(record, ensure_ascii=False) for record in CLUENER]
    (tmp_path / "train.json").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "train.char.bmes").write_text(RESUME, encoding="utf-8")
    return tmp_path


def marked(annotated) -> list[tuple[str, str]]:
    return [(annotated.text[start:end], type_) for start, end, type_ in annotated.names]


def test_cluener_sentences_keep_their_names(data: Path) -> None:
    (joined,) = cluener_texts(data)
    assert [joined.text[span.start : span.end] for span in joined.spans] == [r["text"] for r in CLUENER]
    assert marked(joined) == [("青岛啤酒", "company"), ("王海", "name")]


def test_resume_columns_become_sentences(data: Path) -> None:
    (joined,) = resume_texts(data)
    assert joined.text == "王海任总裁\n男\n"
    assert marked(joined) == [("王海", "NAME"), ("总裁", "TITLE")]


def test_a_missing_data_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"train\.json"):
        cluener_texts(tmp_path)


def test_rows_carry_one_label_a_character(golds) -> None:
    gold = next(iter(golds.values()))
    annotated = gold_text(gold)
    found = list(rows("gold", annotated, Alphabet.of([], [])))
    assert sum(map(len, found)) == sum(map(len, annotated.spans))
    begun = sum(int(np.isin(LABELS[label][0], ["B", "S"])) for row in found for label in row.labels)
    assert begun == len(annotated.names)


def test_every_task_has_legal_labels() -> None:
    for labels in TASKS.values():
        assert labels[0] == "O"
        assert len(labels) == len(set(labels))


def test_batches_hold_every_row_once_and_are_small(golds) -> None:
    found = [row for gold in golds.values() for row in rows("gold", gold_text(gold), Alphabet.of([], []))]
    parted = batches(found, 600, random.Random(1))
    assert sorted(id(row) for batch in parted for row in batch) == sorted(map(id, found))
    assert all(len(batch) * max(map(len, batch)) <= 600 for batch in parted if len(batch) > 1)


def test_the_alphabet_leaves_out_what_is_rare() -> None:
    chars, bigrams = alphabet_lists(["数字" * 12, "罕"])
    assert chars == ["字", "数"]
    assert bigrams == ["数字"]


@pytest.mark.slow
def test_a_small_model_trains_exports_and_runs(golds, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from kg.extract.tagger import Tagger
    from kg.lac import lac, stretches
    from kg.train.names.fitting import Lessons, Memory, Plan, fit, warm_up
    from kg.train.names.language_model import new_parts
    from kg.train.names.onnx_export import write_tagger

    torch.manual_seed(1)
    gold = next(iter(golds.values()))
    lists = alphabet_lists([gold.article.text] * 4)
    alphabet = Alphabet.of(*lists)
    memory, plan = Memory(new_parts(alphabet)), Plan(epochs=1, warm_epochs=1)
    ours = list(rows("gold", gold_text(gold), alphabet))
    start = warm_up(memory, ours, plan)
    member = fit(memory, start, Lessons(ours, ours), plan, plan.voices[0])
    out = tmp_path / "tagger.onnx"
    write_tagger(memory.parts, [member, member], lists, out)
    encoded = lac().encode(gold.article.text, stretches(gold.article.text))
    assert all(
        0 <= item.confidence <= 1 for item in Tagger.load(out).read(gold.article, encoded).likely(0.01)
    )
    again = [
        fit(memory, start, Lessons(ours, ours, ours), plan, plan.voices[0]).state_dict() for _ in range(2)
    ]
    assert all(torch.equal(again[0][name], again[1][name]) for name in again[0])


def test_news_that_share_wording_with_the_gold_are_left_out(golds) -> None:
    gold = next(iter(golds.values())).article
    copied = Article("copy", "", "记者昨日获悉：" + gold.text)
    other = Article("other", "", "今年的水稻长势很好。" * 20)
    assert unlike([copied, other], [gold]) == [other]


def test_news_are_read_packed_or_plain_and_plain_lines_once(tmp_path: Path) -> None:
    line = json.dumps({"id": "n1", "title": "题", "text": "文"}, ensure_ascii=False)
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    (tmp_path / "plain.txt").write_text("甲\t乙\t句一\n丙\t丁\t句一\n句二\n", encoding="utf-8")
    assert list(read_news(tmp_path / "news.jsonl.gz")) == [Article("n1", "题", "文")]
    assert [item.text for item in read_news(tmp_path / "plain.txt")] == ["句一", "句二"]
