"""The blocks of a Turtle file that are few: articles, targets, labels, series, changes, corrections."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from kg.chinese.quantities import normalise
from kg.ids import correction_id, digest, local_name, sentence_id
from kg.model import Alias, Article, Change, Correction, Fact, Series
from kg.rdf.terms import decimal, qualifier, string, temporal, zh, zmid

Rows = list[tuple[str, list[str]]]
"""Predicate and objects, in the order in which a block shows them."""


@lru_cache(maxsize=1 << 16)
def article_name(article: str) -> str:
    """The local name of the article whose id is `article`."""
    return local_name("art", article)


def alias_name(entity: str, name: str) -> str:
    """The local name of a label that says how it is known."""
    return "name-" + digest(entity, name)


def block(subject: str, classes: list[str], rows: Rows) -> str:
    """What is said of `subject`, a row a line; rows without objects are left out."""
    lines = [f"\n{subject} a {', '.join(classes)}"]
    lines += [f"    {predicate} {', '.join(objects)}" for predicate, objects in rows if objects]
    return " ;\n".join(lines) + " .\n"


def article_block(article: Article) -> str:
    """An article: what it is and where it comes from."""
    rows: Rows = [
        ("dcterms:identifier", [string(article.id)]),
        ("dcterms:title", [zh(article.title)]),
        ("dcterms:issued", [temporal(article.date)] if article.date else []),
        ("dcterms:publisher", [zh(article.publisher)] if article.publisher else []),
        ("dcterms:creator", [zh(author) for author in sorted(article.authors)]),
        ("zm:byline", [zh("; ".join(article.authors))] if len(article.authors) > 1 else []),
        ("dcterms:source", [string(source) for source in article.sources]),
        ("schema:url", [f"{string(article.url)}^^xsd:anyURI"] if article.url else []),
        ("zm:sha256", [string(article.sha256)]),
        ("zm:retells", [zmid(article_name(article.voice))] if article.voice else []),
    ]
    return block(zmid(article_name(article.id)), ["zm:Article", "schema:NewsArticle"], rows)


def alias_block(entity: str, alias: Alias) -> str:
    """A label that says how it is known."""
    rows: Rows = [
        ("skosxl:literalForm", [zh(alias.name)]),
        ("zm:knownBy", [string(alias.how)]),
        ("prov:wasDerivedFrom", [zmid(sentence_id(alias.where))] if alias.where else []),
    ]
    return block(zmid(alias_name(entity, alias.name)), ["skosxl:Label"], rows)


def target_block(name: str, fact: Fact) -> str:
    """What `fact` says is to be reached."""
    said = fact.qualifiers
    amount = normalise(said.get("value", ""), said.get("unit", ""))
    upto = normalise(said.get("upto", ""), said.get("unit", ""))
    rows: Rows = [
        ("zm:indicator", [zh(said["indicator"])] if "indicator" in said else []),
        ("zm:value", [_number(amount[0])] if amount else []),
        ("zm:upto", [_number(upto[0])] if upto else []),
        ("zm:unit", [zh(amount[1])] if amount and amount[1] else []),
        ("zm:comparison", [string(said["comparison"])] if "comparison" in said else []),
        ("zm:stated", [zh(said["stated"])] if "stated" in said else []),
        ("zm:statedValue", [string(said["value"])] if "value" in said else []),
        ("zm:statedUpto", [string(said["upto"])] if "upto" in said else []),
        ("zm:statedUnit", [zh(said["unit"])] if "unit" in said else []),
        ("zm:by", [temporal(said["by"])] if "by" in said else []),
    ]
    return block(name, ["zm:Target", "schema:QuantitativeValue"], rows)


def _number(amount: float) -> str:
    return decimal(Decimal(repr(amount)))


def series_block(series: Series) -> str:
    """What editions of one thing have in common."""
    rows: Rows = [("rdfs:label", [zh(series.name)]), ("zm:seriesOf", [f"zm:{series.type}"])]
    return block(zmid(series.id), ["zm:Series"], rows)


def change_block(change: Change) -> str:
    """A body that became another."""
    rows: Rows = [
        ("zm:changeKind", [string(change.kind)]),
        ("org:originalOrganization", [zmid(body) for body in change.before]),
        ("org:resultingOrganization", [zmid(body) for body in change.after]),
        ("dcterms:date", [temporal(change.date)] if change.date else []),
        ("prov:wasDerivedFrom", [zmid(sentence_id(evidence)) for evidence in change.evidence]),
    ]
    return block(zmid(change.id), ["org:ChangeEvent"], rows)


def correction_block(correction: Correction) -> str:
    """What a person put right."""
    qualifiers = (f"{key}={correction.qualifiers[key]}" for key in sorted(correction.qualifiers))
    said: dict[str, tuple[str, Callable[[str], str]]] = {
        "zm:kind": (correction.kind, string),
        "zm:correctsSubject": (correction.subject, string),
        "zm:correctsProperty": (correction.property, qualifier),
        "zm:correctsObject": (correction.object, string),
        "zm:correctsArticle": (correction.article, string),
        "zm:correctsQuote": (correction.quote, zh),
        "dcterms:creator": (correction.author, zh),
        "dcterms:date": (correction.date, temporal),
        "rdfs:comment": (correction.reason, string),
    }
    rows: Rows = [(name, [written(text)] if text else []) for name, (text, written) in said.items()]
    rows.append(("zm:correctsQualifier", [string(text) for text in qualifiers]))
    rows.append(("prov:generated", [zmid(touched) for touched in correction.touched]))
    return block(zmid(correction_id(correction)), ["zm:Correction", "prov:Activity"], rows)
