"""The whole way on one screen: files → articles → extractions → graph → files."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kg.authority import read_authority
from kg.cache import ExtractionCache
from kg.config import Config
from kg.corrections import Unused, apply, read_corrections
from kg.graph import KnowledgeGraph
from kg.model import Article, Extraction, Fact
from kg.officials import with_officials
from kg.read import Pool, Skipped, find_sources, read_copies
from kg.resolve import Resolution, resolve_with_reasons

Watch = Callable[[str, int, int | None], None]
"""Told the stage, how many articles it has done, and of how many when that is known."""

Inputs = Iterable[str | Path] | str | Path
"""Files, folders, globs, "-" for standard input."""

_BATCH = 64
"""Articles sent to a worker at a time; fewer than this are not worth starting workers for."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a build is made of."""

    articles: tuple[Article, ...] = ()
    """By id; a text that several sources carry is one article."""
    skipped: tuple[Skipped, ...] = ()
    copies: tuple[Article, ...] = ()
    """What each source of such a text said, without the text."""


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made: the graph, what each article said, and what could not be read."""

    graph: KnowledgeGraph
    resolution: Resolution
    """The same graph, with the reasons why names in it are one."""
    extractions: tuple[Extraction, ...]
    gathered: Gathered
    unused: tuple[Unused, ...]
    """Corrections that no longer apply to anything."""
    config: Config


def build(inputs: Inputs, config: Config | None = None) -> KnowledgeGraph:
    """The graph of the articles in `inputs`: files, folders, globs."""
    return run(inputs, config or Config()).graph


def run(inputs: Inputs, config: Config, watch: Watch | None = None) -> Build:
    """Read, extract and resolve; `watch` is told how far it is."""
    tell = watch or (lambda stage, done, total: None)
    return complete(gather(inputs, config, tell), config, tell)


def complete(gathered: Gathered, config: Config, tell: Watch) -> Build:
    """Extract and resolve what was read."""
    articles = gathered.articles
    extractions = []
    with _extractor(config) as extracted:
        for extraction in extracted(articles):
            extractions.append(extraction)
            tell("extract", len(extractions), len(articles))
    tell("resolve", 0, None)
    kept = (sure(extraction, config.min_confidence) for extraction in extractions)
    found = resolve_with_reasons(kept, read_authority(config.authority) if config.authority else None)
    corrections = read_corrections(Path(config.corrections)) if config.corrections else ()
    graph, unused = apply(found.graph, corrections)
    return Build(
        graph=KnowledgeGraph(graph, base=config.base),
        resolution=replace(found, graph=graph),
        extractions=tuple(extractions),
        gathered=gathered,
        unused=unused,
        config=config,
    )


@contextmanager
def _extractor(config: Config) -> Iterator[Callable[[Sequence[Article]], Iterator[Extraction]]]:
    """What extracts articles: all of them, or only those that the cache does not hold."""

    def afresh(articles: Sequence[Article]) -> Iterator[Extraction]:
        return extract_all(articles, config.workers)

    if not config.may_keep:
        yield afresh
        return
    with ExtractionCache(Path(config.cache) if config.cache else None) as cache:
        yield lambda articles: cache.through(articles, afresh)


def read_all(inputs: Inputs, config: Config, tell: Watch) -> tuple[list[Article], list[Skipped]]:
    """The articles of `inputs`, by id, and what could not be read."""
    gathered = gather(inputs, config, tell)
    return list(gathered.articles), list(gathered.skipped)


def gather(inputs: Inputs, config: Config, tell: Watch) -> Gathered:
    """Everything that `inputs` hold."""
    paths = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    return pooled(read_copies(find_sources(paths), config), tell)


def pooled(found: Iterable[Article | Skipped], tell: Watch) -> Gathered:
    """What was found, whatever its order: each text once, each id once."""
    skipped = []
    with Pool() as pool:
        for number, item in enumerate(found, 1):
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                pool.add(item)
            tell("read", number, None)
        skipped.sort(key=lambda s: (s.source, s.reason))
        return Gathered(tuple(pool.articles()), tuple(skipped), tuple(pool.changed()))


def extract_all(articles: Sequence[Article], workers: int = 0) -> Iterator[Extraction]:
    """Yield the extraction of each article, in order, however many processes share the work."""
    if not articles:
        return
    # Late, as it takes a second or two to load: a build that finds all in the cache extracts nothing.
    # Before there are workers, so that they need not load it again.
    from kg.extract import extract

    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(articles) <= _BATCH:
        yield from map(extract, articles)
        return
    with ProcessPoolExecutor(workers, initializer=_follow_parent) as pool:
        waiting = iter(articles)
        try:
            # A bounded window of batches: memory does not grow with the input, and order is kept.
            running = [pool.submit(_extract_batch, b) for b in _batches(waiting, workers * 2)]
            while running:
                yield from running.pop(0).result()
                running += [pool.submit(_extract_batch, b) for b in _batches(waiting, 1)]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _follow_parent() -> None:
    """A worker leaves Ctrl-C to its parent, and ends with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _batches(articles: Iterator[Article], count: int) -> list[list[Article]]:
    found = [list(islice(articles, _BATCH)) for _ in range(count)]
    return [batch for batch in found if batch]


def _extract_batch(articles: list[Article]) -> list[Extraction]:
    from kg.extract import extract

    return [extract(article) for article in articles]


def sure(extraction: Extraction, least: float) -> Extraction:
    """The extraction without the facts that are less sure than `least`."""

    def kept(fact: Fact) -> bool:
        return fact.confidence >= least

    facts = tuple(filter(kept, extraction.facts))
    return Extraction(extraction.article, with_officials(extraction.entities, facts), facts)
