"""A cache makes builds quicker and never different, whatever happens to its file."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cache import ExtractionCache, code_stamp, user_cache_folder
from kg.model import Article, Entity, EntityType, Evidence, Extraction, Fact, Mention

ARTICLES = [
    Article(f"a{n}", "会议", f"第{n}次会议在江州召开。", "2023-03-08", "江州网", ("张三",), (f"a{n}.txt",))
    for n in range(40)
]


def made(article: Article) -> Extraction:
    end = len(article.text)
    sentence = Evidence(article.id, 0, end, article.text)
    place = Entity(
        "place-江州", EntityType.PLACE, "江州", mentions=(Mention(article.id, end - 5, end - 3, "江州"),)
    )
    return Extraction(article, (place,), (Fact("e", "locatedIn", "place-江州", evidence=(sentence,)),))


class Counting:
    """Extracts, and remembers for which articles it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, articles: Sequence[Article]) -> Iterable[Extraction]:
        for article in articles:
            self.asked.append(article.id)
            yield made(article)


def build(
    folder: Path, articles: Sequence[Article] = ARTICLES, **how: object
) -> tuple[list[Extraction], list[str]]:
    extract = Counting()
    with ExtractionCache(folder, **({"made_by": b"one"} | how)) as cache:  # type: ignore[arg-type]
        found = list(cache.through(articles, extract))
    return found, extract.asked


WANTED = [made(article) for article in ARTICLES]


def test_a_second_build_extracts_nothing_and_says_the_same(tmp_path: Path) -> None:
    assert build(tmp_path) == (WANTED, [a.id for a in ARTICLES])
    assert build(tmp_path) == (WANTED, [])


def test_only_what_is_new_is_extracted_and_the_order_stays(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES[10:20])
    found, asked = build(tmp_path)
    assert found == WANTED
    assert asked == [a.id for a in (*ARTICLES[:10], *ARTICLES[20:])]


@pytest.mark.parametrize(
    "change",
    [{"id": "b"}, {"title": "另题"}, {"date": None}, {"authors": ()}, {"text": "江州。", "sha256": ""}],
)
def test_a_changed_article_is_extracted_anew(tmp_path: Path, change: dict[str, object]) -> None:
    build(tmp_path)
    changed = replace(ARTICLES[3], **change)  # type: ignore[arg-type]
    assert build(tmp_path, [changed]) == ([made(changed)], [changed.id])


def test_a_moved_article_is_not_and_says_where_it_is_now(tmp_path: Path) -> None:
    build(tmp_path)
    moved = replace(ARTICLES[3], sources=("elsewhere.txt",))
    assert build(tmp_path, [moved]) == ([made(moved)], [])


@pytest.mark.parametrize("how", [{"settings": "other"}, {"made_by": b"two"}])
def test_other_settings_and_other_code_share_nothing(tmp_path: Path, how: dict[str, object]) -> None:
    build(tmp_path)
    assert build(tmp_path, **how)[1] == [a.id for a in ARTICLES]
    assert build(tmp_path)[1] == []


def database(folder: Path) -> Path:
    (path,) = folder.glob("*.sqlite")
    return path


def test_every_damage_to_the_file_is_found_or_harmless(tmp_path: Path) -> None:
    chance = random.Random(7)
    build(tmp_path)
    for _ in range(100):
        path = database(tmp_path)
        data = bytearray(path.read_bytes())
        place, length = chance.randrange(len(data)), chance.randrange(1, 600)
        damage = chance.randrange(4)
        if damage == 0:
            data[place] ^= 1 << chance.randrange(8)
        elif damage == 1:
            del data[place:]
        elif damage == 2:
            del data[place : place + length]
        else:
            data[place:place] = data[place : place + length]
        path.write_bytes(data)
        assert build(tmp_path)[0] == WANTED
    assert build(tmp_path)[0] == WANTED
    assert build(tmp_path)[1] == []


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 4096])
def test_a_foreign_file_makes_way(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "extractions-1.0.sqlite").write_bytes(content)
    assert build(tmp_path)[0] == WANTED
    assert build(tmp_path)[1] == []


def test_entries_put_under_anothers_key_do_not_count(tmp_path: Path) -> None:
    build(tmp_path)
    with sqlite3.connect(database(tmp_path)) as file:
        rows = file.execute("SELECT key, proof, line FROM extraction").fetchall()
        for (key, _, _), (_, proof, line) in zip(rows, rows[1:] + rows[:1], strict=True):
            file.execute("UPDATE extraction SET proof = ?, line = ? WHERE key = ?", (proof, line, key))
    file.close()
    assert build(tmp_path) == (WANTED, [a.id for a in ARTICLES])


def test_a_folder_that_cannot_be_used_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with ExtractionCache(tmp_path / "file" / "sub", made_by=b"one") as cache:
        assert list(cache.through(ARTICLES, Counting())) == WANTED
        assert "no cache in" in cache.trouble


CHILD = """
import os, sys
from pathlib import Path
sys.path[:0] = [{tests!r}]
from test_cache import ARTICLES, WANTED, Counting
from kg.cache import ExtractionCache
cache = ExtractionCache(Path({folder!r}), made_by=b"one")
for count, found in enumerate(cache.through(ARTICLES * {times}, Counting()), 1):
    if count == {stop}:
        os._exit(9)
cache.close()
"""


def child(folder: Path, times: int = 1, stop: int = 0) -> subprocess.Popen[bytes]:
    code = CHILD.format(tests=str(Path(__file__).parent), folder=str(folder), times=times, stop=stop)
    return subprocess.Popen([sys.executable, "-c", code])


def test_a_killed_build_goes_on_where_it_stopped(tmp_path: Path) -> None:
    assert child(tmp_path, stop=39).wait() == 9
    found, asked = build(tmp_path)
    assert found == WANTED
    assert len(asked) < 10


def test_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    children = [child(tmp_path, times=5) for _ in range(3)]
    assert [process.wait() for process in children] == [0, 0, 0]
    assert build(tmp_path) == (WANTED, [])


def test_the_stamp_is_of_the_code_and_the_folder_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(code_stamp()) == 32
    monkeypatch.setenv("ZHENGMAI_CACHE", os.path.join("some", "where"))
    assert user_cache_folder() == Path("some", "where")
