"""One JSON line an article: an `Extraction` as `kg extract` prints it, and back without loss.

The line follows the published schema; what the schema does not name (where an alias was
introduced, the text's hash, further sources) stands beside it under keys of its own, so that
a line read back equals the extraction that was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import orjson

from kg.errors import GraphFormatError
from kg.model import Alias, Article, Entity, EntityType, Evidence, Extraction, Fact, Mention

Json = dict[str, Any]
_T = TypeVar("_T")


def to_line(extraction: Extraction) -> bytes:
    """`extraction` as one line of UTF-8 JSON, newline included; equal extractions give equal bytes."""
    return orjson.dumps(to_json(extraction), option=orjson.OPT_APPEND_NEWLINE)


def from_line(line: bytes | str) -> Extraction:
    """The extraction that `line` carries; raises `GraphFormatError` naming the field that is wrong."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise GraphFormatError(f"not a line of JSON ({error}); give what `kg extract` printed") from error
    return from_json(value)


def read_lines(path: Path) -> Iterator[Extraction]:
    """Yield the extractions that the lines of `path` carry; an error names the line."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    yield from_line(line)
                except GraphFormatError as error:
                    raise GraphFormatError(f"{path}:{number}: {error}") from error


def to_json(extraction: Extraction) -> Json:
    """`extraction` as plain JSON values in a fixed order of keys."""
    return {
        "article": article_to_json(extraction.article),
        "entities": [_entity_to_json(entity, extraction.article.id) for entity in extraction.entities],
        "facts": [_fact_to_json(fact) for fact in extraction.facts],
    }


def from_json(value: object) -> Extraction:
    """The extraction that plain JSON values carry."""
    line = _checked(value, dict, "the line")
    article = article_from_json(_field(line, "article", dict))
    return Extraction(
        article,
        tuple(_entity_from_json(item, article.id) for item in _objects(line, "entities")),
        tuple(_fact_from_json(item, article.id) for item in _objects(line, "facts")),
    )


def article_to_json(article: Article) -> Json:
    """`article` with its text."""
    value: Json = {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "date": article.date,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "source": article.source,
    }
    if article.url is not None:
        value["url"] = article.url
    if article.sources:
        value["sources"] = list(article.sources)
    value["sha256"] = article.sha256
    return value


def article_from_json(value: Json) -> Article:
    """The article that `value` carries; a line from elsewhere may lack all but id, title and text."""
    url, source = _optional(value, "url", str), _optional(value, "source", str)
    sources = _strings(value, "sources")
    if not sources and source is not None and source != url:
        sources = (source,)
    return Article(
        id=_field(value, "id", str),
        title=_field(value, "title", str),
        text=_field(value, "text", str),
        date=_optional(value, "date", str),
        publisher=_optional(value, "publisher", str),
        authors=_strings(value, "authors"),
        sources=sources,
        url=url,
        sha256=_optional(value, "sha256", str) or "",
    )


def _entity_to_json(entity: Entity, article: str) -> Json:
    value: Json = {"id": entity.id, "type": entity.type.value}
    if entity.subtype is not None:
        value["subtype"] = entity.subtype
    value["name"] = entity.name
    value["aliases"] = [alias.name for alias in entity.aliases]
    value["mentions"] = [_span_to_json(mention) for mention in entity.mentions]
    if entity.implied:
        value["implied"] = True
    origins = [_alias_to_json(alias) for alias in entity.aliases if alias != Alias(alias.name)]
    if origins:
        value["aliasOrigins"] = origins
    if entity.articles != (article,):
        value["articles"] = list(entity.articles)
    return value


def _entity_from_json(value: Json, article: str) -> Entity:
    kind = _field(value, "type", str)
    if kind not in EntityType.__members__.values():
        raise GraphFormatError(f"type '{kind}': expected one of {', '.join(EntityType)}")
    known = {item["name"]: item for item in _objects(value, "aliasOrigins", required=False) if "name" in item}
    return Entity(
        id=_field(value, "id", str),
        type=EntityType(kind),
        name=_field(value, "name", str),
        subtype=_optional(value, "subtype", str),
        aliases=tuple(_alias_from_json(name, known, article) for name in _strings(value, "aliases")),
        mentions=tuple(Mention(article, *_span(item)) for item in _objects(value, "mentions")),
        articles=_strings(value, "articles") if "articles" in value else (article,),
        implied=bool(_optional(value, "implied", bool)),
    )


def _alias_to_json(alias: Alias) -> Json:
    where = {} if alias.where is None else {"where": _span_to_json(alias.where)}
    return {"name": alias.name, "how": alias.how, **where}


def _alias_from_json(name: str, known: dict[str, Json], article: str) -> Alias:
    origin = known.get(name)
    if origin is None:
        return Alias(name)
    where = _optional(origin, "where", dict)
    return Alias(
        name, _field(origin, "how", str), None if where is None else Evidence(article, *_span(where))
    )


def _fact_to_json(fact: Fact) -> Json:
    value: Json = {"subject": fact.subject, "property": fact.property, "object": fact.object}
    if fact.value is not None:
        value["value"] = fact.value
    if fact.qualifiers:
        value["qualifiers"] = dict(sorted(fact.qualifiers.items()))
    value["confidence"] = fact.confidence
    value["evidence"] = [_span_to_json(sentence) for sentence in fact.evidence]
    return value


def _fact_from_json(value: Json, article: str) -> Fact:
    qualifiers = _optional(value, "qualifiers", dict) or {}
    confidence = _optional(value, "confidence", (float, int))
    return Fact(
        subject=_field(value, "subject", str),
        property=_field(value, "property", str),
        object=_optional(value, "object", str),
        value=_optional(value, "value", str),
        qualifiers={key: str(item) for key, item in qualifiers.items()},
        confidence=1.0 if confidence is None else float(confidence),
        evidence=tuple(Evidence(article, *_span(item)) for item in _objects(value, "evidence")),
    )


def _span_to_json(span: Mention | Evidence) -> Json:
    return {"start": span.start, "end": span.end, "text": span.text}


def _span(value: Json) -> tuple[int, int, str]:
    return _field(value, "start", int), _field(value, "end", int), _field(value, "text", str)


def _checked(value: object, kind: type[_T] | tuple[type[_T], ...], name: str) -> _T:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise GraphFormatError(f"'{name}' is {type(value).__name__}; see extract.schema.json")
    return value


def _field(value: Json, name: str, kind: type[_T]) -> _T:
    if name not in value:
        raise GraphFormatError(f"'{name}' is missing; see extract.schema.json")
    return _checked(value[name], kind, name)


def _optional(value: Json, name: str, kind: type[_T] | tuple[type[_T], ...]) -> _T | None:
    item = value.get(name)
    return None if item is None else _checked(item, kind, name)


def _objects(value: Json, name: str, *, required: bool = True) -> list[Json]:
    if not required and name not in value:
        return []
    return [_checked(item, dict, name) for item in _field(value, name, list)]


def _strings(value: Json, name: str) -> tuple[str, ...]:
    return tuple(_checked(item, str, name) for item in _optional(value, name, list) or ())
