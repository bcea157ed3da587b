"""The interactive page: one file, no network, everything searchable, every fact with its sentences."""

from __future__ import annotations

import base64
import os
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from kg.export.page_data import PageData
from kg.export.page_shell import shell
from kg.model import Graph


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How the page presents itself; without a `title` it is named for what it holds."""

    title: str = ""
    lang: str = "zh"
    max_nodes: int = 100
    """Entities in the first view; the rest is one search, click or filter away."""
    compress_above: int = 10_000_000
    """Bytes of data from which on they are sent compressed."""

    def __post_init__(self) -> None:
        if self.lang not in ("zh", "en"):
            raise ValueError(f"page language '{self.lang}': zh or en is understood")
        if self.max_nodes < 1:
            raise ValueError(f"a first view of {self.max_nodes} entities: at least 1 is needed")


def write_page(graph: Graph, path: Path, options: PageOptions | None = None) -> None:
    """Write the page of `graph` to `path`, piece by piece, and only then in place of an older one."""
    folder = path.parent
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in _pieces(graph, options or PageOptions()):
                file.write(piece)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def page_html(graph: Graph, options: PageOptions | None = None) -> str:
    """The page of `graph` as one string."""
    return b"".join(_pieces(graph, options or PageOptions())).decode()


def _pieces(graph: Graph, options: PageOptions) -> Iterator[bytes]:
    data = PageData.of(graph, options.max_nodes)
    at = data.drawing
    head, tail = shell(
        _printable(options.title) or _title(options.lang),
        options.lang,
        list(zip(at.first, at.first_x, at.first_y, strict=True)),
    )
    meta: dict[str, object] = {
        "title": options.title,
        "lang": options.lang,
        "max": options.max_nodes,
    }
    yield from head
    with tempfile.TemporaryFile() as spool:
        for chunk in data.chunks(meta):
            # A lone surrogate, which no UTF-8 file may hold, becomes its JSON escape.
            spool.write(chunk.encode("utf-8", "backslashreplace"))
        size = spool.tell()
        spool.seek(0)
        if size > options.compress_above:
            yield from _island("gzip", _compressed(spool))
        else:
            yield from _island("plain", _blocks(spool))
    yield from tail


def _island(coding: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    start = f'<script type="application/json" id="data" data-coding="{coding}">'
    yield from chain((start.encode(),), pieces, (b"</script>",))


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(1 << 16):
        yield block


def _compressed(file: IO[bytes]) -> Iterator[bytes]:
    """Gzip without a time stamp, in base64; cut at multiples of three bytes so that pieces join."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    waiting = b""
    for piece in chain(map(packer.compress, _blocks(file)), _last(packer)):
        waiting += piece
        ready = len(waiting) // 3 * 3
        yield base64.b64encode(waiting[:ready])
        waiting = waiting[ready:]
    yield base64.b64encode(waiting)


def _last(packer: zlib._Compress) -> Iterator[bytes]:
    yield packer.flush()


def _title(lang: str) -> str:
    return "政脉知识图谱" if lang == "zh" else "Zhengmai knowledge graph"


def _printable(text: str) -> str:
    """`text` without lone surrogates, which no UTF-8 file may hold."""
    return text.encode("utf-8", "replace").decode()
