"""An entity of one article, as the joining across articles sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kg.authority import Authority
from kg.chinese.abbreviations import simplified
from kg.chinese.bodies import known_names, read_body, side, unlisted_place
from kg.chinese.generic import needs_context, ours, own, public, zone
from kg.chinese.home import Home
from kg.chinese.naming import Named, body_key, named
from kg.chinese.places import Place, gazetteer
from kg.ids import digest, name_key
from kg.model import Article, Entity, EntityType, Extraction, Fact

_TOLD = (EntityType.EVENT, EntityType.PROGRAMME)
CERTAIN = ("authority", "lexicon", "body", "place", "context", "name", "default")
"""The levels of naming, the surest first."""

_BY_OFFICE = (("厅", "省"), ("自治区", "自治区"))
_LOCAL = "local"
_SEAT = re.compile("[\u4e00-\u9fff]{2,6}[省市县区]")
ORG = EntityType.ORGANISATION


class Source:
    """An extraction with what is looked up in it more than once."""

    def __init__(self, extraction: Extraction) -> None:
        self.article: Article = extraction.article
        self.facts: tuple[Fact, ...] = extraction.facts
        self.order = (extraction.article.date or "9999", extraction.article.id)
        self.entities = {entity.id: entity for entity in extraction.entities}

    @cached_property
    def home(self) -> Home:
        """The places that the article is about."""
        return Home(self.article, self._places())

    def _places(self) -> Iterator[Place]:
        """The places that its names tell."""
        for entity in self.entities.values():
            for name in entity.names:
                if entity.type is ORG and (place := read_body(name).place) is not None:
                    yield place
                elif entity.type is EntityType.PLACE and _SEAT.fullmatch(name):
                    yield unlisted_place(name)

    @cached_property
    def of_subject(self) -> dict[str, list[Fact]]:
        """The facts by their subject."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            found.setdefault(fact.subject, []).append(fact)
        return found

    @cached_property
    def of_object(self) -> dict[str, list[Fact]]:
        """The facts by their object."""
        found: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.object:
                found.setdefault(fact.object, []).append(fact)
        return found


@dataclass(eq=False, slots=True)
class Member:
    """One entity of one article."""

    source: Source
    entity: Entity
    name: str
    """The name that identifies it."""
    key: str
    level: str
    others: dict[str, str] = field(default_factory=dict)
    """Its other identifying keys, each with the name that gives it."""

    @property
    def order(self) -> tuple[str, str, str]:
        """Where it stands in time."""
        return (*self.source.order, self.entity.id)

    @property
    def local(self) -> bool:
        """Whether only its own article knows which thing it is."""
        return self.level == _LOCAL

    def posts(self) -> Iterator[tuple[Fact, Entity]]:
        """Yield what the article says of a person's posts, each with the body."""
        for fact in self.source.of_subject.get(self.entity.id, ()):
            body = self.source.entities.get(fact.object) if fact.object else None
            if fact.property == "holdsPost" and body is not None:
                yield fact, body


def member(source: Source, entity: Entity, authority: Authority) -> Member:
    """`entity` with what identifies it, in the light of its article and the authority file."""
    found: dict[str, tuple[bool, int, bool, int, str, str]] = {}
    for name in entity.names:
        naming = _named(source, entity, name)
        record = authority.find(entity.type, naming.key) if naming is not None else None
        if record is not None:
            naming = Named(named(entity.type, record.name).key, "authority")
        if naming is not None and naming.key:
            own = name == entity.name and naming.level not in ("default", "context")
            rank = (not own, CERTAIN.index(naming.level), name.isascii(), -len(name), name, naming.level)
            found[naming.key] = min(found.get(naming.key, rank), rank)
    if not found:
        local = f"{name_key(entity.name)}@{digest(source.article.id, length=8)}"
        return Member(source, entity, entity.name, local, _LOCAL)
    order = sorted((rank, key) for key, rank in found.items())
    (*_, name, level), key = order[0]
    return Member(source, entity, name, key, level, {k: rank[4] for rank, k in order[1:]})


def _named(source: Source, entity: Entity, name: str) -> Named | None:
    """The identity that `name` gives in this article; None when the article leaves it open."""
    name = simplified(name)
    naming = named(entity.type, name)
    if naming.level == "open":
        place = entity.type is EntityType.PLACE
        return _open_place(source, entity, name) if place else _open_body(source, entity, name)
    if naming.level != "name":
        return naming
    default = known_names()[1].get(name) if entity.type is ORG else None
    if default is not None and default.subtype == "Company":
        return Named(default.name, "default")
    shared = _shared_name(source, entity, name)
    if shared is not None:
        return shared
    open_ = (
        (needs_context(entity.type, name) and not _quoted(source, entity))
        or ours(name)
        or (entity.type in _TOLD and own(name)[1])
    )
    return None if open_ else naming


_MARKED = re.compile('[“「"](?:[^“”「」"]{2,})[”」"]')


def _quoted(source: Source, entity: Entity) -> bool:
    """Whether the article sets a programme's name in quote marks, as its own: “海创工程” is not 某工程."""
    text = source.article.text
    return entity.type is EntityType.PROGRAMME and any(
        _MARKED.fullmatch(text, m.start - 1, m.end + 1) for m in entity.mentions if m.start
    )


def _shared_name(source: Source, entity: Entity, name: str) -> Named | None:
    """A name that every place has, with the place that the article is about: 高新区, 市人民医院, 我市."""
    start = entity.mentions[0].start if entity.mentions else 0
    level, rest = "", ""
    if entity.type is ORG:
        level, rest = public(name)
    elif entity.type in _TOLD:
        level, rest = own(name)
    elif entity.type is EntityType.PLACE:
        level, rest = ("市", name) if zone(name) else (ours(name), "")
    home = source.home.place(level, start) if level else None
    return Named(named(entity.type, home.key + rest).key, "context") if home is not None else None


def _open_body(source: Source, entity: Entity, name: str) -> Named | None:
    body = read_body(name)
    start = entity.mentions[0].start if entity.mentions else 0
    if body.place is not None:
        place = _inside(source, body.place.name)
        return Named(body_key(place, body), "context") if place is not None else None
    level = body.level or next((lvl for end, lvl in _BY_OFFICE if body.core.endswith(end)), "")
    default = known_names()[1].get(name)
    if default is not None and not body.level and not _local_bodies(source):
        return Named(default.name, "default")
    if not level:
        return None
    home = source.home.place(level, start)
    return Named(body_key(home, body), "context") if home is not None else None


def _local_bodies(source: Source) -> bool:
    """Whether the article speaks of bodies of a city or a province."""
    for entity in source.entities.values():
        if entity.type is EntityType.ORGANISATION:
            for name in entity.names:
                body = read_body(name)
                if body.known and (body.level or body.place is not None) and side(body.core) != "mass":
                    return True
    return False


def _open_place(source: Source, entity: Entity, name: str) -> Named | None:
    place = _inside(source, name)
    return Named(place.key, "context") if place is not None else None


def _inside(source: Source, name: str) -> Place | None:
    """Which of the places called `name` lies in a place that the article is about."""
    options = [place for place in gazetteer().by_name.get(name, ()) if place.key]
    told = source.article.title + source.article.text
    inside = [
        place
        for place in options
        if (parent := gazetteer().called(place.within)) is not None
        and any(len(form) > 1 and form in told for form in parent.names)
    ]
    return inside[0] if len(inside) == 1 else None
