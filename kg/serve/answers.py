"""Every question that a worker can be given, and its reply."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.serve import describing, negotiation, querying, service
from kg.serve.frames import RefusedError, Reply
from kg.serve.opened import Opened
from kg.vocabulary import ZM

_PLAIN = "text/plain; charset=utf-8"
_PER_PAGE = 100
"""Facts that a page shows at a time."""


class Answers:
    """What one worker says."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def to(self, job: Mapping[str, Any]) -> Reply:
        """The reply to a job; a refusal is a reply too, in plain words."""
        ways = {"query": self._query, "thing": self._thing, "search": self._search, "service": self._service}
        try:
            return ways[job["do"]](job)
        except RefusedError as refusal:
            return Reply(refusal.status, _PLAIN, f"{refusal}\n".encode("utf-8", "replace"))

    def _query(self, job: Mapping[str, Any]) -> Reply:
        asked = querying.Asked(job["text"], tuple(job["default"]), tuple(job["named"]), job["accept"])
        return _with_charset(querying.answer(self._opened, asked))

    def _thing(self, job: Mapping[str, Any]) -> Reply:
        """An entity or a fact, in the form that fits best."""
        form = querying.chosen(job["accept"], (*negotiation.DOCUMENTS, negotiation.JSON))
        html = form == negotiation.HTML
        try:
            total, found = self._described(job, html)
        except RefusedError as refusal:
            if refusal.status != 404:
                raise
            return self._missing(job, html)
        if html:
            return Reply(200, f"{form}; charset=utf-8", self._page(job, total, found))
        if form in (negotiation.JSON_LD, negotiation.JSON):
            from kg.export.jsonld import framed

            return Reply(200, form, b"".join(framed(found.triples, self._opened.base)))
        return _with_charset(Reply(200, form, querying.graph_bytes(self._opened, list(found.triples), form)))

    def _described(self, job: Mapping[str, Any], html: bool) -> tuple[int, describing.Described]:
        iri = self._opened.base + job["id"]
        if job["kind"] == "fact":
            return 1, describing.fact(self._opened, iri)
        part = slice(job["offset"], job["offset"] + _PER_PAGE) if html else None
        return describing.entity(self._opened, iri, part)

    def _page(self, job: Mapping[str, Any], total: int, found: describing.Described) -> bytes:
        from kg.serve.rendering import Renderer, fill

        page = Renderer(self._opened, found).page()
        page.total, page.offset, page.shown = total, job["offset"], _PER_PAGE
        return fill("thing.html", page=page, kind=job["kind"])

    def _missing(self, job: Mapping[str, Any], html: bool) -> Reply:
        """Nothing of that id: the way to what goes by that name, or words that say so."""
        from kg.serve.rendering import Thing, fill, path_of
        from kg.serve.searching import called

        base = self._opened.base
        known = called(self._opened.folder, job["id"]) if job["kind"] == "entity" else []
        if len(known) == 1:
            place = path_of(self._opened.base, known[0][0])
            return Reply(303, _PLAIN, f"{place}\n".encode(), {"Location": place})
        status = 300 if known else 404
        said = (
            f"{len(known)} entities are called '{job['id']}' 有 {len(known)} 个同名实体"
            if known
            else f"no {job['kind']} '{job['id']}' in this graph 图谱中没有"
        )
        near = [Thing(iri.removeprefix(base), path_of(base, iri)) for iri, _ in known]
        if html:
            page = fill("missing.html", said=said, near=near, asked=job["id"])
            return Reply(status, "text/html; charset=utf-8", page)
        lines = [said, *(thing.href for thing in near)]
        if not known:
            lines.append("search for it 搜索: /search?q=…")
        return Reply(status, _PLAIN, ("\n".join(lines) + "\n").encode("utf-8", "replace"))

    def _search(self, job: Mapping[str, Any]) -> Reply:
        from kg.serve.searching import Wanted, search

        form = querying.chosen(job["accept"], (negotiation.JSON, negotiation.HTML))
        wanted = Wanted(job["text"], job["type"], job["limit"], job["offset"])
        found = search(self._opened, wanted)
        if form == negotiation.HTML:
            from kg.serve.rendering import Words, fill, path_of

            base, words = self._opened.base, Words(self._opened.folder)
            page = fill(
                "search.html",
                found=found,
                wanted=wanted,
                words=words,
                zm=ZM,
                path=lambda id_: path_of(base, base + id_),
            )
            return Reply(200, "text/html; charset=utf-8", page)
        return Reply(200, form, json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace"))

    def _service(self, job: Mapping[str, Any]) -> Reply:
        """What this endpoint is and does, as SPARQL 1.1 Service Description has it."""
        form = querying.chosen(job["accept"], negotiation.GRAPHS)
        about = json.loads((self._opened.folder / "about.json").read_text("utf-8"))
        triples = service.description(self._opened, job["endpoint"], about)
        reply = Reply(200, form, querying.graph_bytes(self._opened, triples, form))
        return _with_charset(reply)


def _with_charset(reply: Reply) -> Reply:
    """Text says its encoding; JSON and the RDF forms of applications have but one."""
    if not reply.type.startswith("text/"):
        return reply
    return Reply(reply.status, f"{reply.type}; charset=utf-8", reply.body, reply.headers)
