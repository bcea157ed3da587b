"""Whatever people type finds the entity: characters, alias, pinyin, initials, traditional."""

from __future__ import annotations

import pytest
from conftest import visible

QUERIES = [
    ("seeds", "吴金城", "吴金城"),
    ("seeds", "吴金", "吴金城"),
    ("seeds", "wujincheng", "吴金城"),
    ("seeds", "wjc", "吴金城"),
    ("seeds", "wujinc", "吴金城"),
    ("seeds", "吳金城", "吴金城"),
    ("seeds", "shanghaiyinhang", "上海银行"),
    ("seeds", "shyh", "上海银行"),
    ("seeds", "上海銀行", "上海银行"),
    ("seeds", "ＷＪＣ", "吴金城"),
]


@pytest.mark.parametrize(("name", "query", "wanted"), QUERIES)
def test_finds(pages, open_page, name, query, wanted):
    page = open_page(pages(name))
    page.fill("#search", query)
    assert page.inner_text("#search-list [role=option] .hit-name").startswith(wanted)
    page.press("#search", "Enter")
    assert page.inner_text("#card-title") == wanted


def test_an_alias_finds_its_entity(pages, open_page):
    built = pages("1000")
    entity = next(e for e in built.graph.entities if e.aliases)
    page = open_page(built)
    page.fill("#search", entity.aliases[0].name)
    assert entity.aliases[0].name in page.inner_text("#search-list [role=option]")
    page.press("#search", "Enter")
    assert page.inner_text("#card-title") == entity.name
    assert entity.aliases[0].name in page.inner_text(".aliases")


@pytest.mark.parametrize("name", ["1000", "20000"])
def test_everything_is_found_and_then_shown(pages, open_page, name):
    """Also what is not in the first view."""
    built = pages(name)
    page = open_page(built)
    first = set(visible(page))
    linked = {f.object for f in built.graph.facts if f.object}
    hidden = next(e for e in built.graph.entities if e.id not in first and e.id in linked)
    page.fill("#search", hidden.name)
    page.press("#search", "Enter")
    assert page.inner_text("#card-title") == hidden.name
    assert hidden.id in visible(page)


def test_type_ahead_is_quick(pages, open_page):
    page = open_page(pages("20000"))
    page.fill("#search", "j")
    took = page.evaluate(
        """() => { const input = document.getElementById('search'), from = performance.now();
        for (const q of ['jiaoyu', 'jyt', '数据局', 'shuiwu']) {
            input.value = q; input.dispatchEvent(new Event('input')); }
        return (performance.now() - from) / 4; }"""
    )
    assert took < 100


def test_by_keyboard(pages, open_page):
    page = open_page(pages("seeds"))
    page.keyboard.press("/")
    page.keyboard.type("上海")
    hits = page.locator("#search-list [role=option]").count()
    assert hits > 3
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search-list [aria-selected=true]", "id") == "search-hit-2"
    assert page.get_attribute("#search", "aria-activedescendant") == "search-hit-2"
    name = page.inner_text("#search-hit-2 .hit-name").split("又名")[0].strip()
    page.keyboard.press("Enter")
    assert page.inner_text("#card-title") == name


def test_nothing_found_says_what_else_to_try(pages, open_page):
    page = open_page(pages("seeds"))
    page.fill("#search", "不存在的名字")
    assert "拼音" in page.inner_text("#search-list")
    page.press("#search", "Enter")
    assert page.inner_text("#card-title") != "不存在的名字"
