"""KnowledgeGraph: looking up, filtering, walking and joining."""

from __future__ import annotations

import copy
import pickle
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import networkx as nx
import pytest

import kg
from kg.errors import AmbiguousNameError, NotFoundError
from kg.graph import KnowledgeGraph
from kg.ids import fact_id
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph
from kg.rdf import PREFIXES

TEXT = "甲市科技局局长王芳出席乙大会。王芳在乙大会上致辞。"


def small() -> KnowledgeGraph:
    """Two people of one name, an organisation with an alias, an event, an island."""
    article = Article(id="a1", title="题", text=TEXT, date="2024-03-05", publisher="某报")
    first = Evidence("a1", 0, 15, TEXT[0:15])
    entities = (
        Entity("event-乙大会", EntityType.EVENT, "乙大会", articles=("a1",)),
        Entity(
            "org-甲市科技局",
            EntityType.ORGANISATION,
            "甲市科技局",
            subtype="GovernmentBody",
            aliases=(Alias("市科技局"),),
            articles=("a1",),
        ),
        Entity("per-李明-1", EntityType.PERSON, "李明", articles=("a1",)),
        Entity("per-李明-2", EntityType.PERSON, "李明", articles=("a1",)),
        Entity("per-王芳", EntityType.PERSON, "王芳", subtype="Official", articles=("a1",)),
        Entity("place-丙县", EntityType.PLACE, "丙县", articles=("a1",)),
    )
    facts = (
        Fact("per-王芳", "attends", "event-乙大会", confidence=0.9, evidence=(first,)),
        Fact("per-王芳", "holdsPost", "org-甲市科技局", qualifiers={"role": "局长"}, evidence=(first,)),
        Fact("event-乙大会", "date", value="2024-03-04", evidence=(first,)),
    )
    return KnowledgeGraph(Graph((article,), entities, tuple(sorted(facts, key=fact_id))))


@pytest.mark.parametrize("name", ["王芳", "per-王芳", "“王芳”", "https://w3id.org/zhengmai/id/per-王芳"])
def test_an_entity_is_found_by_name_id_or_iri_whatever_the_marks(name):
    assert small().entity(name).id == "per-王芳"


def test_an_alias_finds_its_entity():
    assert small().entity("市科技局").name == "甲市科技局"


def test_two_of_one_name_are_refused_with_ids_to_choose_from():
    with pytest.raises(AmbiguousNameError) as caught:
        small().entity("李明")
    assert caught.value.ids == ("per-李明-1", "per-李明-2")
    assert small().entity("per-李明-2").name == "李明"


def test_an_unknown_name_suggests_near_ones():
    with pytest.raises(NotFoundError) as caught:
        small().entity("科技局")
    assert "甲市科技局" in caught.value.suggestions


def test_facts_are_filtered_by_end_and_property():
    g = small()
    assert {f.property for f in g.facts(subject="王芳")} == {"attends", "holdsPost"}
    assert [f.qualifiers["role"] for f in g.facts(object="甲市科技局")] == ["局长"]
    assert g.facts(subject="王芳", property="date") == []
    with pytest.raises(ValueError, match="holdsPost"):
        g.facts(property="worksFor")


def test_a_fact_knows_its_ends_and_its_sentence():
    (fact,) = small().facts(property="attends")
    assert (fact.subject.name, fact.object.name) == ("王芳", "乙大会")
    (quote,) = fact.evidence
    assert TEXT[quote.start : quote.end] == quote.text
    assert quote.article.publisher == "某报"


def test_iteration_length_and_membership():
    g = small()
    assert len(g) == len(list(g)) == 6
    assert "王芳" in g
    assert "查无此人" not in g
    assert [e.name for e in g.events] == ["乙大会"]


def test_neighbours_path_and_parts():
    g = small()
    assert [e.name for e in g.neighbours("甲市科技局")] == ["王芳"]
    assert {e.name for e in g.neighbours("甲市科技局", depth=2)} == {"王芳", "乙大会"}
    assert [f.property for f in g.path("甲市科技局", "乙大会")] == ["holdsPost", "attends"]
    assert g.path("甲市科技局", "丙县") == []
    part = g.around("王芳")
    assert {e.name for e in part} == {"王芳", "乙大会", "甲市科技局"}
    assert len(g.subgraph(["王芳", "乙大会"]).facts()) == 2


def test_a_path_is_as_short_as_networkx_finds(gold_graph):
    ids = [e.id for e in gold_graph]
    undirected = gold_graph.nx.to_undirected()
    for _ in range(200):
        a, b = random.Random(_).sample(ids, 2)
        ours = gold_graph.path(a, b)
        if nx.has_path(undirected, a, b):
            assert len(ours) == nx.shortest_path_length(undirected, a, b)
        else:
            assert ours == []


def test_union_with_itself_changes_nothing_and_pools_evidence():
    g = small()
    assert (g | g) == g
    other = Evidence("a2", 0, 15, TEXT[0:15])
    again = Fact("per-王芳", "attends", "event-乙大会", confidence=0.95, evidence=(other,))
    article = Article(id="a2", title="又", text=TEXT)
    more = g | KnowledgeGraph(Graph((article,), g.data.entities, (again,)))
    (fact,) = more.facts(subject="王芳", property="attends")
    assert (fact.confidence, fact.sources) == (0.95, 2)


def test_a_post_is_known_at_the_articles_date_and_open_elsewhere():
    (tenure,) = small().holders("甲市科技局", role="局长")
    assert tenure.person.name == "王芳"
    assert tenure.held_on("2024-03-05") is True
    assert tenure.held_on("2030-01-01") is None
    assert small().career("王芳") == [tenure]


@pytest.mark.parametrize("name", ["graph.ttl", "graph.graphml", "graph.json"])
def test_what_is_saved_and_loaded_is_equal(gold_graph, tmp_path, name):
    assert kg.load(gold_graph.save(tmp_path / name)) == gold_graph


def test_it_survives_pickling_and_copying_also_after_use_and_prints_itself():
    g = KnowledgeGraph(small().data, base="https://data.example/")
    g.query("ASK {}")
    assert len(g.nx) and len(g.rdf) and g.people
    for again in (pickle.loads(pickle.dumps(g)), copy.copy(g), copy.deepcopy(g)):
        assert again == g
        assert again["王芳"].iri == "https://data.example/per-王芳"
        assert again.query("ASK { ?s a zm:Event }")
    assert "6 entities" in repr(g)
    assert "<table>" in g._repr_html_()


def test_an_entity_may_stand_for_its_name():
    g = small()
    wang, event = g["王芳"], g["乙大会"]
    assert wang in g
    assert g.entity(wang) == wang
    assert g.neighbours(wang) == g.neighbours("王芳")
    assert g.path(wang, event) == g.path("王芳", "乙大会")
    assert g.facts(subject=wang, object=event) == g.facts(subject="王芳", object="乙大会")
    assert g.subgraph([wang, event]) == g.subgraph(["王芳", "乙大会"])
    assert g.around(wang, 1) == g.around("王芳", 1)
    assert g.career(wang) == g.career("王芳")
    assert KnowledgeGraph(Graph())._index and wang not in KnowledgeGraph(Graph())


def test_a_frame_has_a_row_a_fact():
    pytest.importorskip("pandas")
    frame = small().to_pandas()
    assert len(frame) == 3
    assert set(frame["property"]) == {"attends", "holdsPost", "date"}
    assert TEXT.startswith(frame["sentence"][0])


def test_the_timeline_is_in_order(gold_graph):
    dates = [fact.value for fact in gold_graph.timeline()]
    assert dates == sorted(dates) and len(dates) > 3


def test_threads_read_one_graph_and_all_see_the_same(gold_graph):
    """Each view is made when first asked for: here by eight threads at once."""
    g = KnowledgeGraph(gold_graph.data)
    asked = "SELECT ?n WHERE { ?e a zm:Event ; rdfs:label ?n FILTER(STRLEN(?n) > %d) } ORDER BY ?n"
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())

    def read(number: int) -> tuple[object, ...]:
        person = g.people[number % len(g.people)]
        theirs = [str(row[0]) for row in g.rdf.query(prefixes + asked % (number % 3))]
        assert theirs == g.query(asked % (number % 3)).column("n")
        assert nx.degree(g.nx, person.id) >= 0
        return (*map(str, person.facts), *map(str, g.neighbours(person, 2)), len(g.to_pandas()))

    alone = [read(number) for number in range(64)]
    g = KnowledgeGraph(gold_graph.data)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, range(64))) == alone


def test_names_are_escaped_where_html_is_shown():
    evil = Entity("per-x", EntityType.PERSON, "<script>alert(1)</script>")
    view = KnowledgeGraph(Graph((), (evil,), ())).entity("per-x")
    assert "<script>" not in view._repr_html_()


def test_networkx_has_every_entity_and_every_relation(gold_graph):
    view = gold_graph.nx
    assert {e.id for e in gold_graph} <= set(view)
    assert view.number_of_edges() == sum(f.property != "date" for f in gold_graph.facts())
    assert nx.degree_centrality(view)


def test_the_public_names_exist():
    assert sorted(kg.__all__) == list(kg.__all__)
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError):
        _ = kg.nothing


COLD = """
import sys
from concurrent.futures import ThreadPoolExecutor
import kg
g = kg.load(sys.argv[1])
asked = "SELECT ?s WHERE { ?s a <https://w3id.org/zhengmai/ns#Event> FILTER(STRLEN(STR(?s)) > -%d) }"
with ThreadPoolExecutor(8) as threads:
    found = list(threads.map(lambda n: len(g.rdf.query(asked % n)), range(80)))
assert len(set(found)) == 1, found
"""


def test_the_first_questions_to_rdflib_may_come_from_many_threads(gold_graph, tmp_path):
    """rdflib alone fails here, and goes on failing: only a new process shows it."""
    saved = gold_graph.save(tmp_path / "g.ttl")
    subprocess.run([sys.executable, "-c", COLD, str(saved)], check=True, timeout=120)
