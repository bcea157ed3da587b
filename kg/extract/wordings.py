"""The different wordings of one article's names, each in full where the article makes that certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.chinese.abbreviations import simplified
from kg.chinese.bodies import read_body, sharing_place, unlisted_place
from kg.chinese.generic import ours, own, public, zone_body
from kg.chinese.home import Home
from kg.chinese.naming import named
from kg.chinese.places import Place, gazetteer
from kg.extract.pointing import BY_POINTING, committee_of, meant, zone_of
from kg.model import Article, Candidate, EntityType

_AND = ("、", "和", "与", "及", "以及")
_PAIRS = {"“": "”", "《": "》", "〈": "〉", '"': '"', "‘": "’", "「": "」"}


@dataclass(eq=False, slots=True)
class Wording:
    """One way of naming something in the article, with all its places."""

    type: EntityType
    name: str
    """In full where the article makes it certain: 上海市国资委 for 市国资委."""
    said: str
    """As it stands in the text, without marks."""
    spans: list[Candidate] = field(default_factory=list)
    pointers: list[Candidate] = field(default_factory=list)
    """Those of `spans` that only point to it: 该集团."""
    forms: list[str] = field(default_factory=list)
    """Other forms that the text around it makes."""
    how: str = "seen"
    titled: bool = False

    @property
    def first(self) -> int:
        """Where it is first named."""
        return self.spans[0].start


def wordings(article: Article, spans: list[Candidate]) -> list[Wording]:
    """The different wordings, each with what it is short for when the article makes that certain."""
    reader = _Reader(article, Home(article, _places(article, spans)))
    for span in spans:
        reader.take(span)
    return list(reader.found.values())


class _Reader:
    """Takes the names of an article in their order."""

    def __init__(self, article: Article, home: Home) -> None:
        self.found: dict[tuple[EntityType, str], Wording] = {}
        self._article = article
        self._home = home
        self._earlier: list[tuple[EntityType, str]] = []
        self._last: Candidate | None = None

    def take(self, span: Candidate) -> None:
        """Add `span` to its wording, or to that of the thing it points to."""
        text = self._article.text[span.start : span.end]
        said = unwrapped(text) if span.type in (EntityType.PROGRAMME, EntityType.EVENT) else text.strip()
        target = meant(said, span.type, self._earlier)
        if target is not None:
            pointed = self.found[self._key(*self._earlier[target])]
            pointed.spans.append(span)
            pointed.pointers.append(span)
            return
        name, how = self._name(span, said)
        if span.found_by == BY_POINTING and how == "seen" and not said.endswith("组委会"):
            return
        wording = self.found.setdefault(self._key(span.type, name), Wording(span.type, name, said, how=how))
        wording.spans.append(span)
        wording.forms += _other_forms(self._article, span, self._place_before(span))
        around = self._article.text[max(0, span.start - 1) : span.end + 1]
        wording.titled = wording.titled or text.startswith("《") or around.startswith("《")
        if len(name) > len(wording.name):
            wording.name, wording.said = name, said
        self._last = span
        self._earlier.append((span.type, name))

    @staticmethod
    def _key(type_: EntityType, name: str) -> tuple[EntityType, str]:
        return type_, named(type_, name).key

    def _name(self, span: Candidate, said: str) -> tuple[str, str]:
        """What `said` is in full, and how that is known."""
        if committee := committee_of(said, self._earlier):
            return committee, "context"
        name, how = _in_full(span, simplified(said), self._home, self._article)
        if span.type is EntityType.ORGANISATION and self._last is not None:
            if self._article.text[self._last.end : span.start] in _AND:
                name = sharing_place(name, self._earlier[-1][1])
        return name, how

    def _place_before(self, span: Candidate) -> str:
        """The place named right before `span`, as it is written."""
        last = self._last
        if last is None or last.end != span.start or last.type is not EntityType.PLACE:
            return ""
        return self._article.text[last.start : last.end]


def _places(article: Article, spans: list[Candidate]) -> Iterator[Place]:
    """The places that the names of the article tell."""
    for span in spans:
        name = article.text[span.start : span.end]
        if span.type is EntityType.ORGANISATION and (place := read_body(name).place) is not None:
            yield place
        elif span.type is EntityType.PLACE and re.fullmatch("[\u4e00-\u9fff]{2,6}[省市县区]", name):
            yield unlisted_place(name)


def _in_full(span: Candidate, said: str, home: Home, article: Article) -> tuple[str, str]:
    """What `said` is short for at this place of the article, and how that is known."""
    if span.type is EntityType.ORGANISATION:
        league = _LEAGUE.fullmatch(said)
        if league and (place := home.place(league["level"], span.start)) is not None:
            return f"共青团{place.name}委", "context"
        body = read_body(said)
        if body.level:
            place = home.place(body.level, span.start)
            if place is not None:
                return place.name + said.removeprefix(body.level), "context"
        level_, rest = public(said)
        whose = rest and (said.startswith(level_) or zone_body(said))
        if whose and (place := home.place(level_, span.start)) is not None:
            return place.name + rest, "context"
    if span.type in (EntityType.EVENT, EntityType.PROGRAMME):
        level_, rest = own(said)
        if rest and (place := home.place(level_, span.start)) is not None:
            return place.name + rest, "context"
    if span.type is EntityType.PLACE:
        if zone := zone_of(said, home.place("市", span.start)):
            return zone, "context"
        level_ = ours(said)
        if level_ not in ("", "国") and (place := home.place(level_, span.start)) is not None:
            return place.name, "context"
        options = gazetteer().by_name.get(said, ())
        if len(options) > 1:
            told = [
                p for p in options if any(n != said and len(n) > 1 and n in article.text for n in p.names)
            ]
            inside = told or [p for p in options if p.within and p.within in article.text]
            if len(inside) == 1:
                return inside[0].name, "lexicon"
    return said, "seen"


_LEAGUE = re.compile("(?:共青)?团(?P<level>自治区|[省市县区州旗])委")
"""The Youth League's committee at the article's place: 团市委."""
_INNER = re.compile("[区县市州旗镇乡村]$")
_TAIL = re.compile("[”」](?:倡议|战略|行动|计划|工程|平台|机制|改革|专项|项目)")
_CORE = re.compile("[“「](?P<core>[^“”「」]{2,})[”」].{1,6}")


def _other_forms(article: Article, span: Candidate, before: str) -> Iterator[str]:
    """Forms that the text around a name makes: 江西宜春, “一带一路”倡议; `before` is the place before it."""
    text = article.text
    said = text[span.start : span.end]
    if span.type is EntityType.PLACE:
        _, rest = gazetteer().outermost(said)
        if rest:
            yield rest
        if before and (gazetteer().prefix(before + said)[1] == "" or _INNER.search(said)):
            yield before + said
    if span.type is EntityType.PROGRAMME:
        tail = _TAIL.match(text, span.end)
        if tail and text[span.start - 1 : span.start] in ("“", "「"):
            yield text[span.start - 1 : tail.end()]
        core = _CORE.fullmatch(said)
        if core:
            yield core["core"]


def unwrapped(text: str) -> str:
    """`text` without marks around all of it.

    >>> unwrapped("《规划》"), unwrapped("“一网通办”平台")
    ('规划', '“一网通办”平台')
    """
    text = text.strip()
    close = _PAIRS.get(text[:1])
    inner = text[1:-1]
    return inner.strip() if close and text.endswith(close) and close not in inner and len(inner) > 1 else text
