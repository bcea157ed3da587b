"""Commands that make things: build, extract, page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import screen
from kg.config import FORMATS, Config

if TYPE_CHECKING:
    from kg.outputs import Made

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, globs, or - for standard input 文件、文件夹、通配符，- 表示标准输入",
        show_default=False,
    ),
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="Settings in a TOML file TOML 设置文件", show_default=False)
]
Workers = Annotated[int, typer.Option(help="Processes; 0 = one a core 进程数，0 为每核一个", min=0)]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first unreadable input 遇错即停")]
MaxBytes = Annotated[
    int | None,
    typer.Option(help="Skip larger inputs 跳过更大的输入  [default: 20000000]", show_default=False),
]
Cache = Annotated[
    Path | None,
    typer.Option(help="Where extractions are kept between builds 抽取缓存的文件夹", show_default=False),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Extract everything afresh 不用缓存")]
Field = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="NAME=YOURS",
        help="What JSON input calls title, text, date, url, publisher, authors JSON 字段名",
        show_default=False,
    ),
]


def build(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write 输出文件夹")] = Path("exports"),
    format: Annotated[
        list[str] | None,
        typer.Option(
            "-f",
            "--format",
            help=f"Only these formats 只写这些格式 ({' '.join(FORMATS)})",
            show_default=False,
        ),
    ] = None,
    config: ConfigFile = None,
    workers: Workers = 0,
    strict: Strict = False,
    max_bytes: MaxBytes = None,
    field: Field = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(help="Leave less sure facts out 丢弃更不确定的事实  [default: 0.5]", show_default=False),
    ] = None,
    authority: Annotated[
        Path | None,
        typer.Option(help="TSV or RDF of names with identifiers 规范名称与标识文件", show_default=False),
    ] = None,
    reconcile: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Ask this W3C reconciliation service for identifiers; answers are kept in OUT/reconcile.json"
            " 向对账服务查询标识  [default: no network]",
            show_default=False,
        ),
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option(
            help="Corrections to apply 修正文件  [default: OUT/corrections.tsv if there]", show_default=False
        ),
    ] = None,
    cache: Cache = None,
    no_cache: NoCache = False,
    page_title: Annotated[
        str | None, typer.Option(help="Title of the page 网页标题", show_default=False)
    ] = None,
    page_lang: Annotated[
        str | None, typer.Option(help="Language of the page, zh or en 网页语言", show_default=False)
    ] = None,
    page_max: Annotated[
        int | None, typer.Option(help="Nodes the page shows at first 网页首屏节点数", show_default=False)
    ] = None,
) -> None:
    """Build a graph from articles: Turtle, page, tables and a report. 从文章构建图谱。

    \b
    kg build seeds/ -o exports/
    kg build seeds/ -o exports/ --corrections corrections.tsv
    kg build 'news/*.jsonl.gz' --field text=content --field date=published -o out/
    cat article.txt | kg build - -o out/ --format ttl --format html
    """
    corrections = corrections or next(filter(Path.is_file, [out / "corrections.tsv"]), None)
    settings = _settings(
        formats=format,
        workers=workers,
        strict=strict or None,
        max_bytes=max_bytes,
        json_fields=_fields(field),
        min_confidence=min_confidence,
        authority=str(authority) if authority else None,
        reconcile=reconcile,
        corrections=str(corrections) if corrections else None,
        cache=str(cache) if cache else None,
        page_title=page_title,
        page_lang=page_lang,
        page_max=page_max,
    )
    if no_cache:
        settings["use_cache"] = False
    from kg.outputs import make

    with screen.Progress() as progress:
        made = make(inputs, _config(config, settings), out, progress)
    told(made)


def extract(
    inputs: Inputs,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="File to write instead of printing 输出文件", show_default=False),
    ] = None,
    config: ConfigFile = None,
    workers: Workers = 0,
    strict: Strict = False,
    max_bytes: MaxBytes = None,
    field: Field = None,
) -> None:
    """Print what each article says: one JSON line an article. 逐篇抽取，每篇一行 JSON。

    \b
    kg extract seeds/ | head -1
    kg extract articles/ -o extraction.jsonl
    """
    from kg.lines import to_line
    from kg.pipeline import extract_all, read_all
    from kg.staging import whole

    settings = _config(
        config,
        _settings(workers=workers, strict=strict or None, max_bytes=max_bytes, json_fields=_fields(field)),
    )
    with screen.Progress() as progress:
        articles, skipped = read_all(inputs, settings, progress)
        lines = map(to_line, progress.over(extract_all(articles, settings.workers), "extract", len(articles)))
        if out is None:
            sys.stdout.buffer.writelines(lines)
            sys.stdout.flush()
        else:
            out.parent.mkdir(parents=True, exist_ok=True)
            with whole(out) as part, part.open("wb") as file:
                file.writelines(lines)
    screen.skipped([{"source": s.source, "reason": s.reason} for s in skipped])
    if skipped:
        raise typer.Exit(3)


def page(
    graph: Annotated[Path, typer.Argument(help="A saved graph, or a build's folder 图谱文件或文件夹")],
    out: Annotated[Path, typer.Option("-o", "--out", help="HTML file to write 输出网页")] = Path(
        "graph.html"
    ),
    around: Annotated[
        str | None, typer.Option(help="Only what lies around this entity 只看此实体周围", show_default=False)
    ] = None,
    depth: Annotated[int, typer.Option(help="How many steps around it 几步之内", min=1, max=5)] = 2,
    title: Annotated[str, typer.Option(help="Title of the page 网页标题")] = "",
    lang: Annotated[str, typer.Option(help="zh or en 语言")] = "zh",
    max_nodes: Annotated[int, typer.Option("--max", help="Nodes shown at first 首屏节点数", min=1)] = 100,
) -> None:
    """Make the interactive page from a saved graph or a part of it. 由图谱生成交互网页。

    \b
    kg page exports/graph.ttl -o graph.html
    kg page exports/ --around 上海市国资委 --depth 1 -o guoziwei.html
    """
    import kg
    from kg.export.page import PageOptions, write_page
    from kg.staging import whole

    whole_graph = kg.load(graph)
    part = whole_graph.around(around, depth) if around else whole_graph
    out.parent.mkdir(parents=True, exist_ok=True)
    with whole(out) as path:
        write_page(part.data, path, PageOptions(title=title, lang=lang, max_nodes=max_nodes))
    typer.echo(str(out))


def told(made: Made) -> None:
    """Say what was made and what was amiss."""
    report = made.report
    screen.summary(report["counts"], made.files)
    screen.skipped(report["skipped"])
    for correction in report["unusedCorrections"]:
        typer.echo(f"kg: correction no longer applies 修正已不适用: {correction}", err=True)
    if report["problems"]:
        typer.echo(
            "kg: the graph breaks its own rules; see report.json 图谱未通过校验，见 report.json", err=True
        )
        raise typer.Exit(4)
    if report["skipped"]:
        raise typer.Exit(3)


def _config(path: Path | None, settings: dict[str, Any]) -> Config:
    base = Config.from_toml(path) if path else Config()
    return base.with_settings(settings, "command line")


def _settings(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def _fields(pairs: list[str] | None) -> dict[str, str]:
    found = {}
    for pair in pairs or ():
        name, equals, yours = pair.partition("=")
        if not equals or not yours:
            raise typer.BadParameter(f"'{pair}': write it like text=content", param_hint="--field")
        found[name] = yours
    return found
