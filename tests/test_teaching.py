"""What teaches is run: examples in docstrings, the notebook, `help`, and a program in another folder."""

from __future__ import annotations

import ast
import doctest
import importlib
import json
import pydoc
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import kg

PACKAGE = Path(kg.__file__).parent
TAUGHT = sorted(p for p in PACKAGE.rglob("*.py") if ">>> " in p.read_text("utf-8"))


def module_name(path: Path) -> str:
    return ".".join(("kg", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


@pytest.mark.parametrize("path", TAUGHT, ids=module_name)
def test_the_examples_of_a_module_hold(path):
    found = doctest.testmod(importlib.import_module(module_name(path)))
    assert found.attempted > 0
    assert found.failed == 0


def test_there_are_examples_where_people_begin():
    assert {"kg.graph", "kg.query.parameters", "kg.ids"} <= set(map(module_name, TAUGHT))


def test_the_notebook_runs_from_top_to_bottom(root, monkeypatch):
    notebook = json.loads((root / "docs" / "networkx.ipynb").read_text("utf-8"))
    monkeypatch.chdir(root / "docs")
    names: dict[str, object] = {}
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []  # they would be those of another day's graph
            *statements, shown = ast.parse("".join(cell["source"])).body
            where = f"networkx.ipynb, cell {number}"
            exec(compile(ast.Module(statements, []), where, "exec"), names)
            assert isinstance(shown, ast.Expr), f"{where} ends in nothing to show"
            assert eval(compile(ast.Expression(shown.value), where, "eval"), names)
    assert names["officials"]
    assert nx.community.is_partition(names["together"], names["communities"])


def test_help_names_all_that_is_public_and_explains_it():
    text = pydoc.render_doc(kg, renderer=pydoc.plaintext)
    for name in set(kg.__all__) - {"__version__"}:
        assert name in text
    for name in ("neighbours", "path", "subgraph", "timeline", "to_pandas", "holders", "query", "save"):
        assert f"{name}(" in text
        assert getattr(kg.KnowledgeGraph, name).__doc__


def test_every_public_method_is_typed_and_explained():
    for name, value in vars(kg.KnowledgeGraph).items():
        if callable(value) and not name.startswith("_"):
            assert value.__doc__, name
            assert "return" in value.__annotations__, name
    assert (PACKAGE / "py.typed").exists()


def test_a_program_in_another_folder_uses_it(root, tmp_path):
    program = tmp_path / "ask.py"
    program.write_text(
        "import sys, kg\n"
        "g = kg.load(sys.argv[1])\n"
        "person = g.people[0]\n"
        "assert person in g and g[person.name].facts\n"
        "print(len(g), len(g.query('SELECT ?e { ?e a zm:Event }')), len(g.nx), len(g.to_pandas()))\n"
        "g.save('again.ttl')\n",
        "utf-8",
    )
    saved = kg.load(root / "exports" / "graph.ttl").save(tmp_path / "saved.ttl")
    command = [sys.executable, program.name, str(saved)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "again.ttl").read_bytes() == saved.read_bytes()
