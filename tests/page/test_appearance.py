"""It can be read: contrast, colour-blindness, small screens, dark rooms, paper."""

from __future__ import annotations

import itertools
import re

import pytest
from conftest import pixels, visible

VIEWS = [
    "",
    "#e=吴金城",
    "#v=timeline",
    "#v=targets",
    "#v=table&e=吴金城",
    "#path=吴金城~陈寅",
    "#groups=all",
    "#lang=en",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_accessible(pages, open_page, axe, scheme, view):
    """WCAG 2.2 AA as far as a machine can tell."""
    page = open_page(pages("seeds"), view, scheme=scheme)
    page.evaluate(f"() => {{ {axe} }}")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("(tags) => axe.run(document, {runOnly: tags})", tags)
    found = [
        (v["id"], v["impact"], [n["html"][:140] for n in v["nodes"][:3]])
        for v in result["violations"]
        if v["impact"] in ("serious", "critical", "moderate")
    ]
    assert found == []


@pytest.mark.parametrize("link", ["", "#e=吴金城"])
def test_accessible_on_a_telephone(pages, open_page, axe, link):
    page = open_page(pages("seeds"), link, size=(390, 844), touch=True)
    page.evaluate(f"() => {{ {axe} }}")
    result = page.evaluate("() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa']})")
    assert [(v["id"], v["nodes"][0]["html"][:140]) for v in result["violations"]] == []


def colours(page, names):
    script = """(names) => { const style = getComputedStyle(document.documentElement);
    return names.map((n) => style.getPropertyValue('--' + n).trim()); }"""
    return dict(zip(names, page.evaluate(script, names), strict=True))


def linear(colour: str) -> tuple[float, float, float]:
    values = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)


def contrast(a: str, b: str) -> float:
    lights = sorted(
        sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (a, b)
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


# Viénot, Brettel and Mollon 1999, in linear RGB; the third by Brettel's plane, simplified.
SIMULATED = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.1124, 0.8876, 0), (0.1124, 0.8876, 0), (0.004, -0.004, 1)),
    "deutan": ((0.2920, 0.7080, 0), (0.2920, 0.7080, 0), (-0.0223, 0.0223, 1)),
    "tritan": ((1, 0.1446, -0.1446), (0, 0.8593, 0.1407), (0, 0.8593, 0.1407)),
}


def lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [sum(w * v for w, v in zip(row, rgb, strict=True)) / n for row, n in zip(rows, white, strict=True)]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (max(0, v) for v in xyz))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


TYPES = ["organisation", "person", "programme", "event", "place"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_types_differ_for_every_eye_and_by_shape(pages, open_page, scheme):
    page = open_page(pages("seeds"), scheme=scheme)
    palette = colours(page, TYPES)
    for name, matrix in SIMULATED.items():
        seen = {
            t: lab(tuple(sum(w * v for w, v in zip(row, linear(c), strict=True)) for row in matrix))
            for t, c in palette.items()
        }
        for a, b in itertools.combinations(TYPES, 2):
            distance = sum((p - q) ** 2 for p, q in zip(seen[a], seen[b], strict=True)) ** 0.5
            assert distance > 15, (name, a, b, round(distance, 1))
    shapes = page.eval_on_selector_all("#legend path", "all => all.map((p) => p.getAttribute('d'))")
    assert len(set(shapes)) == len(shapes) == 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_painted_has_contrast(pages, open_page, scheme):
    """What axe cannot see: the words and shapes on the canvas."""
    page = open_page(pages("seeds"), scheme=scheme)
    c = colours(page, ["canvas", "ink", "ink-soft", "accent", *TYPES])
    for name in ("ink", "ink-soft", "accent"):
        assert contrast(c[name], c["canvas"]) >= 4.5, name
    for name in TYPES:
        assert contrast(c[name], c["canvas"]) >= 3, name


def test_dark_follows_the_system_and_can_be_switched(pages, open_page):
    page = open_page(pages("seeds"), scheme="dark")
    dark = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    light = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    levels = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (dark, light)]
    assert levels[0] < 200 < 600 < levels[1]


@pytest.mark.parametrize("name", ["seeds", "20000"])
def test_a_telephone(pages, open_page, name):
    page = open_page(pages(name), size=(390, 844), touch=True)
    page.wait_for_timeout(200)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert page.locator("#top").bounding_box()["height"] <= 110
    assert page.locator("#canvas").bounding_box()["height"] >= 260
    assert pixels(page) > 5_000
    small = page.evaluate(
        """() => [...document.querySelectorAll('#top button, #views button, .toggle, .actions button')]
        .filter((b) => b.offsetParent).map((b) => [b.id || b.className, b.offsetWidth, b.offsetHeight])
        .filter(([, w, h]) => w < 24 || h < 24)"""
    )
    assert small == []


def test_two_fingers_zoom(pages, open_page):
    page = open_page(pages("seeds"), size=(390, 844), touch=True)
    page.wait_for_timeout(200)
    before = page.evaluate("() => zhengmai.scale()")
    session = page.context.new_cdp_session(page)

    def touch(kind, spread):
        points = [{"x": 195 - spread, "y": 250, "id": 1}, {"x": 195 + spread, "y": 250, "id": 2}]
        session.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else points}
        )

    touch("touchStart", 20)
    for spread in range(25, 90, 8):
        touch("touchMove", spread)
        page.wait_for_timeout(20)
    touch("touchEnd", 0)
    assert page.evaluate("() => zhengmai.scale()") > before * 1.5
    assert page.evaluate("() => visualViewport.scale") == 1


def test_filters_open_on_a_small_screen(pages, open_page):
    page = open_page(pages("seeds"), size=(390, 844), touch=True)
    page.click("#open-filters")
    page.wait_for_timeout(250)
    before = len(visible(page))
    page.click("[data-type=Organisation]")
    assert len(visible(page)) < before
    page.keyboard.press("Escape")
    page.locator("#key button").first.click()
    assert len(visible(page)) == before
    assert page.get_attribute("#open-filters", "aria-expanded") == "false"


@pytest.mark.parametrize("size", [(1440, 900), (1100, 800), (820, 1100), (390, 844)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_sticks_out(pages, open_page, size, lang):
    page = open_page(pages("seeds"), f"#lang={lang}&e=吴金城", size=size)
    page.wait_for_timeout(100)
    out = page.evaluate(
        """() => [...document.querySelectorAll('#top *, #panel *, #status *')]
        .filter((e) => e.offsetParent && !e.closest('.unseen, .hits, .items'))
        .filter((e) => { const b = e.getBoundingClientRect();
            return b.width && (b.left < -1 || b.right > innerWidth + 1); })
        .map((e) => e.tagName + '#' + e.id + '.' + e.className)"""
    )
    assert out == []
    clipped = page.evaluate(
        """() => ['#views', '#tools', '.actions', '.status-buttons']
        .flatMap((box) => [...document.querySelectorAll(box + ' button')])
        .filter((e) => e.offsetParent && e.scrollWidth > e.clientWidth + 1)
        .map((e) => e.id || e.textContent)"""
    )
    assert clipped == []
