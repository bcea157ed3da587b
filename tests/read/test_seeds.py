"""The five seeds read exactly as a careful reader copied them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.gold import read_gold
from kg.model import Article
from kg.read import read_articles

ROOT = Path(__file__).parent.parent.parent
GOLD = sorted((ROOT / "tests" / "gold").glob("*.ann"))


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = [item for item in read_articles(ROOT / "seeds") if isinstance(item, Article)]
    return {article.id: article for article in found}


def test_there_is_gold_for_every_seed(articles: dict[str, Article]) -> None:
    assert sorted(articles) == [path.stem for path in GOLD]


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_a_seed_reads_as_its_gold(path: Path, articles: dict[str, Article]) -> None:
    gold, article = read_gold(path).article, articles[path.stem]
    assert article.text == gold.text
    assert (article.title, article.date, article.publisher) == (gold.title, gold.date, gold.publisher)
    assert article.authors == gold.authors
