"""The README's pictures of the page: `python tests/page/screenshots.py exports/graph.html docs/`.

Each is at most 300 kB, so that the README opens quickly: the scale is lowered until it is.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

LIMIT = 300_000
SHOTS = (("page-light.png", "light", ""), ("page-dark.png", "dark", "#e={name}"))
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


def main(page: Path, folder: Path, name: str) -> None:
    """Write both pictures of `page` into `folder`; in the dark one `name` is selected."""
    found = next((path for program in CHROMIUM if (path := shutil.which(program))), None)
    if found is None:
        sys.exit("screenshots need Chromium: run tests/install")
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGS, headless=True)
        for file, scheme, link in SHOTS:
            target = folder / file
            for scale in (1.5, 1.25, 1):
                shoot(browser, f"{page.resolve().as_uri()}{link.format(name=name)}", target, (scheme, scale))
                if target.stat().st_size <= LIMIT:
                    break
            print(f"{target}: {target.stat().st_size / 1000:.0f} kB")
        browser.close()


def shoot(browser: Browser, address: str, target: Path, look: tuple[str, float]) -> None:
    """One picture at a desktop's size."""
    scheme, scale = look
    page = browser.new_page(
        viewport={"width": 1440, "height": 900}, color_scheme=scheme, device_scale_factor=scale
    )
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_timeout(500)
    page.screenshot(path=target)
    page.close()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "吴金城")
