"""A sitting over questions: one at a time, each answer on disk before the next is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.corrections import read_corrections, to_line, with_lines, write_text
from kg.model import Correction
from kg.review.questions import Question, Shown

Ask = Callable[[str], str]
"""Shows a prompt and returns what was typed; raises EOFError when nobody is there any more."""
Say = Callable[[str], None]

REASON: Final = "kg review"
KIND_WORDS: Final = MappingProxyType(
    {
        "fact": "fact 事实: is it right 对吗?",
        "merge": "one thing under two names 一物两名: are they one 是同一个吗?",
        "split": "kept apart 分开的两个: are they one 是同一个吗?",
    }
)
PROMPT: Final = "y yes 是 · n no 否 · s skip 跳过 · u undo 撤销 · q quit 退出 > "
HELP: Final = "y, n, s, u or q; Y or N to give a reason 大写 Y、N 可写理由"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who answers, and when."""

    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What a sitting came to."""

    yes: int = 0
    no: int = 0
    skipped: int = 0
    left: int = 0


@dataclass(slots=True)
class Session:
    """The questions that the file at `path` does not answer yet, and the answers given now."""

    path: Path
    signature: Signature
    pending: list[Question] = field(default_factory=list)
    at: int = 0
    _answers: list[tuple[Correction, ...] | None] = field(default_factory=list)
    """One for each question up to `at`; None where it was skipped."""

    @classmethod
    def over(cls, questions: Iterable[Question], path: Path, signature: Signature) -> Session:
        """A sitting over those of `questions` that are still open."""
        decided = {_statement(c) for c in (read_corrections(path) if path.exists() else ())}
        open_ = [q for q in questions if decided.isdisjoint(map(_statement, (*q.yes, *q.no)))]
        return cls(path, signature, open_)

    @property
    def question(self) -> Question | None:
        """The one to answer now."""
        return self.pending[self.at] if self.at < len(self.pending) else None

    def answer(self, yes: bool, reason: str = "") -> None:
        """Write the answer to the question, and go on."""
        question = self.pending[self.at]
        who, why = self.signature, reason or REASON
        chosen = question.yes if yes else question.no
        lines = tuple(replace(c, author=who.author, date=who.date, reason=why) for c in chosen)
        write_text(self.path, with_lines(_read(self.path), lines))
        self._answers.append(lines)
        self.at += 1

    def skip(self) -> None:
        """Leave the question open, and go on."""
        self._answers.append(None)
        self.at += 1

    def undo(self) -> bool:
        """Take the last answer back and go back to its question; false when there is none."""
        if not self._answers:
            return False
        lines = self._answers.pop()
        self.at -= 1
        if lines:
            write_text(self.path, _without(_read(self.path), lines))
        return True

    def tally(self) -> Tally:
        """How many were answered, and how."""
        pairs = list(zip(self.pending, self._answers, strict=False))
        yes = sum(lines is not None and lines[0].kind == q.yes[0].kind for q, lines in pairs)
        skipped = sum(lines is None for _, lines in pairs)
        return Tally(yes, len(pairs) - yes - skipped, skipped, len(self.pending) - len(pairs))


def converse(session: Session, ask: Ask, say: Say, titles: dict[str, str]) -> Tally:
    """Ask until all is answered or the person leaves; `titles` says what articles are called."""
    shown = -1
    while (question := session.question) is not None:
        if shown != session.at:
            say(told(question, f"[{session.at + 1}/{len(session.pending)}]", titles))
            shown = session.at
        try:
            typed = ask(PROMPT).strip()
        except EOFError:
            break
        key, reason = typed[:1].lower(), typed[1:].strip()
        if key in ("y", "n"):
            session.answer(key == "y", reason)
        elif key == "s":
            session.skip()
        elif key == "u":
            if not session.undo():
                say("nothing to undo 没有可撤销的")
            shown = -1
        elif key == "q":
            break
        else:
            say(HELP)
    return session.tally()


def told(question: Question, place: str, titles: dict[str, str]) -> str:
    """The question as it is shown."""
    lines = ["", f"{place} {KIND_WORDS[question.kind]}", f"  {question.text}"]
    lines += [f"    “{_marked(s)}” {titles.get(s.article, s.article)}" for s in question.shown]
    return "\n".join(lines)


def _marked(shown: Shown) -> str:
    text = shown.text
    for word in shown.marked:
        text = text.replace(word, f"【{word}】")
    return text


def _statement(correction: Correction) -> tuple[object, ...]:
    """What is decided, whichever way round: same and different are answers to one question about a pair."""
    names: Sequence[str] = (correction.subject, correction.object)
    if correction.kind in ("same", "different"):
        return "identity", *sorted(names)
    qualifiers = tuple(sorted(correction.qualifiers.items()))
    what = (correction.property, qualifiers, correction.article, correction.quote)
    return "fact" if correction.kind in ("confirm", "drop-fact") else correction.kind, *names, *what


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig") if path.exists() else ""


def _without(text: str, corrections: Iterable[Correction]) -> str:
    """The file without the last line of each of these corrections; someone may have written others since."""
    lines = text.split("\n")
    for correction in corrections:
        line = to_line(correction)
        if line in lines:
            del lines[len(lines) - 1 - lines[::-1].index(line)]
    return "\n".join(lines)
