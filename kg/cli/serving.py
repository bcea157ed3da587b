"""The command that serves a graph on this machine."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import InputError

_SECONDS, _MEMORY, _ROWS = 10.0, 512, 100_000


def serve(
    graph: Annotated[
        Path,
        typer.Argument(metavar="GRAPH", help="graph.ttl, .graphml, .json, or a build's folder 图谱"),
    ],
    host: Annotated[str, typer.Option(help="Address to listen at 监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one 端口", min=0, max=65535)] = 8000,
    store: Annotated[
        Path | None,
        typer.Option(help="Keep the store in this folder 把数据库留在此文件夹", show_default=False),
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="KG_TOKEN",
            help="Word that clients must know 访问口令  [default: random if not local]",
            show_default=False,
        ),
    ] = None,
    cors: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="Site whose pages may ask, or * 跨站来源", show_default=False),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Name by which clients may call 允许的主机名", show_default=False),
    ] = None,
    timeout: Annotated[float, typer.Option(help="Seconds a query may run 查询时限", min=0.1)] = _SECONDS,
    memory: Annotated[int, typer.Option(help="MB a query may take 查询内存上限", min=64)] = _MEMORY,
    rows: Annotated[int, typer.Option(help="Rows an answer may have 结果行数上限", min=1)] = _ROWS,
    log: Annotated[
        Path | None, typer.Option(help="Write the access log here 访问日志文件", show_default=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No access log 不写访问日志")] = False,
) -> None:
    """Serve a graph in the browser and to programs, read only. 在本机提供网页、搜索与 SPARQL 服务。

    \b
    kg serve exports/                                  the page 网页: http://127.0.0.1:8000/
    kg serve exports/graph.ttl --port 0                any free port 任选端口
    kg serve big.nt.gz --store stores/                 kept on disk, ready at once next time 留盘复用
    kg serve exports/ --host 0.0.0.0                   for the network, with a token 供网络访问，须口令

    \b
    /editor                            SPARQL with completion and examples  编辑器
    /sparql                            SPARQL 1.1 Protocol for programs     供程序查询
    /search?q=国资委                    names, aliases, pinyin, sentences    搜索
    /entity/per-陈寅  /fact/fact-…     HTML, Turtle, JSON-LD, N-Triples     按 Accept 返回
    /health                            is it up?                            状态

    \b
    curl 'http://127.0.0.1:8000/search?q=guoziwei'
    curl -H 'Accept: text/csv' http://127.0.0.1:8000/sparql \\
         --data-urlencode 'query=SELECT ?name { ?p a zm:Official ; rdfs:label ?name }'

    Queries only read, reach no network, and run in processes of their own within limits of
    time, memory and size. Ctrl-C ends. 查询只读、不联网、有时限与内存上限；Ctrl-C 结束。
    """
    from kg.serve import Limits, Options
    from kg.serve.options import is_local
    from kg.serve.server import serve as run

    if not graph.exists():
        raise InputError(graph, "no such file; give a graph.ttl that kg build wrote, or a build's folder")
    word = token or ("" if is_local(host) else secrets.token_urlsafe(24))
    if any(not ("!" <= char <= "~") or char in ';,"\\' for char in word):
        raise typer.BadParameter("letters, digits and - . _ ~ only", param_hint="--token")
    run(
        graph,
        Options(
            host=host,
            port=port,
            token=word,
            cors=tuple(cors or ()),
            names=tuple(allow_host or ()),
            store=store,
            log=log,
            quiet=quiet,
            limits=Limits(seconds=timeout, memory=memory * 1_000_000, rows=rows),
        ),
        _say,
    )
    typer.echo("stopped 已停止")


def _say(address: str) -> None:
    place = address.partition("?")[0]
    typer.echo(f"{address}\nSPARQL: {place}editor\nCtrl-C ends 按 Ctrl-C 结束")
