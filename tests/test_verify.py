"""A graph is proved by its sources, or every place where it is not is named."""

from __future__ import annotations

import hashlib
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.export import write
from kg.loading import load
from kg.model import Alias, Article, Change, Entity, EntityType, Evidence, Fact, Graph, Mention
from kg.read import read_articles
from kg.report import REPORT, proof, read_report, report_bytes
from kg.verify import verify, verify_files

TEXT = "江州市举行港口推进会（以下简称推进会）。副市长赵建国出席推进会。"
SOURCE = Article("a", "会议", TEXT, "2023-03-08", "江州日报", ("孙晓梅",), ("a.txt",))
OTHER = Article("b", "另一篇", "江州市与海州市签约。", sources=("b.txt",))
CUT = TEXT.index("副市长")
FIRST, SECOND = Evidence("a", 0, CUT, TEXT[:CUT]), Evidence("a", CUT, len(TEXT), TEXT[CUT:])


def mention(name: str, shift: int = 0) -> Mention:
    start = TEXT.index(name) + shift
    return Mention("a", start, start + len(name), name)


def graph() -> Graph:
    event = Entity(
        "event-港口推进会",
        EntityType.EVENT,
        "港口推进会",
        aliases=(Alias("推进会", "introduced", FIRST),),
        mentions=(mention("港口推进会"),),
        articles=("a",),
    )
    person = Entity("per-赵建国", EntityType.PERSON, "赵建国", mentions=(mention("赵建国"),), articles=("a",))
    facts = (
        Fact(person.id, "attends", event.id, evidence=(SECOND,)),
        Fact(event.id, "date", value="2023-03-07", evidence=(FIRST,)),
    )
    change = Change("change-1", "renamed", evidence=(Evidence("b", 0, len(OTHER.text), OTHER.text),))
    saved = tuple(replace(article, text="") for article in (SOURCE, OTHER))
    return Graph(saved, (event, person), facts, changes=(change,))


def kinds(found: Graph, *sources: Article) -> list[str]:
    return sorted(problem.kind for problem in verify(found, sources))


def test_a_true_graph_has_no_problem() -> None:
    assert kinds(graph(), SOURCE, OTHER) == []


def test_a_moved_or_renamed_source_still_proves_it() -> None:
    assert kinds(graph(), replace(SOURCE, id="moved", sources=("elsewhere/moved.txt",)), OTHER) == []


def test_more_sources_than_articles_are_no_problem() -> None:
    assert kinds(graph(), SOURCE, OTHER, Article("c", "题", "别的文章。")) == []


def test_a_missing_source_is_named_with_its_place() -> None:
    (problem,) = verify(graph(), [OTHER])
    assert str(problem) == "a: no source has it; it was read from a.txt"


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("甲 。x"))
def test_one_wrong_character_of_a_source_is_found(place: int, letter: str) -> None:
    text = TEXT[:place] + letter + TEXT[place + 1 :]
    found = list(verify(graph(), [replace(SOURCE, text=text, sha256=""), OTHER]))
    assert (text == TEXT) == (not found)
    if found:
        assert "text" in {problem.kind for problem in found}
        quoted = [problem for problem in found if problem.kind == "sentence"]
        assert quoted and any("the source has" in problem.what for problem in quoted)


WRONG = {
    "start": (replace(SECOND, start=CUT + 1), "sentence"),
    "end": (replace(SECOND, end=len(TEXT) - 1), "sentence"),
    "past the end": (replace(SECOND, end=len(TEXT) + 1), "sentence"),
    "negative": (replace(SECOND, start=CUT - len(TEXT)), "sentence"),
    "empty": (Evidence("a", 4, 4, ""), "sentence"),
    "a character": (replace(SECOND, text=SECOND.text.replace("赵", "钱")), "sentence"),
    "another article": (replace(SECOND, article="b"), "sentence"),
    "no article": (replace(SECOND, article="z"), "sentence"),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_quotation_is_found(how: str) -> None:
    evidence, kind = WRONG[how]
    true = graph()
    wrong = replace(true, facts=(replace(true.facts[0], evidence=(evidence,)), true.facts[1]))
    assert kinds(wrong, SOURCE, OTHER) == [kind]


def test_a_fact_without_a_sentence_and_one_of_nothing_are_found() -> None:
    true = graph()
    bare = replace(
        true, facts=(replace(true.facts[0], evidence=()), replace(true.facts[1], subject="event-无"))
    )
    found = list(verify(bare, [SOURCE, OTHER]))
    assert sorted(problem.kind for problem in found) == ["fact", "link"]
    assert any("赵建国 attends 港口推进会: no sentence" in str(problem) for problem in found)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "改题"},
        {"date": "2023-03-09"},
        {"date": None},
        {"publisher": "他报"},
        {"authors": ()},
        {"url": "http://a.cn"},
    ],
)
def test_what_the_graph_says_of_an_article_must_be_what_the_source_says(change: dict[str, object]) -> None:
    true = graph()
    told = replace(true, articles=(replace(true.articles[0], **change), true.articles[1]))  # type: ignore[arg-type]
    assert kinds(told, SOURCE, OTHER) == ["metadata"]


def test_mentions_aliases_and_changes_are_checked_too() -> None:
    true = graph()
    event, person = true.entities
    moved = replace(person, mentions=(mention("赵建国", shift=1),))
    shifted = replace(event, aliases=(Alias("推进会", "introduced", replace(FIRST, start=1)),))
    gone = replace(true.changes[0], evidence=(Evidence("b", 1, 10, OTHER.text),))
    assert kinds(replace(true, entities=(event, moved)), SOURCE, OTHER) == ["mention"]
    assert kinds(replace(true, entities=(shifted, person)), SOURCE, OTHER) == ["sentence"]
    assert kinds(replace(true, changes=(gone,)), SOURCE, OTHER) == ["sentence"]
    assert kinds(replace(true, entities=(replace(event, articles=("z",)), person)), SOURCE, OTHER) == ["link"]


def test_a_wrong_hash_is_found() -> None:
    true = graph()
    wrong = replace(true, articles=(replace(true.articles[0], sha256="0" * 64), true.articles[1]))
    assert kinds(wrong, SOURCE, OTHER) == ["text"]


def test_problems_come_in_one_order() -> None:
    sources = [replace(SOURCE, text=TEXT.replace("江", "河"), sha256=""), OTHER]
    wanted = list(verify(graph(), sources))
    for seed in range(5):
        random.Random(seed).shuffle(sources)
        assert list(verify(graph(), sources)) == wanted


SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))


def test_random_damage_to_a_source_is_found_or_changes_nothing(tmp_path: Path) -> None:
    chance = random.Random(11)
    read = [item for item in read_articles(SEEDS[0].parent) if isinstance(item, Article)]
    proved = Graph(tuple(replace(article, text="") for article in read))
    found = harmless = 0
    for turn in range(300):
        seed = chance.choice(SEEDS)
        path = tmp_path / seed.name
        path.write_bytes(damaged(seed.read_bytes(), chance, turn))
        (now,) = read_articles(path)
        (was,) = (article for article in read if article.id == seed.stem)
        others = [article for article in read if article.id != seed.stem]
        problems = list(verify(proved, [*others, *([now] if isinstance(now, Article) else [])]))
        same = isinstance(now, Article) and replace(now, sources=was.sources) == was
        assert bool(problems) is not same
        found, harmless = found + (not same), harmless + same
    assert found > 100 and harmless > 50


# -- the files of a build ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(gold_graph, tmp_path_factory):
    """The files of a build, with their report."""
    out = tmp_path_factory.mktemp("out")
    files = [
        path
        for name in ("ttl", "json", "graphml", "jsonld", "csv")
        for path in write(gold_graph.data, out, name)
    ]
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    report = {"zhengmai": "1", "counts": gold_graph.stats(), "files": hashes}
    (out / REPORT).write_bytes(report_bytes({**report, "sha256": proof(report)}))
    return out


def damaged(data: bytes, chance: random.Random, turn: int) -> bytes:
    """A bit flipped, the end cut off, a piece deleted, a piece doubled."""
    edited = bytearray(data)
    place, length = chance.randrange(len(data)), chance.randrange(1, 200)
    if turn % 4 == 0:
        edited[place] ^= 1 << chance.randrange(8)
    elif turn % 4 == 1:
        del edited[place:]
    elif turn % 4 == 2:
        del edited[place : place + length]
    else:
        edited[place:place] = edited[place : place + length]
    return bytes(edited)


def test_random_damage_to_the_files_of_a_build_is_found(folder: Path) -> None:
    assert list(verify_files(folder)) == []
    chance = random.Random(5)
    files = sorted(folder.iterdir())
    report = read_report(folder)
    for turn in range(600):
        path = files[turn % len(files)]
        whole = path.read_bytes()
        edited = damaged(whole, chance, turn)
        path.write_bytes(edited)
        try:
            found = list(verify_files(folder))
            # Only in the report is there white space that says nothing.
            harmless = edited == whole or (
                path.name == REPORT and not found and read_report(folder) == report
            )
            assert [p.kind for p in found] == ([] if harmless else ["file"]), (path.name, turn)
        finally:
            path.write_bytes(whole)


def test_a_damaged_graph_is_refused_or_loads_but_never_fails_otherwise(folder: Path, tmp_path: Path) -> None:
    chance = random.Random(6)
    refused = 0
    for turn in range(100):
        source = folder / ("graph.ttl", "graph.json", "graph.graphml")[turn % 3]
        path = tmp_path / source.name
        path.write_bytes(damaged(source.read_bytes(), chance, turn))
        try:
            load(path)
        except KgError:
            refused += 1
    assert refused > 30


def test_a_file_that_is_gone_and_a_folder_without_a_report_are_found(folder: Path, tmp_path: Path) -> None:
    out = shutil.copytree(folder, tmp_path / "out")
    (out / "nodes.csv").unlink()
    assert [(p.kind, p.place) for p in verify_files(out)] == [("file", "nodes.csv")]
    (out / REPORT).unlink()
    assert [(p.kind, p.place) for p in verify_files(out)] == [("file", REPORT)]
