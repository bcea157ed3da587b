"""Commands that change builds, compare graphs and put them right: add, remove, diff, conflicts, review."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kg.cli import screen
from kg.cli.making import Cache, NoCache, Strict, Workers, told

if TYPE_CHECKING:
    from kg.rebuild import Rebuilt
    from kg.review import Session

CHANGED = 5
"""Exit code of `kg diff` when something differs; 1 is for errors, as everywhere."""

Saved = Annotated[
    Path,
    typer.Argument(metavar="GRAPH", help="graph.ttl, .graphml, .json, or a build's folder 图谱文件或文件夹"),
]
Built = Annotated[Path, typer.Argument(metavar="OUT", help="The folder that kg build wrote 构建的文件夹")]
Lang = Annotated[str, typer.Option("--lang", help="zh or en 语言")]


def add(
    out: Built,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ARTICLE...]",
            help="Files, folders, globs; without any, only corrections.tsv is applied anew "
            "文件、文件夹、通配符；不给则只重新应用修正",
            show_default=False,
        ),
    ] = None,
    workers: Workers = 0,
    strict: Strict = False,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Add articles to a build: only they are extracted. 向已构建的图谱添加文章。

    What comes of it is what a build of all its inputs would write, to the byte. The build's settings
    are kept, OUT/corrections.tsv is applied; a source that the build knows takes its own place.
    结果与用全部输入重新构建逐字节相同；已有的来源会被新内容取代。

    \b
    kg add exports/ new/article.txt
    kg review exports/ ; kg add exports/
    """
    from kg.rebuild import add as make

    with screen.Progress() as progress:
        rebuilt = make(out, inputs or [], _means(workers, strict, cache, no_cache), progress)
    _told(rebuilt)


def remove(
    out: Built,
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE...",
            help="Ids, or the files or folders they were read from 文章编号、文件或文件夹",
            show_default=False,
        ),
    ],
    workers: Workers = 0,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Take articles out of a build. 从已构建的图谱移除文章。

    What comes of it is what a build of the remaining inputs would write, to the byte; no source need
    be there. 结果与用其余输入重新构建逐字节相同，原文件不必还在。

    \b
    kg remove exports/ seeds/article.txt
    """
    from kg.rebuild import remove as make

    with screen.Progress() as progress:
        rebuilt = make(out, articles, _means(workers, False, cache, no_cache), progress)
    _told(rebuilt)


def _means(workers: int, strict: bool, cache: Path | None, no_cache: bool) -> dict[str, Any]:
    means: dict[str, Any] = {"workers": workers, "strict": strict, "use_cache": not no_cache}
    return means | ({"cache": str(cache)} if cache else {})


def _told(rebuilt: Rebuilt) -> None:
    for sign, names in (("-", rebuilt.removed), ("+", rebuilt.added)):
        for name in names:
            typer.echo(f"{sign} {name}")
    told(rebuilt.made)


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
    else:
        from kg.diff.patch import patch as rows
        from kg.diff.words import words

        told = rows(before.data, after.data, after.base) if patch else words(difference, _lang(lang))
        for line in told:
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


def review(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="A build's folder, or a saved graph 构建文件夹或图谱")
    ],
    file: Annotated[
        Path | None,
        typer.Option(
            "--corrections",
            help="File to write 更正文件  [default: corrections.tsv in OUT]",
            show_default=False,
        ),
    ] = None,
    author: Annotated[
        str | None, typer.Option(help="Your name 署名  [default: user name 用户名]", show_default=False)
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(help="Only fact, merge or split 只看一类", show_default=False),
    ] = None,
    web: Annotated[bool, typer.Option("--web", help="As a page on this machine 在本机网页上审核")] = False,
) -> None:
    """Decide what the graph is unsure of, one question at a time. 逐条审核存疑的事实与归并。

    What would change most comes first. y yes, n no, s skip, u undo, q quit; Y and N ask for a
    reason. Every answer is written at once, as a line of corrections.tsv, which
    `kg add OUT` applies, as every build into OUT does.
    每个回答立即写入 corrections.tsv，随时可退出、可继续；用 kg add OUT 生效。

    \b
    kg review exports/
    kg review exports/ --kind merge --author 王编辑
    kg review exports/ --web
    """
    from datetime import date
    from getpass import getuser

    from kg.review import Session, Signature, open_build, questions

    if kind not in (None, "fact", "merge", "split"):
        raise typer.BadParameter(f"'{kind}': fact, merge or split", param_hint="--kind")
    graph, doubts = open_build(out)
    path = file or (out if out.is_dir() else out.parent) / "corrections.tsv"
    asked = [q for q in questions(graph, doubts) if kind in (None, q.kind)]
    # The day of a person's decision is a fact about that decision: the one clock that is read.
    session = Session.over(asked, path, Signature(author or getuser(), date.today().isoformat()))
    if session.question is None:
        typer.echo("nothing left to decide 没有待定的问题")
        return
    titles = {a.id: " ".join(filter(None, (f"《{a.title}》", a.publisher, a.date))) for a in graph.articles}
    (_serve if web else _converse)(session, titles)
    tally = session.tally()
    typer.echo(
        f"\n{tally.yes} yes 是 · {tally.no} no 否 · {tally.skipped} skipped 跳过 · {tally.left} left 剩余"
    )
    if tally.yes or tally.no:
        own = (out / "report.json").is_file() and file is None
        again = f"kg add {out}" if own else f"kg build INPUT... -o {out} --corrections {path}"
        typer.echo(f"{path}\n{again}")


def _converse(session: Session, titles: dict[str, str]) -> None:
    """Ask in the terminal."""
    from kg.review import converse

    converse(session, _ask, typer.echo, titles)


def _serve(session: Session, titles: dict[str, str]) -> None:
    """Open the page and wait until the person quits there, or here by Ctrl-C."""
    import webbrowser

    from kg.review import ReviewServer

    server = ReviewServer(session, titles)
    typer.echo(f"{server.address}\nQ on the page or Ctrl-C ends 在网页按 Q 或在此按 Ctrl-C 结束")
    webbrowser.open(server.address)
    try:
        server.run()
    except KeyboardInterrupt:
        typer.echo()


def _ask(prompt: str) -> str:
    """One key at a terminal, a line of a script; a capital Y or N asks for the reason too."""
    typer.echo(prompt, nl=False)
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        typer.echo(line.rstrip("\n"))
        return line
    key = typer.getchar()
    typer.echo(key)
    return f"{key} {typer.prompt('reason 理由')}" if key in ("Y", "N") else key


_KINDS = {
    "post": "one post, several holders 一职多人",
    "date": "several dates 日期不一",
    "target": "several values 数值不一",
}


def _lang(lang: str) -> Literal["zh", "en"]:
    if lang not in ("zh", "en"):
        raise typer.BadParameter(f"'{lang}': zh or en", param_hint="--lang")
    return "en" if lang == "en" else "zh"
