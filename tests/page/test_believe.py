"""Every fact shows its sentences, where they were published, and how sure we are."""

from __future__ import annotations

import pytest
from conftest import Built, visible

from kg.export.page import write_page
from kg.model import Article, Change, Entity, EntityType, Evidence, Fact, Graph, Mention, Series


@pytest.mark.parametrize("name", ["seeds", "1000", "20000"])
def test_a_fact_opens_its_sentence(pages, open_page, name):
    built = pages(name)
    names = {e.id: e.name for e in built.graph.entities}
    articles = {a.id: a for a in built.graph.articles}
    first = open_page(built)
    shown = set(visible(first))
    fact = next(f for f in built.graph.facts if f.property == "organises" and f.subject in shown)
    page = open_page(built, f"#e={fact.subject}")
    row = page.locator(".fact", has=page.locator(f"a[href*='e={fact.object}']")).first
    if row.locator(".quote").count() == 0:
        row.locator(".toggle").click()
    assert row.locator(".toggle").get_attribute("aria-expanded") == "true"
    sentence = fact.evidence[0]
    quote = row.locator("blockquote").first
    assert sentence.text in quote.inner_text()
    marks = quote.locator("mark.subject").all_inner_texts() + quote.locator("mark.object").all_inner_texts()
    assert marks and all(mark in sentence.text for mark in marks)
    article = articles[sentence.article]
    assert article.title in row.inner_text() and article.publisher in row.inner_text()
    assert f"{round(fact.confidence * 100)}%" in row.inner_text()
    assert names[fact.object] in row.inner_text()
    if article.url:
        assert row.locator("a.out").first.get_attribute("href") == article.url
        assert "noopener" in row.locator("a.out").first.get_attribute("rel")


ORG, EVENT, PERSON = EntityType.ORGANISATION, EntityType.EVENT, EntityType.PERSON


def small() -> Graph:
    """Two articles that agree, two facts between the same two, tenures, editions, a renamed body."""
    texts = {
        "a1": "😀甲局主办并承办了数据大会。",
        "a2": "据悉，数据大会由甲局主办。",
        "a3": "张三曾任甲局局长。乙局更名为甲局。",
    }
    articles = tuple(
        Article(
            id=k,
            title=f"题{k}",
            text=v,
            date=f"2022-0{n}-01",
            publisher="某报",
            url=f"https://example.org/{k}",
        )
        for n, (k, v) in enumerate(texts.items(), 1)
    )

    def mention(article: str, name: str) -> Mention:
        at = texts[article].index(name)
        return Mention(article, at, at + len(name), name)

    def evidence(article: str) -> Evidence:
        return Evidence(article, 0, len(texts[article]), texts[article])

    entities = (
        Entity("event-d1", EVENT, "首届数据大会", articles=("a1",)),
        Entity(
            "event-d2",
            EVENT,
            "数据大会",
            mentions=(mention("a1", "数据大会"), mention("a2", "数据大会")),
            articles=("a1", "a2"),
        ),
        Entity(
            "org-乙局", ORG, "乙局", "GovernmentBody", mentions=(mention("a3", "乙局"),), articles=("a3",)
        ),
        Entity(
            "org-甲局",
            ORG,
            "甲局",
            "GovernmentBody",
            mentions=tuple(mention(a, "甲局") for a in texts),
            articles=tuple(texts),
        ),
        Entity("per-张三", PERSON, "张三", "Official", mentions=(mention("a3", "张三"),), articles=("a3",)),
    )
    post = {"role": "局长", "start": "2015-03", "end": "2019", "status": "former"}
    later = {"role": "书记", "start": "2019-06"}
    facts = (
        Fact("org-甲局", "organises", "event-d2", None, {}, 0.91, (evidence("a1"), evidence("a2"))),
        Fact("org-甲局", "coOrganises", "event-d2", None, {}, 0.8, (evidence("a1"),)),
        Fact("per-张三", "holdsPost", "org-甲局", None, post, 0.7, (evidence("a3"),)),
        Fact("per-张三", "holdsPost", "org-甲局", None, later, 0.7, (evidence("a3"),)),
    )
    return Graph(
        articles,
        entities,
        facts,
        series=(Series("series-1", EVENT, "数据大会", ("event-d1", "event-d2")),),
        changes=(Change("change-1", "renamed", ("org-乙局",), ("org-甲局",), "2014", (evidence("a3"),)),),
    )


def test_several_sources_count_up(build, open_page):
    page = open_page(build("small", small), "#e=org-甲局")
    assert page.inner_text(".badge.many") == "2 个来源"
    page.locator(".fact", has=page.locator(".badge.many")).locator(".toggle").click()
    assert page.locator(".fact", has=page.locator(".badge.many")).locator("blockquote").count() == 2


def test_marks_stand_on_the_words_also_after_an_emoji(build, open_page):
    page = open_page(build("small", small), "#k=org-甲局~event-d2")
    assert set(page.locator("mark.subject").all_inner_texts()) == {"甲局"}
    assert set(page.locator("mark.object").all_inner_texts()) == {"数据大会"}


def test_a_link_shows_all_facts_between_two(build, open_page):
    built = build("small", small)
    page = open_page(built)
    page.wait_for_timeout(200)
    a, b = (page.evaluate("(id) => zhengmai.at(id)", i) for i in ("org-甲局", "event-d2"))
    page.mouse.click((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    assert page.locator("#panel .statement").count() == 2
    assert "主办" in page.inner_text("#panel") and "承办" in page.inner_text("#panel")
    assert "k=" in page.url


def test_clicking_an_entity_opens_its_card(build, open_page):
    page = open_page(build("small", small))
    page.wait_for_timeout(200)
    at = page.evaluate("() => zhengmai.at('per-张三')")
    page.mouse.click(at["x"], at["y"])
    assert page.inner_text("#card-title") == "张三"


def test_posts_over_time(build, open_page):
    page = open_page(build("small", small), "#e=per-张三")
    rows = page.locator(".tenures li")
    assert rows.count() == 2
    assert page.inner_text(".headline") == "甲局 书记"
    assert "曾任局长" in rows.nth(0).inner_text() and "2015年3月 – 2019年" in rows.nth(0).inner_text()
    page.click("#view-timeline")
    assert page.locator("#view .tenures li").count() == 2


def test_editions_and_earlier_names(build, open_page):
    page = open_page(build("small", small), "#e=event-d2")
    assert "首届数据大会" in page.inner_text("#panel")
    page = open_page(build("small", small), "#e=org-甲局")
    assert "更名" in page.inner_text(".change") and "乙局" in page.inner_text(".change")


def test_who_is_wu_jincheng_and_what_did_he_say(pages, open_page):
    page = open_page(pages("seeds"))
    page.fill("#search", "吴金城")
    page.press("#search", "Enter")
    card = page.inner_text("#panel")
    assert "主任" in page.inner_text(".headline")
    assert "发言于" in card and "新闻发布会" in card
    assert page.locator("#panel blockquote", has_text="详解了《规划》的相关情况").count() >= 1
    assert page.locator(".seen blockquote", has_text="吴金城介绍").count() >= 1


def test_who_organised_the_competition_and_who_undertook_it(pages, open_page):
    """On the first screen, and in full on its card."""
    built = pages("seeds")
    page = open_page(built)
    names = {e.id: e.name for e in built.graph.entities}
    contest = next(f.object for f in built.graph.facts if f.property == "coOrganises")
    sides = {
        prop: {names[f.subject] for f in built.graph.facts if f.property == prop and f.object == contest}
        for prop in ("organises", "coOrganises")
    }
    line = page.locator(".starts li", has_text=names[contest]).first.inner_text()
    assert "主办" in line and "承办" in line
    assert all(name in line for name in sides["organises"])
    page.locator(".starts a", has_text=names[contest]).first.click()
    for heading, prop in (("主办方", "organises"), ("承办、协办方", "coOrganises")):
        group = page.locator(".group", has=page.locator("h3", has_text=heading)).first
        assert all(name in group.inner_text() for name in sides[prop])


def test_what_is_to_be_reached_by_2025(pages, open_page):
    built = pages("seeds")
    page = open_page(built)
    assert "到 2025年" in page.inner_text("#panel")
    page.click("#view-targets")
    section = page.locator("#year-2025")
    targets = [f for f in built.graph.facts if f.property == "hasTarget" and f.qualifiers.get("by") == "2025"]
    assert section.locator("h3").inner_text().startswith("到 2025年")
    assert section.locator("li").count() == len(targets)
    text = section.inner_text()
    assert all(f.qualifiers["indicator"] in text for f in targets)
    section.locator(".target").first.click()
    assert page.locator("#panel blockquote").count() >= 1


def test_the_timeline_tells_events_in_order(pages, open_page):
    built = pages("seeds")
    page = open_page(built, "#v=timeline")
    dates = page.eval_on_selector_all("#view .events time", "all => all.map((t) => t.dateTime)")
    wanted = {f.subject: f.value for f in built.graph.facts if f.property == "date"}
    assert dates == sorted(dates) and len(dates) == len(wanted)
    assert page.locator("#view .side", has_text="发言").count() >= 1


def test_an_article_can_be_read_for_itself(pages, open_page):
    built = pages("seeds")
    page = open_page(built)
    page.locator(".sources .article-link").first.click()
    title = page.inner_text("#card-title")
    article = next(a for a in built.graph.articles if a.title == title)
    told = [f for f in built.graph.facts if any(e.article == article.id for e in f.evidence)]
    assert page.locator("#panel .sentences li").count() == min(60, len(told))


def test_an_empty_graph_opens(tmp_path, open_page):
    path = tmp_path / "empty.html"
    write_page(Graph(), path)
    page = open_page(Built(path, Graph()))
    assert page.locator("#blank").is_visible()
    for view in ("timeline", "targets", "table", "graph"):
        page.click(f"#view-{view}")
