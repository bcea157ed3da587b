"""Identifiers from a W3C reconciliation service, asked only when the user names one.

A candidate becomes an identifier when it is the only one that the service is sure of and its name is a name
of the thing, marks, width and script aside. Every other candidate is a suggestion for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from kg.authority import full_identifier
from kg.chinese.abbreviations import key
from kg.chinese.generic import needs_context
from kg.chinese.places import gazetteer
from kg.model import Entity, EntityType, Graph
from kg.reconcile.answers import FILE, Answers, read_answers
from kg.reconcile.service import Candidate, Manifest, Query

__all__ = ["FILE", "Reconciled", "reconciled"]

_WIKIDATA = "http://www.wikidata.org/entity/"
_WIKIDATA_TYPES = {
    EntityType.PERSON: "Q5",
    EntityType.ORGANISATION: "Q43229",
    EntityType.EVENT: "Q1656682",
    EntityType.PLACE: "Q2221906",
}
_COUNTRY, _CHINA = "P17", "Q148"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The graph with identifiers, what is only suggested, and the answers to keep."""

    graph: Graph
    suggestions: tuple[Mapping[str, Any], ...]
    answers: Answers

    FILE: ClassVar[str] = FILE
    """Where the answers are kept, beside the graph."""

    def as_json(self) -> dict[str, Any]:
        """What the report says of it."""
        manifest = self.answers.manifest
        return {
            "service": self.answers.url,
            "name": manifest.name if manifest else "",
            "suggestions": list(self.suggestions),
        }


def reconciled(graph: Graph, url: str, kept_in: Path) -> Reconciled:
    """`graph` with what the service at `url` is sure of; what it answered before is read from `kept_in`."""
    answers = read_answers(kept_in, url)
    manifest = answers.manifest or Manifest("", "")
    queries = {e.id: query_of(e, manifest) for e in graph.entities if _is_named(e)}
    answers.ask(queries.values())
    sure = dict(_sure(graph, queries, answers))
    claims: dict[str, int] = {}
    for candidate in sure.values():
        claims[candidate.id] = claims.get(candidate.id, 0) + 1
    sure = {owner: candidate for owner, candidate in sure.items() if claims[candidate.id] == 1}
    entities = tuple(
        _with(e, _identifier(sure[e.id], manifest)) if e.id in sure else e for e in graph.entities
    )
    suggestions = [
        {"entity": e.id, "name": e.name, "candidates": [asdict(c) for c in answers.of(queries[e.id])]}
        for e in graph.entities
        if e.id in queries and e.id not in sure and answers.of(queries[e.id])
    ]
    return Reconciled(replace(graph, entities=entities), tuple(suggestions), answers)


def _is_named(entity: Entity) -> bool:
    return not needs_context(entity.type, entity.name)


def query_of(entity: Entity, manifest: Manifest) -> Query:
    """What to ask about `entity`: its name, its type where the service has it, its country if known."""
    if manifest.space == _WIKIDATA:
        place = gazetteer().prefix(entity.name)[0] if entity.type is not EntityType.PERSON else None
        chinese = place is not None and gazetteer().within(place, "省") is not None
        properties = ((_COUNTRY, _CHINA),) if chinese else ()
        return Query(entity.name, _WIKIDATA_TYPES.get(entity.type, ""), properties)
    words = {entity.type.value.casefold(), entity.type.value.casefold().replace("isation", "ization")}
    type_ = next((i for i, name in manifest.types if {i.casefold(), name.casefold()} & words), "")
    return Query(entity.name, type_)


def _sure(graph: Graph, queries: Mapping[str, Query], answers: Answers) -> Iterator[tuple[str, Candidate]]:
    """Yield the only candidate that the service is sure of and that goes by a name of the entity."""
    for entity in graph.entities:
        if entity.id in queries:
            matches = [c for c in answers.of(queries[entity.id]) if c.match]
            names = {key(name) for name in entity.names if not needs_context(entity.type, name)}
            if len(matches) == 1 and key(matches[0].name) in names:
                yield entity.id, matches[0]


def _identifier(candidate: Candidate, manifest: Manifest) -> str:
    """The IRI of a candidate where the service's ids make one, else its code."""
    if candidate.id.startswith(("http://", "https://")):
        return candidate.id
    if manifest.space.startswith(("http://", "https://")) and manifest.space.endswith(("/", "#", "=")):
        return manifest.space + candidate.id
    return full_identifier(candidate.id)


def _with(entity: Entity, identifier: str) -> Entity:
    return replace(entity, identifiers=tuple(sorted({*entity.identifiers, identifier})))
