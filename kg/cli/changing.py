"""Commands that compare graphs and put them right: diff, conflicts, review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from kg.cli import screen

CHANGED = 5
"""Exit code of `kg diff` when something differs; 1 is for errors, as everywhere."""

Saved = Annotated[
    Path,
    typer.Argument(metavar="GRAPH", help="graph.ttl, .graphml, .json, or a build's folder 图谱文件或文件夹"),
]
Lang = Annotated[str, typer.Option("--lang", help="zh or en 语言")]


def diff(
    old: Annotated[
        Path, typer.Argument(metavar="OLD", help="A saved graph, or a build's folder 旧图谱或文件夹")
    ],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The same, later 新图谱或文件夹")],
    json: Annotated[bool, typer.Option("--json", help="As JSON 以 JSON 输出")] = False,
    patch: Annotated[bool, typer.Option("--patch", help="As RDF Patch 以 RDF Patch 输出")] = False,
    lang: Lang = "zh",
) -> None:
    """Say what changed between two graphs: entities, facts, evidence. 比较两个图谱。

    Renamed, merged and split entities are recognised by where they are named.
    Exit code 0 when nothing changed, 5 when something did. 无变化时退出码为 0，有变化为 5。

    \b
    kg diff exports.old/ exports/
    kg diff exports.old/graph.ttl exports/graph.ttl --lang en
    kg diff exports.old/ exports/ --patch > changes.rdfp
    """
    if json and patch:
        raise typer.BadParameter("give --json or --patch, not both")
    import kg
    from kg.diff import diff as compare

    before, after = kg.load(old), kg.load(new)
    difference = compare(before.data, after.data)
    if json:
        from kg.diff.records import as_json

        screen.as_json(as_json(difference))
    elif patch:
        from kg.diff.patch import patch as rows

        for row in rows(before.data, after.data, after.base):
            typer.echo(row)
    else:
        from kg.diff.words import words

        for line in words(difference, _lang(lang)):
            typer.echo(line)
    if difference:
        raise typer.Exit(CHANGED)


def conflicts(
    graph: Saved,
    json: Annotated[bool, typer.Option("--json", help="As JSON 以 JSON 输出")] = False,
) -> None:
    """Show what contradicts itself: two holders of one post, dates, values. 列出互相矛盾的说法。

    Both sides are kept in the graph; each is shown with its sentences, the best founded first.

    \b
    kg conflicts exports/graph.ttl
    """
    import kg
    from kg.conflicts import as_records
    from kg.conflicts import conflicts as find

    data = kg.load(graph).data
    records = as_records(data, find(data))
    if json:
        screen.as_json(records)
        return
    for record in records:
        typer.echo(f"{_KINDS[record['kind']]}  {record['about']} {record['what']}".rstrip())
        for fact in record["facts"]:
            typer.echo(f"  {fact['states']}  · {fact['confidence']:.2f}")
            for sentence in fact["sentences"]:
                typer.echo(f"      “{sentence['text']}” [{sentence['article']}]")
    if not records:
        typer.echo("no contradictions 没有矛盾")


_KINDS = {
    "post": "one post, several holders 一职多人",
    "date": "several dates 日期不一",
    "target": "several values 数值不一",
}


def _lang(lang: str) -> Literal["zh", "en"]:
    if lang not in ("zh", "en"):
        raise typer.BadParameter(f"'{lang}': zh or en", param_hint="--lang")
    return "en" if lang == "en" else "zh"
