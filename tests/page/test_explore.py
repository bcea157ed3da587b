"""Asking the graph: filters, neighbourhoods, paths, communities, and links to every state."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import networkx as nx
import pytest
from conftest import link_count, visible

from kg.export.page_data import event_dates, fact_time
from kg.model import Graph

BOTH = ("seeds", "1000")


def links(graph: Graph, shown: set[str], keep=lambda fact: True) -> int:
    """Pairs of shown entities that a kept fact joins."""
    pairs = {
        frozenset((f.subject, f.object))
        for f in graph.facts
        if f.object and f.object != f.subject and f.subject in shown and f.object in shown and keep(f)
    }
    return len(pairs)


def network(graph: Graph) -> nx.Graph:
    net = nx.Graph((f.subject, f.object) for f in graph.facts if f.object and f.object != f.subject)
    net.add_nodes_from(e.id for e in graph.entities)
    return net


@pytest.mark.parametrize("name", ["seeds", "1000", "20000"])
def test_the_legend_is_the_filter(pages, open_page, name):
    built = pages(name)
    page = open_page(built)
    types = {e.id: e.type.value for e in built.graph.entities}
    boxes = page.eval_on_selector_all("#legend input", "all => all.map((b) => b.dataset.type)")
    assert set(boxes) == set(types.values())
    numbers = page.eval_on_selector_all("#legend .check .n", "all => all.map((n) => n.textContent)")
    counted = Counter(types.values())
    assert [int(n.replace("\u2009", "")) for n in numbers] == [counted[t] for t in boxes]
    assert page.locator("#legend svg path").count() == len(boxes)
    before = visible(page)
    page.click("[data-type=Organisation]")
    after = visible(page)
    assert set(after) == {i for i in before if types[i] != "Organisation"}
    assert len(after) < len(before)
    page.click("[data-type=Organisation]")
    assert visible(page) == before


@pytest.mark.parametrize("name", BOTH)
def test_links_shown_are_those_of_the_graph(pages, open_page, name):
    built = pages(name)
    page = open_page(built)
    assert link_count(page) == links(built.graph, set(visible(page)))
    page.click("[data-relation=organises]")
    assert link_count(page) == links(built.graph, set(visible(page)), lambda f: f.property != "organises")


@pytest.mark.parametrize("name", BOTH)
def test_only_one_article(pages, open_page, name):
    built = pages(name)
    article = built.graph.articles[1]
    page = open_page(built)
    page.select_option("#article", "1")
    told = [
        f
        for f in built.graph.facts
        if f.object and f.object != f.subject and any(e.article == article.id for e in f.evidence)
    ]
    assert set(visible(page)) == {end for f in told for end in (f.subject, f.object)}
    kept = links(built.graph, set(visible(page)), lambda f: any(e.article == article.id for e in f.evidence))
    assert link_count(page) == kept


def test_only_one_publisher(pages, open_page):
    built = pages("seeds")
    publisher = built.graph.articles[0].publisher
    mine = {a.id for a in built.graph.articles if a.publisher == publisher}
    page = open_page(built)
    page.select_option("#publisher", publisher)
    kept = links(built.graph, set(visible(page)), lambda f: any(e.article in mine for e in f.evidence))
    assert 0 < link_count(page) == kept


@pytest.mark.parametrize("name", BOTH)
def test_time_range(pages, open_page, name):
    built = pages(name)
    dates = event_dates(built.graph.facts)
    issued = {a.id: a.date for a in built.graph.articles}
    page = open_page(built)
    page.fill("#from", "2021-10")
    page.press("#from", "Enter")
    page.fill("#to", "2021-12")
    page.press("#to", "Enter")

    def inside(fact):
        when = fact_time(fact, dates, issued)[0]
        return when is not None and (
            when[:7] >= "2021-10"[: len(when)] and when[:7] <= "2021-12"[: len(when)]
        )

    assert 0 < link_count(page) == links(built.graph, set(visible(page)), inside)
    assert "from=2021-10" in page.url and "to=2021-12" in page.url
    page.click("#clear-filters")
    assert "from" not in page.url


@pytest.mark.parametrize("name", ["seeds", "1000", "20000"])
@pytest.mark.parametrize("depth", [1, 2])
def test_neighbourhood(pages, open_page, name, depth):
    built = pages(name)
    net = network(built.graph)
    root = sorted(net, key=lambda n: (abs(net.degree(n) - 4), n))[0]
    page = open_page(built, f"#e={root}")
    page.click(f"#focus-{depth}")
    wanted = set(nx.single_source_shortest_path_length(net, root, cutoff=depth))
    assert len(wanted) <= 300
    assert set(visible(page)) == wanted


@pytest.mark.parametrize("name", BOTH)
def test_expand_and_hide(pages, open_page, name):
    built = pages(name)
    net = network(built.graph)
    root = sorted(net, key=lambda n: (abs(net.degree(n) - 4), n))[0]
    page = open_page(built, f"#e={root}&focus={root}")
    other = sorted(net[root], key=lambda n: (-net.degree(n), n))[0]
    page.click(f"#panel [href*='e={other}']")
    page.click("#expand")
    assert set(visible(page)) == {root, *net[root], *net[other]}
    page.click("#hide")
    assert other not in visible(page)
    page.click("#unhide")
    assert other in visible(page)


@pytest.mark.parametrize("name", ["seeds", "1000", "20000"])
def test_path(pages, open_page, name):
    built = pages(name)
    net = network(built.graph)
    part = sorted(max(nx.connected_components(net), key=lambda c: (len(c), min(c))))
    lengths = nx.single_source_shortest_path_length(net, part[0])
    far = sorted(lengths, key=lambda n: (-lengths[n], n))[0]
    names = {e.id: e.name for e in built.graph.entities}
    page = open_page(built, f"#e={part[0]}")
    page.click("#path-from")
    page.fill("#path-to", names[far])
    page.press("#path-to", "Enter")
    shown = visible(page)
    assert (shown[0], shown[-1]) == (part[0], far) and len(shown) == lengths[far] + 1
    assert all(net.has_edge(a, b) for a, b in pairwise(shown))
    assert f"{lengths[far]} 步" in page.inner_text("#status")
    assert page.locator("#panel .statement").count() >= lengths[far]
    alone = next(n for n in sorted(net) if n not in part)
    page = open_page(built, f"#path={part[0]}~{alone}")
    assert "没有路径" in page.inner_text("#status")


@pytest.mark.parametrize("name", ["seeds", "1000", "20000"])
def test_communities_open_and_add_up(pages, open_page, name):
    built = pages(name)
    page = open_page(built)
    page.click("#groups")
    total = len(built.graph.entities)

    def said():
        return int(page.inner_text("#count").replace("\u2009", "").split(" ")[1])

    assert visible(page) == [] and said() == total
    page.goto(f"{built.path.as_uri()}#groups=0")
    opened = visible(page)
    assert len(opened) >= 4 and said() == total
    page.keyboard.press("Escape")
    assert visible(page) == []


STATES = [
    "#e=吴金城",
    "#e=吴金城&focus=吴金城&depth=2",
    "#path=吴金城~陈寅",
    "#t=Person~Place&r=organises",
    "#a=001_f55aafe3e95067ee&from=2021-10",
    "#v=targets",
    "#v=timeline&lang=en",
    "#groups=0",
    "#lone=1",
]


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_link(pages, open_page, state):
    page = open_page(pages("seeds"), state)
    before = (visible(page), page.inner_text("#panel"), page.inner_text("#status"), page.url)
    page.click("#lang")
    page.click("#lang")
    link = page.url
    page.goto("about:blank")
    page.goto(link)
    page.wait_for_selector("html[data-ready]", state="attached")
    assert (visible(page), page.inner_text("#panel"), page.inner_text("#status")) == before[:3]


@pytest.mark.parametrize(
    "broken", ["#e=nobody", "#%E0%A4%A", "#n=-4&depth=9&from=x", "#f=zzz", "#path=a~b", "#groups=999"]
)
def test_a_bad_link_still_opens(pages, open_page, broken):
    page = open_page(pages("seeds"), broken)
    assert page.locator("#card-title").count() == 1
    assert page.locator("#blank").is_hidden()


def test_back_forward_and_reset(pages, open_page):
    page = open_page(pages("seeds"))
    assert page.is_disabled("#back")
    start = visible(page)
    page.fill("#search", "吴金城")
    page.press("#search", "Enter")
    page.click("#focus-1")
    around = visible(page)
    page.click("[data-type=Event]")
    page.click("#back")
    _until(page, lambda: "t=Event" not in page.url)
    assert visible(page) == around
    page.click("#back")
    _until(page, lambda: "focus" not in page.url)
    assert visible(page) == start and page.inner_text("#card-title") == "吴金城"
    page.click("#forward")
    _until(page, lambda: "focus" in page.url)
    assert visible(page) == around
    page.click("#reset")
    assert visible(page) == start and page.url.endswith("#")


def _until(page, true):
    """Poll from here: the page's policy forbids the script that Playwright would poll with."""
    for _ in range(40):
        if true():
            page.wait_for_timeout(60)
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.url)


def test_moved_entities_stay_where_they_were_put(pages, open_page):
    page = open_page(pages("seeds"))
    page.wait_for_timeout(200)
    chosen = page.evaluate("() => zhengmai.shown()[5]")
    at = page.evaluate("(id) => zhengmai.at(id)", chosen)
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] + 50, at["y"] + 34, steps=6)
    page.mouse.up()
    moved = page.evaluate("(id) => zhengmai.at(id)", chosen)
    assert abs(moved["x"] - at["x"] - 50) < 6 and abs(moved["y"] - at["y"] - 34) < 6
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    kept = page.evaluate(
        "() => Object.values(JSON.parse(localStorage.getItem(Object.keys(localStorage)[0])))[0]"
    )
    assert chosen in kept
    page.click("#reset")
    assert page.evaluate("() => localStorage.length") == 0


def test_more_and_the_unlinked_can_be_shown(pages, open_page):
    built = pages("1000")
    page = open_page(built)
    first = len(visible(page))
    page.click("#more")
    assert len(visible(page)) > first
    page.click("#lone")
    ends = {end for f in built.graph.facts if f.object for end in (f.subject, f.object)}
    assert {e.id for e in built.graph.entities if e.id not in ends} <= set(visible(page))
