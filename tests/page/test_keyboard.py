"""Everything without a mouse, and the table as the way in for screen readers."""

from __future__ import annotations

import pytest
from conftest import visible


@pytest.mark.parametrize("name", ["seeds", "1000"])
def test_the_table_holds_what_is_shown(pages, open_page, name):
    built = pages(name)
    page = open_page(built)
    shown = visible(page)
    page.click("#view-table")
    rows = page.eval_on_selector_all("#table tbody tr", "all => all.map((r) => r.dataset.entity)")
    assert sorted(rows) == sorted(shown)
    assert page.locator("#table caption").count() == 1
    assert page.locator("#table th[scope=col]").count() == 6


def test_the_table_sorts(pages, open_page):
    page = open_page(pages("1000"), "#v=table")
    facts = page.eval_on_selector_all("td.facts", "all => all.map((c) => Number(c.textContent))")
    assert facts == sorted(facts, reverse=True)
    assert page.get_attribute("th.facts", "aria-sort") == "descending"
    page.click("#sort-facts")
    facts = page.eval_on_selector_all("td.facts", "all => all.map((c) => Number(c.textContent))")
    assert facts == sorted(facts)
    assert page.evaluate("() => document.activeElement.id") == "sort-facts"
    page.click("#sort-name")
    assert page.get_attribute("th.name", "aria-sort") == "ascending"


def test_a_large_table_comes_in_parts(pages, open_page):
    page = open_page(pages("20000"), "#v=table&n=1500")
    assert page.locator("#table tbody tr").count() == 300
    page.locator("#view .wide").click()
    assert page.locator("#table tbody tr").count() == 900


def test_tab_reaches_everything_in_order(pages, open_page):
    page = open_page(pages("seeds"))
    seen = []
    for _ in range(120):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => { const e = document.activeElement;
            return e.id || e.dataset.type || e.closest('#filters, #panel, #status')?.id || e.tagName; }"""
        )
        if where == "BODY":
            break
        seen.append(where)
    wanted = [
        "search",
        "view-graph",
        "view-table",
        "reset",
        "lang",
        "Organisation",
        "canvas",
        "zoom-in",
        "panel-body",
    ]
    places = [
        next((n for n, s in enumerate(seen) if s == w or (w == "panel-body" and s == "panel")), -1)
        for w in wanted
    ]
    assert -1 not in places and places == sorted(places), list(zip(wanted, places, strict=True))


def test_arrows_move_between_neighbours(pages, open_page):
    page = open_page(pages("seeds"))
    page.wait_for_timeout(200)
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    first = page.inner_text("#card-title")
    page.keyboard.press("ArrowRight")
    second = page.inner_text("#card-title")
    assert first != second
    assert second in page.inner_text("#live")
    a, b = (page.evaluate("(id) => zhengmai.at(id)", name) for name in (first, second))
    assert b["x"] > a["x"]
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "card-title"
    page.keyboard.press("Escape")
    assert page.locator("#panel.chosen").count() == 0


def test_plus_and_minus_zoom(pages, open_page):
    page = open_page(pages("seeds"))
    page.wait_for_timeout(200)
    page.focus("#canvas")
    before = page.evaluate("() => zhengmai.scale()")
    page.keyboard.press("+")
    page.wait_for_timeout(300)
    assert page.evaluate("() => zhengmai.scale()") > before


def test_says_how_much_is_shown(pages, open_page):
    page = open_page(pages("seeds"))
    before = page.inner_text("#live")
    page.click("[data-type=Place]")
    after = page.inner_text("#live")
    assert before != after and str(len(visible(page))) in after
    assert page.get_attribute("#live", "aria-live") == "polite"


def test_focus_stays_where_it_was(pages, open_page):
    page = open_page(pages("seeds"))
    page.focus("[data-type=Place]")
    page.keyboard.press("Space")
    assert page.evaluate("() => document.activeElement.dataset.type") == "Place"
    assert "t=Place" in page.url
