"""A client of the W3C Reconciliation Service API: its manifest, and queries in batches."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import ServiceError
from kg.version import VERSION

TIMEOUT = 30.0
"""Seconds that an answer may take."""
MAX_BYTES = 8_000_000
"""A longer answer is not read to its end."""
BATCH = 20
"""Queries sent at a time, unless the service allows fewer."""
LIMIT = 5
"""Candidates asked for."""
_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Query:
    """What the service is asked about one thing."""

    name: str
    type: str = ""
    """A type of the service; empty for any."""
    properties: tuple[tuple[str, str], ...] = ()
    """Properties of the service, each with the id of its value."""

    def as_json(self) -> dict[str, Any]:
        """The query as the API writes it."""
        told: dict[str, Any] = {"query": self.name, "limit": LIMIT}
        if self.type:
            told["type"] = self.type
        if self.properties:
            told["properties"] = [{"pid": pid, "v": {"id": value}} for pid, value in self.properties]
        return told


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that the service thinks is meant."""

    id: str
    name: str
    score: float
    match: bool
    """Whether the service is sure of it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the service says of itself."""

    name: str
    space: str
    """IRI that its ids follow; empty when they are codes."""
    types: tuple[tuple[str, str], ...] = ()
    """Ids and names of the types it offers."""
    batch: int = BATCH


class Service:
    """A reconciliation service at an address."""

    def __init__(self, url: str) -> None:
        if not url.startswith(_SCHEMES):
            raise ServiceError(f"{url}: a reconciliation service has an http or https address")
        self.url = url
        self._opener = urllib.request.build_opener(_OnlyWeb)

    def manifest(self) -> Manifest:
        """What the service says of itself."""
        told = self._ask(None)
        if not isinstance(told, dict) or not isinstance(told.get("name"), str):
            raise ServiceError(
                f"{self.url}: no manifest of a reconciliation service (a JSON object with 'name')"
            )
        space, size = told.get("identifierSpace"), told.get("batchSize")
        types = told.get("defaultTypes")
        return Manifest(
            name=told["name"],
            space=space if isinstance(space, str) else "",
            types=tuple(
                (str(item["id"]), str(item.get("name", "")))
                for item in (types if isinstance(types, list) else ())
                if isinstance(item, dict) and "id" in item
            ),
            batch=min(BATCH, size) if isinstance(size, int) and size > 0 else BATCH,
        )

    def candidates(self, queries: Sequence[Query], size: int = BATCH) -> Iterator[tuple[Candidate, ...]]:
        """The candidates for each of `queries`, in order."""
        for start in range(0, len(queries), size):
            batch = {f"q{n}": query.as_json() for n, query in enumerate(queries[start : start + size])}
            told = self._ask(batch)
            for key in batch:
                yield self._read(told, key)

    def _read(self, told: Any, key: str) -> tuple[Candidate, ...]:
        answer = told.get(key) if isinstance(told, dict) else None
        found = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(found, list):
            raise ServiceError(f"{self.url}: no list of results for {key}; is it a reconciliation service?")
        try:
            return tuple(
                Candidate(str(c["id"]), str(c["name"]), float(c.get("score", 0)), c.get("match") is True)
                for c in found[:LIMIT]
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ServiceError(f"{self.url}: a candidate without id, name or score: {error}") from error

    def _ask(self, queries: dict[str, Any] | None) -> Any:
        """What the service answers to `queries`, or to none."""
        data = None
        if queries is not None:
            text = json.dumps(queries, ensure_ascii=False, sort_keys=True)
            data = urllib.parse.urlencode({"queries": text}).encode()
        headers = {"Accept": "application/json", "User-Agent": f"zhengmai/{VERSION}"}
        request = urllib.request.Request(self.url, data=data, headers=headers)
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                body = answer.read(MAX_BYTES + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise ServiceError(f"{self.url}: the reconciliation service does not answer: {reason}") from error
        if len(body) > MAX_BYTES:
            raise ServiceError(f"{self.url}: the answer is longer than {MAX_BYTES} bytes")
        try:
            return json.loads(body)
        except (UnicodeDecodeError, ValueError, RecursionError) as error:
            raise ServiceError(f"{self.url}: the answer is not JSON: {error}") from error


class _OnlyWeb(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https only."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        """The request that follows, if it stays on the web."""
        if not newurl.startswith(_SCHEMES):
            raise urllib.error.URLError(f"redirected to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
