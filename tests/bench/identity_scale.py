"""Time and memory of joining names across articles: 2,000, 5,000, 10,000 and 20,000 items.

    python tests/bench/identity_scale.py ITEMS.jsonl.gz [--items 2000]

So many of the items are read and extracted (the cache of `kg build` is used); the rest are made of them:
each copy has other dates, and other names for half of its people, bodies, events and programmes, so that
entities grow with the items as they do in news. Each size is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from kg.cache import ExtractionCache
from kg.config import Config
from kg.extract import extract
from kg.model import Article, Entity, EntityType, Extraction
from kg.read import read_articles
from kg.resolve import resolve_with_reasons

SIZES = (2_000, 5_000, 10_000, 20_000)
_LETTERS = "安柏川东丰光海江康林明宁平荣山泰文新阳正"


def extractions(path: Path, items: int) -> list[Extraction]:
    """What the first articles of `path` say."""
    articles = [a for a in islice(read_articles([path], Config()), items) if isinstance(a, Article)]
    with ExtractionCache(None) as cache:
        return list(cache.through(articles, lambda missing: map(extract, missing)))


def copy(extraction: Extraction, number: int) -> Extraction:
    """`extraction` told on another day, of other things half the time."""
    if number == 0:
        return extraction
    old = extraction.article
    day = date.fromisoformat(old.date[:10]) + timedelta(37 * number) if old.date else None
    article = replace(old, id=f"{old.id}-{number}", date=day.isoformat() if day else None)
    return Extraction(
        article, tuple(_other(entity, article.id, number) for entity in extraction.entities), extraction.facts
    )


def _other(entity: Entity, article: str, number: int) -> Entity:
    mentions = tuple(replace(m, article=article) for m in entity.mentions)
    moved = replace(entity, mentions=mentions, articles=(article,))
    chance = hashlib.sha256(f"{entity.name}{number}".encode()).digest()[0]
    if entity.type is EntityType.PLACE or chance % 2 or len(entity.name) < 3:
        return moved
    name = entity.name[0] + _LETTERS[(chance + number) % len(_LETTERS)] + entity.name[2:]
    return replace(moved, name=name, aliases=())


def many(found: Sequence[Extraction], size: int) -> Iterator[Extraction]:
    """`size` extractions, copies of copies as far as needed."""
    for n in range(size):
        yield copy(found[n % len(found)], n // len(found))


def measure(path: Path, items: int, size: int) -> None:
    """Print one line: time a mention, entities, and memory above that of the items themselves."""
    told = list(many(extractions(path, items), size))
    mentions = sum(len(entity.mentions) for extraction in told for entity in extraction.entities)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    graph = resolve_with_reasons(told).graph
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{size:>6} items {mentions:>8} mentions {len(graph.entities):>7} entities {spent:7.1f} s"
        f" {1000 * spent / mentions:.3f} ms a mention {(peak - before) // 1024:>5} MB more,"
        f" {peak // 1024} MB in all",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--items", type=int, default=2_000, help="items that are extracted")
    parser.add_argument("--size", type=int, help="measure this size alone")
    args = parser.parse_args()
    if args.size:
        measure(args.articles, args.items, args.size)
        return
    extractions(args.articles, args.items)
    for size in SIZES:
        command = [
            sys.executable,
            __file__,
            str(args.articles),
            "--items",
            str(args.items),
            "--size",
            str(size),
        ]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
