"""Articles as they are met: the same text is one article, and every id is given once."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Article

_IN_MEMORY = 64_000_000


class Pool:
    """Articles by their text's hash; the texts wait in a temporary file once they are many."""

    def __init__(self) -> None:
        self._copies: dict[str, list[Article]] = {}
        self._places: dict[str, tuple[int, int]] = {}
        self._texts = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._texts.close()

    def add(self, article: Article) -> None:
        """Take one article in."""
        copies = self._copies.setdefault(article.sha256, [])
        if not copies:
            data = article.text.encode()
            self._places[article.sha256] = self._texts.tell(), len(data)
            self._texts.write(data)
        copies.append(replace(article, text=""))

    def articles(self) -> Iterator[Article]:
        """Yield every article once, by id."""
        for article in self._joined():
            start, length = self._places[article.sha256]
            self._texts.seek(start)
            yield replace(article, text=self._texts.read(length).decode())

    def changed(self) -> list[Article]:
        """The copies, without their texts, that the articles made of them do not tell by themselves."""
        return [
            copy
            for article in self._joined()
            for copy in sorted(self._copies[article.sha256], key=_precedence)
            if replace(copy, sources=tuple(sorted(copy.sources))) != article
        ]

    def _joined(self) -> list[Article]:
        """Every article once, by id, without its text."""
        joined = (one_of(copies) for copies in self._copies.values())
        return sorted(with_unique_ids(joined), key=lambda a: a.id)


def one_of(copies: Iterable[Article]) -> Article:
    """One article for several copies of a text, whatever their order.

    The copy dated first speaks; what it does not say, the next ones may; sources are pooled.
    """
    ordered = sorted(copies, key=_precedence)
    first = ordered[0]
    return replace(
        first,
        date=_stated(copy.date for copy in ordered),
        publisher=_stated(copy.publisher for copy in ordered),
        authors=next((copy.authors for copy in ordered if copy.authors), ()),
        url=_stated(copy.url for copy in ordered),
        sources=tuple(sorted({source for copy in ordered for source in copy.sources})),
    )


def with_unique_ids(articles: Iterable[Article]) -> list[Article]:
    """`articles`, where those that share an id have the start of their text's hash added to it."""
    found = list(articles)
    counts = Counter(article.id for article in found)
    taken = set(counts)
    made = []
    for article in found:
        name = article.id
        if counts[name] > 1:
            length = 8
            while (name := f"{article.id}-{article.sha256[:length]}") in taken:
                length += 8
        made.append(replace(article, id=name))
    return made


def _precedence(article: Article) -> tuple[object, ...]:
    stated = (article.publisher, article.authors, article.url)
    return (
        article.date is None,
        article.date or "",
        -sum(bool(value) for value in stated),
        article.id,
        article.title,
        article.publisher or "",
        article.authors,
        article.url or "",
        article.sources,
    )


def _stated(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
