"""Which articles speak with one voice: reprints and near-copies of one story count once.

Two articles are one voice when most of the shorter stands word for word in the longer,
neither is many times the other (a digest of ten stories is none of them), and they are of one
month (what is said in the same words every year is news every year). Copies are found
through samples of their character runs, so the work grows with the text and not with the
square of the articles, and what is found does not depend on their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from kg.model import Article
from kg.witnesses import Groups

RUN = 7
"""Characters of a run: long enough that two stories share few by chance."""
COPIED, COPIED_SHORT = 0.7, 0.85
"""The least share of the shorter text's runs that a copy has in common with the longer.

Short notices of different events share much of their form, so they must share more.
"""
SHORT = 300
MOST_DAYS = 31
LEAST_LENGTH = 0.4
"""A copy has at least this share of the longer text's length."""
_SAMPLED = 4
"""One run in so many of a long text is looked up; all are compared once two texts look alike."""
_ALIKE = 0.15
_NOT_WORD = re.compile(r"[\W_]+")

Runs = npt.NDArray[np.uint64]


def voices(articles: Iterable[Article]) -> dict[str, str]:
    """For each article's id, the id of the first article of its voice: by date, then by id."""
    ordered = sorted(articles, key=lambda article: article.id)
    runs = [_runs(article.text) for article in ordered]
    groups = Groups(len(ordered))
    for one, other in _alike(runs):
        if groups.root(one) == groups.root(other) or not _near(ordered[one], ordered[other]):
            continue
        if _copies(runs[one], runs[other]):
            groups.join(one, other)
    return _named(groups, ordered)


def _runs(text: str) -> Runs:
    """The distinct hashes of all runs of letters and digits in `text`, sorted."""
    letters = _NOT_WORD.sub("", text)
    codes = np.frombuffer(letters.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    if len(codes) == 0:
        return codes
    size = min(RUN, len(codes))
    hashes = np.zeros(len(codes) - size + 1, dtype=np.uint64)
    for place in range(size):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + codes[place : place + len(hashes)]
    hashes ^= hashes >> np.uint64(31)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(29)
    return np.unique(hashes)


def _alike(runs: Sequence[Runs]) -> list[tuple[int, int]]:
    """Pairs that share enough sampled runs to be compared: each with the first and the last before it."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    shared: Counter[tuple[int, int]] = Counter()
    samples = [found if len(found) < SHORT else found[found % np.uint64(_SAMPLED) == 0] for found in runs]
    for number, sample in enumerate(samples):
        for run in sample.tolist():
            leader = first.setdefault(run, number)
            if leader != number:
                before = last[run]
                shared[leader, number] += 1
                if before != leader:
                    shared[before, number] += 1
            last[run] = number
    return sorted(
        pair
        for pair, count in shared.items()
        if count >= _ALIKE * min(len(samples[pair[0]]), len(samples[pair[1]]))
    )


def _copies(one: Runs, other: Runs) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < LEAST_LENGTH * len(longer):
        return False
    common = np.intersect1d(shorter, longer, assume_unique=True)
    return len(common) >= (COPIED if len(shorter) >= SHORT else COPIED_SHORT) * len(shorter)


def _near(one: Article, other: Article) -> bool:
    """Whether the two may be of one month: an article without a whole date may be of any."""
    try:
        days = date.fromisoformat(one.date or "") - date.fromisoformat(other.date or "")
    except ValueError:
        return True
    return abs(days.days) <= MOST_DAYS


def _named(groups: Groups, articles: Sequence[Article]) -> dict[str, str]:
    """Each article's id, and the id of the earliest of its group."""
    earliest: dict[int, tuple[bool, str, str]] = {}
    for number, article in enumerate(articles):
        root = groups.root(number)
        age = (article.date is None, article.date or "", article.id)
        earliest[root] = min(earliest.get(root, age), age)
    return {article.id: earliest[groups.root(number)][2] for number, article in enumerate(articles)}
