"""The NetworkX view: things are nodes, facts are edges, attributes in plain words."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.ids import fact_id, target_id
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph
from kg.network import best_dates, network

SAID = Evidence("a", 0, 3, "甲乙。")
POST = Fact("per-p", "holdsPost", "org-o", None, {"role": "主任"}, 0.9, (SAID,))
OTHER_POST = Fact("per-p", "holdsPost", "org-o", None, {"role": "书记"}, 0.8, (SAID,))
NUMBER = {"indicator": "投入", "value": "20", "unit": "亿元", "by": "2026"}
TARGET = Fact("org-o", "hasTarget", None, None, NUMBER, 0.7, (SAID,))
GRAPH = Graph(
    (Article("a", "题", "甲乙。", "2024-05-06"),),
    (
        Entity(
            "org-o", EntityType.ORGANISATION, "江州市科委", "GovernmentBody", (Alias("科委"),), (), ("a",)
        ),
        Entity("per-p", EntityType.PERSON, "李明"),
        Entity("event-e", EntityType.EVENT, "江州大会"),
    ),
    (POST, OTHER_POST, TARGET, Fact("event-e", "date", None, "2024-05")),
)


@pytest.fixture
def view() -> nx.MultiDiGraph:
    return network(GRAPH)


def test_two_posts_in_one_body_are_two_edges_keyed_by_fact(view):
    assert set(view["per-p"]["org-o"]) == {fact_id(POST), fact_id(OTHER_POST)}
    assert view["per-p"]["org-o"][fact_id(POST)] == {
        "property": "holdsPost",
        "role": "主任",
        "confidence": 0.9,
        "sources": 1,
        "voices": 1,
        "articles": ["a"],
        "dates": ["2024-05-06"],
        "sentences": ["甲乙。"],
    }


def test_a_node_says_what_it_is_and_how_it_is_called(view):
    assert view.nodes["org-o"] == {
        "name": "江州市科委",
        "type": "Organisation",
        "subtype": "GovernmentBody",
        "aliases": ["科委"],
        "articles": ["a"],
    }


def test_a_target_is_a_node_and_a_date_an_attribute(view):
    node = view.nodes[target_id(TARGET)]
    assert (node["type"], node["name"], node["by"]) == ("Target", "投入 20亿元", "2026")
    assert view.nodes["event-e"]["date"] == "2024-05"
    assert view.size() == 3


DATES = [
    ([("2024", 0.9), ("2024-05-06", 0.9)], "2024-05-06"),
    ([("2024", 0.95), ("2024-05-06", 0.9)], "2024"),
    ([("2024-07-01", 0.9), ("2024-05-06", 0.9)], "2024-05-06"),
]


@pytest.mark.parametrize(("told", "best"), DATES)
def test_of_several_dates_the_surest_then_most_exact_then_earliest_is_shown(told, best):
    facts = tuple(Fact("event-e", "date", None, date, {}, sure) for date, sure in told)
    assert best_dates(Graph(facts=facts)) == {"event-e": best}


def test_algorithms_of_networkx_run_on_it(gold_graph):
    view = gold_graph.nx
    assert max(nx.degree_centrality(view).values()) > 0
    assert nx.number_weakly_connected_components(view) >= 1
    assert nx.community.greedy_modularity_communities(nx.Graph(view))
