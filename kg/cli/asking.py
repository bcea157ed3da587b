"""Commands that ask a saved graph: show, query, stats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import screen
from kg.errors import InputError

Graph = Annotated[
    Path,
    typer.Argument(metavar="GRAPH", help="graph.ttl, .graphml, .json, or a build's folder 图谱文件或文件夹"),
]


def show(
    graph: Graph,
    name: Annotated[str, typer.Argument(help="A name, an alias or an id 名称、别名或编号")],
    sentences: Annotated[int, typer.Option(help="Sentences shown for each fact 每条事实显示几句", min=0)] = 2,
) -> None:
    """Show an entity, its facts and the sentence behind each. 查看实体、事实与原句。

    \b
    kg show exports/graph.ttl 吴金城
    """
    import kg

    screen.entity(kg.load(graph).entity(name), sentences)


def stats(
    graph: Graph,
    json: Annotated[bool, typer.Option("--json", help="As JSON 以 JSON 输出")] = False,
) -> None:
    """Count what is in a graph. 统计图谱。"""
    import kg

    found = kg.load(graph).stats()
    if json:
        screen.as_json(found)
    else:
        screen.counts(found)


def query(
    context: typer.Context,
    graph: Annotated[
        Path | None,
        typer.Argument(metavar="GRAPH", help="A saved graph, or a build's folder 图谱", show_default=False),
    ] = None,
    asked: Annotated[
        str | None,
        typer.Argument(
            metavar="SPARQL|NAME",
            help="A query, or a ready-made one's name 查询或现成查询名",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("-f", "--file", help="A file with the query 查询文件", show_default=False)
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the ready-made queries 列出现成查询")] = False,
    format: Annotated[str, typer.Option("--format", help="table, csv, tsv or json 输出格式")] = "table",
) -> None:
    """Ask a graph in SPARQL, or by a ready-made query with its parameters. 用 SPARQL 或现成查询提问。

    \b
    kg query --list
    kg query exports/graph.ttl posts-of-officials
    kg query exports/graph.ttl holders-on-date --org 上海市国资委 --date 2021-10-12
    kg query exports/graph.ttl 'SELECT ?name { ?p a zm:Official ; rdfs:label ?name }' --format csv
    kg query exports/graph.ttl -f question.rq
    """
    from kg import questions

    if list_:
        screen.questions(questions.all_questions())
        return
    if file is not None and asked is not None:
        context.args.insert(0, asked)  # it was the first parameter's name
        asked = None
    if graph is None or (asked is None) == (file is None):
        raise typer.BadParameter("give a graph, and a query or -f FILE; --list shows the ready-made queries")
    if not graph.exists():
        raise InputError(graph, "no such file; give a graph.ttl that kg build wrote")
    text = file.read_text(encoding="utf-8") if file else asked or ""
    typer.echo(questions.ask(graph, text, _parameters(context.args)).text(format), nl=False)


def why(
    built: Annotated[
        Path, typer.Argument(metavar="OUT", help="A build's folder, or its extraction.jsonl 构建输出文件夹")
    ],
    one: Annotated[str, typer.Argument(help="A name or an id 名称或编号")],
    two: Annotated[str, typer.Argument(help="Another 另一个")],
) -> None:
    """Explain why two names are one thing, or two. 说明两个名称为何是同一个、或不是同一个。

    \b
    kg why exports/ 上海市经信委 上海市经济信息化委
    """
    from kg.lines import read_lines
    from kg.resolve import resolve_with_reasons
    from kg.resolve.why import explain

    path = built / "extraction.jsonl" if built.is_dir() else built
    if not path.is_file():
        raise InputError(built, "no extraction.jsonl here; give the folder that kg build wrote")
    found = resolve_with_reasons(read_lines(path))
    screen.explanation(explain(found.graph, found.decisions, found.doubtful, one, two))


def _parameters(words: list[str]) -> dict[str, str]:
    """`--org 上海市国资委 --date=2021-10-12` as names and values."""
    found, waiting = {}, list(words)
    while waiting:
        name, equals, value = waiting.pop(0).partition("=")
        if not name.startswith("--") or (not equals and not waiting):
            raise typer.BadParameter(f"'{name}': write a query's parameter like --org 上海市国资委")
        found[name.removeprefix("--")] = value if equals else waiting.pop(0)
    return found
