"""Names of one article joined into entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.chinese.abbreviations import firm_short, key, simplified
from kg.chinese.bodies import read_body, read_firm, sharing_place, unlisted_place
from kg.chinese.distinct import apart
from kg.chinese.generic import generic, ours, own, plain, public
from kg.chinese.home import Home
from kg.chinese.naming import named
from kg.chinese.places import Place, bare, gazetteer
from kg.extract.introduced import Introduction, introductions
from kg.extract.pointing import BY_POINTING, committee_of, meant, pointing_words
from kg.extract.short_forms import level
from kg.extract.subtypes import subtype
from kg.model import Alias, Article, Candidate, Entity, EntityType, Evidence, Mention
from kg.text import sentences

_LETTER = {
    EntityType.ORGANISATION: "o",
    EntityType.PERSON: "p",
    EntityType.PROGRAMME: "g",
    EntityType.EVENT: "e",
    EntityType.PLACE: "l",
}
_AND = ("、", "和", "与", "及", "以及")
_PAIRS = {"“": "”", "《": "》", "〈": "〉", '"': '"', "‘": "’", "「": "」"}


@dataclass(eq=False, slots=True)
class _Wording:
    """One way of naming something in the article, with all its places."""

    type: EntityType
    name: str
    """In full where the article makes it certain: 上海市国资委 for 市国资委."""
    said: str
    """As it stands in the text, without marks."""
    spans: list[Candidate] = field(default_factory=list)
    pointers: list[Candidate] = field(default_factory=list)
    """Those of `spans` that only point to it: 该集团."""
    how: str = "seen"
    titled: bool = False

    @property
    def first(self) -> int:
        return self.spans[0].start


@dataclass(eq=False, slots=True)
class _Thing:
    """Wordings that are one thing."""

    wordings: list[_Wording]

    @property
    def type(self) -> EntityType:
        return self.wordings[0].type

    def last_before(self, position: int) -> int:
        """Where it was last named before `position`; what comes later counts as further away."""
        starts = [span.start for wording in self.wordings for span in wording.spans]
        before = [start for start in starts if start < position]
        return max(before) if before else -min(starts)


def join_names(article: Article, candidates: Iterable[Candidate]) -> list[Entity]:
    """The entities that `candidates` name, in order of first mention."""
    spans = sorted(candidates)
    spans = sorted([*spans, *pointing_words(article.text, spans)])
    introduced = list(introductions(article.text, spans))
    spans = _retyped(article.text, _with_introduced(article.text, spans, introduced), introduced)
    introduced = list(introductions(article.text, spans))
    things = _join(_wordings(article, spans), introduced, article.text)
    things.sort(key=lambda thing: min(w.first for w in thing.wordings))
    counts: dict[EntityType, int] = {}
    entities = []
    for thing in things:
        counts[thing.type] = counts.get(thing.type, 0) + 1
        name_id = f"{_LETTER[thing.type]}{counts[thing.type]}"
        entities.append(_entity(name_id, thing, article, introduced))
    return entities


def _with_introduced(text: str, spans: list[Candidate], introduced: list[Introduction]) -> list[Candidate]:
    """`spans`, and every place where a short name stands that the text introduces."""
    found = list(spans)
    taken = {position for span in spans for position in range(span.start, span.end)}
    for item in introduced:
        if generic(item.full.type, item.name):
            continue
        for match in re.finditer(re.escape(item.name), text):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                sure = item.full.confidence
                found.append(Candidate(match.start(), match.end(), item.full.type, sure, "introduced"))
    return sorted(found)


def _retyped(text: str, spans: list[Candidate], introduced: list[Introduction]) -> list[Candidate]:
    """The same spans, a short name having the type of what the text says it is short for."""
    given = {item.name: item.full.type for item in introduced}
    firms = {text[s.start : s.end] for s in spans if s.type is EntityType.ORGANISATION}
    legal = sorted(name for name in firms if read_firm(name).legal)
    kept = []
    for span in spans:
        said = text[span.start : span.end]
        type_ = given.get(unwrapped(said), span.type)
        if type_ in (EntityType.PLACE, EntityType.PERSON) and not gazetteer().by_name.get(said):
            if any(firm_short(said, firm) for firm in legal):
                type_ = EntityType.ORGANISATION
        kept.append(span if type_ is span.type else replace(span, type=type_))
    return kept


def _wordings(article: Article, spans: list[Candidate]) -> list[_Wording]:
    """The different wordings, each with what it is short for when the article makes that certain."""
    home = Home(article, _places(article, spans))
    found: dict[tuple[EntityType, str], _Wording] = {}
    earlier: list[tuple[EntityType, str]] = []
    last, last_end = "", 0
    for span in spans:
        text = article.text[span.start : span.end]
        said = unwrapped(text) if span.type in (EntityType.PROGRAMME, EntityType.EVENT) else text.strip()
        target = meant(said, span.type, earlier)
        if target is not None:
            pointed = found[span.type, named(*earlier[target]).key]
            pointed.spans.append(span)
            pointed.pointers.append(span)
            continue
        name, how = _in_full(span, simplified(said), home, article)
        if committee := committee_of(said, earlier):
            name, how = committee, "context"
        if span.found_by == BY_POINTING and how == "seen":
            continue
        if span.type is EntityType.ORGANISATION and article.text[last_end : span.start] in _AND:
            name = sharing_place(name, last)
        last, last_end = name, span.end
        earlier.append((span.type, name))
        wording = found.setdefault(
            (span.type, named(span.type, name).key), _Wording(span.type, name, said, how=how)
        )
        wording.spans.append(span)
        around = article.text[max(0, span.start - 1) : span.end + 1]
        wording.titled = wording.titled or text.startswith("《") or around.startswith("《")
        if len(name) > len(wording.name):
            wording.name, wording.said = name, said
    return list(found.values())


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
        body = read_body(said)
        if body.level:
            place = home.place(body.level, span.start)
            if place is not None:
                return place.name + said.removeprefix(body.level), "context"
        level_, rest = public(said)
        if rest and said.startswith(level_) and (place := home.place(level_, span.start)) is not None:
            return place.name + rest, "context"
    if span.type in (EntityType.EVENT, EntityType.PROGRAMME):
        level_, rest = own(said)
        if rest and (place := home.place(level_, span.start)) is not None:
            return place.name + rest, "context"
    if span.type is EntityType.PLACE:
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


def _join(wordings: list[_Wording], introduced: list[Introduction], text: str) -> list[_Thing]:
    by_start = {span.start: wording for wording in wordings for span in wording.spans}
    thing_of = {id(w): _Thing([w]) for w in wordings}
    for item in introduced:
        full, short = by_start.get(item.full.start), _named(item, wordings)
        if full is not None and short is not None and not apart(full.type, short.name, full.name):
            _merge(thing_of, full, short, "introduced")
    for short in sorted(wordings, key=lambda w: (-len(w.name), w.first)):
        others = {id(t): t for w, t in ((w, thing_of[id(w)]) for w in wordings) if w.type == short.type}
        mine = thing_of[id(short)]
        best = _best(short, mine, [t for t in others.values() if t is not mine])
        if best is not None:
            _merge(thing_of, best[1].wordings[0], short, best[0])
    return list({id(t): t for t in thing_of.values()}.values())


def _named(item: Introduction, wordings: list[_Wording]) -> _Wording | None:
    wanted = key(item.name)
    return next((w for w in wordings if w.type == item.full.type and key(w.said) == wanted), None)


def _merge(thing_of: dict[int, _Thing], full: _Wording, short: _Wording, how: str) -> None:
    into, gone = thing_of[id(full)], thing_of[id(short)]
    if into is gone:
        return
    if short.how == "seen":
        short.how = how
    into.wordings.extend(gone.wordings)
    for wording in gone.wordings:
        thing_of[id(wording)] = into


def _best(short: _Wording, mine: _Thing, others: list[_Thing]) -> tuple[str, _Thing] | None:
    """The thing that `short` most likely stands for: by the surest rule, then the one named last."""
    found = []
    for thing in others:
        if any(apart(short.type, a.name, b.name) for a in mine.wordings for b in thing.wordings):
            continue
        levels = [
            level(short.type, short.name, w.name) for w in thing.wordings if len(w.name) >= len(short.name)
        ]
        held = min((rule for rule in levels if rule is not None), default=None)
        if held is not None:
            found.append((held, thing))
    if not found:
        return None
    surest = min(rank for (rank, _), _ in found)
    rivals = [(name, thing) for (rank, name), thing in found if rank == surest]
    if len(rivals) > 1 and not generic(short.type, short.name) and short.type is not EntityType.PROGRAMME:
        return None
    return max(rivals, key=lambda pair: pair[1].last_before(short.first))


def _entity(name_id: str, thing: _Thing, article: Article, introduced: list[Introduction]) -> Entity:
    fullest = max(thing.wordings, key=_fullness)
    name = fullest.said if fullest.how == "seen" and key(fullest.said) == key(fullest.name) else fullest.name
    aliases: dict[str, Alias] = {}
    for wording in thing.wordings:
        where = None
        if wording.how != "seen":
            where = _evidence(article, wording.first)
        for pointer in wording.pointers:
            word = article.text[pointer.start : pointer.end]
            aliases.setdefault(word, Alias(word, "context", _evidence(article, pointer.start)))
        for form in dict.fromkeys([wording.said, *_surfaces(article, wording)]):
            if form != name:
                aliases.setdefault(form, Alias(form, wording.how, where))
        if wording.name not in (name, wording.said):
            aliases.setdefault(wording.name, Alias(wording.name, wording.how, where))
    starts = {span.start for wording in thing.wordings for span in wording.spans}
    for item in introduced:
        if item.full.start in starts and item.name != name:
            aliases[item.name] = Alias(item.name, "introduced", _evidence(article, item.span.start))
    mentions = sorted(
        Mention(article.id, span.start, span.end, article.text[span.start : span.end])
        for wording in thing.wordings
        for span in wording.spans
    )
    names = sorted((name, *aliases), key=lambda n: (-len(n), n))
    return Entity(
        id=name_id,
        type=thing.type,
        name=name,
        subtype=subtype(thing.type, [name, *names], any(w.titled for w in thing.wordings)),
        aliases=tuple(aliases[n] for n in sorted(aliases)),
        mentions=tuple(mentions),
        articles=(article.id,),
    )


def _surfaces(article: Article, wording: _Wording) -> Iterator[str]:
    for span in wording.spans:
        if span not in wording.pointers:
            yield unwrapped(article.text[span.start : span.end])


def unwrapped(text: str) -> str:
    """`text` without marks around all of it.

    >>> unwrapped("《规划》"), unwrapped("“一网通办”平台")
    ('规划', '“一网通办”平台')
    """
    text = text.strip()
    close = _PAIRS.get(text[:1])
    inner = text[1:-1]
    return inner.strip() if close and text.endswith(close) and close not in inner and len(inner) > 1 else text


def _fullness(wording: _Wording) -> tuple[bool, int, int]:
    if wording.type is EntityType.PLACE:
        known = gazetteer().called(wording.name)
        return known is not None and known.name == wording.name, len(bare(wording.name)), -wording.first
    return not generic(wording.type, wording.name), len(plain(wording.name)), -wording.first


def _evidence(article: Article, position: int) -> Evidence:
    span = next((s for s in sentences(article.text) if s.start <= position < s.end), None)
    if span is None:
        return Evidence(article.id, position, position, "")
    return Evidence(article.id, span.start, span.end, article.text[span.start : span.end])
