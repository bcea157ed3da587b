"""Articles added to and removed from a build: what comes of it is a build of what remains, to the byte."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import worlds
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kg import pipeline
from kg.config import Config
from kg.errors import GraphFormatError, InputError
from kg.model import Article, Extraction
from kg.outputs import make
from kg.rebuild import add, remove

NO_CACHE = {"use_cache": False, "workers": 1}
FORMATS = ("ttl", "json")


def silent(stage: str, done: int, total: int | None) -> None:
    """Nobody watches."""


def sentences() -> Iterator[worlds.Said]:
    """Every sentence of the small world."""
    names = worlds.NAMES
    for org, role, person in product(names[worlds.ORG], worlds.ROLES, names[worlds.PER]):
        yield worlds._holds(org, role, person)
    for person, event in product(names[worlds.PER], names[worlds.EVENT]):
        yield worlds._attends(person, event)
    for org, programme in product(names[worlds.ORG], names[worlds.PROG]):
        yield worlds._issues(org, programme)


SAID = {said[0]: said for said in sentences()}
TEXTS = sorted(SAID)


def extraction(article: Article) -> Extraction:
    """What an article of sentences of the small world says."""
    told = [SAID[sentence + "。"] for sentence in article.text.split("。") if sentence]
    made = worlds.extraction(0, told)
    move = {"article": article.id}
    return Extraction(
        article,
        tuple(
            replace(e, mentions=tuple(replace(m, **move) for m in e.mentions), articles=(article.id,))
            for e in made.entities
        ),
        tuple(replace(f, evidence=tuple(replace(q, **move) for q in f.evidence)) for f in made.facts),
    )


@pytest.fixture(autouse=True)
def small_world(monkeypatch):
    """Extraction that knows only the small world, and takes no time."""
    monkeypatch.setattr(pipeline, "extract_all", lambda articles, workers: map(extraction, articles))


def write(folder: Path, name: str, texts: Iterable[str], day: int = 1) -> Path:
    path = folder / name
    record = {"id": path.stem, "title": f"题{path.stem}", "text": "".join(texts), "date": f"2023-03-{day:02}"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    return path


def built(inputs: Sequence[Path], out: Path, **how: object) -> Path:
    make([str(path) for path in inputs], Config(formats=FORMATS, use_cache=False, **how), out, silent)
    return out


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.name != "corrections.tsv"}


@pytest.fixture
def three(tmp_path):
    """A folder of three articles, and its build."""
    for number in range(3):
        write(tmp_path / "in", f"a{number}.json", TEXTS[number * 4 : number * 4 + 3], number + 1)
    return tmp_path / "in", built([tmp_path / "in"], tmp_path / "out")


# -- one at a time ---------------------------------------------------------------------------


def test_an_article_added_is_as_if_it_had_been_there(three, tmp_path):
    folder, out = three
    new = write(folder, "later.json", TEXTS[20:23], 9)
    done = add(out, [str(new)], NO_CACHE, silent)
    assert (done.added, done.removed) == (("later",), ())
    assert contents(out) == contents(built([folder], tmp_path / "fresh"))


@pytest.mark.parametrize("named", ["a1", "in/a1.json", "{folder}/a1.json", "in/a[1].json"])
def test_an_article_removed_is_as_if_it_had_never_been(three, tmp_path, named):
    folder, out = three
    (folder / "a1.json").unlink()
    done = remove(out, [named.format(folder=folder)], NO_CACHE, silent)
    assert (done.added, done.removed) == ((), ("a1",))
    assert contents(out) == contents(built([folder], tmp_path / "fresh"))


def test_a_folder_goes_as_a_whole_and_nothing_may_be_left(three, tmp_path):
    folder, out = three
    remove(out, ["in/"], NO_CACHE, silent)
    shutil.rmtree(folder)
    folder.mkdir()
    assert contents(out) == contents(built([folder], tmp_path / "fresh"))
    write(folder, "a.json", TEXTS[:2])
    add(out, [str(folder)], NO_CACHE, silent)
    assert contents(out) == contents(built([folder], tmp_path / "fresh"))


def test_the_sources_of_those_that_stay_need_not_be_there(three, tmp_path, monkeypatch):
    folder, out = three
    whole = contents(out)
    shutil.move(folder / "a2.json", tmp_path / "kept.json")
    remove(out, ["a2"], NO_CACHE, silent)
    for path in folder.glob("*.json"):
        path.unlink()
    shutil.move(tmp_path / "kept.json", folder / "a2.json")
    monkeypatch.chdir(tmp_path)
    add(out, ["in/a2.json"], NO_CACHE, silent)
    assert contents(out) == whole


def test_a_source_that_changed_takes_its_own_place(three, tmp_path):
    folder, out = three
    write(folder, "a1.json", TEXTS[30:31])
    done = add(out, [str(folder / "a1.json")], NO_CACHE, silent)
    assert (done.added, done.removed) == (("a1",), ("a1",))
    assert contents(out) == contents(built([folder], tmp_path / "fresh"))


def test_copies_of_one_text_and_ids_given_twice_come_apart_again(three, tmp_path):
    folder, out = three
    write(folder, "copy.json", TEXTS[0:3], 4)
    write(folder / "deeper", "a2.json", TEXTS[25:27], 4)
    add(out, [str(folder / "copy.json"), str(folder / "deeper")], NO_CACHE, silent)
    assert contents(out) == contents(built([folder], tmp_path / "fresh"))
    (folder / "a0.json").unlink()
    (folder / "a2.json").unlink()
    remove(out, ["in/a0.json", "in/a2.json"], NO_CACHE, silent)
    assert contents(out) == contents(built([folder], tmp_path / "fresh"))


def test_records_of_one_file_are_removed_by_id_and_the_file_as_a_whole(tmp_path):
    lines = [
        json.dumps({"id": f"r{n}", "title": "题", "text": TEXTS[n]}, ensure_ascii=False) for n in range(3)
    ]
    news = tmp_path / "news.jsonl"
    news.write_text("\n".join(lines), "utf-8")
    other = write(tmp_path, "other.json", TEXTS[9:10])
    out = built([news, other], tmp_path / "out")
    news.write_text("\n".join([lines[0], lines[2]]), "utf-8")
    remove(out, ["r1"], NO_CACHE, silent)
    assert contents(out) == contents(built([news, other], tmp_path / "fresh"))
    remove(out, ["news.jsonl"], NO_CACHE, silent)
    assert contents(out) == contents(built([other], tmp_path / "fresh"))


def test_settings_skipped_inputs_and_corrections_are_kept_and_used(three, tmp_path):
    folder, _ = three
    (folder / "bad.txt").write_bytes(b"\x00\x01\xff" * 50)
    corrections = tmp_path / "put-right.tsv"
    corrections.write_text(
        "kind\tsubject\tproperty\tobject\tqualifiers\tarticle\tquote\tauthor\tdate\treason\n"
        "rename\t云岭集团\t\t云岭控股集团\t\t\t\t王\t2024-01-02\t改名\n",
        "utf-8",
    )
    how = {"corrections": str(corrections), "min_confidence": 0.3, "page_title": "题"}
    out = built([folder], tmp_path / "out", **how)
    new = write(folder, "later.json", [t for t in TEXTS if "云岭集团" in t][:2], 9)
    add(out, [str(new)], NO_CACHE, silent)
    assert contents(out) == contents(built([folder], tmp_path / "fresh", **how))
    assert "云岭控股集团" in (out / "graph.ttl").read_text("utf-8")
    (folder / "bad.txt").unlink()
    remove(out, ["in/bad.txt"], NO_CACHE, silent)
    assert contents(out) == contents(built([folder], tmp_path / "fresh", **how))
    corrections.unlink()
    with pytest.raises(InputError, match="corrections is gone"):
        remove(out, ["later"], NO_CACHE, silent)


# -- what cannot be ---------------------------------------------------------------------------


def test_what_is_not_there_is_a_plain_error_and_changes_nothing(three, tmp_path):
    _, out = three
    before = contents(out)
    with pytest.raises(InputError, match="not found"):
        add(out, [str(tmp_path / "nowhere.txt")], NO_CACHE, silent)
    with pytest.raises(InputError, match=r"did you mean .*in/a1\.json"):
        remove(out, ["in/a9.json", "in/a1.jsn"], NO_CACHE, silent)
    for call in (add, remove):
        with pytest.raises(InputError, match=r"no report\.json"):
            call(tmp_path / "no", ["a"], NO_CACHE, silent)
    assert contents(out) == before


@pytest.mark.parametrize("name", ["report.json", "extraction.jsonl"])
def test_a_build_that_was_changed_by_hand_is_not_built_upon(three, name):
    _, out = three
    path = out / name
    path.write_text(path.read_text("utf-8").replace("王芳", "王方", 1).replace("题a1", "题b1"), "utf-8")
    with pytest.raises(GraphFormatError, match="not as kg build wrote it"):
        remove(out, ["a1"], NO_CACHE, silent)


def test_what_fails_midway_leaves_the_build_as_it_was(three, monkeypatch):
    folder, out = three
    before = contents(out)

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.outputs.make_report", fail)
    with pytest.raises(KeyboardInterrupt):
        add(out, [str(write(folder, "later.json", TEXTS[20:21]))], NO_CACHE, silent)
    assert contents(out) == before


# -- any sequence -----------------------------------------------------------------------------

FILES = tuple(f"f{n}.json" for n in range(4))
VERSIONS = (TEXTS[:2], TEXTS[1:4], TEXTS[10:11])
CORRECTED = (
    "",
    "kind\tsubject\tproperty\tobject\tqualifiers\tarticle\tquote\tauthor\tdate\treason\n"
    "same\t青川市科技局\t\t白石县财政局\t\t\t\t王\t2024-01-02\t改名\n",
)
_FRESH: dict[object, dict[str, bytes]] = {}


class Sequences(RuleBasedStateMachine):
    """Files come, change and go; the build is compared with one from nothing after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.before = Path.cwd()
        self.home = Path(tempfile.mkdtemp())
        os.chdir(self.home)
        self.there: dict[str, int] = {}
        self.corrected = 0

    def teardown(self) -> None:
        os.chdir(self.before)
        shutil.rmtree(self.home)

    def put(self, name: str, version: int) -> str:
        self.there[name] = version
        return str(write(Path("in"), name, VERSIONS[version], version + 1))

    @initialize(first=st.dictionaries(st.sampled_from(FILES), st.sampled_from(range(3)), max_size=3))
    def start(self, first: dict[str, int]) -> None:
        (self.home / "in").mkdir()
        for name, version in first.items():
            self.put(name, version)
        built([Path("in")], self.home / "out")

    @rule(new=st.dictionaries(st.sampled_from(FILES), st.sampled_from(range(3)), min_size=1, max_size=2))
    def add(self, new: dict[str, int]) -> None:
        add(self.home / "out", [self.put(name, version) for name, version in new.items()], NO_CACHE, silent)

    @precondition(lambda self: self.there)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.there)))
        del self.there[name]
        (self.home / "in" / name).unlink()
        remove(self.home / "out", [f"in/{name}"], NO_CACHE, silent)

    @precondition(lambda self: self.there)
    @rule(which=st.sampled_from((0, 1)), data=st.data())
    def correct(self, which: int, data: st.DataObject) -> None:
        """Corrections take effect with the next change of articles, here the same one again."""
        (self.home / "out" / "corrections.tsv").write_text(CORRECTED[which], "utf-8")
        self.corrected = which
        name = data.draw(st.sampled_from(sorted(self.there)))
        add(self.home / "out", [f"in/{name}"], NO_CACHE, silent)

    @invariant()
    def same_as_from_nothing(self) -> None:
        out = self.home / "out"
        if not out.exists():
            return
        key = (tuple(sorted(self.there.items())), self.corrected)
        if key not in _FRESH:
            fresh = self.home / "fresh"
            fresh.mkdir()
            (fresh / "corrections.tsv").write_text(CORRECTED[self.corrected], "utf-8")
            how = {"corrections": str(fresh / "corrections.tsv")} if self.corrected else {}
            _FRESH[key] = contents(built([Path("in")], fresh, **how))
            shutil.rmtree(fresh)
        assert contents(out) == _FRESH[key]


TestSequences = Sequences.TestCase
TestSequences.settings = settings(max_examples=200, stateful_step_count=6, deadline=None, derandomize=True)
