"""What holds for every resolution: order, stability, pooling, reasons."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.gold import as_extraction, read_gold_folder
from kg.model import Alias, Article, Entity, EntityType, Evidence, Extraction, Fact, Mention
from kg.resolve import resolve, resolve_with_reasons

ROOT = Path(__file__).parents[2]
ORG, PER, EVENT = EntityType.ORGANISATION, EntityType.PERSON, EntityType.EVENT


@pytest.fixture(scope="module")
def seeds():
    return [as_extraction(gold) for gold in read_gold_folder(ROOT / "tests" / "gold").values()]


def said(
    article: str, *names: tuple[EntityType, str], day: str | None = "2021-10-12", facts=()
) -> Extraction:
    """An article that is a list of names."""
    text, entities = "", []
    for number, (type_, name) in enumerate(names, 1):
        mention = Mention(article, len(text), len(text) + len(name), name)
        entities.append(Entity(f"x{number}", type_, name, mentions=(mention,), articles=(article,)))
        text += name + "，"
    quote = Evidence(article, 0, len(text), text)
    told = tuple(Fact(s, p, o, qualifiers=dict(q), evidence=(quote,)) for s, p, o, q in facts)
    return Extraction(Article(article, "", text, date=day), tuple(entities), told)


def test_the_order_of_articles_makes_no_difference(seeds):
    graph = resolve(seeds)
    shuffled = list(seeds)
    for seed in range(5):
        random.Random(seed).shuffle(shuffled)
        assert resolve(shuffled) == graph


def test_hash_seeds_make_no_difference():
    code = (
        "from pathlib import Path; from kg.gold import *; from kg.resolve import *;"
        "g = read_gold_folder(Path('tests/gold'));"
        "print(repr(resolve_with_reasons(as_extraction(x) for x in g.values())))"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(prints) == 1


def test_ids_stay_when_later_articles_come(seeds):
    ordered = sorted(seeds, key=lambda e: (e.article.date, e.article.id))
    for count in range(1, len(ordered)):
        before = {e.id for e in resolve(ordered[:count]).entities}
        after = {e.id for e in resolve(ordered).entities}
        assert before <= after


def test_no_two_entities_share_an_id_and_every_fact_has_its_ends(seeds):
    graph = resolve(seeds)
    ids = [e.id for e in graph.entities]
    assert len(set(ids)) == len(ids) and ids == sorted(ids)
    for fact in graph.facts:
        assert fact.subject in ids and (fact.object is None or fact.object in ids)


def test_every_mention_is_kept_once(seeds):
    graph = resolve(seeds)
    given = sorted(m for x in seeds for e in x.entities for m in e.mentions)
    assert sorted(m for e in graph.entities for m in e.mentions) == given


def test_ids_are_readable():
    graph = resolve([said("a", (ORG, "上海市经信委"), (PER, "陈立群"), (EVENT, "第四届江海大会"))])
    assert [e.id for e in graph.entities] == [
        "event-第四届江海大会",
        "org-上海市经济和信息化委员会",
        "per-陈立群",
    ]


def test_a_fact_is_stated_once_with_the_evidence_of_both_articles():
    names = ((PER, "陈立群"), (ORG, "江州市国资委"))
    post = [("x1", "holdsPost", "x2", {"role": "主任"})]
    graph = resolve([said("a", *names, facts=post), said("b", *names, facts=post)])
    (fact,) = graph.facts
    assert [e.article for e in fact.evidence] == ["a", "b"]


def test_a_fact_whose_ends_became_one_is_left_out():
    names = ((ORG, "上海市经信委"), (ORG, "上海市经济信息化委"))
    graph = resolve([said("a", *names, facts=[("x1", "cooperatesWith", "x2", {})])])
    assert len(graph.entities) == 1 and graph.facts == ()


def test_homonyms_have_ids_of_their_own_that_do_not_depend_on_each_other():
    first = said(
        "a", (PER, "王伟"), (ORG, "江州市财政局"), facts=[("x1", "holdsPost", "x2", {"role": "局长"})]
    )
    second = said(
        "b",
        (PER, "王伟"),
        (ORG, "复旦大学"),
        day="2022-01-01",
        facts=[("x1", "holdsPost", "x2", {"role": "教授"})],
    )
    ids = [e.id for e in resolve([second, first]).entities if e.type is PER]
    assert ids == ["per-王伟-复旦大学", "per-王伟-江州市"]


def test_the_better_known_alias_is_kept():
    seen = Entity("x1", ORG, "江海新能源有限公司", aliases=(Alias("江新能"),), articles=("a",))
    told = replace(seen, aliases=(Alias("江新能", "introduced", Evidence("b", 0, 1, "江")),), articles=("b",))
    graph = resolve(
        [Extraction(Article("a", "", "江"), (seen,)), Extraction(Article("b", "", "江"), (told,))]
    )
    assert [a.how for a in graph.entities[0].aliases] == ["introduced"]


def test_reasons_are_told():
    resolution = resolve_with_reasons(
        [
            said("a", (ORG, "上海市经信委")),
            said("b", (ORG, "上海市经济和信息化委员会"), (ORG, "深圳市国资委")),
        ]
    )
    same = resolution.why("上海市经信委", "上海市经济和信息化委员会")
    assert same.same and "[body" in same.reasons[0]
    two = resolution.why("上海市经信委", "深圳市国资委")
    assert not two.same and "two bodies" in two.reasons[0]
    missing = resolution.why("上海市经信委", "没有这个机构")
    assert not missing.same and "nothing in the graph" in missing.reasons[0]


def test_doubtful_pairs_are_listed_with_their_score():
    posts = [("x1", "holdsPost", "x2", {"role": "局长"})]
    resolution = resolve_with_reasons(
        [
            said("a", (PER, "王伟"), (ORG, "江州市财政局"), facts=posts),
            said("b", (PER, "王伟"), (ORG, "海陵市水利局"), facts=posts),
        ]
    )
    (doubt,) = resolution.doubtful
    assert not doubt.joined and 0 < doubt.score < 0.8 and "unrelated posts" in doubt.reason


def test_nothing_makes_an_empty_graph():
    assert resolve([]).entities == ()


def test_names_of_one_article_that_the_text_tells_apart_stay_apart():
    series = (EVENT, "江海大会")
    graph = resolve([said("a", (EVENT, "第四届江海大会"), series), said("b", (EVENT, "第四届江海大会"))])
    assert len(graph.entities) == 2
