"""The served pages in a real browser: the editor completes and answers, nothing breaks the policy."""

from __future__ import annotations

import json
import os
import shutil
import time

import pytest

playwright = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.browser


def _chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(
            executable_path=_chromium(), args=["--no-sandbox", "--no-proxy-server"]
        )
        yield running
        running.close()


@pytest.fixture(params=["light", "dark"])
def page(browser, server, request):
    """A page that must not complain, and must ask nobody but the server."""
    context = browser.new_context(color_scheme=request.param, viewport={"width": 1200, "height": 850})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on(
        "request",
        lambda r: None if r.url.startswith((server.address, "data:", "blob:")) else said.append(r.url),
    )
    page.set_default_timeout(20_000)
    yield page
    context.close()
    assert said == []


def until(page, expression: str) -> None:
    """Wait for `expression`; the page's policy forbids the polling that Playwright would do in it."""
    end = time.monotonic() + 20
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(20)


def contrast(page, selector: str) -> float:
    """The contrast of an element's text against the nearest background."""
    return page.evaluate(
        """selector => {
            const part = c => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
            const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number);
                return .2126 * part(r) + .7152 * part(g) + .0722 * part(b); };
            let node = document.querySelector(selector);
            const ink = light(getComputedStyle(node).color);
            const clear = node => /(, 0\\)|transparent)$/.test(getComputedStyle(node).backgroundColor);
            while (node && clear(node)) node = node.parentElement;
            const paper = light(node ? getComputedStyle(node).backgroundColor : "rgb(255, 255, 255)");
            return (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
        }""",
        selector,
    )


def write(page, text: str) -> None:
    page.click(".CodeMirror")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def offered(page, typed: str) -> list[str]:
    """Type and wait for the list that answers all of it: before that, Enter picks nothing."""
    page.keyboard.type(typed)
    until(
        page,
        f"editor.getValue().trimEnd().endsWith({json.dumps(typed.strip())})"
        " && !!editor.state.completionActive?.widget?.keyMap?.Down",
    )
    return page.locator(".CodeMirror-hint").all_inner_texts()


def rows(page) -> list[list[str]]:
    page.wait_for_selector("#rows:not([hidden])")
    return [row.locator("td").all_inner_texts() for row in page.locator("#rows tbody tr").all()]


def test_the_graph_opens_and_is_searched(page, server, gold_graph):
    page.goto(server.address)
    page.wait_for_selector("canvas")
    assert page.title()


def test_the_editor_answers(page, server, gold_graph):
    page.goto(server.address + "editor")
    page.click("#run")
    found = rows(page)
    assert len(found) == len(gold_graph.facts(property="holdsPost"))
    assert page.locator(".parseErrorIcon").count() == 0


def test_the_editor_runs_by_keyboard_and_links_to_things(page, server, gold_graph):
    page.goto(server.address + "editor")
    person = gold_graph.people[0]
    write(page, f'SELECT ?p {{ ?p a zm:Person ; rdfs:label "{person.name}"@zh }}')
    page.keyboard.press("Control+Enter")
    assert rows(page) == [[person.id]]
    page.click("#rows a")
    page.wait_for_url("**/entity/**")
    assert page.locator("h1").inner_text() == person.name


def test_the_editor_completes_classes_and_properties_with_their_names(page, server):
    page.goto(server.address + "editor")
    until(page, "words.classes.length > 0")
    write(page, "PREFIX zm: <https://w3id.org/zhengmai/ns#>\nSELECT * { ?p a ")
    assert "zm:Official   官员 Official" in offered(page, "zm:Off")
    page.keyboard.press("Enter")
    assert any(text.startswith("zm:holdsPost   任职") for text in offered(page, " ; zm:holds"))
    page.keyboard.press("Enter")
    page.keyboard.type(" ?o }")
    assert page.evaluate("editor.getValue()").endswith("?p a zm:Official ; zm:holdsPost ?o }")


def test_a_prefix_declares_itself(page, server):
    page.goto(server.address + "editor")
    until(page, "Object.keys(words.prefixes).length > 0")
    write(page, "SELECT * { ?p ")
    page.keyboard.type("schema:name")
    until(page, "editor.getValue().startsWith('PREFIX schema: <https://schema.org/>')")


def test_every_example_is_offered_and_runs(page, server):
    page.goto(server.address + "editor")
    until(page, "document.querySelectorAll('#examples option').length > 30")
    page.select_option("#examples", index=3)
    assert "PREFIX" in page.evaluate("editor.getValue()")
    page.click("#run")
    page.wait_for_selector("#told:not([hidden])")
    assert page.locator("#problem").is_hidden()


def test_triples_are_shown_and_answers_kept_as_files(page, server):
    page.goto(server.address + "editor")
    write(page, "CONSTRUCT WHERE { ?p a zm:Person }")
    page.click("#run")
    page.wait_for_selector("#graph:not([hidden])")
    assert "@prefix zm:" in page.locator("#graph").inner_text()
    with page.expect_download() as saved:
        page.click("#downloads button >> text=N-Triples")
    assert saved.value.suggested_filename == "answer.nt"
    write(page, "ASK { ?s ?p ?o }")
    page.click("#run")
    until(page, "document.getElementById('status').textContent.startsWith('是 true')")


def test_a_link_holds_the_query(page, server):
    page.goto(server.address + "editor#query=ASK%20%7B%7D")
    until(page, "editor.getValue() === 'ASK {}'")


def test_things_and_searches_are_readable_in_both_themes(page, server, gold_graph):
    person = gold_graph.people[0]
    page.goto(server.address)
    for place in (f"entity/{person.id}", f"fact/{person.facts[0].id}", f"search?q={person.name}", "editor"):
        page.goto(server.address + place)
        for selector in ("h1", "main a", ".top a", "button") if place != "editor" else ("label", ".run"):
            if page.locator(selector).count():
                assert contrast(page, selector) >= 4.5, (place, selector)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, place


def test_pages_fit_a_small_screen(page, server, gold_graph):
    page.set_viewport_size({"width": 360, "height": 640})
    for place in (f"entity/{gold_graph.people[0].id}", "search?q=上海", "editor"):
        page.goto(server.address + place)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, place


def test_a_search_leads_to_a_thing_and_on_to_its_fact(page, server, gold_graph):
    person = gold_graph.people[0]
    page.goto(server.address + "editor")
    page.fill("input[name=q]", person.name)
    page.press("input[name=q]", "Enter")
    page.click(".hits a")
    page.wait_for_url("**/entity/**")
    page.locator("a.link").first.click()
    page.wait_for_url("**/fact/**")
    assert page.locator("blockquote").count() >= 1


def test_a_mistake_is_shown_with_its_place(browser, server):
    """A browser says on its console that a reply was an error; that is right here."""
    page = browser.new_page()
    page.goto(server.address + "editor")
    write(page, "SELECT * { ?s ?p ")
    page.click("#run")
    page.wait_for_selector("#problem:not([hidden])")
    assert "line 1" in page.locator("#problem").inner_text()
    page.close()
