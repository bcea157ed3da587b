"""A thing keeps its id when articles are added, unless they join a fuller name to it or part it in two."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kg.model import Entity, EntityType, Extraction, Fact, Graph, Mention
from kg.resolve import resolve

from .conftest import all_cases


def _moved(extraction: Extraction, mark: str) -> Extraction:
    """The extraction with ids of articles that no other case has."""

    def marked(spots: tuple) -> tuple:
        return tuple(replace(spot, article=mark + spot.article) for spot in spots)

    def told(fact: Fact) -> Fact:
        return replace(fact, evidence=marked(fact.evidence))

    article = replace(extraction.article, id=mark + extraction.article.id)
    entities = tuple(
        replace(
            entity,
            mentions=marked(entity.mentions),
            articles=(article.id,),
            aliases=tuple(
                replace(alias, where=replace(alias.where, article=article.id) if alias.where else None)
                for alias in entity.aliases
            ),
        )
        for entity in extraction.entities
    )
    return Extraction(article, entities, tuple(map(told, extraction.facts)))


POOL = [
    _moved(extraction, f"{number}-")
    for number, case in enumerate(all_cases())
    for extraction in case.extractions()
]


def _owners(graph: Graph) -> dict[Mention, Entity]:
    return {mention: entity for entity in graph.entities for mention in entity.mentions}


def _new_evidence(before: Entity, after: Entity) -> bool:
    """Whether the added articles know the thing by another name, or an earlier post of the person."""
    return not set(after.names) <= set(before.names) or (
        before.type is EntityType.PERSON and len(before.name) == 2
    )


ALL = resolve(POOL)


@pytest.mark.parametrize("seed", range(12))
def test_ids_stay_when_articles_are_added(seed: int):
    rng = random.Random(seed)
    some = rng.sample(POOL, rng.randint(len(POOL) // 4, len(POOL) * 3 // 4))
    owners = _owners(ALL)
    kept = total = 0
    for entity in resolve(some).entities:
        later = {owners[mention].id for mention in entity.mentions}
        if len(later) == 1:
            after = owners[entity.mentions[0]]
            assert entity.id == after.id or _new_evidence(entity, after), (entity.id, after.id)
            kept += entity.id == after.id
            total += 1
    assert kept > 0.95 * total


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_articles_says_nothing(seed: int):
    shuffled = list(POOL)
    random.Random(seed).shuffle(shuffled)
    assert resolve(shuffled) == ALL


def test_a_homonym_from_an_earlier_article_leaves_the_first_its_id():
    about = [e for e in POOL if "王伟" in e.article.text]
    later, earlier = (next(e for e in about if word in e.article.text) for word in ("财政局", "教授"))
    earlier = replace(earlier, article=replace(earlier.article, date="2001-01-01"))
    alone = {e.id for e in resolve([later]).entities if e.name == "王伟"}
    both = {e.id for e in resolve([later, earlier]).entities if e.name == "王伟"}
    assert len(both) == 2
    assert alone < both
