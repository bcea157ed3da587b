"""Commands that ask a saved graph: show, query, stats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import screen

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
    graph: Annotated[
        Path | None, typer.Argument(metavar="GRAPH", help="A saved graph 图谱文件", show_default=False)
    ] = None,
    sparql: Annotated[
        str | None,
        typer.Argument(
            metavar="SPARQL|NAME",
            help="A query, or the name of a ready-made one 查询或现成查询名",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("-f", "--file", help="A file with the query 查询文件", show_default=False)
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the ready-made queries 列出现成查询")] = False,
    param: Annotated[
        list[str] | None,
        typer.Option(
            "-p", "--param", metavar="NAME=VALUE", help="A query's parameter 查询参数", show_default=False
        ),
    ] = None,
    format: Annotated[str, typer.Option("--format", help="table, csv, tsv or json 输出格式")] = "table",
) -> None:
    """Ask a graph in SPARQL. 用 SPARQL 查询图谱。

    \b
    kg query exports/graph.ttl 'SELECT ?name { ?p a zm:Official ; rdfs:label ?name }'
    kg query exports/graph.ttl -f question.rq --format csv
    kg query --list
    kg query exports/graph.ttl posts-of-officials
    """
    from kg import questions

    if list_:
        screen.questions(questions.all_questions())
        return
    if graph is None or (sparql is None) == (file is None):
        raise typer.BadParameter("give a graph and either a query or -f FILE; --list shows ready-made ones")
    text = file.read_text(encoding="utf-8") if file else questions.text_of(sparql or "")
    screen.rows(questions.ask(graph, text, _pairs(param)), format)


def _pairs(pairs: list[str] | None) -> dict[str, str]:
    found = {}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"'{pair}': write it like org=上海市国资委", param_hint="--param")
        found[name] = value
    return found
