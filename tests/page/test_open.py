"""Opening the page: nothing fetched, really drawn, fast, and it says what it is."""

from __future__ import annotations

import os
import re
import time

import pytest
from conftest import SIZES, pixels, visible


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_is_really_drawn(pages, open_page, name, scheme):
    page = open_page(pages(name), scheme=scheme)
    page.wait_for_timeout(200)
    assert pixels(page) > 5_000
    height = page.evaluate("() => document.getElementById('canvas').clientHeight")
    page.wait_for_timeout(400)
    assert page.evaluate("() => document.getElementById('canvas').clientHeight") == height <= 900
    assert len(visible(page)) <= 300


def test_nothing_may_be_fetched(pages, browser):
    """Even a script that got in could send nothing out."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(pages("seeds").path.as_uri())
    refused = "() => fetch('https://example.org/').then(() => 'fetched', () => 'refused')"
    assert page.evaluate(refused) == "refused"
    context.close()


@pytest.mark.parametrize("name", ["20000"])
def test_opens_in_two_seconds(pages, open_page, name):
    built, took = pages(name), []
    for _ in range(3):
        started = time.perf_counter()
        page = open_page(built)
        took.append(time.perf_counter() - started)
        assert pixels(page) > 5_000
    assert min(took) < 2


def test_a_hanging_network_changes_nothing(pages, browser):
    context = browser.new_context()
    page = context.new_page()
    page.route(re.compile("^https?://"), lambda route: None)
    started = time.perf_counter()
    page.goto(pages("seeds").path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    assert time.perf_counter() - started < 2
    context.close()


@pytest.mark.parametrize("name", SIZES)
def test_labels_are_readable_and_never_overlap(pages, open_page, name):
    page = open_page(pages(name))
    page.wait_for_timeout(200)
    labels = page.evaluate("() => zhengmai.labels()")
    assert sum(label["kind"] == "node" for label in labels) >= 25
    assert any(label["kind"] == "link" for label in labels), "links say their relation in words"
    for n, a in enumerate(labels):
        for b in labels[n + 1 :]:
            apart = a["r"] <= b["l"] or b["r"] <= a["l"] or a["b"] <= b["t"] or b["b"] <= a["t"]
            assert apart, (a["text"], b["text"])


def test_says_what_it_is(pages, open_page):
    built = pages("seeds")
    page = open_page(built)
    about = page.inner_text(".lead").replace("\u2009", "")
    dates = sorted(article.date for article in built.graph.articles)
    year, month, day = map(int, dates[0].split("-"))
    for part in (len(built.graph.articles), len(built.graph.entities), len(built.graph.facts)):
        assert str(part) in about
    assert f"{year}年{month}月{day}日" in about
    assert page.title() == page.inner_text("h1") == "政脉知识图谱"


def test_switches_language_without_touching_data(pages, open_page):
    page = open_page(pages("seeds"), "#e=吴金城")
    page.click("#lang")
    assert page.inner_text("#view-timeline") == "Timeline"
    assert page.inner_text("#card-title") == "吴金城"
    assert page.evaluate("() => document.documentElement.lang") == "en"
    assert "lang=en" in page.url
    interface = page.evaluate(
        """() => [...document.querySelectorAll('#filters, #tools, #views, #status, .actions')]
        .map((e) => e.innerText).join(' ')"""
    )
    options = page.evaluate(
        "() => [...document.querySelectorAll('option')].map((o) => o.textContent).join(' ')"
    )
    left = re.findall(r"[\u4e00-\u9fff]+", interface)
    assert all(word in options or word in ("中文", "吴金城") for word in left), left


def test_the_mouse_wheel_runs_smoothly(pages, open_page):
    """Thirty frames a second with three hundred entities shown.

    Where other programs hold the processors, frames are late through no fault of the page; then what
    its main thread spends on a frame decides.
    """
    page = open_page(pages("20000"), "#n=300")
    assert 250 < len(visible(page)) <= 300
    page.evaluate(
        """() => { window.frames_ = 0;
        const tick = () => { window.frames_++; requestAnimationFrame(tick); };
        tick(); }"""
    )
    page.mouse.move(600, 500)
    page.wait_for_timeout(200)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    rates, costs = [], []
    for _ in range(3):
        before, started = page.evaluate("() => window.frames_"), time.perf_counter()
        busy = _metric(session, "TaskDuration")
        for step in range(24):
            page.mouse.wheel(0, -60 if step < 12 else 60)
        page.wait_for_timeout(300)
        frames = page.evaluate("() => window.frames_") - before
        rates.append(frames / (time.perf_counter() - started))
        costs.append((_metric(session, "TaskDuration") - busy) / frames)
    crowded = os.getloadavg()[0] > (os.cpu_count() or 1)
    assert max(rates) >= 30 or (crowded and min(costs) < 1 / 60), (rates, costs)


def test_twenty_thousand_fit_in_sixty_megabytes(pages, open_page):
    page = open_page(pages("20000"))
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    session.send("Performance.enable")
    assert _metric(session, "JSHeapUsedSize") < 60e6


def _metric(session, name):
    return next(m["value"] for m in session.send("Performance.getMetrics")["metrics"] if m["name"] == name)
