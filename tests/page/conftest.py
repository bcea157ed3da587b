"""One Chromium and three pages for all tests of the page; no test may cause a request or an error."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from synthetic import synthetic

from kg.export.page import PageOptions, write_page
from kg.gold import as_extraction, read_gold_folder
from kg.model import Graph
from kg.resolve import resolve

HERE = Path(__file__).parent
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-precise-memory-info",
]
AXE = "axe-core@4.10.3"
PATIENCE = 120_000
"""Milliseconds to wait on a busy machine; what is timed is timed by itself."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == HERE and "open_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Built:
    """A page on disk and the graph it shows."""

    path: Path
    graph: Graph


def seed_graph() -> Graph:
    golds = read_gold_folder(HERE.parent / "gold")
    return resolve(as_extraction(gold) for gold in golds.values())


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Built]:
    """Writes the page of a graph, each name once."""
    made: dict[str, Built] = {}
    folder = tmp_path_factory.mktemp("pages")

    def make(name: str, graph: Callable[[], Graph], options: PageOptions | None = None) -> Built:
        if name not in made:
            path = folder / f"{name}.html"
            value = graph()
            write_page(value, path, options)
            made[name] = Built(path, value)
        return made[name]

    return make


@pytest.fixture(scope="session")
def pages(build: Callable[..., Built]) -> Callable[[str], Built]:
    """The page of the seeds, of 1,000 and of 20,000 entities."""

    def named(name: str) -> Built:
        return build(name, seed_graph if name == "seeds" else lambda: synthetic(int(name)))

    return named


SIZES = ("seeds", "1000", "20000")


@pytest.fixture(params=SIZES)
def built(request: pytest.FixtureRequest, pages: Callable[[str], Built]) -> Built:
    return pages(request.param)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    # One for each file: while its driver runs, no other can start, nor any event loop.
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            "the page is tested in Chromium, and none is installed; run tests/install, "
            "or install it with the system's packages (apt-get install chromium fonts-noto-cjk)",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGS, headless=True)
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """What must not happen while a page is open."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(browser) -> Iterator[Callable[..., object]]:
    """Opens a built page at a link; afterwards: no requests, no errors, no warnings."""
    contexts, watches = [], []

    def start(built: Built, link: str = "", *, size=(1440, 900), scheme="light", context=None, touch=False):
        if context is None:
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                color_scheme=scheme,
                has_touch=touch,
                is_mobile=touch,
                accept_downloads=True,
            )
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
        page, watch = context.new_page(), Watch()
        watches.append(watch)
        page.on(
            "request", lambda r: r.url.startswith(("file:", "blob:", "data:")) or watch.requests.append(r.url)
        )
        page.on("console", lambda m: m.type in ("error", "warning") and watch.errors.append(m.text))
        page.on("pageerror", lambda e: watch.errors.append(str(e)))
        page.goto(f"{built.path.as_uri()}{link}")
        page.wait_for_selector("html[data-ready]", state="attached", timeout=PATIENCE)
        return page

    yield start
    for context in contexts:
        context.close()
    for watch in watches:
        assert watch.requests == []
        assert watch.errors == []


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, fetched from npm once."""
    kept = HERE / ".axe" / "axe.min.js"
    if not kept.exists():
        if shutil.which("npm") is None:
            pytest.fail(
                "accessibility is tested with axe-core from npm; install npm (run tests/install)",
                pytrace=False,
            )
        folder = tmp_path_factory.mktemp("axe")
        subprocess.run(["npm", "pack", AXE, "--silent"], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(member.read())
            (kept.parent / ".gitignore").write_text("*\n")
    return kept.read_text(encoding="utf-8")


def visible(page) -> list[str]:
    """The ids of the entities shown."""
    return page.evaluate("() => zhengmai.shown()")


def link_count(page) -> int:
    """The number of links shown, as the page itself says it."""
    text = page.inner_text("#count").replace("\u2009", "")
    return int(text.split("，")[1].split(" ")[0])


def pixels(page) -> int:
    """How many pixels of the canvas are painted."""
    return page.evaluate(
        """() => { const c = document.querySelector('#canvas canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""
    )
