"""The words that the RDF form uses: namespaces, classes of instances, literals."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from kg.errors import GraphFormatError
from kg.model import EntityType
from kg.vocabulary import ID, ZM

PREFIXES: Final = MappingProxyType(
    {
        "zm": ZM,
        "zmid": ID,
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "org": "http://www.w3.org/ns/org#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "skosxl": "http://www.w3.org/2008/05/skos-xl#",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "dcterms": "http://purl.org/dc/terms/",
    }
)
"""Every prefix that our files declare and that queries may use undeclared."""

TYPE_CLASSES: Final = MappingProxyType(
    {
        EntityType.ORGANISATION: "org:FormalOrganization",
        EntityType.PERSON: "foaf:Person",
        EntityType.PROGRAMME: "prov:Plan",
        EntityType.EVENT: "schema:Event",
        EntityType.PLACE: "schema:Place",
    }
)
"""The standard class that stands on an instance, for clients that do not know ours."""

SUBTYPE_CLASSES: Final = MappingProxyType({"GovernmentBody": "schema:GovernmentOrganization"})

TARGET_QUALIFIERS: Final = frozenset({"indicator", "value", "unit", "upto", "comparison", "by", "stated"})
WORDED: Final = frozenset({"role", "indicator", "unit", "stated", "startStated", "endStated"})
"""Qualifiers in the article's own words: literals with language `zh`."""
TEMPORAL: Final = frozenset(
    {"by", "start", "end", "startEarliest", "startLatest", "endEarliest", "endLatest", "date"}
)

_WEB = re.compile(r"https?://[^\x00-\x20<>\"{}|\\^`]+")
_SAFE_LOCAL = re.compile(r"[A-Za-z][0-9A-Za-z_\u4e00-\u9fff\u3400-\u4dbf-]*")
_QUALIFIER = re.compile(r"[a-z][A-Za-z0-9]*")
_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?(?:-([0-9]{2}))?")
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@lru_cache(maxsize=1 << 10)
def full(curie: str) -> str:
    """The IRI that `curie` abbreviates.

    >>> full("zm:holdsPost")
    'https://w3id.org/zhengmai/ns#holdsPost'
    """
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def is_iri(code: str) -> bool:
    """Whether an identifier is an IRI of the web, and not a code.

    >>> is_iri("http://www.wikidata.org/entity/Q8686"), is_iri("91310000132202168T")
    (True, False)
    """
    return _WEB.fullmatch(code) is not None


@lru_cache(maxsize=1 << 16)
def zmid(local: str) -> str:
    """The prefixed name of one of our things; ids are made so that nothing needs an escape."""
    if not _SAFE_LOCAL.fullmatch(local):
        raise GraphFormatError(
            f"'{local}' cannot be an id: "
            "ids start with a letter and hold letters, digits, 汉字, '_' and '-' only"
        )
    return f"zmid:{local}"


@lru_cache(maxsize=1 << 10)
def qualifier(key: str) -> str:
    """The property of our vocabulary that is called `key`, such as a qualifier of a fact."""
    if not _QUALIFIER.fullmatch(key):
        raise GraphFormatError(f"'{key}' cannot be a qualifier: use letters and digits, like 'role'")
    return f"zm:{key}"


def string(text: str) -> str:
    """`text` as a quoted Turtle string."""
    if _ESCAPED.search(text) is None:
        return f'"{text}"'
    return '"' + _ESCAPED.sub(lambda m: _ESCAPES.get(m[0]) or f"\\u{ord(m[0]):04X}", text) + '"'


def zh(text: str) -> str:
    """`text` as a Chinese literal."""
    return f'"{text}"@zh' if _ESCAPED.search(text) is None else f"{string(text)}@zh"


def temporal_type(text: str) -> str | None:
    """The XSD type of an ISO year, month or day; None for any other text.

    >>> temporal_type("2021-10"), temporal_type("2021-02-30")
    ('gYearMonth', None)
    """
    match = _DATE.fullmatch(text)
    if match is None or match[1] == "0000":
        return None
    if match[3] is None:
        return "gYear" if match[2] is None else "gYearMonth"
    try:
        date.fromisoformat(text)
    except ValueError:
        return None
    return "date"


def temporal(text: str) -> str:
    """An ISO year, month or day as a typed literal; other text as a string, for validation to report."""
    kind = temporal_type(text)
    return f'"{text}"^^xsd:{kind}' if kind else string(text)


@lru_cache(maxsize=1 << 14)
def qualifier_literal(key: str, text: str) -> str:
    """The literal for the qualifier `key`."""
    if key in WORDED:
        return zh(text)
    return temporal(text) if key in TEMPORAL else string(text)


def decimal(number: Decimal) -> str:
    """`number` as an `xsd:decimal` in its one canonical form.

    >>> decimal(Decimal("3E+11")), decimal(Decimal("1.20"))
    ('300000000000.0', '1.2')
    """
    plain = f"{number:f}"
    whole, _, rest = plain.partition(".")
    return f"{whole}.{rest.rstrip('0') or '0'}"
