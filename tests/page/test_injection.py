"""Names are data: whatever stands in the graph, nothing of it runs."""

from __future__ import annotations

import pytest
from conftest import Built, visible

from kg.export.page import PageOptions, write_page
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph, Mention

PAYLOADS = (
    "<script>window.__x=1</script>",
    "</script><script>window.__x=1</script>",
    "<!--<script>",
    "]]><img src=x onerror=window.__x=1>",
    "\"><img src=x onerror='window.__x=1'>",
    "' onmouseover='window.__x=1",
    "javascript:window.__x=1",
    "href <a href='javascript:window.__x=1'>点</a>",
    "{{ 7*7 }}{% raw %}",
    "${window.__x=1}",
    '=HYPERLINK("javascript:window.__x=1")',
    "@@zhengmai-data@@",
    "__proto__",
    "constructor",
    "a~b\\c&d=e#f%41",
    "\u2028\u2029\u0000\u202e",
    "\\u003cscript>",
)


def hostile() -> Graph:
    articles = tuple(
        Article(
            id=p,
            title=p,
            text=p,
            date=p if n % 2 else "2021-01-01",
            publisher=p,
            authors=(p,),
            sources=(p,),
            url=p,
        )
        for n, p in enumerate(PAYLOADS)
    )
    types = list(EntityType)
    entities = tuple(
        Entity(
            id=f"x-{p}",
            type=types[n % 5],
            name=p,
            subtype=p,
            aliases=(Alias(p[::-1]),),
            mentions=(Mention(p, 0, len(p), p),),
            articles=(p,),
        )
        for n, p in enumerate(PAYLOADS)
    )
    facts = tuple(
        Fact(
            subject=f"x-{p}",
            property=prop,
            object=None if prop in ("date", "hasTarget") else f"x-{PAYLOADS[(n + 1) % len(PAYLOADS)]}",
            value=p if prop == "date" else None,
            qualifiers={
                "role": p,
                "indicator": p,
                "value": p,
                "unit": p,
                "by": p,
                "start": p,
                "stated": p,
                p: p,
            },
            confidence=0.5,
            evidence=(Evidence(p, 0, len(p), p), Evidence("no article", 3, 9, p)),
        )
        for n, p in enumerate(PAYLOADS)
        for prop in ("holdsPost", "speaksAt", "date", "hasTarget")
    )
    return Graph(articles, entities, facts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_runs(build, open_page, lang):
    built = build("hostile", hostile)
    page = open_page(built, f"#lang={lang}")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert len(visible(page)) == len(PAYLOADS)
    for view in ("timeline", "targets", "table", "graph"):
        page.click(f"#view-{view}")
    for payload in PAYLOADS:
        page.fill("#search", payload[:12])
        page.press("#search", "Enter")
        page.evaluate(
            "() => document.querySelectorAll('#panel .toggle[aria-expanded=false]').forEach((t) => t.click())"
        )
    page.locator("#panel .article-link").first.click()
    page.mouse.move(600, 450)
    assert page.evaluate("() => window.__x") is None
    assert page.evaluate("() => document.querySelectorAll('script:not([type])').length") == 2
    assert page.evaluate("() => document.querySelectorAll('img').length") == 1
    assert page.evaluate(
        "() => [...document.querySelectorAll('a[href]')].every((a) => a.getAttribute('href')[0] === '#')"
    )
    assert page.evaluate(
        """() => [...document.querySelectorAll('*')]
        .every((e) => !e.getAttributeNames().some((n) => n.startsWith('on')))"""
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_arrive_as_they_are(build, open_page, payload):
    page = open_page(build("hostile", hostile))
    page.evaluate("(id) => { location.hash = 'e=' + encodeURIComponent(id); }", f"x-{payload}")
    page.wait_for_timeout(80)
    assert page.evaluate("() => document.getElementById('card-title').textContent") == payload
    link = page.url
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.url == link
    assert page.evaluate("() => document.getElementById('card-title').textContent") == payload


@pytest.mark.parametrize("title", PAYLOADS)
def test_the_title_is_data_too(tmp_path, open_page, title):
    graph = Graph(hostile().articles, hostile().entities[:3])
    path = tmp_path / "title.html"
    write_page(graph, path, PageOptions(title=title))
    page = open_page(Built(path, graph))
    assert page.evaluate("() => document.querySelector('h1').textContent") == title
    assert page.evaluate("() => window.__x") is None
