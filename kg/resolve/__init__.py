"""Entities of many articles joined into one graph; each joining by a named level, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.authority import Authority
from kg.model import Article, EntityType, Extraction, Graph
from kg.resolve import assembly, iris, names, occasions, people
from kg.resolve.changes import changes
from kg.resolve.decisions import Clusters, Decision, Doubt
from kg.resolve.members import Member, Source, member
from kg.resolve.series import series_of
from kg.resolve.why import Explanation, explain
from kg.voices import voices

__all__ = ["Decision", "Doubt", "Explanation", "Resolution", "explain", "resolve", "resolve_with_reasons"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The graph, why names in it are one, and what a person should look at."""

    graph: Graph
    decisions: tuple[Decision, ...]
    doubtful: tuple[Doubt, ...]

    def why(self, one: str, two: str) -> Explanation:
        """Why two names are one thing or two."""
        return explain(self.graph, self.decisions, self.doubtful, one, two)


def resolve(extractions: Iterable[Extraction], authority: Authority | None = None) -> Graph:
    """The graph that `extractions` state together, in whatever order they come."""
    return resolve_with_reasons(extractions, authority).graph


def resolve_with_reasons(extractions: Iterable[Extraction], authority: Authority | None = None) -> Resolution:
    """The graph with the decisions behind it; an authority file adds names and identifiers."""
    authority = authority or Authority()
    sources = [Source(e) for e in sorted(extractions, key=lambda e: (e.article.date or "9999", e.article.id))]
    members = {
        (source.article.id, entity.id): member(source, entity, authority)
        for source in sources
        for entity in source.entities.values()
    }
    clusters = _clusters(members)
    groups = list(clusters.groups())
    ids = iris.ids(groups, lambda of, key: members.get((of.source.article.id, key)))
    id_of = {m: key for key, group in zip(ids, groups, strict=True) for m in group}
    speaker = voices(source.article for source in sources)
    facts = assembly.pooled(
        (
            moved
            for source in sources
            for fact in source.facts
            if (moved := assembly.moved(fact, _names_of(source, members, id_of))) is not None
        ),
        speaker,
        {s.article.id: s.article.date[:10] for s in sources if s.article.date},
    )
    entities = sorted(
        (assembly.entity(key, group, authority) for key, group in zip(ids, groups, strict=True)),
        key=lambda e: e.id,
    )
    graph = Graph(
        articles=tuple(sorted((_voiced(s.article, speaker) for s in sources), key=lambda a: a.id)),
        entities=tuple(entities),
        facts=facts,
        series=series_of(entities),
        changes=changes(sources, lambda source, key: id_of[members[source.article.id, key]]),
    )
    return Resolution(graph, clusters.decisions(id_of), clusters.doubts(id_of))


def _voiced(article: Article, speaker: Mapping[str, str]) -> Article:
    voice = speaker[article.id]
    return replace(article, voice=voice if voice != article.id else None)


def _names_of(
    source: Source, members: dict[tuple[str, str], Member], id_of: dict[Member, str]
) -> dict[str, str]:
    return {key: id_of[members[source.article.id, key]] for key in source.entities}


def _clusters(members: dict[tuple[str, str], Member]) -> Clusters:
    """Every level, in its order."""
    clusters = Clusters(members.values())

    def thing(source: Source, key: str) -> Member:
        return clusters.root(members[source.article.id, key])

    of_type: dict[EntityType, list[Member]] = {type_: [] for type_ in EntityType}
    for one in members.values():
        of_type[one.entity.type].append(one)
    for type_ in (EntityType.PLACE, EntityType.ORGANISATION):
        groups = names.by_key(clusters, of_type[type_])
        if type_ is EntityType.ORGANISATION:
            names.by_unit(clusters, groups)
            names.by_hospital(clusters, groups)
        names.by_alias(clusters, groups)
        if type_ is EntityType.ORGANISATION:
            names.by_firm(clusters, groups)
    for type_ in (EntityType.PROGRAMME, EntityType.EVENT):
        _occasions(clusters, of_type[type_])
    occasions.by_organiser(clusters, of_type[EntityType.EVENT], thing)
    people.by_post(
        clusters,
        people.by_name(of_type[EntityType.PERSON]),
        thing,
    )
    return clusters


def _occasions(clusters: Clusters, members: list[Member]) -> None:
    by_name: dict[str, list[Member]] = {}
    for one in members:
        by_name.setdefault(one.key, []).append(one)
    for same in by_name.values():
        for issued in occasions.by_issuer(clusters, same):
            for group in occasions.partition(issued):
                for other in group[1:]:
                    clusters.join(group[0], other, "same name")
    names.by_alias(clusters, by_name, occasions.may_be)
    occasions.by_edition(clusters, members)
