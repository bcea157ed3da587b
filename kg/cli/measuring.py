"""Commands that check and measure: validate, evaluate, train."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import screen

if TYPE_CHECKING:
    from kg.gold import Gold
    from kg.model import Extraction


def validate(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A saved graph, or a build's folder 图谱")],
) -> None:
    """Check a graph: its shapes, and that every fact has evidence. 校验图谱。

    Exit code 4 when something does not hold. 有问题时退出码为 4。
    """
    import kg
    from kg.rdf import is_rdf
    from kg.validate import validate as check

    saved = graph / "graph.ttl" if graph.is_dir() else graph
    # An RDF file is checked as it stands: reading it as a graph would stop at the first thing amiss.
    problems = list(check(saved if is_rdf(saved) and saved.is_file() else kg.load(saved).data))
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        raise typer.Exit(4)
    typer.echo("ok: shapes hold, every fact has its sentence 校验通过：每条事实都有原句")


def verify(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A saved graph, or a build's folder 图谱")],
    sources: Annotated[
        list[str], typer.Option("--sources", metavar="INPUT", help="The articles it was built from 原始文章")
    ],
) -> None:
    """Prove a graph against its sources: every hash, offset and quotation. 用原文核对图谱。

    \b
    kg verify exports/ --sources seeds/
    kg verify exports/graph.ttl --sources seeds/

    Of a build's folder, every file is proved to be as it was written.
    Exit code 4 when one character differs, an article is missing, or a fact has no sentence.
    """
    import kg
    from kg.errors import GraphFormatError
    from kg.read import Skipped, read_articles
    from kg.verify import verify as prove
    from kg.verify import verify_files

    articles = [item for item in read_articles(sources) if not isinstance(item, Skipped)]
    problems = [str(problem) for problem in verify_files(graph)] if graph.is_dir() else []
    facts = 0
    try:
        found = kg.load(graph)
    except GraphFormatError as error:
        problems.append(str(error))
    else:
        facts = len(found.data.facts)
        problems += map(str, prove(found.data, articles))
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(4)
    typer.echo(f"ok: {facts} facts stand in their sources 全部事实与原文相符")


def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            help="Folder of .ann files, or a reviewed graph 金标准文件夹或审核过的图谱", exists=True
        ),
    ],
    extraction: Annotated[
        Path | None,
        typer.Argument(
            help="What kg extract printed 抽取结果  [default: a build's own]",
            exists=True,
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="List every miss (-) and extra (+) 列出错误")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON 以 JSON 输出")] = False,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="How often facts of each confidence are right 置信度校准")
    ] = False,
) -> None:
    """Measure an extraction against gold annotation, or a graph that people reviewed. 用金标准评测抽取结果。

    A graph counts as gold as a whole, with the corrections of `kg review` in it: go through the
    articles that you measure on. 图谱连同 `kg review` 的修正整体作为金标准。

    \b
    kg extract articles/ -o extraction.jsonl
    kg evaluate gold/ extraction.jsonl --errors
    kg review out/ ; kg add out/ ; kg evaluate out/
    """
    from kg.evaluate import evaluate as measure
    from kg.gold import read_gold_folder
    from kg.lines import read_lines

    if gold.is_dir() and any(gold.glob("*.ann")):
        golds, least = read_gold_folder(gold), 0.0
    else:
        golds, least = _reviewed(gold)
    lines = extraction or gold / "extraction.jsonl"
    if not lines.is_file():
        raise typer.BadParameter("give what kg extract printed", param_hint="EXTRACTION")
    found = {line.article.id: _sure(line, least) for line in read_lines(lines)}
    result = measure(golds, found)
    if json:
        screen.as_json(result.as_json())
    else:
        screen.evaluation(result)
        if calibration:
            screen.calibration(result)
    if errors:
        for article, what in result.errors:
            typer.echo(f"{article}\t{what}")


def _reviewed(graph: Path) -> tuple[dict[str, Gold], float]:
    """A graph as gold, and how sure a fact had to be to be in it."""
    import kg
    from kg.config import Config
    from kg.evaluate.reviewed import decided, golds_of
    from kg.report import REPORT, read_report

    data = kg.load(graph).data
    count = decided(data)
    typer.echo(
        f"kg: gold is a graph of {len(data.facts)} facts; people decided on {count} of its things 人工审定",
        err=True,
    )
    report = read_report(graph) if (graph / REPORT).is_file() else {}
    return golds_of(data), report.get("settings", {}).get("min_confidence", Config().min_confidence)


def _sure(line: Extraction, least: float) -> Extraction:
    """The extraction without what no graph of that build would hold."""
    return replace(line, facts=tuple(fact for fact in line.facts if fact.confidence >= least))
