"""What is doubtful is asked, what would change most first, and each answer is a correction that applies."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import extractions, joined

from kg.corrections import apply
from kg.ids import fact_id
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph, Mention
from kg.resolve import Doubt
from kg.review import questions

ORG, PER, EVENT = EntityType.ORGANISATION, EntityType.PERSON, EntityType.EVENT
TEXTS = {
    "a": "青川市水务局局长王芳出席江湾大会。",
    "b": "青水局副局长李明致辞。",
    "c": "李明出席江湾大会。",
}
ARTICLES = tuple(Article(key, f"题{key}", text, date="2021-05-01") for key, text in TEXTS.items())


def mention(article: str, name: str) -> Mention:
    at = TEXTS[article].index(name)
    return Mention(article, at, at + len(name), name)


def thing(
    id_: str, type_: EntityType, name: str, *mentions: Mention, aliases: tuple[Alias, ...] = ()
) -> Entity:
    articles = tuple(sorted({m.article for m in mentions}))
    return Entity(id_, type_, name, None, aliases, tuple(sorted(mentions)), articles)


def fact(subject: str, prop: str, target: str, article: str, confidence: float, **said: str) -> Fact:
    return Fact(
        subject,
        prop,
        target,
        None,
        said,
        confidence,
        (Evidence(article, 0, len(TEXTS[article]), TEXTS[article]),),
    )


BUREAU = thing(
    "org-局",
    ORG,
    "青川市水务局",
    mention("a", "青川市水务局"),
    mention("b", "青水局"),
    aliases=(Alias("青水局", "rule"),),
)
WANG = thing("per-王芳", PER, "王芳", mention("a", "王芳"))
LI_B, LI_C = (
    thing("per-李明-b", PER, "李明", mention("b", "李明")),
    thing("per-李明-c", PER, "李明", mention("c", "李明")),
)
MEETING = thing("event-会", EVENT, "江湾大会", mention("a", "江湾大会"), mention("c", "江湾大会"))
GRAPH = Graph(
    ARTICLES,
    tuple(sorted((BUREAU, WANG, LI_B, LI_C, MEETING), key=lambda e: e.id)),
    tuple(
        sorted(
            (
                fact(WANG.id, "holdsPost", BUREAU.id, "a", 1.0, role="局长"),
                fact(LI_B.id, "holdsPost", BUREAU.id, "b", 0.9, role="副局长"),
                fact(WANG.id, "attends", MEETING.id, "a", 0.6),
                fact(LI_C.id, "attends", MEETING.id, "c", 1.0),
            ),
            key=fact_id,
        )
    ),
)


def by_text(graph: Graph = GRAPH, doubts: tuple[Doubt, ...] = ()):
    return {(q.kind, q.text): q for q in questions(graph, doubts)}


def test_unsure_facts_doubtful_aliases_and_namesakes_are_asked_and_nothing_else():
    assert set(by_text()) == {
        ("fact", "王芳 出席 江湾大会"),
        ("fact", "李明〔per-李明-b〕 任职于 青川市水务局（副局长）"),
        ("merge", "青川市水务局 = 青水局"),
        ("split", "李明〔per-李明-b〕 = 李明〔per-李明-c〕"),
    }


def test_each_question_shows_its_sentences_and_what_they_are_about():
    found = by_text()
    (shown,) = found["fact", "王芳 出席 江湾大会"].shown
    assert (shown.text, shown.marked) == (TEXTS["a"], ("江湾大会", "王芳"))
    assert [s.text for s in found["merge", "青川市水务局 = 青水局"].shown] == [TEXTS["a"], TEXTS["b"]]
    split = next(q for q in found.values() if q.kind == "split")
    assert {s.text for s in split.shown} == {TEXTS["b"], TEXTS["c"]}


def test_the_less_sure_and_the_more_influential_come_first():
    facts = [q.text for q in questions(GRAPH) if q.kind == "fact"]
    assert facts == ["王芳 出席 江湾大会", "李明〔per-李明-b〕 任职于 青川市水务局（副局长）"]
    more = tuple(
        fact(WANG.id, prop, MEETING.id, "a", 0.9) for prop in ("chairs", "speaksAt", "participatesIn")
    )
    ranked = questions(replace(GRAPH, facts=(*GRAPH.facts, *more)))
    texts = [q.text for q in ranked if q.kind == "fact"]
    assert texts[0] == "王芳 出席 江湾大会"
    assert texts[-1].startswith("李明")  # as sure as the others, but less hangs on it


def test_what_contradicts_itself_is_as_doubtful_as_can_be():
    second = fact(LI_B.id, "holdsPost", BUREAU.id, "b", 0.99, role="局长")
    sure = [replace(f, confidence=0.99) for f in GRAPH.facts]
    ranked = [q.text for q in questions(replace(GRAPH, facts=(*sure, second))) if q.kind == "fact"]
    assert set(ranked[:2]) == {
        "王芳 任职于 青川市水务局（局长）",
        "李明〔per-李明-b〕 任职于 青川市水务局（局长）",
    }


def test_aliases_that_are_introduced_or_that_grammar_proves_are_not_asked():
    for alias in (Alias("青水局", "introduced"), Alias("青水局", "lexicon"), Alias("青水局", "corrected")):
        entities = tuple(replace(e, aliases=(alias,)) if e.id == BUREAU.id else e for e in GRAPH.entities)
        assert not [q for q in questions(replace(GRAPH, entities=entities)) if q.kind == "merge"]


def test_what_the_joining_left_open_is_asked():
    joined_doubt = Doubt(0.7, "青川市水务局", "青水局", True, "abbreviation")
    apart = Doubt(0.4, "org-局", "org-局二", False, "short for two things")
    second = thing("org-局二", ORG, "水务二局", mention("c", "李明"))
    graph = replace(GRAPH, entities=tuple(sorted((*GRAPH.entities, second), key=lambda e: e.id)))
    found = by_text(graph, (joined_doubt, apart))
    plain = by_text(graph)
    assert found["merge", "青川市水务局 = 青水局"].weight > plain["merge", "青川市水务局 = 青水局"].weight
    assert ("split", "青川市水务局 = 水务二局") in found


def test_a_graph_without_texts_shows_what_it_quotes():
    loaded = replace(GRAPH, articles=tuple(replace(a, text="") for a in ARTICLES))
    assert {key: q.shown for key, q in by_text(loaded).items()} == {
        key: q.shown for key, q in by_text().items()
    }


@settings(max_examples=100)
@given(extractions(), st.randoms(use_true_random=False))
def test_every_answer_is_a_correction_that_applies_and_is_not_asked_again(parts, random):
    graph = joined(parts)
    graph = replace(
        graph, facts=tuple(replace(f, confidence=random.choice((0.6, 0.8, 1.0))) for f in graph.facts)
    )
    for question in questions(graph):
        for answer in (question.yes, question.no):
            found, unused = apply(graph, answer)
            assert unused == ()
            if question.kind == "fact":
                assert question.text not in {q.text for q in questions(found)}


def test_every_answer_about_the_example_applies():
    for question in questions(GRAPH):
        for answer in (question.yes, question.no):
            found, unused = apply(GRAPH, answer)
            assert unused == (), (question.text, answer)
            if question.kind == "split":
                people = [e for e in found.entities if e.name == "李明"]
                assert len(people) == (1 if answer == question.yes else 2)
