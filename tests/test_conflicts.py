"""Contradictions are found and shown; what only looks like one is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.conflicts import conflicts, single_post
from kg.ids import fact_id
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph

ORG, PER, EVENT, PROG = EntityType.ORGANISATION, EntityType.PERSON, EntityType.EVENT, EntityType.PROGRAMME
ARTICLES = tuple(
    Article(f"a{n}", "题", "甲。" * 40, date=date)
    for n, date in enumerate(("2020-01-10", "2020-06-01", "2020-06-01", "2021-03-05", None))
)
THINGS = (
    Entity("org-局", ORG, "白石市水务局", "GovernmentBody"),
    Entity("org-校", ORG, "江南大学", "Institution"),
    Entity("org-委", ORG, "白石市发展和改革委员会", "GovernmentBody", (Alias("白石市发改委"),)),
    Entity("per-1", PER, "王芳"),
    Entity("per-2", PER, "李明"),
    Entity("per-3", PER, "赵川"),
    Entity("event-会", EVENT, "江湾大会"),
    Entity("prog-计划", PROG, "灯塔计划"),
)


def quoted(article: int, sentence: int = 0) -> Evidence:
    return Evidence(f"a{article}", sentence * 2, sentence * 2 + 2, "甲。")


def post(person: int, role: str, *articles: int, body: str = "org-局", **said: str) -> Fact:
    evidence = tuple(quoted(n, person) for n in articles)
    return Fact(f"per-{person}", "holdsPost", body, qualifiers={"role": role, **said}, evidence=evidence)


def target(value: str, unit: str, article: int = 0, **said: str) -> Fact:
    qualifiers = {"indicator": "创新投入", "value": value, "unit": unit, **said}
    return Fact("prog-计划", "hasTarget", qualifiers=qualifiers, evidence=(quoted(article),))


def dated(value: str, article: int = 0, sentence: int = 0) -> Fact:
    return Fact("event-会", "date", value=value, evidence=(quoted(article, sentence),))


def found(*facts: Fact) -> list[str]:
    return [c.kind for c in conflicts(Graph(ARTICLES, THINGS, tuple(sorted(facts, key=fact_id))))]


CONFLICTS = {
    "two heads in articles of one day": (post(1, "局长", 1), post(2, "局长", 2)),
    "one head inside the time of another": (post(1, "局长", 0, 3), post(2, "局长", 1)),
    "the party secretary in two wordings": (post(1, "党组书记", 1), post(2, "书记", 2)),
    "an acting head beside a head": (post(1, "代局长", 1), post(2, "局长", 2)),
    "inside a tenure told by its bounds": (
        post(1, "局长", 4, start="2019", end="2021-05"),
        post(2, "局长", 1),
    ),
    "head known by the alias of the body": (
        post(1, "主任", 1, body="org-委"),
        post(2, "主任", 2, body="org-委"),
    ),
    "heads of one department": (post(1, "办公室主任", 1), post(2, "办公室主任", 2)),
    "on the very day, the one known for longer": (post(1, "局长", 0, 1), post(2, "局长", 2)),
    "two days of one event": (dated("2021-03-01"), dated("2021-03-02", 1)),
    "a day outside the year": (dated("2021-03-01"), dated("2020", 1)),
    "two numbers": (target("3000", "亿元", by="2025"), target("3500", "亿元", 1, by="2025")),
    "two numbers in two units": (target("3000", "亿元", by="2025"), target("30", "亿元", 1, by="2025")),
    "two lower bounds": (
        target("80", "%", by="2025", stated="80%以上"),
        target("90", "%", 1, by="2025", stated="不低于90%"),
    ),
    "less than the least": (
        target("80", "%", by="2025", stated="不低于80%"),
        target("70", "%", 1, by="2025"),
    ),
    "two numbers of one day": (target("3", "万人", 1), target("4", "万人", 2)),
}
NONE = {
    "one holder in two articles": (post(1, "局长", 1, 2),),
    "one after the other": (post(1, "局长", 0), post(2, "局长", 3)),
    "deputies": (post(1, "副局长", 1), post(2, "副局长", 2)),
    "executive heads": (post(1, "执行院长", 1), post(2, "执行院长", 2)),
    "head and party secretary": (post(1, "局长", 1), post(2, "党组书记", 2)),
    "departments' heads, their departments left out": (
        post(1, "主任", 1, body="org-校"),
        post(2, "主任", 2, body="org-校"),
    ),
    "a former head": (post(1, "局长", 1, status="former"), post(2, "局长", 2)),
    "a head to be": (post(1, "局长", 1, status="elect"), post(2, "局长", 2)),
    "a handover on one day": (post(1, "局长", 0, end="2020-06-01"), post(2, "局长", 1, start="2020-06-01")),
    "another body": (post(1, "书记", 1), post(2, "书记", 2, body="org-校")),
    "no date known": (post(1, "局长", 4), post(2, "局长", 4)),
    "a day in its year": (dated("2021-03-01"), dated("2021", 1)),
    "a day in its month": (dated("2021-03-01"), dated("2021-03", 1)),
    "a span told in one sentence": (dated("2021-03-01"), dated("2021-03-03")),
    "one number in two units": (target("3000", "亿元", by="2025"), target("0.3", "万亿元", 1, by="2025")),
    "another time": (target("3000", "亿元", by="2025"), target("3500", "亿元", 1, by="2030")),
    "numbers of different days": (target("3", "万人", 0), target("4", "万人", 1)),
    "a share and an amount": (target("30", "%", by="2025"), target("3500", "亿元", 1, by="2025")),
    "a bound and a number above": (
        target("80", "%", by="2025", stated="80%以上"),
        target("85", "%", 1, by="2025"),
    ),
    "a rough number": (
        target("3000", "亿元", by="2025", stated="约3000亿元"),
        target("3012", "亿元", 1, by="2025"),
    ),
}


@pytest.mark.parametrize("facts", CONFLICTS.values(), ids=CONFLICTS)
def test_it_is_a_contradiction(facts):
    assert len(found(*facts)) == 1


@pytest.mark.parametrize("facts", NONE.values(), ids=NONE)
def test_it_is_none(facts):
    assert found(*facts) == []


def test_a_conflict_shows_what_is_at_odds_and_nothing_else():
    one, two, later = post(1, "局长", 1), post(2, "局长", 2), post(3, "局长", 3)
    (conflict,) = conflicts(Graph(ARTICLES, THINGS, (one, two, later)))
    assert (conflict.kind, conflict.about, conflict.what) == ("post", "org-局", "局长")
    assert set(conflict.facts) == {one, two}
    assert all(fact.evidence for fact in conflict.facts)


def test_the_surest_come_first():
    unsure = Fact("event-会", "date", value="2021-03-01", confidence=0.5, evidence=(quoted(0),))
    kinds = found(unsure, dated("2022", 1), post(1, "局长", 1), post(2, "局长", 2))
    assert kinds == ["post", "date"]


ROLES = {
    ("党委书记",): "书记",
    ("市委书记",): "书记",
    ("纪委书记",): "纪委书记",
    ("代市长",): "市长",
    ("宣传部部长",): "宣传部部长",
    ("ＣＥＯ",): "CEO",
    ("副董事长",): None,
    ("常务副市长",): None,
    ("事业部总经理",): None,
    ("教授",): None,
    ("驻村第一书记",): None,
}


@pytest.mark.parametrize(("role", "expected"), [(r[0], e) for r, e in ROLES.items()])
def test_a_post_of_one_is_told_from_a_post_of_several(role, expected):
    assert single_post(role) == expected


@given(
    st.lists(
        st.sampled_from(["2020", "2021", "2020-05", "2020-05-01", "2021-05-01", "2021-05-02"]), unique=True
    )
)
def test_dates_that_lie_in_each_other_never_conflict(values):
    facts = [dated(value, n % 4, n) for n, value in enumerate(values)]
    nested = all(b.startswith(a) for a, b in pairwise(sorted(values)))
    assert (found(*facts) == []) == nested


def test_the_gold_seeds_contradict_nothing(gold_graph):
    assert conflicts(gold_graph.data) == []
