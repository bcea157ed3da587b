"""Which articles are held out together, and the names that a tagger found in them unseen."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

from kg.model import Candidate, EntityType

FOLDS: Final = 5


def fold_of(article: str) -> int:
    """The fold that an article is held out in: by its id, so that new gold moves no old article.

    >>> 0 <= fold_of("x01") < FOLDS
    True
    """
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % FOLDS


def read_found(path: Path) -> dict[str, list[Candidate]]:
    """The names found in each article: lines of `{"id": …, "candidates": [[start, end, type, p]]}`."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        found[entry["id"]] = [Candidate(s, e, EntityType(t), p) for s, e, t, p in entry["candidates"]]
    return found
