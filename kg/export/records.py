"""Nodes and edges as plain values that hold the whole graph, and the graph made from them again.

They are what the NetworkX view shows and, beside it, what only a saved graph needs: where each
sentence and mention stands (`spans`, `mentions`), how aliases are known, articles, dated facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from kg import network
from kg.errors import GraphFormatError
from kg.ids import fact_id, target_id
from kg.model import (
    Alias,
    Article,
    Change,
    Correction,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Graph,
    Mention,
    Series,
)
from kg.vocabulary import ID
from kg.witnesses import independent, sources, speakers

Record = dict[str, Any]
_T = TypeVar("_T")

FORMAT = "zhengmai 1"
_EDGE_KEYS = frozenset(
    {
        "id",
        "source",
        "target",
        "key",
        "property",
        "confidence",
        "sources",
        "voices",
        "articles",
        "dates",
        "sentences",
        "spans",
        "label",
    }
)


def graph_record(graph: Graph, base: str = ID) -> Record:
    """What is said of the graph as a whole: the base of IRIs, its articles, the dates of things."""
    speaker = speakers(graph.articles)
    dates = [
        {"id": fact_id(fact), "subject": fact.subject, "value": fact.value, **_stated(fact, speaker)}
        for fact in graph.facts
        if not network.is_edge(fact)
    ]
    articles = [_article_record(article) for article in graph.articles]
    return {
        "name": "zhengmai",
        "format": FORMAT,
        "base": base,
        "articles": articles,
        "dates": dates,
        "series": [_series_record(series) for series in graph.series],
        "changes": [_change_record(change) for change in graph.changes],
        **({"corrections": [_correction_record(c) for c in graph.corrections]} if graph.corrections else {}),
    }


def node_records(graph: Graph) -> Iterator[Record]:
    """Yield each node with its id."""
    known = {entity.id: entity for entity in graph.entities}
    for node, attributes in network.nodes(graph):
        record = {"id": node, **attributes}
        entity = known.get(node)
        if entity is not None:
            record |= _told(entity)
        yield record


def edge_records(graph: Graph) -> Iterator[Record]:
    """Yield each edge with its ends, its key and the places of its sentences."""
    published = {article.id: article.date for article in graph.articles}
    speaker = speakers(graph.articles)
    for fact in graph.facts:
        if network.is_edge(fact):
            yield {
                "source": fact.subject,
                "target": fact.object or target_id(fact),
                "key": fact_id(fact),
                **network.fact_attributes(fact, published, speaker),
                "spans": _spans(fact.evidence),
            }


def graph_from_records(whole: Record, nodes: Iterable[Record], edges: Iterable[Record]) -> Graph:
    """The graph that the records hold; raises `GraphFormatError` naming what is missing."""
    if whole.get("format") != FORMAT:
        raise GraphFormatError(
            f"format is {whole.get('format')!r}, not '{FORMAT}'; give a file that kg wrote, or the graph.ttl"
        )
    entities, targets = [], set()
    for node in nodes:
        if node.get("type") == "Target":
            targets.add(field(node, "id", str))
        else:
            entities.append(_entity(node))
    facts = [_edge(edge, targets) for edge in edges]
    return Graph(
        articles=tuple(_article(item) for item in field(whole, "articles", list)),
        entities=tuple(entities),
        facts=tuple(sorted([*facts, *map(_date, field(whole, "dates", list))], key=fact_id)),
        series=tuple(map(_series, field(whole, "series", list))),
        changes=tuple(map(_change, field(whole, "changes", list))),
        corrections=tuple(map(_correction, whole.get("corrections", ()))),
    )


def base_of(whole: Record) -> str:
    """What the IRIs of the ids begin with; files of before did not say it."""
    return field(whole, "base", str) if "base" in whole else ID


def field(record: Record, name: str, kind: type[_T]) -> _T:
    """The value of `name`, which must be there and of its kind."""
    value = record.get(name)
    if isinstance(value, int) and kind is float:
        return kind(value)  # type: ignore[call-arg]
    if not isinstance(value, kind):
        where = record.get("key") or record.get("id") or "the graph"
        found = "missing" if value is None else f"of type {type(value).__name__}"
        raise GraphFormatError(f"'{name}' of {where} is {found}; it must be a {kind.__name__}")
    return value


def _told(entity: Entity) -> Record:
    origins = [
        [a.name, a.how, *([_span(a.where), a.where.text] if a.where else [])]
        for a in entity.aliases
        if a != Alias(a.name)
    ]
    return {
        **({"implied": True} if entity.implied else {}),
        **({"identifiers": list(entity.identifiers)} if entity.identifiers else {}),
        "mentions": [[_span(mention), mention.text] for mention in entity.mentions],
        **({"origins": origins} if origins else {}),
    }


def _stated(fact: Fact, speaker: Mapping[str, str]) -> Record:
    return {
        "property": fact.property,
        **fact.qualifiers,
        "confidence": fact.confidence,
        "sources": sources(fact.evidence),
        "voices": independent(fact.evidence, speaker),
        "sentences": [evidence.text for evidence in fact.evidence],
        "spans": _spans(fact.evidence),
    }


def _span(place: Evidence | Mention) -> str:
    return f"{place.article}:{place.start}-{place.end}"


def _spans(evidence: Iterable[Evidence]) -> list[str]:
    return [_span(sentence) for sentence in evidence]


def _place(span: object, text: object) -> tuple[str, int, int, str]:
    article, _, offsets = str(span).rpartition(":")
    start, _, end = offsets.partition("-")
    if not (start.isdecimal() and end.isdecimal() and isinstance(text, str)):
        raise GraphFormatError(f"'{span}' is no place in an article; write ARTICLE:START-END")
    return article, int(start), int(end), text


def _article_record(article: Article) -> Record:
    found = {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "sources": list(article.sources),
        "url": article.url,
        "sha256": article.sha256,
        "voice": article.voice,
    }
    return {key: value for key, value in found.items() if value not in (None, [])}


def _article(record: Record) -> Article:
    return Article(
        id=field(record, "id", str),
        title=field(record, "title", str),
        text="",
        date=record.get("date"),
        publisher=record.get("publisher"),
        authors=tuple(record.get("authors", ())),
        sources=tuple(record.get("sources", ())),
        url=record.get("url"),
        sha256=field(record, "sha256", str),
        voice=record.get("voice"),
    )


def _series_record(series: Series) -> Record:
    return {
        "id": series.id,
        "type": str(series.type),
        "name": series.name,
        "members": list(series.members),
    }


def _series(record: Record) -> Series:
    members = tuple(field(record, "members", list))
    return Series(field(record, "id", str), _type(record), field(record, "name", str), members)


def _change_record(change: Change) -> Record:
    return {
        "id": change.id,
        "kind": change.kind,
        "before": list(change.before),
        "after": list(change.after),
        "date": change.date,
        "sentences": [evidence.text for evidence in change.evidence],
        "spans": _spans(change.evidence),
    }


def _change(record: Record) -> Change:
    return Change(
        id=field(record, "id", str),
        kind=field(record, "kind", str),
        before=tuple(field(record, "before", list)),
        after=tuple(field(record, "after", list)),
        date=record.get("date"),
        evidence=_evidence(record),
    )


_CORRECTION_TEXTS = ("kind", "subject", "property", "object", "article", "quote", "author", "date", "reason")


def _correction_record(correction: Correction) -> Record:
    said = {name: text for name in _CORRECTION_TEXTS if (text := getattr(correction, name))}
    qualifiers = {"qualifiers": dict(correction.qualifiers)} if correction.qualifiers else {}
    return {**said, **qualifiers, "touched": list(correction.touched)}


def _correction(record: Record) -> Correction:
    said = {name: field(record, name, str) for name in _CORRECTION_TEXTS if name in record}
    qualifiers = {str(key): str(value) for key, value in record.get("qualifiers", {}).items()}
    touched = tuple(field(record, "touched", list))
    return Correction(**{"kind": "", "subject": "", **said}, qualifiers=qualifiers, touched=touched)


def _type(record: Record) -> EntityType:
    kind = field(record, "type", str)
    if kind not in EntityType.__members__.values():
        raise GraphFormatError(
            f"type of {record.get('id')} is '{kind}'; known are {', '.join(EntityType)}, Target"
        )
    return EntityType(kind)


def _evidence(record: Record) -> tuple[Evidence, ...]:
    places = zip(field(record, "spans", list), field(record, "sentences", list), strict=True)
    return tuple(Evidence(*_place(span, text)) for span, text in places)


def _entity(record: Record) -> Entity:
    origins = {item[0]: item for item in record.get("origins", ())}
    return Entity(
        id=field(record, "id", str),
        type=_type(record),
        name=field(record, "name", str),
        subtype=record.get("subtype") or None,
        aliases=tuple(_alias(name, origins.get(name)) for name in record.get("aliases", ())),
        mentions=tuple(Mention(*_place(*item)) for item in record.get("mentions", ())),
        articles=tuple(record.get("articles", ())),
        implied=bool(record.get("implied", False)),
        identifiers=tuple(record.get("identifiers", ())),
    )


def _alias(name: str, origin: list[str] | None) -> Alias:
    if origin is None:
        return Alias(name)
    return Alias(name, origin[1], Evidence(*_place(origin[2], origin[3])) if len(origin) > 2 else None)


def _edge(record: Record, targets: set[str]) -> Fact:
    end = field(record, "target", str)
    return _fact(record, field(record, "source", str), None if end in targets else end, None)


def _date(record: Record) -> Fact:
    return _fact(record, field(record, "subject", str), None, field(record, "value", str))


def _fact(record: Record, subject: str, end: str | None, value: str | None) -> Fact:
    known = _EDGE_KEYS if value is None else _EDGE_KEYS | {"subject", "value"}
    return Fact(
        subject=subject,
        property=field(record, "property", str),
        object=end,
        value=value,
        qualifiers={k: str(v) for k, v in record.items() if k not in known},
        confidence=field(record, "confidence", float),
        evidence=_evidence(record),
    )
