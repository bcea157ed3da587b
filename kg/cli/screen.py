"""What the command line prints."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

import typer

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from kg.evaluate import Evaluation
    from kg.questions import Question
    from kg.resolve.why import Explanation
    from kg.views import EntityView

_T = TypeVar("_T")

_STAGES = {
    "read": "read 读取",
    "extract": "extract 抽取",
    "resolve": "resolve 归并",
    "reconcile": "reconcile 对账",
    "write": "write 写出",
}


class Progress:
    """A progress bar on standard error, when that is a terminal; silent otherwise."""

    def __init__(self) -> None:
        self._bar: RichProgress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as RichProgress

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
            )
            self._bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Show that `done` of `total` articles are through `stage`."""
        if self._bar is None:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(_STAGES.get(stage, stage), total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)

    def over(self, items: Iterable[_T], stage: str, total: int) -> Iterator[_T]:
        """Yield `items`, showing how many have passed."""
        for done, item in enumerate(items, 1):
            yield item
            self(stage, done, total)


def summary(stats: dict[str, Any], files: Sequence[Path]) -> None:
    """What was made and how to open it."""
    counted = (("articles", "篇文章"), ("entities", "个实体"), ("facts", "条事实"))
    typer.echo(" · ".join(f"{stats[name]} {name} {chinese}" for name, chinese in counted))
    for path in files:
        typer.echo(f"  {path}  ({size(path)})")
    page = next((path for path in files if path.suffix == ".html"), None)
    turtle = next((path for path in files if path.suffix == ".ttl"), None)
    if page:
        typer.echo(f"Open the page 打开网页:   {page.resolve().as_uri()}")
    if turtle:
        typer.echo(f"Ask a question 提问:      kg query {turtle} --list")
        typer.echo(f"In Python:               import kg; g = kg.load({str(turtle)!r})")


def size(path: Path) -> str:
    """A file's size as people say it."""
    bytes_ = path.stat().st_size
    return f"{bytes_ / 1e6:.1f} MB" if bytes_ >= 1e6 else f"{max(1, round(bytes_ / 1e3))} kB"


def skipped(items: Sequence[dict[str, str]]) -> None:
    """Each input that could not be read, and why."""
    for item in items:
        typer.echo(f"kg: skipped 已跳过 {item['source']}: {item['reason']}", err=True)


def entity(view: EntityView, sentences: int) -> None:
    """An entity, its facts by property, and the sentences behind them."""
    aliases = f"  又名 {'、'.join(view.aliases)}" if view.aliases else ""
    typer.echo(f"{view.name}  [{view.subtype or view.type}]{aliases}")
    typer.echo(f"{view.id} · {len(view.articles)} articles 篇文章 · {len(view.facts)} facts 条事实")
    for fact in view.facts:
        typer.echo(f"\n{fact}  · {fact.confidence:.2f}")
        for quote in fact.evidence[:sentences]:
            typer.echo(f"    “{quote}”")
        more = len(fact.evidence) - sentences
        if sentences and more > 0:
            typer.echo(f"    … {more} more 句")


def counts(stats: dict[str, Any]) -> None:
    """The counts of a graph, a line each."""
    for name in ("articles", "entities", "facts", "sentences"):
        typer.echo(f"{name:<16}{stats[name]:>8}")
    if stats["from"]:
        typer.echo(f"{'dates':<16}{stats['from']} – {stats['to']}")
    for group in ("types", "subtypes", "properties"):
        typer.echo(f"\n{group}")
        for name, count in stats[group].items():
            typer.echo(f"  {name:<14}{count:>8}")


def evaluation(result: Evaluation) -> None:
    """Precision, recall and F1 of each type and property."""
    for title, scores, total in (
        ("entities", result.entities, result.all_entities),
        ("facts", result.facts, result.all_facts),
    ):
        typer.echo(f"{title:<16} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6}")
        for name, score in [*sorted(scores.items()), ("all", total)]:
            typer.echo(
                f"  {name:<14} {score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f} {score.gold:6d}"
            )
    typer.echo(
        f"core4 macro F1   {result.core4:.3f}   facts F1 {result.all_facts.f1:.3f}"
        f"   articles {result.articles}, missing {len(result.missing)}"
    )


def calibration(result: Evaluation) -> None:
    """Of the facts given a confidence, how many are right."""
    typer.echo("confidence   right   facts")
    for given, right, count in result.calibration():
        typer.echo(f"  {given:8.2f} {right:7.2f} {count:7d}  {'█' * round(right * 20)}")


def questions(items: Sequence[Question]) -> None:
    """The ready-made questions, with their parameters."""
    for item in items:
        typer.echo(f"{item.name}\n    {item.title}")
        for parameter in item.parameters:
            typer.echo(f"    --{parameter.name} {parameter.example}")


def explanation(found: Explanation) -> None:
    """Whether two names are one thing, and what says so."""
    typer.echo("one thing 同一个" if found.same else "not one thing 不是同一个")
    for ids in dict.fromkeys((found.one, found.two)):
        typer.echo(f"  {'、'.join(ids) or '–'}")
    for reason in found.reasons:
        typer.echo(f"  {reason}")


def as_json(value: Any) -> None:
    """`value` as indented JSON."""
    import orjson

    typer.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
