"""Turtle for people: grouped by kind, sorted, one block a thing, its facts beneath it.

This writer is the one place that fixes the RDF shape; every other RDF form is made from its output.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from kg.canonical import canonical, in_order
from kg.chinese.quantities import normalise
from kg.errors import GraphFormatError
from kg.ids import correction_id, digest, fact_id, local_name, sentence_id, target_id
from kg.model import Alias, Article, Change, Correction, Entity, EntityType, Evidence, Fact, Graph, Series
from kg.rdf.terms import (
    PREFIXES,
    SUBTYPE_CLASSES,
    TARGET_QUALIFIERS,
    TYPE_CLASSES,
    decimal,
    is_iri,
    qualifier,
    qualifier_literal,
    string,
    temporal,
    zh,
    zmid,
)
from kg.vocabulary import ID, PROPERTIES
from kg.witnesses import independent, sources, speakers

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#:]")
_ORDER = {name: position for position, name in enumerate(PROPERTIES)}
_HEADINGS = {
    EntityType.ORGANISATION: "Organisations 机构",
    EntityType.PERSON: "People 人物",
    EntityType.PROGRAMME: "Programmes 项目",
    EntityType.EVENT: "Events 活动",
    EntityType.PLACE: "Places 地点",
}

Rows = list[tuple[str, list[str]]]
"""Predicate and objects, in the order in which a block shows them."""


def turtle(graph: Graph, base: str = ID) -> Iterator[str]:
    """Yield `graph` as Turtle, block by block; equal graphs give equal text."""
    if not _BASE.fullmatch(base):
        raise GraphFormatError(f"'{base}' cannot be the base of ids: give an IRI that ends in /, # or :")
    return _blocks(canonical(graph), base)


@lru_cache(maxsize=1 << 16)
def article_name(article: str) -> str:
    """The local name of the article whose id is `article`."""
    return local_name("art", article)


def alias_name(entity: str, name: str) -> str:
    """The local name of a label that says how it is known."""
    return "name-" + digest(entity, name)


def _blocks(graph: Graph, base: str) -> Iterator[str]:
    for prefix, iri in PREFIXES.items():
        yield f"@prefix {prefix}: <{base if prefix == 'zmid' else iri}> .\n"
    yield from _section("Articles 文章", map(_article, graph.articles))
    speaker = speakers(graph.articles)
    stated: dict[str, list[Fact]] = {}
    for fact in graph.facts:
        stated.setdefault(fact.subject, []).append(fact)
    for facts in stated.values():
        # They come sorted by id, and that order stays where the rest is equal.
        facts.sort(key=lambda f: (_ORDER.get(f.property, 99), f.object or "", f.value or ""))
    series: dict[str, list[str]] = {}
    for one in graph.series:
        for member in one.members:
            series.setdefault(member, []).append(one.id)
    for kind, heading in _HEADINGS.items():
        chosen = (entity for entity in graph.entities if entity.type == kind)
        yield from _section(
            heading, (_entity(e, stated.pop(e.id, []), series.get(e.id, []), speaker) for e in chosen)
        )
    unowned = (_facts(facts, speaker) for facts in stated.values())
    yield from _section("Statements without a described subject", unowned)
    yield from _section("Series 系列", map(_series, graph.series))
    yield from _section("Changes of bodies 机构沿革", map(_change, graph.changes))
    yield from _section("Corrections 更正", map(_correction, graph.corrections))
    yield from _section("Sentences 句子", map(_sentence, _sentences(graph)))
    yield from _section("Mentions 提及", _mentions(graph, base))


def _section(heading: str, blocks: Iterable[str]) -> Iterator[str]:
    opened = False
    for block in blocks:
        if not opened:
            opened = True
            yield f"\n# {heading}\n"
        yield block


def _block(subject: str, classes: list[str], rows: Rows) -> str:
    lines = [f"\n{subject} a {', '.join(classes)}"]
    lines += [f"    {predicate} {', '.join(objects)}" for predicate, objects in rows if objects]
    return " ;\n".join(lines) + " .\n"


def _article(article: Article) -> str:
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
    return _block(zmid(article_name(article.id)), ["zm:Article", "schema:NewsArticle"], rows)


def _entity(entity: Entity, facts: list[Fact], series: list[str], speaker: Mapping[str, str]) -> str:
    classes = [f"zm:{entity.type}", TYPE_CLASSES[entity.type]]
    if entity.subtype:
        classes.insert(1, f"zm:{entity.subtype}")
        if entity.subtype in SUBTYPE_CLASSES:
            classes.append(SUBTYPE_CLASSES[entity.subtype])
    told = [alias for alias in entity.aliases if alias != Alias(alias.name)]
    rows: Rows = [
        ("rdfs:label", [zh(entity.name)]),
        ("skos:altLabel", [zh(alias.name) for alias in entity.aliases]),
        ("skosxl:altLabel", [zmid(alias_name(entity.id, alias.name)) for alias in told]),
        *_direct(facts),
        ("zm:partOfSeries", [zmid(one) for one in series]),
        ("zm:implied", ["true"] if entity.implied else []),
        ("owl:sameAs", [f"<{code}>" for code in entity.identifiers if is_iri(code)]),
        ("dcterms:identifier", [string(code) for code in entity.identifiers if not is_iri(code)]),
        ("zm:mentionedIn", [zmid(article_name(article)) for article in entity.articles]),
    ]
    names = (_alias(entity.id, alias) for alias in told)
    return _block(zmid(entity.id), classes, rows) + "".join(names) + _facts(facts, speaker)


def _direct(facts: Iterable[Fact]) -> Rows:
    """The plain triples: what a simple query asks for."""
    found: dict[str, dict[str, None]] = {}
    for fact in facts:
        found.setdefault(f"zm:{fact.property}", {})[_object(fact)] = None
    return [(predicate, list(objects)) for predicate, objects in found.items()]


def _object(fact: Fact) -> str:
    if fact.value is not None:
        return temporal(fact.value)
    return zmid(fact.object or target_id(fact))


def _alias(entity: str, alias: Alias) -> str:
    rows: Rows = [
        ("skosxl:literalForm", [zh(alias.name)]),
        ("zm:knownBy", [string(alias.how)]),
        ("prov:wasDerivedFrom", [zmid(sentence_id(alias.where))] if alias.where else []),
    ]
    return _block(zmid(alias_name(entity, alias.name)), ["skosxl:Label"], rows)


def _facts(facts: Iterable[Fact], speaker: Mapping[str, str]) -> str:
    return "".join(_fact(fact, speaker) for fact in facts)


def _fact(fact: Fact, speaker: Mapping[str, str]) -> str:
    """The node that says why: its qualifiers and sentences; a target has a node of its own."""
    is_target = fact.property == "hasTarget" and fact.object is None and fact.value is None
    described = {k: v for k, v in fact.qualifiers.items() if not (is_target and k in TARGET_QUALIFIERS)}
    classes, rows = ["rdf:Statement"], _statement(fact)
    if fact.property == "holdsPost":
        classes.append("org:Membership")
        rows.append(("org:member", [zmid(fact.subject)]))
        rows.append(("org:organization", [_object(fact)]))
    rows += [(qualifier(key), [qualifier_literal(key, described[key])]) for key in sorted(described)]
    rows.append(("prov:wasDerivedFrom", [zmid(sentence_id(evidence)) for evidence in fact.evidence]))
    counted = f"{sources(fact.evidence)} ; zm:voices {independent(fact.evidence, speaker)}"
    rows.append(("zm:confidence", [f"{float(fact.confidence)!r} ; zm:sources {counted}"]))
    block = _block(zmid(fact_id(fact)), classes, rows)
    return _target(fact) + block if is_target else block


def _statement(fact: Fact) -> Rows:
    one_line = f"{zmid(fact.subject)} ; rdf:predicate zm:{fact.property} ; rdf:object {_object(fact)}"
    return [("rdf:subject", [one_line])]


def _target(fact: Fact) -> str:
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
    return _block(zmid(target_id(fact)), ["zm:Target", "schema:QuantitativeValue"], rows)


def _number(amount: float) -> str:
    return decimal(Decimal(repr(amount)))


def _series(series: Series) -> str:
    rows: Rows = [("rdfs:label", [zh(series.name)]), ("zm:seriesOf", [f"zm:{series.type}"])]
    return _block(zmid(series.id), ["zm:Series"], rows)


def _change(change: Change) -> str:
    rows: Rows = [
        ("zm:changeKind", [string(change.kind)]),
        ("org:originalOrganization", [zmid(body) for body in change.before]),
        ("org:resultingOrganization", [zmid(body) for body in change.after]),
        ("dcterms:date", [temporal(change.date)] if change.date else []),
        ("prov:wasDerivedFrom", [zmid(sentence_id(evidence)) for evidence in change.evidence]),
    ]
    return _block(zmid(change.id), ["org:ChangeEvent"], rows)


def _correction(correction: Correction) -> str:
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
    return _block(zmid(correction_id(correction)), ["zm:Correction", "prov:Activity"], rows)


def _sentences(graph: Graph) -> tuple[Evidence, ...]:
    found = [evidence for fact in graph.facts for evidence in fact.evidence]
    found += [evidence for change in graph.changes for evidence in change.evidence]
    found += [alias.where for entity in graph.entities for alias in entity.aliases if alias.where]
    return in_order(found)


def _sentence(sentence: Evidence) -> str:
    return (
        f"\n{zmid(sentence_id(sentence))} a zm:Sentence, oa:TextQuoteSelector, oa:TextPositionSelector ;\n"
        f"    oa:exact {zh(sentence.text)} ;\n"
        f"    oa:start {sentence.start} ; oa:end {sentence.end} ;"
        f" dcterms:isPartOf {zmid(article_name(sentence.article))} .\n"
    )


def _mentions(graph: Graph, base: str) -> Iterator[str]:
    """One line a mention, its place in the IRI as RFC 5147 has it: <article#char=start,end>."""
    mark = "/" if base.endswith("#") else "#"  # an IRI has one # at most
    found = [
        (m.article, m.start, m.end, m.text, entity.id) for entity in graph.entities for m in entity.mentions
    ]
    separator = "\n"
    for article, start, end, text, entity in sorted(found):
        place = f"<{base}{article_name(article)}{mark}char={start},{end}>"
        yield f"{separator}{place} zm:names {zmid(entity)} ; oa:exact {zh(text)} .\n"
        separator = ""
