"""Ways to read a text as if it stood in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.config import Config
from kg.model import Article
from kg.read import Skipped, read_articles

Read = Callable[..., Article | Skipped]


@pytest.fixture
def read_one(tmp_path: Path) -> Read:
    """Write one file and read it: the article, or why there is none."""

    def read(content: str | bytes, name: str = "a.txt", **settings: object) -> Article | Skipped:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (item,) = read_articles([path], Config(**settings))  # type: ignore[arg-type]
        return item

    return read
