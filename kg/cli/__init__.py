"""The command line: parses, calls one library function, prints.

Exit codes: 0 done, 1 a plain error, 2 wrong usage, 3 done but some inputs were skipped,
4 a check failed, 5 graphs differ (`kg diff`), 130 interrupted.
"""

from __future__ import annotations

import sys

import typer

from kg.cli import asking, changing, making, measuring, serving, training
from kg.errors import KgError
from kg.version import VERSION

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=f"""政脉 Zhengmai {VERSION}: Chinese news and policy articles become a knowledge graph.

    把中文新闻与政策文章变成知识图谱：机构、官员与职务、规划与项目、活动、地点、指标，每条事实都附原句。

    \b
    Start here 从这里开始:
      kg build seeds/ -o exports/          articles → graph, page, tables  文章 → 图谱、网页、表格
      kg show exports/graph.ttl 陈寅        one entity and its sentences    一个实体及其原句
      kg query exports/graph.ttl --list    ready-made questions            现成的查询
      kg COMMAND --help                    what a command takes            命令的用法

    Exit codes 退出码: 0 done 完成 · 1 error 出错 · 2 usage 用法不对 · 3 inputs skipped 有输入被跳过 ·
    4 a check failed 检查未通过 · 5 graphs differ 图谱有变化 · 130 interrupted 中断
    """,
)

app.command()(making.build)
app.command()(making.extract)
app.command()(making.page)
app.command()(asking.show)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(asking.query)
app.command()(asking.why)
app.command()(asking.stats)
app.command()(serving.serve)
app.command()(measuring.validate)
app.command()(measuring.verify)
app.command()(measuring.evaluate)
app.command()(training.train)
app.command()(changing.add)
app.command()(changing.remove)
app.command()(changing.diff)
app.command()(changing.conflicts)
app.command()(changing.review)


@app.command()
def version() -> None:
    """Print the version. 打印版本号。"""
    typer.echo(VERSION)


def main() -> None:
    """Run the command line; an error that kg raises on purpose becomes one line."""
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles and LC_ALL=C would otherwise refuse Chinese.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except KgError as error:
        typer.echo(f"kg: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("kg: interrupted 已中断", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, less) has gone; that is its right.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        # A full disk, a folder that may not be written: the reader's to mend, and no fault of the program.
        typer.echo(f"kg: {error.filename or 'cannot go on'}: {error.strerror or error}", err=True)
        sys.exit(1)
