"""What changed between two graphs: exactly that, and what stayed under another name is not news."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import extractions, joined, with_entity

from kg.canonical import canonical
from kg.diff import diff
from kg.diff.records import as_json
from kg.diff.words import words
from kg.gold import as_extraction
from kg.ids import fact_id
from kg.model import (
    Alias,
    Article,
    Change,
    Correction,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Graph,
    Mention,
    Series,
)
from kg.resolve import resolve

ORG = EntityType.ORGANISATION
TEXT = "青川市科技局局长王芳出席江湾大会。市科技局印发灯塔行动方案。"
FIRST, SECOND = Evidence("a", 0, 17, TEXT[:17]), Evidence("a", 17, 29, TEXT[17:])


def named(id_: str, type_: EntityType, name: str, *starts: tuple[int, str], **more: object) -> Entity:
    mentions = tuple(Mention("a", start, start + len(text), text) for start, text in starts)
    return Entity(id_, type_, name, mentions=mentions, articles=("a",), **more)


BUREAU = named("org-青川市科技局", ORG, "青川市科技局", (0, "青川市科技局"), (17, "市科技局"))
WANG = named("per-王芳", EntityType.PERSON, "王芳", (8, "王芳"))
MEETING = named("event-江湾大会", EntityType.EVENT, "江湾大会", (12, "江湾大会"))
PLAN = named("prog-灯塔行动方案", EntityType.PROGRAMME, "灯塔行动方案", (23, "灯塔行动方案"))
POST = Fact(WANG.id, "holdsPost", BUREAU.id, qualifiers={"role": "局长"}, confidence=0.9, evidence=(FIRST,))
ATTENDS = Fact(WANG.id, "attends", MEETING.id, confidence=0.9, evidence=(FIRST,))
ISSUES = Fact(BUREAU.id, "issues", PLAN.id, confidence=0.9, evidence=(SECOND,))


def graph(*entities: Entity, facts: tuple[Fact, ...] = (), **more: object) -> Graph:
    ordered = tuple(sorted(entities, key=lambda e: e.id))
    return Graph((Article("a", "题", TEXT, date="2021-05-01"),), ordered, tuple(facts), **more)


WHOLE = graph(BUREAU, WANG, MEETING, PLAN, facts=(POST, ATTENDS, ISSUES))


# -- nothing, and all of it ------------------------------------------------------------


@given(extractions())
def test_a_graph_does_not_differ_from_itself(parts):
    whole = joined(parts)
    same = diff(whole, joined(parts[::-1]))
    assert not same
    assert list(words(same, "en")) == ["nothing changed"]
    assert as_json(same)["changed"] is False


@given(extractions(), extractions())
def test_something_changed_exactly_when_the_saved_graphs_differ(one, two):
    old, new = joined(one), joined(two)
    assert bool(diff(old, new)) == (canonical(old) != canonical(new))


@given(extractions(), extractions())
def test_the_other_way_round_is_the_opposite(one, two):
    there, back = diff(joined(one), joined(two)), diff(joined(two), joined(one))
    assert there.articles.added == back.articles.removed
    assert there.entities.added == back.entities.removed
    assert there.facts.added == back.facts.removed
    assert there.evidence.added == back.evidence.removed
    assert {(a.id, b.id) for a, b in there.renamed} == {(b.id, a.id) for a, b in back.renamed}


def test_a_saved_and_loaded_graph_does_not_differ(gold_graph, tmp_path):
    import kg

    saved = kg.load(gold_graph.save(tmp_path / "graph.ttl"))
    assert not diff(
        replace(gold_graph.data, series=(), changes=()), replace(saved.data, series=(), changes=())
    )


# -- articles that come and go ---------------------------------------------------------


@given(extractions(6), st.data())
def test_an_added_article_changes_what_it_says_and_nothing_else(parts, data):
    kept = data.draw(st.sets(st.sampled_from(range(len(parts))), max_size=len(parts) - 1))
    old = tuple(part for n, part in enumerate(parts) if n in kept)
    come = {part.article.id for n, part in enumerate(parts) if n not in kept}
    found = diff(joined(old), joined(parts))

    assert {a.id for a in found.articles.added} == come
    assert not (found.articles.removed or found.articles.changed)
    known = {e.id for part in old for e in part.entities}
    assert {e.id for e in found.entities.added} == {e.id for p in parts for e in p.entities} - known
    assert all(come & set(e.articles) for _, e in found.entities.changed)
    stated = {fact_id(f) for part in old for f in part.facts}
    assert {fact_id(f) for f in found.facts.added} == {fact_id(f) for p in parts for f in p.facts} - stated
    assert {q.evidence.article for q in found.evidence.added} <= come
    assert not (found.renamed or found.merged or found.split)
    assert not (found.entities.removed or found.facts.removed or found.evidence.removed)


def test_leaving_out_a_gold_article_takes_what_only_it_says(golds):
    every = [as_extraction(gold) for gold in golds.values()]
    for left_out in every:
        id_ = left_out.article.id
        found = diff(resolve(every), resolve(e for e in every if e is not left_out))
        assert [a.id for a in found.articles.removed] == [id_]
        assert all(set(entity.articles) == {id_} for entity in found.entities.removed)
        assert all({e.article for e in fact.evidence} == {id_} for fact in found.facts.removed)
        assert all(quoted.evidence.article == id_ for quoted in found.evidence.removed)
        assert not found.facts.added
        assert not found.entities.added


# -- one thing under another name ------------------------------------------------------


@given(extractions(), st.data())
def test_a_renamed_thing_is_one_rename_and_its_facts_stay(parts, data):
    old = joined(parts)
    chosen = data.draw(st.sampled_from(old.entities))
    new = with_entity(old, chosen.id, id=f"{chosen.id}-x", name=f"新{chosen.name}")
    found = diff(old, new)
    assert [(a.id, b.id) for a, b in found.renamed] == [(chosen.id, f"{chosen.id}-x")]
    assert not (found.entities or found.facts or found.evidence or found.merged or found.split)


def test_another_type_at_the_same_places_is_the_same_thing():
    retyped = replace(MEETING, id="prog-江湾大会", type=EntityType.PROGRAMME)
    found = diff(graph(MEETING), graph(retyped))
    assert [(a.id, b.id) for a, b in found.renamed] == [(MEETING.id, retyped.id)]


def test_a_longer_name_at_the_same_places_is_the_same_thing():
    short = named("org-科技局", ORG, "科技局", (3, "科技局"))
    found = diff(graph(short), graph(named("org-青川市科技局", ORG, "青川市科技局", (0, "青川市科技局"))))
    assert [(a.name, b.name) for a, b in found.renamed] == [("科技局", "青川市科技局")]


def test_a_place_inside_a_new_organisation_is_another_thing():
    place = named("place-青川市", EntityType.PLACE, "青川市", (0, "青川市"))
    found = diff(graph(place), graph(BUREAU))
    assert found.entities.added == (BUREAU,)
    assert found.entities.removed == (place,)


def test_what_is_never_named_is_followed_by_its_facts():
    bureau, other = replace(BUREAU, mentions=(), implied=True), replace(BUREAU, id="org-x", mentions=())
    old = graph(WANG, bureau, facts=(POST,))
    new = graph(WANG, other, facts=(replace(POST, object="org-x"),))
    found = diff(old, new)
    assert [(a.id, b.id) for a, b in found.renamed] == [(bureau.id, "org-x")]
    assert not found.facts


def parted() -> Graph:
    """The same article, the short name taken for another body."""
    full = replace(BUREAU, mentions=BUREAU.mentions[:1])
    short = named("org-市科技局", ORG, "市科技局", (17, "市科技局"))
    return graph(full, short, WANG, MEETING, PLAN, facts=(POST, ATTENDS, replace(ISSUES, subject=short.id)))


def test_two_that_are_found_to_be_one_are_merged():
    found = diff(parted(), WHOLE)
    assert [([e.id for e in m.old], m.new.id) for m in found.merged] == [
        (["org-市科技局", "org-青川市科技局"], BUREAU.id)
    ]
    assert not (found.entities or found.facts or found.evidence or found.split or found.renamed)


def test_one_that_is_found_to_be_two_is_split():
    found = diff(WHOLE, parted())
    assert [(s.old.id, [e.id for e in s.new]) for s in found.split] == [
        (BUREAU.id, ["org-市科技局", "org-青川市科技局"])
    ]
    assert not (found.entities or found.facts or found.evidence or found.merged or found.renamed)


# -- facts -----------------------------------------------------------------------------

CHANGED_FACTS = {
    "surer": (replace(POST, confidence=0.7), POST),
    "another role": (replace(POST, qualifiers={"role": "副局长"}), POST),
    "a status": (POST, replace(POST, qualifiers={"role": "局长", "status": "former"})),
    "another object": (ATTENDS, replace(ATTENDS, object="event-y")),
    "another subject": (ATTENDS, replace(ATTENDS, subject="per-y")),
}


@pytest.mark.parametrize(("was", "now"), CHANGED_FACTS.values(), ids=CHANGED_FACTS)
def test_a_sentence_read_otherwise_is_a_changed_fact(was, now):
    others = (
        Entity("event-y", EntityType.EVENT, "另一会", articles=("a",)),
        Entity("per-y", EntityType.PERSON, "李明", articles=("a",)),
    )
    found = diff(
        graph(BUREAU, WANG, MEETING, *others, facts=(was,)),
        graph(BUREAU, WANG, MEETING, *others, facts=(now,)),
    )
    assert found.facts.changed == ((was, now),)
    assert not (found.facts.added or found.facts.removed or found.evidence)


def test_a_fact_of_another_sentence_is_another_fact():
    other = replace(POST, qualifiers={"role": "副局长"}, evidence=(SECOND,))
    found = diff(graph(BUREAU, WANG, facts=(POST,)), graph(BUREAU, WANG, facts=(other,)))
    assert (found.facts.added, found.facts.removed, found.facts.changed) == ((other,), (POST,), ())


def test_a_further_sentence_is_evidence_gained():
    more = replace(POST, evidence=(FIRST, SECOND))
    found = diff(graph(BUREAU, WANG, facts=(POST,)), graph(BUREAU, WANG, facts=(more,)))
    assert [q.evidence for q in found.evidence.added] == [SECOND]
    assert not (found.facts or found.evidence.removed)


# -- the rest of a graph ---------------------------------------------------------------

SERIES = Series("series-江湾大会", EntityType.EVENT, "江湾大会", (MEETING.id,))
BODIES = Change("change-1", "renamed", (BUREAU.id,), (BUREAU.id,), "2023", (FIRST,))
FIXED = Correction("rename", "市科技局", object="青川市科技局", author="甲", date="2024-01-02", reason="全称")


@pytest.mark.parametrize(
    ("part", "more"),
    [
        ("series", {"series": (SERIES,)}),
        ("events", {"changes": (BODIES,)}),
        ("corrections", {"corrections": (FIXED,)}),
    ],
    ids=["series", "changes of bodies", "corrections"],
)
def test_series_changes_of_bodies_and_corrections_are_compared(part, more):
    found = diff(WHOLE, replace(WHOLE, **more))
    assert getattr(found, part).added == next(iter(more.values()))
    assert not diff(replace(WHOLE, **more), replace(WHOLE, **more))


def test_every_field_of_an_article_counts():
    article = WHOLE.articles[0]
    for field, value in (
        ("title", "新题"),
        ("date", None),
        ("publisher", "报"),
        ("sources", ("x.txt",)),
        ("sha256", "0"),
    ):
        other = replace(WHOLE, articles=(replace(article, **{field: value}),))
        assert len(diff(WHOLE, other).articles.changed) == 1, field


# -- in words and as JSON --------------------------------------------------------------


def test_words_name_things_and_quote_sentences():
    found = diff(graph(BUREAU), WHOLE)
    told = "\n".join(words(found, "zh"))
    assert "+ 王芳［人物］" in told or "+ 王芳［官员］" in told
    assert "+ 王芳 任职于 青川市科技局（局长）" in told
    assert f"“{FIRST.text}” [a:0-17]" in told
    english = "\n".join(words(found, "en"))
    assert "+ 王芳 holds a post in 青川市科技局 (局长)" in english


def test_two_things_of_one_name_are_told_apart_by_id():
    one, two = replace(WANG, id="per-王芳-1"), replace(WANG, id="per-王芳-2", mentions=())
    told = "\n".join(words(diff(graph(), graph(one, two))))
    assert "王芳〔per-王芳-1〕" in told and "王芳〔per-王芳-2〕" in told


def test_words_say_what_changed_about_a_thing():
    other = replace(BUREAU, subtype="GovernmentBody", aliases=(Alias("市科技局"),))
    told = list(words(diff(graph(BUREAU), graph(other))))
    assert "      细类 无 → GovernmentBody" in told
    assert "      别名 +市科技局" in told


@settings(max_examples=50)
@given(extractions(), extractions())
def test_words_and_json_tell_of_every_change(one, two):
    found = diff(joined(one), joined(two))
    told = {lang: list(words(found, lang)) for lang in ("zh", "en")}
    assert len(told["zh"]) == len(told["en"])
    record = json.loads(json.dumps(as_json(found)))
    for part in ("articles", "entities", "facts"):
        for side in ("added", "removed", "changed"):
            assert len(record[part][side]) == record["counts"][part][side]


def test_an_article_found_to_retell_another_is_told():
    first, second = Article("a", "题", "", sha256="0" * 64), Article("b", "题二", "", sha256="1" * 64)
    found = diff(Graph((first, second)), Graph((first, replace(second, voice="a"))))
    assert "  ~ “题二” [b]: story retold" in list(words(found, "en"))
    (changed,) = as_json(found)["articles"]["changed"]
    assert (changed["old"]["voice"], changed["new"]["voice"]) == (None, "a")
