"""Writing the page: the same bytes always, little memory, nothing half-written."""

from __future__ import annotations

import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from conftest import Built, seed_graph, visible
from synthetic import synthetic

from kg.export.page import PageOptions, page_html, write_page
from kg.model import Graph

WRITE = """
import sys
from pathlib import Path
sys.path[:0] = [{here!r}]
from conftest import seed_graph
from synthetic import synthetic
from kg.export.page import write_page
write_page(seed_graph(), Path(sys.argv[1]))
write_page(synthetic(1500), Path(sys.argv[2]))
"""


def test_the_same_bytes_in_every_process(tmp_path):
    written = []
    for seed in ("1", "2"):
        paths = [tmp_path / f"{seed}-{n}.html" for n in range(2)]
        code = WRITE.format(here=str(Path(__file__).parent))
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, *map(str, paths)], check=True, env=env)
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]


def test_writing_needs_no_more_than_twice_the_page(tmp_path):
    graph, path = synthetic(6_000), tmp_path / "large.html"
    write_page(synthetic(50), tmp_path / "warm.html")
    tracemalloc.start()
    write_page(graph, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 2 * path.stat().st_size


def test_a_string_and_a_file_are_the_same(tmp_path):
    graph, path = seed_graph(), tmp_path / "seeds.html"
    write_page(graph, path)
    assert page_html(graph).encode() == path.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["seeds.html"]


def test_a_failure_leaves_the_old_page(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    path.write_text("old")
    monkeypatch.setattr("kg.export.page.shell", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_page(Graph(), path)
    assert path.read_text() == "old" and len(list(tmp_path.iterdir())) == 1


def test_chinese_is_written_as_it_is(tmp_path):
    html = page_html(seed_graph(), PageOptions(title="标题"))
    assert "吴金城" in html and "\\u5434" not in html and "<title>标题</title>" in html


@pytest.mark.parametrize("options", [{"lang": "fr"}, {"max_nodes": 0}])
def test_impossible_options_are_refused(options):
    with pytest.raises(ValueError, match=r"understood|needed"):
        PageOptions(**options)


def test_the_first_view_is_as_large_as_asked(tmp_path, open_page):
    path = tmp_path / "few.html"
    graph = synthetic(400)
    write_page(graph, path, PageOptions(max_nodes=20, lang="en", title="Few"))
    page = open_page(Built(path, graph))
    assert 10 < len(visible(page)) <= 20
    assert page.inner_text("h1") == "Few" and page.inner_text("#view-graph") == "Graph"


def test_large_data_goes_compressed(tmp_path, open_page):
    graph, plain, packed = synthetic(1000), tmp_path / "plain.html", tmp_path / "packed.html"
    write_page(graph, plain)
    write_page(graph, packed, PageOptions(compress_above=1000))
    assert packed.stat().st_size < plain.stat().st_size
    assert 'data-coding="gzip"' in packed.read_text(encoding="utf-8")
    one, other = open_page(Built(plain, graph)), open_page(Built(packed, graph))
    assert visible(one) == visible(other)
    assert one.inner_text("#panel") == other.inner_text("#panel")


def test_in_a_notebook(tmp_path, open_page):
    """A notebook shows the page in a frame whose document is an attribute."""
    from html import escape

    graph = seed_graph()
    path = tmp_path / "notebook.html"
    frame = f'<iframe srcdoc="{escape(page_html(graph), quote=True)}" width="100%" height="640"></iframe>'
    path.write_text(f'<!doctype html><html data-ready="1"><body>{frame}</body></html>', encoding="utf-8")
    page = open_page(Built(path, graph))
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached")
    inner.locator("#search").fill("吴金城")
    inner.locator("#search").press("Enter")
    assert inner.locator("#card-title").inner_text() == "吴金城"
    inner.locator("#focus-1").click()
    assert "周围" in inner.locator("#status").inner_text()


def test_every_script_is_in_the_page_and_every_file_is_a_script():
    from kg.export.page_shell import ASSETS, SCRIPTS, STYLES

    assert {p.name for p in ASSETS.iterdir()} == {*SCRIPTS, *STYLES, "page.html"}
