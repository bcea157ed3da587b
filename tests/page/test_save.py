"""Pictures, tables and paper."""

from __future__ import annotations

import csv
import io
import struct
import zlib

import pytest
from conftest import visible


def download(page, item):
    page.click("#save summary")
    with page.expect_download() as waiting:
        page.click(f"#save-{item}")
    with open(waiting.value.path(), "rb") as file:
        return waiting.value.suggested_filename, file.read()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_at_twice_the_size(pages, open_page, scheme):
    page = open_page(pages("seeds"), scheme=scheme)
    page.wait_for_timeout(200)
    box = page.locator("#canvas").bounding_box()
    name, data = download(page, "png")
    width, height = struct.unpack(">II", data[16:24])
    assert name.endswith(".png")
    assert width == round(box["width"] * 2) and height >= round(box["height"] * 2)
    assert colours_in(data) > 50


def colours_in(png: bytes) -> int:
    """How many different bytes the picture's data holds: a blank one holds two or three."""
    raw, at = b"", 8
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        if kind == b"IDAT":
            raw += png[at + 8 : at + 8 + length]
        at += length + 12
    return len(set(zlib.decompress(raw)))


@pytest.mark.parametrize("name", ["seeds", "1000"])
def test_tables_of_the_view(pages, open_page, name):
    built = pages(name)
    page = open_page(built)
    shown = set(visible(page))
    _, data = download(page, "csvNodes")
    assert data.startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark to read Chinese"
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert {row["id"] for row in rows} == shown
    _, data = download(page, "csvFacts")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    told = [f for f in built.graph.facts if f.subject in shown and (f.object is None or f.object in shown)]
    assert len(rows) == len(told)
    assert {row["sentence"] for row in rows} >= {f.evidence[0].text for f in told if len(f.evidence) == 1}


def test_print(pages, open_page, tmp_path):
    """The picture with its legend, the card, and every sentence open; in light colours."""
    page = open_page(pages("seeds"), "#e=国企数字化转型创新大赛", scheme="dark")
    page.wait_for_timeout(200)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert pdf.startswith(b"%PDF") and len(pdf) > 40_000
    assert page.evaluate("() => document.getElementById('print-picture').naturalWidth") > 1000
    assert page.locator("#panel .toggle[aria-expanded=false]").count() == 0
    page.emulate_media(media="print")
    assert page.locator("#print-picture").is_visible()
    assert page.locator("#panel blockquote").first.is_visible()
    assert not page.locator("#filters").is_visible()


def test_a_cell_is_never_a_formula(build, open_page):
    from test_injection import hostile

    page = open_page(build("hostile", hostile), "#n=500")
    _, data = download(page, "csvNodes")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@")]
