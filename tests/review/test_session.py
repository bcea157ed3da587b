"""A sitting: every answer is on disk before the next question, and can be taken back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kg.corrections import apply, read_corrections
from kg.model import Correction
from kg.review import Question, Session, Shown, Signature, converse

ME = Signature("甲", "2024-05-31")


def asked(number: int) -> Question:
    said = {"property": "attends", "article": "a", "quote": f"第{number}句。"}
    return Question(
        "fact",
        f"人{number} 出席 大会",
        (Shown(f"第{number}句。", "a", (f"第{number}",)),),
        1.0,
        (Correction("confirm", f"人{number}", object="大会", **said),),
        (Correction("drop-fact", f"人{number}", object="大会", **said),),
    )


QUESTIONS = [asked(n) for n in range(4)]


def sit(path: Path, typed: list[str]) -> tuple[list[str], list[str]]:
    """Answer with what is typed; what was said, and the kinds and subjects that the file holds then."""
    waiting, said = list(typed), []

    def ask(prompt: str) -> str:
        if not waiting:
            raise EOFError
        return waiting.pop(0)

    converse(Session.over(QUESTIONS, path, ME), ask, said.append, {"a": "《题》"})
    return said, [f"{c.kind} {c.subject}" for c in read_corrections(path)] if path.exists() else []


SCRIPTS = {
    "yes and no": (["y", "n"], ["confirm 人0", "drop-fact 人1"]),
    "skipped": (["s", "y"], ["confirm 人1"]),
    "taken back": (["y", "u", "n"], ["drop-fact 人0"]),
    "taken back twice": (["y", "n", "u", "u", "s", "y"], ["confirm 人1"]),
    "a skip taken back": (["s", "u", "y"], ["confirm 人0"]),
    "nothing to take back": (["u", "y"], ["confirm 人0"]),
    "left": (["y", "q", "n"], ["confirm 人0"]),
    "nobody there": ([], []),
    "capitals and blanks": ([" Y ", "N"], ["confirm 人0", "drop-fact 人1"]),
    "something else": (["", "x", "y"], ["confirm 人0"]),
    "all of it": (["y"] * 9, ["confirm 人0", "confirm 人1", "confirm 人2", "confirm 人3"]),
}


@pytest.mark.parametrize(("typed", "kept"), SCRIPTS.values(), ids=SCRIPTS)
def test_what_is_typed_is_what_is_kept(tmp_path, typed, kept):
    assert sit(tmp_path / "c.tsv", typed)[1] == kept


def test_the_sentence_is_shown_with_its_words_marked():
    said, _ = sit(Path("unused"), ["q"])
    assert "[1/4] fact 事实" in said[0]
    assert "人0 出席 大会" in said[0]
    assert "“【第0】句。” 《题》" in said[0]


def test_who_when_and_why_are_written(tmp_path):
    path = tmp_path / "c.tsv"
    sit(path, ["n 那是另一个会", "y"])
    first, second = read_corrections(path)
    assert (first.author, first.date, first.reason) == ("甲", "2024-05-31", "那是另一个会")
    assert second.reason == "kg review"


def test_what_is_decided_is_not_asked_again_and_what_was_there_stays(tmp_path):
    path = tmp_path / "c.tsv"
    sit(path, ["n", "q"])
    path.write_text("# 说明\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    said, kept = sit(path, ["y", "q"])
    assert "人1 出席" in said[0] and "[1/3]" in said[0]
    assert kept == ["drop-fact 人0", "confirm 人1"]
    assert path.read_text(encoding="utf-8").startswith("# 说明\n")


def test_a_pair_that_is_decided_either_way_round_is_not_asked():
    pair = Question(
        "split",
        "甲 = 乙",
        (),
        1.0,
        (Correction("same", "甲", object="乙"),),
        (Correction("different", "甲", object="乙"),),
    )
    file = Path("unused")
    assert len(Session.over([pair], file, ME).pending) == 1


def test_undo_takes_back_its_own_line_and_leaves_what_others_wrote(tmp_path):
    path = tmp_path / "c.tsv"
    session = Session.over(QUESTIONS, path, ME)
    session.answer(True)
    other = "drop-entity\t某物" + "\t" * 6 + "乙\t2024-06-01\t不是实体".replace("\t" * 6, "")
    with path.open("a", encoding="utf-8") as file:
        file.write(other + "\n")
    assert session.undo()
    assert path.read_text(encoding="utf-8").splitlines()[1:] == [other]


class Sitting(RuleBasedStateMachine):
    """Whatever is answered, skipped and taken back: the file holds the answers that stand, in order."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "c.tsv"
        self.session = Session.over(QUESTIONS, self.path, ME)
        self.stands: list[str | None] = []

    @precondition(lambda self: self.session.question is not None)
    @rule(yes=st.booleans())
    def answer(self, yes: bool) -> None:
        self.stands.append(f"{'confirm' if yes else 'drop-fact'} 人{self.session.at}")
        self.session.answer(yes)

    @precondition(lambda self: self.session.question is not None)
    @rule()
    def skip(self) -> None:
        self.stands.append(None)
        self.session.skip()

    @rule()
    def undo(self) -> None:
        assert self.session.undo() == bool(self.stands)
        self.stands = self.stands[:-1]

    @invariant()
    def the_file_holds_what_stands(self) -> None:
        kept = [f"{c.kind} {c.subject}" for c in read_corrections(self.path)] if self.path.exists() else []
        assert kept == [answer for answer in self.stands if answer]
        tally = self.session.tally()
        assert tally.yes + tally.no == len(kept)
        assert tally.skipped == self.stands.count(None)
        assert tally.left == len(QUESTIONS) - len(self.stands)

    def teardown(self) -> None:
        self.folder.cleanup()


Sitting.TestCase.settings = settings(max_examples=40, stateful_step_count=15)
TestSitting = Sitting.TestCase


@settings(max_examples=20)
@given(typed=st.lists(st.sampled_from("yn"), max_size=6))
def test_many_sittings_end_like_one(tmp_path_factory, typed):
    one, many = (tmp_path_factory.mktemp("sitting") / "c.tsv" for _ in range(2))
    sit(one, typed)
    for key in typed:
        sit(many, [key])
    assert one.exists() == many.exists()
    assert not one.exists() or one.read_bytes() == many.read_bytes()


# -- the command -----------------------------------------------------------------------


@pytest.fixture
def saved(gold_graph, tmp_path):
    """The seeds' graph with facts that are not certain, saved as a build leaves it."""
    from dataclasses import replace

    from kg.graph import KnowledgeGraph

    unsure = tuple(replace(f, confidence=0.5 + (n % 50) / 100) for n, f in enumerate(gold_graph.data.facts))
    KnowledgeGraph(replace(gold_graph.data, facts=unsure)).save(tmp_path / "graph.ttl")
    return tmp_path


def test_fifty_decisions_from_a_script(saved, monkeypatch, capsys):
    import io

    from kg.cli import main
    from kg.loading import load

    monkeypatch.setattr(sys, "stdin", io.StringIO("y\nn\n" * 25 + "q\n"))
    monkeypatch.setattr(sys, "argv", ["kg", "review", str(saved), "--author", "甲", "--kind", "fact"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert not stop.value.code
    told = capsys.readouterr().out
    assert "25 yes 是 · 25 no 否 · 0 skipped" in told
    corrections = read_corrections(saved / "corrections.tsv")
    assert {c.author for c in corrections} == {"甲"}
    graph = load(saved).data
    found, unused = apply(graph, corrections)
    assert unused == ()
    assert len(found.facts) == len(graph.facts) - 25
    assert sum(f.confidence == 1.0 for f in found.facts) >= 25
