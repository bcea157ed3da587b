"""The OWL file, the shapes and the context agree with each other and with the code."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, namespace
from rdflib.collection import Collection

from kg.corrections import KINDS
from kg.model import Correction
from kg.query import PREFIXES as QUERY_PREFIXES
from kg.rdf import PREFIXES, to_rdflib
from kg.rdf.terms import SUBTYPE_CLASSES, TYPE_CLASSES, full
from kg.vocabulary import PROPERTIES, SIGNATURES, SUBTYPES, ZM

ONTOLOGY = Path(__file__).parents[2] / "ontology"
OURS = rdflib.Namespace(ZM)
VOCABULARIES = (
    *(namespace.DCTERMS, namespace.FOAF, namespace.ORG, namespace.OWL, namespace.PROV, namespace.RDF),
    *(namespace.RDFS, namespace.SDO, namespace.SKOS, namespace.VANN, namespace.XSD),
)
"""Vocabularies of which rdflib knows every term."""
OTHERS = {
    "http://www.w3.org/ns/oa#": "TextQuoteSelector TextPositionSelector exact start end",
    "http://www.w3.org/2008/05/skos-xl#": "Label altLabel literalForm",
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#": "Sentence RFC5147String",
}
"""The few terms of others that are used, looked up in their specifications."""


@pytest.fixture(scope="module")
def owl():
    return rdflib.Graph().parse(ONTOLOGY / "zhengmai.ttl")


@pytest.fixture(scope="module")
def terms(owl):
    """Every term that the ontology defines."""
    return sorted({s for s in owl.subjects(RDF.type) if isinstance(s, rdflib.URIRef) and s.startswith(ZM)})


@pytest.fixture(scope="module")
def used(gold_graph):
    """A graph with all that a graph may say: corrections too, which the gold graph does not need."""
    told = Correction(
        "confirm", "甲", "date", "2021", {"role": "乙"}, "a", "丙", "丁", "2024-05-31", "戊", ("org-甲",)
    )
    return to_rdflib(replace(gold_graph.data, corrections=(told,)))


def named(owl: rdflib.Graph, node: rdflib.term.Node | None) -> set[str]:
    """The classes that a domain or range allows."""
    if node is None:
        return set()
    union = owl.value(node, OWL.unionOf)
    members = Collection(owl, union) if union is not None else [node]
    return {str(member).removeprefix(ZM) for member in members}


def test_every_term_is_labelled_and_explained_in_both_languages(owl, terms):
    assert len(terms) > 50
    for term in terms:
        for said in (RDFS.label, RDFS.comment):
            assert sorted(text.language for text in owl.objects(term, said)) == ["en", "zh"], (term, said)


@pytest.mark.parametrize("prop", PROPERTIES)
def test_a_property_has_the_domain_and_range_that_the_code_allows(owl, prop):
    subjects, objects = SIGNATURES[prop]
    assert named(owl, owl.value(OURS[prop], RDFS.domain)) == set(map(str, subjects))
    expected = {"Target"} if prop == "hasTarget" else set(map(str, objects))
    assert named(owl, owl.value(OURS[prop], RDFS.range)) == expected
    assert owl.value(OURS[prop], rdflib.SKOS.example) is not None


def test_classes_are_those_of_the_code(owl):
    for kind, subtypes in SUBTYPES.items():
        beneath = {str(c).removeprefix(ZM) for c in owl.subjects(RDFS.subClassOf, OURS[kind])}
        assert beneath == set(subtypes)


def test_standard_classes_on_instances_follow_from_ours(owl):
    for kind, standard in TYPE_CLASSES.items():
        below = [OURS[kind], *(OURS[name] for name in SUBTYPES[kind])]
        aligned = {parent for c in below for parent in owl.transitive_objects(c, RDFS.subClassOf)}
        assert rdflib.URIRef(full(standard)) in aligned
    for name, standard in SUBTYPE_CLASSES.items():
        assert rdflib.URIRef(full(standard)) in set(owl.transitive_objects(OURS[name], RDFS.subClassOf))


def test_what_a_graph_says_is_defined(owl, used):
    """No term of ours in a graph, the shapes or the context that the ontology does not define."""
    defined = set(owl.subjects(RDF.type))
    said = set(used.predicates()) | set(used.objects(None, RDF.type))
    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    said |= {o for o in shapes.objects() if isinstance(o, rdflib.URIRef)}
    context = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    said |= {rdflib.URIRef(full(t["@id"])) for t in context.values() if isinstance(t, dict) and "@id" in t}
    assert {term for term in said if term.startswith(ZM)} <= defined


def test_the_shapes_know_every_kind_of_correction_and_every_property():
    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    zms, sh = rdflib.Namespace("https://w3id.org/zhengmai/shapes#"), rdflib.SH
    kinds = Collection(shapes, shapes.value(zms.CorrectionKind, sh["in"]))
    properties = Collection(shapes, shapes.value(zms.CorrectionProperty, sh["in"]))
    assert [str(kind) for kind in kinds] == list(KINDS)
    assert [str(prop).removeprefix(ZM) for prop in properties] == list(PROPERTIES)


def test_the_context_and_the_queries_know_the_same_prefixes():
    context = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    assert {name: context[name] for name in PREFIXES} == dict(PREFIXES)
    assert QUERY_PREFIXES is PREFIXES


def test_the_context_names_every_property_of_a_graph(used):
    context = json.loads((ONTOLOGY / "context.jsonld").read_text("utf-8"))["@context"]
    known = {
        full(term.get("@id") or term["@reverse"])
        for term in context.values()
        if isinstance(term, dict) and ("@id" in term or "@reverse" in term)
    }
    assert {str(p) for p in used.predicates()} - {str(RDF.type)} <= known


def contradictions(*graphs: rdflib.Graph) -> list[str]:
    """What an OWL RL reasoner finds wrong with `graphs` taken together."""
    owlrl = pytest.importorskip("owlrl")
    both = rdflib.Graph()
    for graph in graphs:
        both += graph
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(both)
    said = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return [str(text) for text in both.objects(None, said)]


@pytest.mark.slow
def test_the_ontology_is_consistent_with_a_graph_that_uses_it(owl, used):
    assert contradictions(owl, used) == []


def test_the_reasoner_would_find_a_contradiction(owl):
    wrong = rdflib.Graph()
    for kind in ("Person", "Place"):
        wrong.add((OURS.x, RDF.type, OURS[kind]))
    assert contradictions(owl, wrong)


def test_every_property_has_an_example_and_the_reference_shows_it(owl):
    shown = unescape((ONTOLOGY / "index.html").read_text("utf-8"))
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    properties = {p for kind in kinds for p in owl.subjects(RDF.type, kind) if str(p).startswith(ZM)}
    assert len(properties) > 50
    for prop in sorted(properties):
        examples = [str(text) for text in owl.objects(prop, rdflib.SKOS.example)]
        assert examples, prop
        assert all(example in shown for example in examples), prop


def test_alignments_lead_to_terms_that_exist(owl, used):
    """Each term of another vocabulary, in the ontology or a graph, is one that its vocabulary defines."""
    known = {str(space._NS): set(space.__annotations__) for space in VOCABULARIES}
    known |= {iri: set(names.split()) for iri, names in OTHERS.items()}
    terms = {t for triple in owl for t in triple if isinstance(t, rdflib.URIRef)}
    terms |= set(used.predicates()) | set(used.objects(None, RDF.type))
    for term in sorted(terms):
        if term.startswith("https://w3id.org/zhengmai/") or str(term) == "https://spdx.org/licenses/MIT":
            continue
        start = max((iri for iri in known if term.startswith(iri)), key=len, default=None)
        assert start is not None, f"{term}: of a vocabulary that is not known here"
        name = term.removeprefix(start)
        assert not name or name in known[start], f"{term} does not exist"
