"""One graph being served: its store, its workers, and what is still being made beside them."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.serve.frames import RefusedError, Reply
from kg.serve.http1 import Request
from kg.serve.lanes import Lanes
from kg.serve.options import Options, is_local
from kg.serve.storage import Storage, build

_LARGEST_PAGE = 100_000_000
"""Bytes of a graph's file from which on no page of all of it is drawn."""


class Site:
    """What the routes ask."""

    def __init__(self, storage: Storage, options: Options) -> None:
        self._storage, self._options = storage, options
        self.folder: Path = storage.folder
        self._lanes: Lanes | None = None
        self._beside: list[asyncio.Task[None]] = []
        self._page: tuple[bytes, str] | None = None
        self.base = ""
        self.prefixes: dict[str, str] = {}
        self._triples = 0

    async def open(self) -> None:
        """Make the store if it is not there, start the workers, and have the rest made meanwhile."""
        if not self._storage.made:
            await build("store", self._storage.graph, self.folder)
        about = self._storage.about
        self.base, self.prefixes, self._triples = about["base"], about["prefixes"], about["triples"]
        self._lanes = Lanes(self.folder, self._options.limits, self._options.fast, self._options.slow)
        await self._lanes.open()
        self._beside = [asyncio.create_task(self._make_search()), asyncio.create_task(self._make_page())]

    async def close(self) -> None:
        """End every process, and throw away what was made for this time only."""
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        if self._lanes is not None:
            await self._lanes.close()
        self._storage.remove()

    async def ask(self, job: dict[str, Any], request: Request) -> Reply:
        """The reply of a worker, fairly among clients."""
        assert self._lanes is not None, "the site is open"
        client = request.client
        if is_local(client):
            # Programs of this machine share its address; what they call themselves tells most apart.
            client += " " + request.header("user-agent")[:200]
        return await self._lanes.answer(job, client)

    def state(self) -> dict[str, Any]:
        """How much there is and how busy it is, unless a token keeps that from strangers."""
        if self._options.token or self._lanes is None:
            return {}
        return {"triples": self._triples, "workers": self._lanes.state()}

    async def search_ready(self) -> None:
        """Wait until the search index is made."""
        await self._ready(0, "search")

    async def page(self) -> tuple[bytes, str] | None:
        """The interactive page and its tag; None where the graph is too large for one."""
        if self._page is None and self._storage.graph.stat().st_size <= _LARGEST_PAGE:
            await self._ready(1, "the page")
            content = (self.folder / "page.html").read_bytes()
            self._page = content, f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        return self._page

    async def _ready(self, number: int, what: str) -> None:
        try:
            await asyncio.shield(self._beside[number])
        except KgError as error:
            raise RefusedError(500, f"{what} could not be made: {error}") from error

    async def _make_search(self) -> None:
        if not (self.folder / "search.db").is_file():
            await build("search", self.folder)

    async def _make_page(self) -> None:
        small = self._storage.graph.stat().st_size <= _LARGEST_PAGE
        if small and not (self.folder / "page.html").is_file():
            await build("page", self._storage.graph, self.folder)
