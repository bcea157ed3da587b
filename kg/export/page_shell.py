"""The page without its data: pyvis fills our template with its vis-network and the first view."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup
from pyvis.network import Network

ASSETS = resources.files("kg") / "data" / "page"
SCRIPTS = (
    "words.js",
    "dom.js",
    "data.js",
    "time.js",
    "search.js",
    "state.js",
    "scope.js",
    "arrange.js",
    "theme.js",
    "paint.js",
    "labels.js",
    "canvas.js",
    "evidence.js",
    "card.js",
    "overview.js",
    "filters.js",
    "finder.js",
    "timeline.js",
    "targets.js",
    "table.js",
    "save.js",
    "keys.js",
    "main.js",
)
"""In the order in which they need each other; inlined into one function."""
STYLES = ("base.css", "layout.css", "panel.css", "views.css", "print.css")
VIS = "lib/vis-9.1.2/vis-network.min.js"

OPTIONS: dict[str, Any] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False},
    "nodes": {"shape": "custom", "physics": False},
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": False,
        "multiselect": False,
        "selectConnectedEdges": False,
        "zoomSpeed": 0.7,
    },
}


def shell(title: str, lang: str, nodes: Sequence[tuple[int, int, int]]) -> tuple[list[bytes], list[bytes]]:
    """The page before and after its data, in pieces; `nodes` are number, x and y of the first view.

    The template leaves marks where the large parts go, so that they are never copied into one string.
    A mark holds a hash of the title, so that no title can hold a mark.
    """
    net = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    for number, x, y in nodes:
        net.add_node(number, label=None, x=x, y=y)
    net.set_options(json.dumps(OPTIONS))
    parts = {"vis": _vis(net), "app": _app(), "style": _style()}
    policy = _policy(scripts=(parts["vis"], parts["app"]), style=parts["style"])
    mark = f"@@{_sha(title)}:"
    pieces = re.split(f"{re.escape(mark)}(\\w+)@@", _rendered(net, title, lang, policy, mark))
    page = [parts.get(p, p).encode() if n % 2 else p.encode() for n, p in enumerate(pieces)]
    middle = pieces.index("data")
    return page[:middle], page[middle + 1 :]


def _rendered(net: Network, title: str, lang: str, policy: str, mark: str) -> str:
    environment = net.templateEnv
    environment.autoescape = True
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    ours = DictLoader({"zhengmai.html": _asset("page.html")})
    environment.loader = ChoiceLoader([ours, environment.loader])
    environment.globals.update(title=title, lang=lang, policy=policy)
    environment.globals.update({name: Markup(f"{mark}{name}@@") for name in ("vis", "app", "style", "data")})
    net.path = "zhengmai.html"
    html: str = net.generate_html()
    return html


def _policy(scripts: Sequence[str], style: str) -> str:
    """Nothing may be fetched, and no script may run but those two, known by their hash."""
    allowed = " ".join(f"'sha256-{_sha(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'sha256-{_sha(style)}'; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _sha(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _vis(net: Network) -> str:
    loader = net.templateEnv.loader
    assert loader is not None, "pyvis always sets a loader"
    source: str = loader.get_source(net.templateEnv, VIS)[0]
    return _lines(re.sub(r"//# sourceMappingURL=\S+", "", source))


@cache
def _app() -> str:
    """Our scripts as one strict function, so that they share names and leak none."""
    parts = [f"// {name}\n{_asset(name)}" for name in SCRIPTS]
    return _lines('(() => {\n"use strict";\n' + "\n".join(parts) + "})();")


@cache
def _style() -> str:
    return _lines("\n".join(_asset(name) for name in STYLES))


def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _lines(text: str) -> str:
    """Browsers hash what they parse, and they parse every line end as LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
