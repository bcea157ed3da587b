"""The direction of imports: lower layers only, and heavy libraries stay where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"

LAYERS = [
    ["errors", "model", "models", "version", "staging"],
    ["vocabulary", "ontology_files", "text", "lexicon", "officials", "lines", "witnesses"],
    ["config", "ids", "gold", "report"],
    ["chinese", "canonical", "lac", "voices"],
    ["read", "cache", "nlp", "authority"],
    ["extract", "resolve", "views", "kept"],
    ["network", "rdf", "index", "parts", "statements"],
    ["query", "conflicts"],
    ["validate", "export", "diff", "corrections", "posts_over_time", "reconcile", "verify"],
    ["graph", "evaluate", "questions"],
    ["loading", "pipeline"],
    ["outputs", "review", "serve", "train"],
    ["rebuild"],
    ["cli"],
    ["__init__", "__main__"],
]
"""Each line may import the lines above it. Modules of one package may import each other."""

HOMES = {
    "jieba": {"nlp"},
    "spacy": {"nlp", "extract"},
    "torch": {"train"},
    "sklearn": {"train"},
    "rdflib": {"rdf", "query", "validate", "graph", "authority"},
    "pyvis": {"export"},
    "onnxruntime": {"lac", "extract", "train"},
    "networkx": {"network", "export", "graph"},
    "typer": {"cli"},
    "selectolax": {"read"},
}
"""The modules that may import each heavy library."""

LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
FILES = sorted(PACKAGE.rglob("*.py"))


def unit(path: Path) -> str:
    """The module or package directly under kg that `path` belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> list[tuple[str, bool]]:
    """Each module that `path` imports, and whether only for type checking or inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, id(node) in typing_only) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"kg.{a.name}" for a in node.names] if node.module == "kg" else [node.module]
            found += [(name, id(node) in typing_only) for name in names]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_lower_layers_only(path):
    here = unit(path)
    assert here in LEVEL, f"give kg/{here} a place in LAYERS"
    for name, typing_only in imports(path):
        if not name.startswith("kg.") or typing_only:
            continue
        there = name.split(".")[1]
        assert there == here or LEVEL[there] < LEVEL[here], f"{path.name} ({here}) imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_libraries_stay_behind_their_modules(path):
    for name, typing_only in imports(path):
        library = name.split(".")[0]
        if library in HOMES and not typing_only:
            assert unit(path) in HOMES[library], f"{path.name} imports {library}"


def test_importing_kg_and_asking_for_help_load_nothing_heavy():
    heavy = [*HOMES, "numpy", "pyoxigraph", "pandas", "igraph", "lxml", "orjson"]
    heavy.remove("typer")
    code = f"import sys, kg, kg.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_modules_stay_short():
    long = {
        str(p.relative_to(PACKAGE)): n for p in FILES if (n := len(p.read_text("utf-8").splitlines())) > 320
    }
    assert long == {}
