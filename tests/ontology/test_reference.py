"""The HTML reference is the one that the OWL file gives today, and shows every term."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF

ONTOLOGY = Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="module")
def reference():
    spec = importlib.util.spec_from_file_location("make_reference", ONTOLOGY / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_current(reference):
    assert (ONTOLOGY / "index.html").read_text("utf-8") == reference.page()


def test_the_reference_shows_every_term(reference):
    page = reference.page()
    owl = rdflib.Graph().parse(ONTOLOGY / "zhengmai.ttl")
    terms = {
        str(s).removeprefix(reference.ZM) for s in owl.subjects(RDF.type) if str(s).startswith(reference.ZM)
    }
    assert terms
    assert all(f'id="{term}"' in page for term in terms)
