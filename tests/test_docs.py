"""The documents are run: every command and every piece of Python in them works."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

DOCUMENTS = ["README.md", "README.zh.md", "ontology/README.md", "kg/extract/README.md", "docs/serve.md"]
SERVED = "http://127.0.0.1:8000/"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of one language in a document."""
    return [body for kind, body in BLOCK.findall(path.read_text(encoding="utf-8")) if kind == language]


@pytest.fixture(scope="module")
def place(root, tmp_path_factory):
    """A folder that looks like the checkout to a reader's commands."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(root / "seeds", folder / "seeds")
    shutil.copytree(root / "exports", folder / "exports")
    shutil.copytree(root / "tests" / "gold", folder / "tests" / "gold")
    return folder


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_runs(root, place, document):
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for body in blocks(root / document, "sh"):
        address = SERVED
        with ExitStack() as stack:
            for line in body.splitlines():
                command = line.split("  #")[0].strip()
                if command.startswith("make "):
                    target = command.split()[1]
                    assert re.search(rf"^{target}:", (root / "Makefile").read_text(), re.MULTILINE), command
                elif command.startswith("kg serve "):
                    address = stack.enter_context(served(command, place, env))
                elif command and not command.startswith("#"):
                    command = command.replace(SERVED, address)
                    if command.startswith("curl "):
                        command += " --fail --noproxy '*'"
                    done = subprocess.run(
                        ["bash", "-c", command], cwd=place, env=env, capture_output=True, text=True
                    )
                    assert done.returncode == 0, f"{document}: {command}\n{done.stderr}"


@contextmanager
def served(command, place, env):
    """Run a server while the rest of its block is run; gives its address, at whatever port is free."""
    words = ["bash", "-c", f"exec {command} --port 0"]
    with (
        (place / "served.log").open("w+") as log,
        subprocess.Popen(words, cwd=place, env=env, stdout=subprocess.PIPE, stderr=log) as process,
    ):
        address = process.stdout.readline().decode().strip()
        assert address, (place / "served.log").read_text("utf-8")
        try:
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
    assert process.returncode == 0, (place / "served.log").read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_piece_of_python_runs(root, place, document, monkeypatch):
    monkeypatch.chdir(place)
    for body in blocks(root / document, "python"):
        exec(compile(body, document, "exec"), {})


def test_both_readmes_show_the_same_commands(root):
    for language in ("sh", "python"):
        english, chinese = (
            [re.sub(r"\s*#.*", "", body) for body in blocks(root / name, language)]
            for name in ("README.md", "README.zh.md")
        )
        assert english == chinese


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(root, document):
    here = (root / document).parent
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", (root / document).read_text(encoding="utf-8")):
        assert (here / target).exists(), f"{document} links to {target}"
