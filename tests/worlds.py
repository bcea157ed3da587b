"""Small made-up worlds for property tests: articles whose entities and facts are known exactly."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from kg.ids import entity_id, fact_id, name_key
from kg.model import Article, Entity, EntityType, Evidence, Extraction, Fact, Graph, Mention

ORG, PER, EVENT, PROG = EntityType.ORGANISATION, EntityType.PERSON, EntityType.EVENT, EntityType.PROGRAMME
NAMES = {
    ORG: ("青川市科技局", "白石县财政局", "云岭集团"),
    PER: ("王芳", "李明", "赵小川"),
    EVENT: ("江湾创新大会", "河谷论坛"),
    PROG: ("绿色出行方案", "灯塔行动"),
}
ROLES = ("局长", "副局长", "党组书记")
DATES = ("2021-03-01", "2021-03-02", "2022")

Said = tuple[str, EntityType, str, str, EntityType | None, str, dict[str, str]]
"""The sentence; subject type and name; property; object type (None: a date) and name; qualifiers."""


def _holds(org: str, role: str, person: str) -> Said:
    return f"{org}{role}{person}介绍了情况。", PER, person, "holdsPost", ORG, org, {"role": role}


def _attends(person: str, event: str) -> Said:
    return f"{person}出席{event}。", PER, person, "attends", EVENT, event, {}


def _issues(org: str, programme: str) -> Said:
    return f"{org}印发{programme}。", ORG, org, "issues", PROG, programme, {}


def _dated(event: str, date: str) -> Said:
    return f"{event}于{date}举行。", EVENT, event, "date", None, date, {}


def said() -> st.SearchStrategy[Said]:
    """A sentence and the fact it states."""
    names = {kind: st.sampled_from(words) for kind, words in NAMES.items()}
    return st.one_of(
        st.builds(_holds, names[ORG], st.sampled_from(ROLES), names[PER]),
        st.builds(_attends, names[PER], names[EVENT]),
        st.builds(_issues, names[ORG], names[PROG]),
        st.builds(_dated, names[EVENT], st.sampled_from(DATES)),
    )


def extraction(number: int, sentences: list[Said]) -> Extraction:
    """The extraction of the article that these sentences make up."""
    name = f"art{number}"
    article = Article(
        name, f"第{number}篇", "".join(s[0] for s in sentences), date=f"2021-05-{number + 1:02}"
    )
    mentions: dict[tuple[EntityType, str], list[Mention]] = {}
    facts: list[Fact] = []
    offset = 0
    for text, kind, subject, prop, other, target, qualifiers in sentences:
        evidence = Evidence(name, offset, offset + len(text), text)
        for end_kind, end in ((kind, subject), (other, target)):
            if end_kind is not None:
                at = offset + text.index(end)
                mentions.setdefault((end_kind, end), []).append(Mention(name, at, at + len(end), end))
        end_id = entity_id(other, name_key(target)) if other else None
        facts.append(
            Fact(
                entity_id(kind, name_key(subject)),
                prop,
                end_id,
                None if other else target,
                qualifiers,
                0.9,
                (evidence,),
            )
        )
        offset += len(text)
    entities = tuple(
        Entity(entity_id(kind, name_key(word)), kind, word, mentions=tuple(found), articles=(name,))
        for (kind, word), found in mentions.items()
    )
    return Extraction(article, entities, tuple(facts))


def extractions(most: int = 5) -> st.SearchStrategy[tuple[Extraction, ...]]:
    """Some articles of one to four sentences."""
    texts = st.lists(st.lists(said(), min_size=1, max_size=4), min_size=1, max_size=most)
    return texts.map(lambda found: tuple(extraction(n, text) for n, text in enumerate(found)))


def joined(parts: tuple[Extraction, ...]) -> Graph:
    """The articles as one graph, by name alone: what any resolver does with names as clear as these."""
    entities: dict[str, Entity] = {}
    facts: dict[str, Fact] = {}
    for part in parts:
        for e in part.entities:
            known = entities.get(e.id, replace(e, mentions=(), articles=()))
            entities[e.id] = replace(
                known,
                mentions=tuple(sorted({*known.mentions, *e.mentions})),
                articles=tuple(sorted({*known.articles, *e.articles})),
            )
        for f in part.facts:
            pooled = facts[fact_id(f)].evidence if fact_id(f) in facts else ()
            facts[fact_id(f)] = replace(f, evidence=tuple(sorted({*pooled, *f.evidence})))
    return Graph(
        tuple(sorted((part.article for part in parts), key=lambda a: a.id)),
        tuple(entities[key] for key in sorted(entities)),
        tuple(facts[key] for key in sorted(facts)),
    )


def with_entity(graph: Graph, id_: str, **changes: object) -> Graph:
    """The graph with one entity changed; facts follow when its id does."""
    new = changes.get("id", id_)

    def follow(fact: Fact) -> Fact:
        return replace(
            fact,
            subject=new if fact.subject == id_ else fact.subject,
            object=new if fact.object == id_ else fact.object,
        )

    entities = (replace(e, **changes) if e.id == id_ else e for e in graph.entities)
    return replace(
        graph,
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        facts=tuple(sorted(map(follow, graph.facts), key=fact_id)),
    )
