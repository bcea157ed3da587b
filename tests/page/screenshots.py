"""The README's pictures of the page: `python tests/page/screenshots.py exports/graph.html docs/`.

Each has a palette of 256 colours and is at most 300 kB, so that the README opens quickly.
"""

from __future__ import annotations

import base64
import shutil
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, sync_playwright

LIMIT = 300_000
SHOTS = (("page-light.png", "light", ""), ("page-dark.png", "dark", "#e={name}"))
SCALES = (1.5, 1.25, 1)
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-lcd-text", "--no-first-run"]
PIXELS = """async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const ctx = canvas.getContext("2d");
  ctx.drawImage(image, 0, 0);
  const bytes = ctx.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 30000)
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + 30000)));
  return [image.width, image.height, text];
}"""


def main(page: Path, folder: Path, name: str) -> None:
    """Write both pictures of `page` into `folder`; in the dark one `name` is selected."""
    found = next((path for program in CHROMIUM if (path := shutil.which(program))), None)
    if found is None:
        sys.exit("screenshots need Chromium: run tests/install")
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGS, headless=True)
        for file, scheme, link in SHOTS:
            address = f"{page.resolve().as_uri()}{link.format(name=name)}"
            pictures = (reduced(browser, shoot(browser, address, scheme, scale)) for scale in SCALES)
            picture = next((p for p in pictures if len(p) <= LIMIT), None)
            if picture is None:
                sys.exit(f"{file}: over {LIMIT} bytes at every scale of {SCALES}")
            (folder / file).write_bytes(picture)
            print(f"{folder / file}: {len(picture) / 1000:.0f} kB")
        browser.close()


def shoot(browser: Browser, address: str, scheme: str, scale: float) -> bytes:
    """One picture at a desktop's size."""
    page = browser.new_page(
        viewport={"width": 1440, "height": 900}, color_scheme=scheme, device_scale_factor=scale
    )
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_timeout(500)
    picture = page.screenshot()
    page.close()
    return picture


def reduced(browser: Browser, png: bytes) -> bytes:
    """The same picture in its 256 commonest colours; every other becomes the nearest of them."""
    page = browser.new_page()
    width, height, text = page.evaluate(PIXELS, base64.b64encode(png).decode())
    page.close()
    pixels = np.frombuffer(base64.b64decode(text), dtype=np.uint8).reshape(-1, 4)[:, :3]
    colours, index, counts = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    palette = colours[np.argsort(-counts, kind="stable")[:256]].astype(np.int64)
    nearest = np.array([((palette - c) ** 2).sum(axis=1).argmin() for c in colours.astype(np.int64)])
    rows = nearest.astype(np.uint8)[index.reshape(-1)].reshape(height, width)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    table = palette.astype(np.uint8).tobytes()
    chunks = ((b"IHDR", header), (b"PLTE", table), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "吴金城")
