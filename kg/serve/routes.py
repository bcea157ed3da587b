"""What is found where: every address of the server and the question that it puts to a worker."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from kg.serve import negotiation
from kg.serve.frames import Reply
from kg.serve.gate import POLICY
from kg.serve.http1 import HttpError, Request, Response, pairs
from kg.serve.site import Site

Handler = Callable[[Request], Awaitable[Response]]

_STATIC: Final = MappingProxyType(
    {
        "icon.svg": "image/svg+xml",
        "serve.css": "text/css",
        "editor.css": "text/css",
        "editor.js": "text/javascript",
        "yasqe.min.css": "text/css",
        "yasqe.min.js": "text/javascript",
    }
)
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_ENDING = re.compile(r"(.+)\.(html|ttl|jsonld|nt|rdf|json)")
_LARGEST_PAGE, _LARGEST_OFFSET = 100, 100_000
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)


class Routes:
    """The addresses of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._exact: Mapping[str, tuple[str, Handler]] = {
            "/": ("GET", self._home),
            "/editor": ("GET", self._editor),
            "/search": ("GET", self._search),
            "/sparql": ("GET, POST", self._sparql),
            "/favicon.ico": ("GET", self._icon),
            "/health": ("GET", self._health),
            "/words.json": ("GET", self._words),
            "/examples.json": ("GET", self._examples),
        }
        self._under: Mapping[str, tuple[str, Handler]] = {
            "/entity/": ("GET", self._thing),
            "/fact/": ("GET", self._thing),
            "/static/": ("GET", self._static),
        }

    def find(self, request: Request) -> tuple[str, Handler] | None:
        """The methods that an address takes, and who answers it."""
        path = request.path
        start = path[: path.find("/", 1) + 1]
        if start in self._under and len(path) > len(start):
            return self._under[start]
        return self._exact.get(path if path == "/" else path.rstrip("/"))

    # -- pages ---------------------------------------------------------------------------

    async def _home(self, request: Request) -> Response:
        """The interactive page, as `kg build` writes it; a plain front page for a graph too large for it."""
        found = await self._site.page()
        if found is None:
            return _html(_asset("home.html"))
        page, tag = found
        policy = _POLICY.search(page[:20_000])
        own = policy[1].decode().replace("&#39;", "'") if policy else POLICY
        return _html(page, **{"Content-Security-Policy": f"{own}; frame-ancestors 'none'", "ETag": tag})

    async def _editor(self, request: Request) -> Response:
        return _html(_asset("editor.html"))

    async def _icon(self, request: Request) -> Response:
        return Response(200, "image/svg+xml", _asset("icon.svg"), {"Cache-Control": "public, max-age=3600"})

    async def _static(self, request: Request) -> Response:
        name = request.path.removeprefix("/static/")
        if name not in _STATIC:
            return nowhere(request)
        kind = _STATIC[name]
        kind += "; charset=utf-8" if kind.startswith("text/") else ""
        return Response(200, kind, _asset(name), {"Cache-Control": "public, max-age=3600"})

    # -- what the editor needs -----------------------------------------------------------

    async def _words(self, request: Request) -> Response:
        await self._site.search_ready()
        words = json.loads((self._site.folder / "words.json").read_text("utf-8"))
        return _json({"prefixes": self._site.prefixes, "base": self._site.base, **words})

    async def _examples(self, request: Request) -> Response:
        await self._site.search_ready()
        return Response(200, negotiation.JSON, (self._site.folder / "examples.json").read_bytes())

    # -- the graph -----------------------------------------------------------------------

    async def _search(self, request: Request) -> Response:
        given = dict(request.query)
        if not given.get("q", "").strip() and negotiation.HTML not in request.header("accept"):
            return Response.said(400, "say what to search for: /search?q=国资委&limit=20&offset=0")
        await self._site.search_ready()
        job = {
            "do": "search",
            "text": given.get("q", ""),
            "type": given.get("type", ""),
            "limit": _number(given, "limit", 20, _LARGEST_PAGE),
            "offset": _number(given, "offset", 0, _LARGEST_OFFSET),
            "accept": negotiation.ENDINGS.get(given.get("format", ""), request.header("accept")),
        }
        if given.get("format") == "json":
            job["accept"] = negotiation.JSON
        return _from(await self._site.ask(job, request), Vary="Accept")

    async def _thing(self, request: Request) -> Response:
        _, kind, name = request.path.split("/", 2)
        ending = _ENDING.fullmatch(name)
        accept = request.header("accept")
        if ending:
            name = ending[1]
            accept = negotiation.JSON if ending[2] == "json" else negotiation.ENDINGS[ending[2]]
        if kind == "entity" and name.startswith("fact-"):
            return Response.said(308, "facts have addresses of their own", Location=f"/fact/{quote(name)}")
        job = {
            "do": "thing",
            "kind": kind,
            "id": name,
            "accept": accept,
            "offset": _number(dict(request.query), "offset", 0, _LARGEST_OFFSET),
        }
        reply = await self._site.ask(job, request)
        if reply.status != 200:
            return _from(reply, Vary="Accept")
        place = f"/{kind}/{quote(name, safe='')}"
        return _from(reply, Vary="Accept", Link=_alternates(place, self._site.base + quote(name, safe="")))

    async def _sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol; without a query, what this endpoint is."""
        given, text = _asked(request)
        named = negotiation.ENDINGS.get(dict(given).get("format", ""), "")
        accept = named if named and _has_no_wish(request) else request.header("accept")
        if text is None:
            if request.header("accept").startswith(negotiation.HTML):
                return Response.said(303, "the editor is at /editor", Location="/editor", Vary="Accept")
            endpoint = f"http://{request.header('host') or 'localhost'}/sparql"
            job: dict[str, Any] = {"do": "service", "endpoint": endpoint, "accept": accept}
        else:
            job = {
                "do": "query",
                "text": text,
                "default": [value for name, value in given if name == "default-graph-uri"],
                "named": [value for name, value in given if name == "named-graph-uri"],
                "accept": accept,
            }
        return _from(await self._site.ask(job, request), Vary="Accept")

    async def _health(self, request: Request) -> Response:
        """Alive, and how busy; the numbers only for who may see the graph."""
        return _json({"status": "ok", **self._site.state()})


def _asked(request: Request) -> tuple[tuple[tuple[str, str], ...], str | None]:
    """The parameters and the query of a request to `/sparql`; None for no query at all."""
    given = request.query
    if request.method == "POST":
        if request.type == _UPDATE:
            raise HttpError(403, "this server only reads; updates are refused")
        charset = re.search(r"charset\s*=\s*\"?([\w-]+)", request.header("content-type"))
        if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
            raise HttpError(415, f"queries are UTF-8, not {charset[1]}")
        if request.type == _QUERY:
            try:
                return given, request.body.decode("utf-8")
            except UnicodeDecodeError:
                raise HttpError(400, "the query is not UTF-8") from None
        if request.type != _FORM:
            said = request.type or "nothing"
            raise HttpError(415, f"send {_QUERY} or {_FORM}, not {said}")
        try:
            given = (*given, *pairs(request.body.decode("ascii")))
        except UnicodeDecodeError:
            raise HttpError(400, "a form is percent-encoded ASCII") from None
    if any(name == "update" for name, _ in given):
        raise HttpError(403, "this server only reads; updates are refused")
    queries = [value for name, value in given if name == "query"]
    if len(queries) > 1 or (request.method == "POST" and not queries):
        raise HttpError(400, f"{len(queries) or 'no'} parameters 'query'; send one")
    return given, queries[0] if queries else None


def _has_no_wish(request: Request) -> bool:
    """Whether a client takes anything, or is a browser whose person wrote the form into the address."""
    accept = request.header("accept")
    return accept in ("", "*/*") or negotiation.HTML in accept


def _alternates(place: str, iri: str) -> str:
    forms = {"html": negotiation.HTML, "ttl": negotiation.TURTLE, "jsonld": negotiation.JSON_LD}
    forms |= {"nt": negotiation.N_TRIPLES, "rdf": negotiation.RDF_XML}
    links = [f'<{place}.{ending}>; rel="alternate"; type="{form}"' for ending, form in forms.items()]
    return ", ".join([*links, f'<{iri}>; rel="describes"'])


def _number(given: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise HttpError(400, f"'{name}' is a whole number, not '{text[:50]}'")
    if int(text) > most:
        raise HttpError(400, f"'{name}' is at most {most}")
    return int(text)


def nowhere(request: Request) -> Response:
    """The reply where nothing is."""
    return Response.said(
        404,
        f"nothing is at {request.path[:200]}; see /editor /search?q= /sparql /entity/ID /fact/ID",
    )


def _from(reply: Reply, **headers: str) -> Response:
    return Response(reply.status, reply.type, reply.body, {**headers, **reply.headers})


def _html(content: bytes, **headers: str) -> Response:
    return Response(200, "text/html; charset=utf-8", content, dict(headers))


def _json(value: Any) -> Response:
    content = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return Response(200, "application/json", content)


def _asset(name: str) -> bytes:
    return (files("kg") / "data" / "serve" / name).read_bytes()


def tagged(request: Request, response: Response) -> Response:
    """`response` with a tag of its content, or word that the client has the same already."""
    if response.status != 200 or request.method not in ("GET", "HEAD"):
        return response
    tag = (
        response.headers.get("ETag")
        or f'"{hashlib.sha256(response.type.encode() + response.body).hexdigest()[:20]}"'
    )
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", "private, no-cache")
    known = [one.strip().removeprefix("W/") for one in request.header("if-none-match").split(",")]
    if tag in known or known == ["*"]:
        return Response(304, headers=response.headers)
    return response
