"""Relations between names: frames, lists, what is carried over, and what is told with which evidence."""

from __future__ import annotations

import re

import pytest
from marked import marked

from kg.errors import LexiconError
from kg.extract.clause import Line
from kg.extract.event_context import Context
from kg.extract.frames import _frame, firings, frames, skeleton
from kg.extract.lists import joint, represented, tail_length
from kg.extract.pairs import pairs
from kg.extract.parties import parties
from kg.extract.relation_model import model_of, relation_model
from kg.extract.relations import relations
from kg.extract.scene import scenes
from kg.extract.triggers import triggers
from kg.vocabulary import PROPERTIES, RELATIONS, allowed


def first_line(text: str) -> Line:
    reading = marked(text)
    return next(scenes(reading, Context(reading))).line


def told(text: str, title: str = "") -> set[str]:
    return {f"{f.subject} {f.property} {f.object}" for f in relations(marked(text, title))}


@pytest.mark.parametrize("frame", frames(), ids=lambda frame: f"{frame.property}-{frame.name}")
def test_every_frame_fires_on_its_example(frame):
    numbers = iter(range(100))
    wanted: dict[str, set[str]] = {"s": set(), "o": set()}

    def named(match: re.Match[str]) -> str:
        part, kind, key = match[2], match[3], f"n{next(numbers)}"
        if part:
            wanted[part].add(key)
        return f"[{match[1]}|{kind}:{key}]"

    line = first_line(re.sub(r"\[([^|\]]+)\|(?:([so]):)?([OPGEL])\]", named, frame.example))
    for firing in firings(line, skeleton(line)):
        if firing.frame is frame:
            found = [
                {line.atoms[i].entity for group in groups for i in group.members}
                for groups in (firing.subjects, firing.objects)
            ]
            if wanted["s"] <= found[0] and wanted["o"] <= found[1]:
                return
    pytest.fail(f"'{frame.pattern.pattern}' does not fit '{frame.example}'")


def test_a_frame_says_how_strong_it_is():
    with pytest.raises(LexiconError, match="strength"):
        _frame("attends", "x", "sure", "{s:P}", "张三")


def test_a_frame_asks_only_for_words_that_are_listed():
    with pytest.raises(LexiconError, match="no words"):
        _frame("attends", "x", "strong", "{s:P}<attends.speech>", "张三")


def test_frames_and_trigger_words_belong_to_properties():
    assert {frame.property for frame in frames()} <= set(RELATIONS)
    assert {p for kinds in triggers().kinds.values() for p in kinds} <= set(PROPERTIES)


def test_no_two_frames_of_a_property_share_a_name():
    names = [(frame.property, frame.name) for frame in frames()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "gap", ["、", "和", "与", "以及", "有关负责人和", "》《", "”专题、“", "有关负责人，"]
)
def test_names_so_joined_form_a_list(gap):
    assert joint(gap) is not None


@pytest.mark.parametrize("gap", ["主办，", "。", "控股的", "在", "“"])
def test_names_so_parted_form_none(gap):
    assert joint(gap) is None


@pytest.mark.parametrize(
    ("rest", "tail"),
    [
        ("等7家企业联合承办", "等7家企业"),
        ("有关负责同志先后发言", "有关负责同志"),
        ("主办", ""),
        ("（甲）出席", "（甲）"),
    ],
)
def test_what_closes_a_list_belongs_to_it(rest, tail):
    assert rest[: tail_length(rest)] == tail


def test_a_body_may_be_represented():
    assert represented("有关负责人")
    assert not represented("等7家企业")


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("[甲|O:a]、[乙|O:b]和[丙|O:c]主办", [["a", "b", "c"]]),
        ("[甲局|O:a]副局长[张三|P:p]、[乙局|O:b]局长[李四|P:q]出席", [["a", "p", "b", "q"]]),
        ("[甲|O:a]与[乙|O:b]签约，双方将合作", [["a", "b"], ["a", "b"]]),
        ("[甲局|O:a]副局长[张三|P:p]，[乙局|O:b]局长[李四|P:q]出席", [["a", "p", "b", "q"]]),
        ("[甲局|O:a]副局长[张三|P:p]，[乙局|O:b]局长[李四|P:q]获奖", [["a", "p"], ["b", "q"]]),
        ("[甲|O:a]控股的[乙|O:b]、[丙|O:c]控股的[丁|O:d]", [["a"], ["b"], ["c"], ["d"]]),
        (
            "[甲国|L:a]总统[张三|P:p]、[乙国|L:b]总统[李四|P:q]、[丙国|L:c]总理[王五|P:r]致辞",
            [list("apbqcr")],
        ),
        ("[甲局|O:a]局长[张三|P:p]、副局长[李四|P:q]先后致辞", [list("apq")]),
        ("[甲局|O:a]局长[张三|P:p]，[乙局|O:b]局长[李四|P:q]分别就新规作主题发布", [list("apbq")]),
        ("[甲基金|O:a]以及[乙集团|O:b]旗下基金[丙|O:c]领投", [["a", "b", "c"]]),
        ("[甲公司|O:a]（下称：[甲|O:a]）与[乙公司|O:b]签约", [["a", "b"]]),
    ],
)
def test_lists_of_names(text, lists):
    line = first_line(text)
    assert [[line.atoms[i].entity for i in group.members] for group in line.groups] == lists


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("[甲大学|O:a]与[乙市|L:b]签署协议。双方将共建研究院。", ["a", "b"]),
        ("[甲|O:a]、[乙|O:b]和[丙|O:c]合作，三方将出资。", ["a", "b", "c"]),
        ("[甲|O:a]、[乙|O:b]和[丙|O:c]合作。双方将出资。", []),
        ("[甲|O:a]和[乙|O:b]签约，[张三|P:p]代表双方致辞。", []),
        ("在[甲|L:a]、[乙|L:b]两地举行", []),
        ("[甲科技|O:a]完成A轮融资。本轮融资由老股东领投。", ["a"]),
    ],
)
def test_words_that_stand_for_parties(text, stands_for):
    reading = marked(text)
    span = reading.sentences[-1]
    bare = Line(reading.text, span, [])
    assert [atom.entity for atom in parties(reading, bare.masked, span)] == stands_for


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("[绿色论坛|E:e]5日举行。本次论坛由甲方主办。", "e"),
        ("[绿色论坛|E:e]5日举行。会上，大家发言。", "e"),
        ("[张三|P:p]来了。他说，很好。", "p"),
        ("[甲科技|O:o]成立。该公司发展很快。", "o"),
    ],
)
def test_words_that_stand_for_a_name(text, stands_for):
    reading = marked(text)
    context = Context(reading)
    bare = Line(reading.text, reading.sentences[1], [])
    assert stands_for in {atom.entity for atom in context.anaphors(bare.masked, bare.span)}


@pytest.mark.parametrize(
    ("text", "stands_for"),
    [
        ("《[氢能报告|G:g]》5日发布。报告由甲方编制。", "g"),
        ("[云泽产业园|G:g]开园。该产业园位于城北。", "g"),
        ("[氢能报告|G:g]和[净水工程|G:h]都已公布。该项目进展顺利。", "h"),
        ("[云泽研究院|O:o]成立，研究院由甲方管理。", "o"),
        ("[净水行动|G:g]酝酿已久。市长宣布行动启动。", "g"),
    ],
)
def test_words_that_take_up_a_programme_or_body(text, stands_for):
    reading = marked(text)
    found = [a for s in scenes(reading, Context(reading)) for a in s.line.atoms if a.how == "anaphor"]
    assert [atom.entity for atom in found][-1:] == [stands_for]


@pytest.mark.parametrize("text", ["《[氢能报告|G:g]》5日发布。他向大会报告了情况。", "报告由甲方编制。"])
def test_words_that_take_up_nothing(text):
    reading = marked(text)
    assert all(a.how != "anaphor" for s in scenes(reading, Context(reading)) for a in s.line.atoms)


LISTS = [
    "[绿色创新大赛|E:e]落幕。现将获奖名单公布如下：\n[甲公司|O:a]\n[乙公司|O:b]",
    "[绿色创新大赛|E:e]落幕。获奖名单如下：\n一等奖：\n[丙公司|O:c]\n二等奖：\n[甲公司|O:a]、[乙公司|O:b]",
    "[绿色创新大赛|E:e]获奖名单如下：\n一等奖：[甲公司|O:a]\n二等奖：[乙公司|O:b]",
]


@pytest.mark.parametrize("text", LISTS)
def test_each_line_of_a_list_is_a_candidate_for_what_leads_it_in(text):
    led = {
        (p.subject.entity, p.property, p.object.entity) for p in pairs(marked(text)) if "led" in p.features
    }
    assert {("a", "participatesIn", "e"), ("b", "participatesIn", "e")} <= led


def test_items_of_a_list_are_no_parts_of_each_other():
    text = "[绿色大会|E:e]设三场分论坛，分别是[水利论坛|E:a]、[能源论坛|E:b]、[材料论坛|E:c]。"
    joined = {(p.subject.entity, p.object.entity) for p in pairs(marked(text)) if p.property == "partOf"}
    assert ("a", "e") in joined and not joined & {("a", "b"), ("b", "a"), ("b", "c"), ("c", "a")}


def candidates(text: str, prop: str) -> set[tuple[str, str]]:
    return {(p.subject.entity, p.object.entity) for p in pairs(marked(text)) if p.property == prop}


def test_a_body_named_after_another_may_be_part_of_it_wherever_both_are_named():
    text = "[东宁大学|O:a]昨天开学。天气很好。[东宁大学附属医院|O:b]昨天开业。[东宁|L:l]很热闹。"
    assert candidates(text, "partOf") == {("b", "a")}


def test_all_that_are_listed_behind_their_parent_may_be_its_offshoots():
    found = candidates("[甲集团|O:a]旗下的[乙公司|O:b]、[丙公司|O:c]参展。", "partOf")
    assert {("b", "a"), ("c", "a")} <= found and ("b", "c") not in found and ("a", "c") not in found


@pytest.mark.parametrize("verb", ["列出", "还部署了", "聚焦", "推出"])
def test_a_document_is_taken_up_by_its_kind(verb):
    text = f"宁河市5日印发《[绿色发展规划|G:g]》。规划{verb}[清水工程|G:a]、[蓝天行动|G:b]。"
    assert {("a", "g"), ("b", "g")} <= candidates(text, "partOf")


def test_who_joins_what_the_sentence_before_told_of_may_belong_to_it():
    text = "[宁河储能联盟|O:a]5日成立。[乙公司|O:b]、[丙公司|O:c]等为理事长单位。"
    assert {("b", "a"), ("c", "a")} <= candidates(text, "partOf")


def test_an_event_that_is_only_cited_is_not_the_one_told_of():
    reading = marked("[第九次代表大会|E:old]以来，变化很大。[绿色论坛|E:e]5日在海边举行。")
    main = Context(reading).main_event
    assert main is not None and main.entity == "e"


def test_an_event_that_only_dates_something_has_no_guests():
    text = "[第九次代表大会|E:e]以来，[张三|P:p]多次出席会议并指出，变化很大。"
    assert not [p for p in pairs(marked(text)) if p.object.entity == "e"]


FACTS = [
    ("[绿色发展论坛|E:e]5日在[宁河市|L:l]举行。", "e locatedIn l"),
    ("[绿色发展论坛|E:e]5日举行，本次论坛由[宁河市商务局|O:a]、[宁河市科技局|O:b]主办。", "a organises e"),
    ("[绿色发展论坛|E:e]5日举行，本次论坛由[宁河市商务局|O:a]、[宁河市科技局|O:b]主办。", "b organises e"),
    ("[绿色发展论坛|E:e]由[宁河市商务局|O:a]主办，[海川集团|O:b]、[远大集团|O:c]承办。", "c coOrganises e"),
    ("[宁河市|L:l]印发《[绿色发展行动方案|G:g]》。", "l issues g"),
    ("[宁河市人民政府|O:a]、[宁河市商务局|O:b]联合印发《[绿色发展行动方案|G:g]》。", "b issues g"),
    ("[宁河市委|O:o]书记[张三|P:p]5日在[宁河市|L:l]出席[绿色发展论坛|E:e]并致辞。", "p speaksAt e"),
    ("[宁河市委|O:o]书记[张三|P:p]5日在[宁河市|L:l]出席[绿色发展论坛|E:e]并致辞。", "p attends e"),
    ("[张三|P:p]主持召开[绿色发展座谈会|E:e]。", "p chairs e"),
    ("[海川集团|O:a]与[远大集团|O:b]签署战略合作协议。", "a cooperatesWith b"),
    ("[绿色发展论坛|E:e]5日举行，[绿色发展论坛开幕式|E:f]很隆重。", "f partOf e"),
    ("[海川集团|O:a]旗下[远大科技|O:b]主办[绿色发展论坛|E:e]。", "b partOf a"),
    ("[海川集团|O:a]以3亿元收购[远大科技|O:b]51%股权。", "a invests b"),
]


@pytest.mark.parametrize(("text", "fact"), FACTS)
def test_plainly_stated_facts_are_told(text, fact):
    assert fact in told(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("[绿色发展论坛|E:e]由[宁河市商务局|O:a]主办，[海川集团|O:b]承办。", "b organises e"),
        ("[宁河市委|O:o]书记[张三|P:p]出席[绿色发展论坛|E:e]。", "o chairs e"),
        ("[海川集团|O:a]收购[远大科技|O:b]。", "b invests a"),
        ("[宁河市|L:l]今天多云。[绿色发展论坛|E:e]的海报很好看。", "e locatedIn l"),
    ],
)
def test_what_is_not_said_is_not_told(text, fact):
    assert fact not in told(text)


def test_every_fact_joins_allowed_types_with_evidence_from_the_text():
    reading = marked("。".join(text.rstrip("。") for text, _ in FACTS[2:4]) + "。会上，[李四|P:q]致辞。")
    found = list(relations(reading))
    assert found
    for fact in found:
        assert fact.object is not None
        ends = reading.entities[fact.subject].type, reading.entities[fact.object].type
        assert allowed(fact.property, *ends)
        assert 0 < fact.confidence < 1
        assert fact.evidence
        assert all(reading.text[e.start : e.end] == e.text for e in fact.evidence)


def test_a_fact_carried_over_cites_the_sentence_that_names_the_event():
    reading = marked("[绿色发展论坛|E:e]5日在[宁河市|L:l]举行。会上，[宁河市委|O:o]书记[张三|P:p]致辞。")
    speech = next(f for f in relations(reading) if (f.subject, f.property) == ("p", "speaksAt"))
    assert [e.start for e in speech.evidence] == [s.start for s in reading.sentences]


def test_an_article_without_names_states_nothing():
    assert list(relations(marked("今天多云。"))) == []


def test_the_same_article_gives_the_same_facts():
    text = "".join(text for text, _ in FACTS)
    assert list(relations(marked(text))) == list(relations(marked(text)))


def test_a_model_adds_what_features_weigh_and_trees_say():
    model = model_of(
        {
            "weights": {"": {"": -1.0, "a": 2.0}, "attends": {"a": 1.0}},
            "trees": [[["a", 1, 2], [0.0], [0.5]]],
            "calibration": {"slope": 1.0, "offset": 0.0},
            "floor": -0.5,
            "thresholds": {"": 0.5, "chairs": 0.9},
        }
    )
    assert model.score("attends", {"a"}) == pytest.approx(2.5)
    assert model.score("chairs", {"a"}) == pytest.approx(1.5)
    assert model.confidence("attends", {"b"}) == 0.0
    assert (model.threshold("attends"), model.threshold("chairs")) == (0.5, 0.9)


def test_the_shipped_model_weighs_every_relation():
    assert set(relation_model().weights) == set(RELATIONS)
