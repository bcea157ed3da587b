"""Files to articles: found, decoded, cleaned, made one where they are copies.

for item in read_articles(["seeds/", "more/*.jsonl.gz"]):
    if isinstance(item, Skipped):
        print(item.source, item.reason)
    else:
        print(item.id, item.date, item.title)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.config import Config
from kg.errors import InputError
from kg.model import Article
from kg.read.assemble import to_article
from kg.read.draft import Draft, Skipped, UnreadableError
from kg.read.formats import drafts
from kg.read.inputs import Source, find_sources
from kg.read.merge import Pool

__all__ = ["Pool", "Skipped", "Source", "find_sources", "read_articles", "read_copies"]


def read_articles(
    inputs: Iterable[str | Path] | str | Path, config: Config | None = None
) -> Iterator[Article | Skipped]:
    """Yield what could not be read as it is met, then every article, by id.

    The result does not depend on the order of `inputs`. Raises `InputError` for an input that
    is not there, and, when `config.strict`, for the first that cannot be read.
    """
    paths = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    with Pool() as pool:
        for item in read_copies(find_sources(paths), config or Config()):
            if isinstance(item, Article):
                pool.add(item)
            else:
                yield item
        yield from pool.articles()


def read_copies(sources: Iterable[Source], config: Config) -> Iterator[Article | Skipped]:
    """Yield every article as it is met, copies of one text too, and what could not be read."""
    for item in (item for source in sources for item in _read(source, config)):
        if config.strict and isinstance(item, Skipped):
            raise InputError(item.source, item.reason)
        yield item


def _read(source: Source, config: Config) -> Iterator[Article | Skipped]:
    """The articles of one file, and what of it could not be read."""
    try:
        for item in drafts(source, config):
            yield _made(item) if isinstance(item, Draft) else item
    except UnreadableError as error:
        yield Skipped(source.name, str(error))


def _made(draft: Draft) -> Article | Skipped:
    try:
        return to_article(draft)
    except UnreadableError as error:
        return Skipped(draft.source, str(error))
