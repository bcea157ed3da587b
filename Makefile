# Two commands set up everything on a fresh machine:
#   make graph   the graph of seeds/ in exports/
#   make test    every test
PYTHON ?= python3
BIN := .venv/bin

.PHONY: graph test lint types fresh verify pictures clean

graph: .venv/installed
	$(BIN)/kg build seeds/ -o exports/

test: .venv/installed-for-tests
	$(BIN)/python -m pytest

lint: .venv/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/installed-for-tests
	$(BIN)/mypy

# Proves that exports/ is what the code writes today.
fresh: .venv/installed
	$(BIN)/kg build seeds/ -o .fresh/ --no-cache && diff -r .fresh exports && rm -rf .fresh

# Proves exports/ against the articles: every file, hash, offset and quotation.
verify: .venv/installed
	$(BIN)/kg verify exports/ --sources seeds/

# The README's pictures, from today's page.
pictures: .venv/installed-for-tests
	$(BIN)/python tests/page/screenshots.py exports/graph.html docs/

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Zhengmai needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/installed-for-tests: .venv/installed tests/install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	tests/install
	touch $@

clean:
	rm -rf .venv .fresh build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
