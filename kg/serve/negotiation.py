"""Which of the forms we offer a client would rather have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

HTML: Final = "text/html"
TURTLE: Final = "text/turtle"
JSON_LD: Final = "application/ld+json"
N_TRIPLES: Final = "application/n-triples"
RDF_XML: Final = "application/rdf+xml"
JSON: Final = "application/json"

RESULTS: Final = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
DOCUMENTS: Final = (TURTLE, HTML, JSON_LD, N_TRIPLES, RDF_XML)
"""Turtle first: who accepts anything is at a terminal, and a browser asks for HTML by name."""

ALSO: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        JSON: (RESULTS[0], JSON_LD),
        "application/xml": (RESULTS[1], RDF_XML),
        "text/xml": (RESULTS[1], RDF_XML),
        "text/plain": (N_TRIPLES,),
        "application/x-turtle": (TURTLE,),
        "application/xhtml+xml": (HTML,),
    }
)
"""What clients also call the forms."""

ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "html": HTML,
        "ttl": TURTLE,
        "jsonld": JSON_LD,
        "nt": N_TRIPLES,
        "rdf": RDF_XML,
        "json": RESULTS[0],
        "srj": RESULTS[0],
        "xml": RESULTS[1],
        "srx": RESULTS[1],
        "csv": RESULTS[2],
        "tsv": RESULTS[3],
    }
)
"""What a form is called in an address: `/entity/per-陈寅.ttl`, `/sparql?…&format=csv`."""

_LONGEST = 2000


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The form of `offered` that `accept` likes best, the earlier where it likes several; None if none.

    >>> choose("text/html, text/turtle;q=0.5", GRAPHS)
    'text/turtle'
    """
    ranges = _ranges(accept[:_LONGEST])
    best, best_quality = None, 0.0
    for form in offered:
        quality = _quality(form, ranges)
        if quality > best_quality:
            best, best_quality = form, quality
    return best


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for item in (accept or "*/*").split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _number(value)
        if "/" in name:
            found[name] = max(quality, found.get(name, 0.0))
    return found or {"*/*": 1.0}


def _number(text: str) -> float:
    try:
        return min(1.0, max(0.0, float(text)))
    except ValueError:
        return 0.0


def _quality(form: str, ranges: Mapping[str, float]) -> float:
    """The quality of the most specific range that takes `form`; another name of it counts a little less."""
    if form in ranges:
        return ranges[form]
    others = [ranges[name] for name, forms in ALSO.items() if form in forms and name in ranges]
    if others:
        return max(others) * 0.999
    kind = form.partition("/")[0] + "/*"
    return ranges.get(kind, ranges.get("*/*", 0.0)) * 0.998
