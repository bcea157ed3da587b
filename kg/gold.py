"""Gold annotation: `.ann` files, read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import GoldError
from kg.model import Alias, Article, Entity, EntityType, Evidence, Extraction, Fact, Mention, Span
from kg.text import sentences
from kg.vocabulary import PROPERTIES

TYPES = {
    "ORG": EntityType.ORGANISATION,
    "PER": EntityType.PERSON,
    "PROG": EntityType.PROGRAMME,
    "EVENT": EntityType.EVENT,
    "PLACE": EntityType.PLACE,
}
_MARK = re.compile(r"\[\[([^\[\]|]+)\|(ORG|PER|PROG|EVENT|PLACE):([a-z]+\d+)\]\]")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A marked stretch of the text."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity of the annotation; `surfaces` are all names it goes by."""

    id: str
    type: EntityType
    subtype: str | None
    name: str
    optional: bool
    implied: bool
    surfaces: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact of the annotation; an optional one is right if found and not missed if not."""

    subject: str
    property: str
    object: str | None
    qualifiers: dict[str, str] = field(default_factory=dict, hash=False)
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader took from one article."""

    article: Article
    mentions: tuple[GoldMention, ...]
    entities: dict[str, GoldEntity]
    facts: tuple[GoldFact, ...]


def read_gold(path: Path) -> Gold:
    """The annotation in `path`; raises `GoldError` naming the line that breaks the format."""
    return _gold(path, path.stem, path.read_text(encoding="utf-8"))


def read_golds(path: Path) -> Iterator[Gold]:
    """Every annotation of a file that holds several, each beginning with its `#! id:` line."""
    for block in re.split(r"^(?=#! id:)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        yield _gold(path, block.partition("\n")[0].partition(":")[2].strip(), block)


def _gold(path: Path, key: str, told: str) -> Gold:
    meta, sections = _sections(told)
    text, marks = _plain(sections.get("text", []))
    surfaces: dict[str, set[str]] = {}
    for mention in marks:
        surfaces.setdefault(mention.entity, set()).add(text[mention.start : mention.end])
    entities = {}
    for line in sections.get("entities", []):
        entity = _entity(path, line, surfaces)
        entities[entity.id] = entity
    for mention in marks:
        if mention.entity not in entities:
            raise GoldError(f"{path}: mark of '{mention.entity}' has no line under == entities")
    facts = tuple(_fact(path, line, entities) for line in sections.get("facts", []))
    article = Article(
        id=key,
        title=meta.get("title", ""),
        text=text,
        date=meta.get("date") or None,
        publisher=meta.get("publisher") or None,
        authors=tuple(a.strip() for a in meta.get("authors", "").split(";") if a.strip()),
    )
    return Gold(article, tuple(marks), entities, facts)


def read_gold_folder(folder: Path) -> dict[str, Gold]:
    """Every `.ann` file of `folder`, by article id."""
    paths = sorted(folder.glob("*.ann"))
    if not paths:
        raise GoldError(f"{folder}: no .ann files here; give the folder that holds the gold annotation")
    return {path.stem: read_gold(path) for path in paths}


def _sections(told: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    meta: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in told.splitlines():
        if line.startswith("#!"):
            key, _, value = line[2:].partition(":")
            meta[key.strip()] = value.strip()
        elif line.startswith("== "):
            current = sections.setdefault(line[3:].strip(), [])
        elif current is not None and line.strip():
            current.append(line.strip())
    return meta, sections


def _plain(paragraphs: list[str]) -> tuple[str, list[GoldMention]]:
    parts: list[str] = []
    marks: list[GoldMention] = []
    offset = 0
    for number, paragraph in enumerate(paragraphs):
        if number:
            parts.append("\n")
            offset += 1
        last = 0
        for match in _MARK.finditer(paragraph):
            before = paragraph[last : match.start()]
            parts += [before, match[1]]
            offset += len(before)
            marks.append(GoldMention(offset, offset + len(match[1]), match[3]))
            offset += len(match[1])
            last = match.end()
        parts.append(paragraph[last:])
        offset += len(paragraph) - last
    return "".join(parts), marks


def _entity(path: Path, line: str, surfaces: dict[str, set[str]]) -> GoldEntity:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) < 4 or cells[1] not in TYPES:
        raise GoldError(
            f"{path}: '{line}': an entity line is 'id | ORG, PER, PROG, EVENT or PLACE | subtype | name'"
        )
    eid, short, subtype, name, *flags = cells
    aka = {n.strip() for flag in flags if flag.startswith("aka ") for n in flag[4:].split(";")}
    return GoldEntity(
        id=eid,
        type=TYPES[short],
        subtype=None if subtype == "-" else subtype,
        name=name,
        optional="optional" in flags or "implied" in flags,
        implied="implied" in flags,
        surfaces=frozenset({name, *aka, *surfaces.get(eid, ())}),
    )


def _fact(path: Path, line: str, entities: dict[str, GoldEntity]) -> GoldFact:
    head, *cells = [cell.strip() for cell in line.lstrip("? ").split("|")]
    parts = head.split()
    if len(parts) < 2 or parts[1] not in PROPERTIES or parts[0] not in entities:
        raise GoldError(f"{path}: '{line}': a fact line is 'subject property object | qualifier=value'")
    subject, prop, obj = parts[0], parts[1], parts[2] if len(parts) > 2 else None
    literal = prop in ("date", "hasTarget")
    if not literal and obj not in entities:
        raise GoldError(f"{path}: '{line}': no entity '{obj}'")
    optional = line.startswith("?") or entities[subject].optional
    if not literal and obj is not None:
        optional = optional or entities[obj].optional
    pairs = (cell.partition("=") for cell in cells)
    return GoldFact(subject, prop, obj, {k.strip(): v.strip() for k, _, v in pairs}, optional)


def as_extraction(gold: Gold) -> Extraction:
    """The annotation as if it had been extracted: every fact backed by the sentences that name its ends."""
    article = gold.article
    mentions: dict[str, list[Mention]] = {}
    for mark in gold.mentions:
        text = article.text[mark.start : mark.end]
        mentions.setdefault(mark.entity, []).append(Mention(article.id, mark.start, mark.end, text))
    entities = tuple(
        Entity(
            id=entity.id,
            type=entity.type,
            name=entity.name,
            subtype=entity.subtype,
            aliases=tuple(Alias(name) for name in sorted(entity.surfaces - {entity.name})),
            mentions=tuple(mentions.get(entity.id, ())),
            articles=(article.id,),
            implied=entity.implied,
        )
        for entity in gold.entities.values()
    )
    spans = list(sentences(article.text))
    facts = tuple(_stated(fact, article, spans, mentions) for fact in gold.facts if not fact.optional)
    return Extraction(article, entities, facts)


def _stated(fact: GoldFact, article: Article, spans: list[Span], mentions: dict[str, list[Mention]]) -> Fact:
    ends = [mentions.get(end, []) for end in (fact.subject, fact.object) if end]

    def named_in(span: Span) -> int:
        return sum(any(span.start <= m.start < span.end for m in end) for end in ends)

    best = max(spans, key=lambda span: (named_in(span), -span.start))
    literal = fact.property == "date"
    return Fact(
        subject=fact.subject,
        property=fact.property,
        object=None if literal else fact.object,
        value=fact.object if literal else None,
        qualifiers=fact.qualifiers,
        evidence=(Evidence(article.id, best.start, best.end, article.text[best.start : best.end]),),
    )
