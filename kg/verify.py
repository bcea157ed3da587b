"""Proof of a graph against its sources, read anew: every hash, every offset, every quoted character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.ids import fact_id
from kg.model import Article, Entity, Evidence, Fact, Graph, Mention
from kg.report import REPORT, changed, read_report

_SHOWN = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing in a graph that its sources do not bear out."""

    kind: str
    """`file`, `article`, `text`, `metadata`, `fact`, `sentence`, `mention` or `link`."""
    place: str
    """The article, fact or entity, in words that can be searched for."""
    what: str
    """What is wrong, and what the source has."""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def verify_files(out: Path) -> Iterator[Problem]:
    """Yield every file of the build in `out` that is not as it was written."""
    try:
        report = read_report(out)
    except KgError as error:
        yield Problem("file", REPORT, str(error))
        return
    for name, what in changed(out, report):
        yield Problem("file", name, what)


def verify(graph: Graph, articles: Iterable[Article]) -> Iterator[Problem]:
    """Yield every problem of `graph`, given its sources as read now; none means that it is proved.

    A source that moved or was renamed still counts, by the hash of its text.
    """
    sources = _Sources(articles)
    texts: dict[str, str] = {}
    seen: set[str] = set()
    for article in graph.articles:
        if article.id in seen:
            yield Problem("article", article.id, "two articles have this id")
        seen.add(article.id)
        source = sources.of(article)
        if source is None:
            yield Problem("article", article.id, f"no source has it; it was read from {_places(article)}")
            continue
        yield from _differences(article, source)
        texts[article.id] = source.text
    yield from _entities(graph, texts, seen)
    yield from _facts(graph, texts, seen)
    for change in graph.changes:
        place = f"change {change.id} ({change.kind})"
        for sentence in change.evidence:
            yield from _quoted("sentence", place, sentence, texts, seen)


class _Sources:
    """The sources as they are now, by id and by the hash of their text."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self.by_id: dict[str, Article] = {}
        self.by_hash: dict[str, Article] = {}
        for article in articles:
            self.by_id[article.id] = article
            self.by_hash[article.sha256] = article

    def of(self, article: Article) -> Article | None:
        return self.by_hash.get(article.sha256) or self.by_id.get(article.id)


def _differences(article: Article, source: Article) -> Iterator[Problem]:
    """Where the graph's word on an article is not the source's."""
    if article.sha256 != source.sha256:
        what = (
            f"its text has changed: the hash is {source.sha256[:12]}…, the graph has {article.sha256[:12]}…"
        )
        yield Problem("text", article.id, what)
    for name in ("title", "date", "publisher", "authors", "url"):
        stated, found = getattr(article, name), getattr(source, name)
        if stated != found:
            yield Problem(
                "metadata", article.id, f"{name} is {_shown(stated)}; the source has {_shown(found)}"
            )


def _entities(graph: Graph, texts: dict[str, str], known: set[str]) -> Iterator[Problem]:
    for entity in graph.entities:
        place = f"{entity.id} ({entity.name})"
        for name in entity.articles:
            if name not in known:
                yield Problem("link", place, f"mentioned in '{name}', which is no article of the graph")
        for mention in entity.mentions:
            yield from _quoted("mention", place, mention, texts, known)
        for alias in entity.aliases:
            if alias.where is not None:
                yield from _quoted("sentence", f"{place} alias {alias.name}", alias.where, texts, known)


def _facts(graph: Graph, texts: dict[str, str], known: set[str]) -> Iterator[Problem]:
    entities = {entity.id: entity for entity in graph.entities}
    for fact in graph.facts:
        place = _statement(fact, entities)
        if not fact.evidence:
            yield Problem("fact", place, "no sentence stands behind it")
        for end in (fact.subject, fact.object):
            if end is not None and end not in entities:
                yield Problem("link", place, f"'{end}' is no entity of the graph")
        for sentence in fact.evidence:
            yield from _quoted("sentence", place, sentence, texts, known)


def _quoted(
    kind: str, place: str, span: Evidence | Mention, texts: dict[str, str], known: set[str]
) -> Iterator[Problem]:
    """The problem of a quotation that is not in its article where it says."""
    where = f"{place}, {span.article} {span.start}–{span.end}"
    if span.article not in known:
        yield Problem(kind, where, f"'{span.article}' is no article of the graph")
        return
    text = texts.get(span.article)
    if text is None:
        return
    if not 0 <= span.start < span.end <= len(text):
        yield Problem(kind, where, f"the text has {len(text)} characters")
    elif text[span.start : span.end] != span.text:
        yield Problem(
            kind, where, f"{_shown(span.text)}; the source has {_shown(text[span.start : span.end])}"
        )


def _statement(fact: Fact, entities: dict[str, Entity]) -> str:
    """A fact in words: `fact-12… 陈寅 holdsPost 上海市委`."""
    subject, target = entities.get(fact.subject), entities.get(fact.object or "")
    said = target.name if target else fact.value or fact.object or fact.qualifiers.get("stated", "")
    return f"{fact_id(fact)} {subject.name if subject else fact.subject} {fact.property} {said}".strip()


def _places(article: Article) -> str:
    return ", ".join(article.sources) or article.url or "an unnamed source"


def _shown(value: object) -> str:
    text = "、".join(value) if isinstance(value, tuple) else str(value)
    return f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”" if value else "nothing"
