"""Corrections put a graph right, hold for later graphs, and say so when they cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import extractions, joined

from kg.canonical import canonical
from kg.corrections import apply
from kg.diff import diff
from kg.gold import as_extraction
from kg.graph import KnowledgeGraph
from kg.ids import fact_id
from kg.loading import load
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
from kg.rdf import from_triples, triples
from kg.resolve import resolve
from kg.validate import validate

ORG, PER = EntityType.ORGANISATION, EntityType.PERSON

TEXTS = {
    "a": "青川市水务局局长王芳出席江湾大会。该局印发清水行动方案。",
    "b": "市水务局局长李明介绍了情况。江湾大会在白石宾馆举行。",
}
BY = {"author": "甲", "date": "2024-05-31", "reason": "核对原文"}


def mention(article: str, name: str) -> Mention:
    at = TEXTS[article].index(name)
    return Mention(article, at, at + len(name), name)


def sentence(article: str, number: int) -> Evidence:
    parts = [part + "。" for part in TEXTS[article].split("。")[:-1]]
    start = sum(map(len, parts[:number]))
    return Evidence(article, start, start + len(parts[number]), parts[number])


def thing(
    id_: str, name: str, *mentions: Mention, aliases: tuple[str, ...] = (), subtype: str | None = None
) -> Entity:
    kinds = {"org": ORG, "per": PER, "event": EntityType.EVENT, "prog": EntityType.PROGRAMME}
    articles = tuple(sorted({m.article for m in mentions}))
    named = tuple(Alias(a) for a in aliases)
    return Entity(id_, kinds[id_.partition("-")[0]], name, subtype, named, tuple(sorted(mentions)), articles)


def fact(
    subject: str, prop: str, target: str | None, *evidence: Evidence, value: str | None = None, **said: str
) -> Fact:
    return Fact(subject, prop, target, value, said, 0.8, evidence)


BUREAU = thing(
    "org-青川市水务局",
    "青川市水务局",
    mention("a", "青川市水务局"),
    mention("a", "该局"),
    mention("b", "市水务局"),
    aliases=("市水务局",),
    subtype="GovernmentBody",
)
WANG = replace(thing("per-王芳", "王芳", mention("a", "王芳")), subtype="Official")
LI = replace(thing("per-李明", "李明", mention("b", "李明")), subtype="Official")
MEETING = thing("event-江湾大会", "江湾大会", mention("a", "江湾大会"), mention("b", "江湾大会"))
PLAN = thing("prog-清水行动方案", "清水行动方案", mention("a", "清水行动方案"))
FACTS = (
    fact(WANG.id, "holdsPost", BUREAU.id, sentence("a", 0), role="局长"),
    fact(LI.id, "holdsPost", BUREAU.id, sentence("b", 0), role="局长"),
    fact(WANG.id, "attends", MEETING.id, sentence("a", 0)),
    fact(BUREAU.id, "issues", PLAN.id, sentence("a", 1)),
)
ARTICLES = tuple(Article(key, f"题{key}", text, date="2021-05-01") for key, text in TEXTS.items())
GRAPH = Graph(
    ARTICLES,
    tuple(sorted((BUREAU, WANG, LI, MEETING, PLAN), key=lambda e: e.id)),
    tuple(sorted(FACTS, key=fact_id)),
)


def correction(kind: str, subject: str, object_: str = "", **more: object) -> Correction:
    return Correction(kind, subject, object=object_, **{**BY, **more})


def put_right(*corrections: Correction, graph: Graph = GRAPH) -> Graph:
    found, unused = apply(graph, corrections)
    assert unused == ()
    return found


def entity(graph: Graph, name: str) -> Entity:
    (found,) = [e for e in graph.entities if name == e.name]
    return found


def stated(graph: Graph) -> set[tuple[str, ...]]:
    names = {e.id: e.name for e in graph.entities}
    return {(names[f.subject], f.property, names.get(f.object or "", f.value or "")) for f in graph.facts}


# -- one thing, two things -------------------------------------------------------------


def test_different_parts_what_was_taken_for_one():
    found = put_right(correction("different", "青川市水务局", "市水务局@b"))
    ours, theirs = entity(found, "青川市水务局"), entity(found, "市水务局")
    assert {m.text for m in ours.mentions} == {"青川市水务局", "该局"}
    assert {m.text for m in theirs.mentions} == {"市水务局"}
    assert (ours.id, theirs.id) == ("org-青川市水务局", "org-市水务局")
    assert ours.aliases == ()
    assert (ours.articles, theirs.articles) == (("a",), ("b",))
    assert ("李明", "holdsPost", "市水务局") in stated(found)
    assert ("王芳", "holdsPost", "青川市水务局") in stated(found)
    assert ("青川市水务局", "issues", "清水行动方案") in stated(found)


def test_what_stands_for_a_name_goes_where_its_article_goes():
    found = put_right(correction("different", "市水务局", "青川市水务局"))
    assert {m.text for m in entity(found, "青川市水务局").mentions} == {"青川市水务局", "该局"}
    assert {m.text for m in entity(found, "市水务局").mentions} == {"市水务局"}


def test_a_fact_told_of_the_one_is_found_with_what_was_parted_from_it():
    part = correction("different", "青川市水务局", "市水务局@b")
    said = {"property": "holdsPost", "article": "b", "quote": sentence("b", 0).text}
    found = put_right(part, correction("drop-fact", "李明", "青川市水务局", **said))
    assert not [f for f in found.facts if f.subject == LI.id]
    found = put_right(part, correction("confirm", "李明", "青川市水务局", **said))
    (post,) = [f for f in found.facts if f.subject == LI.id]
    assert (post.object, post.confidence) == ("org-市水务局", 1.0)


def test_same_joins_what_was_taken_for_two_and_undoes_different():
    parted = put_right(correction("different", "青川市水务局", "市水务局@b"))
    joined_again = put_right(correction("same", "青川市水务局", "市水务局"), graph=parted)
    one = entity(joined_again, "青川市水务局")
    assert one.mentions == BUREAU.mentions
    assert [(a.name, a.how) for a in one.aliases] == [("市水务局", "corrected")]
    assert joined_again.facts == GRAPH.facts


def test_two_of_one_name_are_told_apart_by_their_articles():
    people = (
        thing("per-李明-1", "李明", Mention("a", 0, 2, "李明")),
        thing("per-李明-2", "李明", mention("b", "李明")),
    )
    graph = Graph(ARTICLES, people, ())
    refused, unused = apply(graph, [correction("same", "李明", "李明@b")])
    assert refused == graph and "names 2 entities, per-李明-1, per-李明-2" in unused[0].reason
    assert len(put_right(correction("same", "李明@a", "李明@b"), graph=graph).entities) == 1
    kept = put_right(correction("different", "李明@a", "李明@b"), graph=graph)
    assert kept.entities == people
    merged = Graph(
        ARTICLES,
        (
            replace(
                people[0],
                id="per-李明",
                mentions=(*people[0].mentions, *people[1].mentions),
                articles=("a", "b"),
            ),
        ),
        (),
    )
    parted = put_right(correction("different", "李明@a", "李明@b"), graph=merged)
    assert [e.articles for e in parted.entities] == [("a",), ("b",)]
    assert len({e.id for e in parted.entities}) == 2


def test_things_of_two_types_are_not_joined():
    _, unused = apply(GRAPH, [correction("same", "王芳", "江湾大会")])
    assert "retype one of them first" in unused[0].reason


def test_a_merge_takes_series_and_changes_of_bodies_along_and_leaves_no_loop():
    second = thing("org-水务局", "水务局", Mention("b", 1, 4, "水务局"))
    graph = replace(
        GRAPH,
        entities=(*GRAPH.entities, second),
        facts=(fact("org-水务局", "partOf", BUREAU.id, sentence("b", 0)),),
        series=(Series("s", ORG, "局", (BUREAU.id, second.id)),),
        changes=(Change("c", "renamed", (second.id,), (BUREAU.id,)),),
    )
    found = put_right(correction("same", "青川市水务局", "水务局"), graph=graph)
    assert (found.facts, found.series[0].members, found.changes) == ((), (BUREAU.id,), ())


# -- names and types -------------------------------------------------------------------


def test_rename_keeps_the_id_and_the_old_name():
    found = put_right(correction("rename", "江湾大会", "首届江湾大会"))
    one = entity(found, "首届江湾大会")
    assert one.id == MEETING.id
    assert [a.name for a in one.aliases] == ["江湾大会"]
    again = put_right(correction("rename", "江湾大会", "首届江湾大会"), graph=found)
    assert again.entities == found.entities


def test_retype_moves_to_an_id_of_the_type_and_drops_what_it_cannot_be():
    found = put_right(correction("retype", "江湾大会", "Initiative"))
    one = entity(found, "江湾大会")
    assert (one.id, one.type, one.subtype) == ("prog-江湾大会", EntityType.PROGRAMME, "Initiative")
    assert ("王芳", "attends", "江湾大会") not in stated(found)
    assert not list(validate(found))


def test_a_subtype_alone_changes_nothing_else():
    found = put_right(correction("retype", "清水行动方案", "Policy"))
    assert entity(found, "清水行动方案") == replace(PLAN, subtype="Policy")
    assert found.facts == GRAPH.facts


def test_who_is_an_official_follows_from_the_facts_that_stay():
    found = put_right(correction("drop-fact", "王芳", "青川市水务局", property="holdsPost"))
    assert entity(found, "王芳").subtype is None
    assert entity(found, "李明").subtype == "Official"


def test_an_alias_comes_and_goes():
    more = put_right(correction("add-alias", "青川市水务局", "青水局"))
    assert Alias("青水局", "corrected") in entity(more, "青川市水务局").aliases
    less = put_right(correction("drop-alias", "青川市水务局", "青水局"), graph=more)
    assert less.entities == GRAPH.entities


# -- things and facts ------------------------------------------------------------------


def test_a_thing_comes_with_its_place_and_goes_with_its_facts():
    more = put_right(
        correction("add-entity", "白石宾馆", "Place", article="b", quote="江湾大会在白石宾馆举行。")
    )
    assert entity(more, "白石宾馆").mentions == (mention("b", "白石宾馆"),)
    less = put_right(correction("drop-entity", "白石宾馆"), graph=more)
    assert less.entities == GRAPH.entities
    gone = put_right(correction("drop-entity", "王芳"))
    assert {f.subject for f in gone.facts} == {LI.id, BUREAU.id}


def test_a_thing_that_is_none_in_one_article_stays_in_the_others():
    found = put_right(correction("drop-entity", "江湾大会", article="a"))
    assert entity(found, "江湾大会").mentions == (mention("b", "江湾大会"),)
    assert ("王芳", "attends", "江湾大会") not in stated(found)


def test_a_fact_comes_with_its_sentence_and_goes():
    said = {"property": "chairs", "article": "a", "quote": "局长王芳出席江湾大会"}
    more = put_right(correction("add-fact", "王芳", "江湾大会", **said))
    (made,) = [f for f in more.facts if f.property == "chairs"]
    assert made.evidence == (sentence("a", 0),)
    assert made.confidence == 1.0
    assert (
        put_right(correction("drop-fact", "王芳", "江湾大会", property="chairs"), graph=more).facts
        == GRAPH.facts
    )


def test_dates_and_targets_are_facts_too():
    date = correction("add-fact", "江湾大会", "2021-05", property="date", article="b", quote="江湾大会")
    target = correction(
        "add-fact",
        "清水行动方案",
        property="hasTarget",
        qualifiers={"indicator": "节水", "value": "3", "unit": "%", "by": "2025"},
        article="a",
        quote="该局印发",
    )
    found = put_right(date, target)
    assert ("江湾大会", "date", "2021-05") in stated(found)
    assert not list(validate(found))
    less = put_right(
        correction("drop-fact", "江湾大会", "2021-05", property="date"),
        correction("drop-fact", "清水行动方案", property="hasTarget", qualifiers={"by": "2025"}),
        graph=found,
    )
    assert less.facts == GRAPH.facts


def test_a_fact_that_is_wrong_in_one_article_stays_with_the_others():
    twice = replace(FACTS[2], evidence=(sentence("a", 0), sentence("b", 1)))
    graph = replace(GRAPH, facts=(twice,))
    drop = correction(
        "drop-fact", "王芳", "江湾大会", property="attends", article="a", quote=sentence("a", 0).text
    )
    assert put_right(drop, graph=graph).facts == (replace(twice, evidence=(sentence("b", 1),)),)


def test_only_the_post_that_is_meant_is_dropped():
    second = replace(FACTS[0], qualifiers={"role": "党组书记"})
    graph = replace(GRAPH, facts=tuple(sorted((FACTS[0], second), key=fact_id)))
    drop = correction("drop-fact", "王芳", "青川市水务局", property="holdsPost", qualifiers={"role": "局长"})
    assert put_right(drop, graph=graph).facts == (second,)


def test_a_fuller_fact_is_not_meant_where_there_is_one_that_says_just_that():
    plain = Fact(
        PLAN.id,
        "hasTarget",
        None,
        None,
        {"indicator": "节水", "value": "3", "unit": "%"},
        0.8,
        (sentence("a", 1),),
    )
    dated = replace(plain, qualifiers={**plain.qualifiers, "by": "2025"})
    graph = replace(GRAPH, facts=tuple(sorted((plain, dated), key=fact_id)))
    drop = correction("drop-fact", "清水行动方案", property="hasTarget", qualifiers={"indicator": "节水"})
    assert put_right(drop, graph=graph).facts == ()
    drop = replace(drop, qualifiers=plain.qualifiers)
    assert put_right(drop, graph=graph).facts == (dated,)


def test_cooperation_is_found_from_either_side():
    other = thing("org-白石集团", "白石集团", Mention("b", 0, 4, "白石集团"))
    graph = replace(GRAPH, entities=tuple(sorted((*GRAPH.entities, other), key=lambda e: e.id)))
    said = {"property": "cooperatesWith", "article": "a", "quote": "该局"}
    one = put_right(correction("add-fact", "青川市水务局", "白石集团", **said), graph=graph)
    two = put_right(correction("add-fact", "白石集团", "青川市水务局", **said), graph=graph)
    assert one.facts == two.facts
    assert (
        put_right(
            correction("drop-fact", "白石集团", "青川市水务局", property="cooperatesWith"), graph=one
        ).facts
        == GRAPH.facts
    )


def test_what_is_confirmed_is_certain_and_stays_when_it_is_no_longer_found():
    confirm = correction(
        "confirm", "王芳", "江湾大会", property="attends", article="a", quote=sentence("a", 0).text
    )
    found = put_right(confirm)
    kept = next(f for f in found.facts if f.property == "attends")
    assert kept == replace(FACTS[2], confidence=1.0)
    without = replace(GRAPH, facts=tuple(f for f in GRAPH.facts if f.property != "attends"))
    assert kept in put_right(confirm, graph=without).facts


def test_a_loaded_graph_is_put_right_by_the_sentences_it_quotes():
    loaded = replace(GRAPH, articles=tuple(replace(a, text="") for a in ARTICLES))
    said = {"property": "chairs", "article": "a"}
    put_right(correction("add-fact", "王芳", "江湾大会", quote="王芳出席江湾大会", **said), graph=loaded)
    _, unused = apply(loaded, [correction("add-fact", "王芳", "江湾大会", quote="没有这句", **said)])
    assert "build it from the articles" in unused[0].reason


# -- what does not fit -----------------------------------------------------------------

UNFIT = {
    "no such thing": (correction("drop-entity", "无名局"), "no entity is called '无名局'"),
    "no such alias": (correction("drop-alias", "王芳", "王小芳"), "no alias"),
    "no such fact": (correction("drop-fact", "王芳", "江湾大会", property="chairs"), "no such fact"),
    "no such fact there": (
        correction("drop-fact", "王芳", "江湾大会", property="attends", article="b"),
        "no such fact there",
    ),
    "no such article": (
        correction("add-fact", "王芳", "江湾大会", property="chairs", article="z", quote="王芳"),
        "no article 'z'",
    ),
    "no such sentence": (
        correction("add-fact", "王芳", "江湾大会", property="chairs", article="a", quote="主持会议"),
        "no sentence '主持会议'",
    ),
    "not such a fact": (
        correction("add-fact", "江湾大会", "王芳", property="chairs", article="a", quote="王芳"),
        "chairs cannot lead from a Event to Person",
    ),
    "a name that is not there": (
        correction("add-entity", "白石宾馆", "Place", article="a"),
        "article a does not name '白石宾馆'",
    ),
    "only in a removed article": (correction("same", "王芳", "王芳@gone"), "no entity is called '王芳@gone'"),
    "one name": (correction("different", "青川市水务局", "青川市水务局"), "is one name"),
    "another name of one kind": (correction("different", "王芳", "王小芳"), "no entity is called '王小芳'"),
}


@pytest.mark.parametrize(("wrong", "reason"), UNFIT.values(), ids=UNFIT)
def test_what_does_not_fit_is_given_back_with_the_reason_and_changes_nothing(wrong, reason):
    found, unused = apply(GRAPH, [wrong])
    assert found == GRAPH
    assert [u.correction for u in unused] == [wrong]
    assert reason in str(unused[0])


# -- provenance, and what lasts --------------------------------------------------------


def test_the_graph_tells_who_corrected_what_and_when():
    found = put_right(
        correction("rename", "江湾大会", "首届江湾大会"),
        correction("retype", "首届江湾大会", "Programme"),
        correction("drop-entity", "李明"),
    )
    assert [(c.kind, c.author, c.date, c.touched) for c in found.corrections] == [
        ("rename", "甲", "2024-05-31", ("prog-江湾大会",)),
        ("retype", "甲", "2024-05-31", ("prog-江湾大会",)),
        ("drop-entity", "甲", "2024-05-31", ()),
    ]


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "graphml", "json"])
def test_a_saved_graph_tells_it_too_and_more_corrections_come_to_those_it_has(ending, tmp_path):
    found = KnowledgeGraph(put_right(correction("rename", "江湾大会", "首届江湾大会")))
    saved = load(found.save(tmp_path / f"g.{ending}"))
    assert saved == found
    again, unused = apply(saved.data, [correction("drop-entity", "李明")])
    assert not unused
    assert [c.kind for c in again.corrections] == ["rename", "drop-entity"]


def test_no_corrections_no_change():
    assert apply(GRAPH, ()) == (GRAPH, ())


ANY = st.sampled_from(
    [
        correction("same", "王芳", "李明"),
        correction("same", "青川市科技局", "白石县财政局"),
        correction("different", "青川市科技局", "白石县财政局"),
        correction("rename", "王芳", "王小芳"),
        correction("rename", "李明", "王芳"),
        correction("retype", "河谷论坛", "Programme"),
        correction("retype", "灯塔行动", "Event"),
        correction("retype", "云岭集团", "Company"),
        correction("add-alias", "云岭集团", "云岭"),
        correction("drop-alias", "云岭集团", "云岭"),
        correction("drop-entity", "赵小川"),
        correction("drop-entity", "王芳", article="art0"),
        correction("add-entity", "局长", "Person", article="art1"),
        correction("drop-fact", "王芳", "江湾创新大会", property="attends"),
        correction(
            "confirm",
            "王芳",
            "江湾创新大会",
            property="attends",
            article="art0",
            quote="王芳出席江湾创新大会。",
        ),
        correction("add-fact", "王芳", "河谷论坛", property="chairs", article="art0", quote="王芳"),
    ]
)


@settings(max_examples=200)
@given(extractions(), st.lists(ANY, unique_by=lambda c: (c.kind, c.subject, c.object, c.property)))
def test_whatever_is_corrected_the_graph_stays_sound_and_nothing_is_lost(parts, corrections):
    graph = joined(parts)
    found, unused = apply(graph, corrections)
    made = [replace(c, touched=()) for c in found.corrections]
    assert sorted(map(repr, [*made, *(u.correction for u in unused)])) == sorted(map(repr, corrections))
    ids = {e.id for e in found.entities}
    keys = {fact_id(f) for f in found.facts}
    assert len(ids) == len(found.entities) and len(keys) == len(found.facts)
    assert all(f.subject in ids and (f.object is None or f.object in ids) for f in found.facts)
    assert all(f.evidence for f in found.facts)
    assert list(found.entities) == sorted(found.entities, key=lambda e: e.id)
    assert list(found.facts) == sorted(found.facts, key=fact_id)
    assert {i for c in found.corrections for i in c.touched} <= ids | keys
    texts = {a.id: a.text for a in found.articles}
    assert all(texts[m.article][m.start : m.end] == m.text for e in found.entities for m in e.mentions)
    assert apply(graph, corrections) == (found, unused)
    assert from_triples(triples(found)) == canonical(found)


@given(
    extractions(),
    st.sampled_from([("王芳", "李明"), ("青川市科技局", "云岭集团"), ("河谷论坛", "江湾创新大会")]),
)
def test_what_is_joined_and_parted_again_is_as_before(parts, pair):
    graph = joined(parts)
    one, two = pair
    merged, unused = apply(graph, [correction("same", one, two)])
    if unused:
        assert merged == graph
        return
    parted, unused = apply(merged, [correction("different", one, two)])
    assert unused == ()
    found = diff(graph, replace(parted, corrections=()))
    assert not (
        found.entities.added or found.entities.removed or found.renamed or found.merged or found.split
    )


@settings(max_examples=50)
@given(extractions(4), extractions(2))
def test_a_correction_holds_when_articles_come(parts, more):
    later = tuple(
        replace(
            part,
            article=replace(part.article, id=f"z{part.article.id}"),
            entities=tuple(
                replace(
                    e,
                    mentions=tuple(replace(m, article=f"z{m.article}") for m in e.mentions),
                    articles=(f"z{part.article.id}",),
                )
                for e in part.entities
            ),
            facts=tuple(
                replace(f, evidence=tuple(replace(e, article=f"z{e.article}") for e in f.evidence))
                for f in part.facts
            ),
        )
        for part in more
    )
    first = joined(parts)
    chosen = first.facts[0]
    names = {e.id: e.name for e in first.entities}
    drop = correction(
        "drop-fact",
        names[chosen.subject],
        names.get(chosen.object or "", chosen.value or ""),
        property=chosen.property,
        qualifiers=chosen.qualifiers,
        article=chosen.evidence[0].article,
        quote=chosen.evidence[0].text,
    )
    fixed, unused = apply(joined((*parts, *later)), [drop])
    assert unused == ()
    left = [e for f in fixed.facts if fact_id(f) == fact_id(chosen) for e in f.evidence]
    assert not any(e.article == drop.article and e.text == drop.quote for e in left)


def test_corrections_of_the_gold_hold_whichever_articles_are_built(golds):
    every = [as_extraction(gold) for gold in golds.values()]
    rename = correction("rename", "上海仪电集团", "上海仪电（集团）有限公司")
    whole, unused = apply(resolve(every), [rename])
    assert unused == () and not list(validate(whole))
    for left_out in every:
        part, unused = apply(resolve(e for e in every if e is not left_out), [rename])
        named = any(e.name == "上海仪电（集团）有限公司" for e in part.entities)
        assert named != bool(unused)
