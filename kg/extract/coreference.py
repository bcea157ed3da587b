"""Names of one article joined into entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.chinese.abbreviations import key, simplified
from kg.chinese.distinct import apart
from kg.chinese.firm_names import firm_short, read_firm
from kg.chinese.generic import generic, plain
from kg.chinese.naming import widely_known
from kg.chinese.places import bare, gazetteer
from kg.chinese.schools import school_short
from kg.extract.introduced import Introduction, introductions
from kg.extract.pointing import pointing_words
from kg.extract.short_forms import level
from kg.extract.subtypes import subtype
from kg.extract.told_apart import Pair, told_apart
from kg.extract.wordings import Wording, unwrapped, wordings
from kg.model import Alias, Article, Candidate, Entity, EntityType, Evidence, Mention
from kg.text import sentences

_LETTER = {
    EntityType.ORGANISATION: "o",
    EntityType.PERSON: "p",
    EntityType.PROGRAMME: "g",
    EntityType.EVENT: "e",
    EntityType.PLACE: "l",
}


@dataclass(eq=False, slots=True)
class _Thing:
    """Wordings that are one thing."""

    wordings: list[Wording]

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
    things = _join(wordings(article, spans), introduced, told_apart(article.text, spans))
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
        type_ = given.get(unwrapped(said)) or widely_known().get(said, span.type)
        if type_ in (EntityType.PLACE, EntityType.PERSON) and not gazetteer().by_name.get(said):
            if any(firm_short(said, firm) for firm in legal) or any(
                school_short(said, firm) for firm in firms
            ):
                type_ = EntityType.ORGANISATION
        kept.append(span if type_ is span.type else replace(span, type=type_))
    return kept


def _join(wordings: list[Wording], introduced: list[Introduction], two_here: frozenset[Pair]) -> list[_Thing]:
    by_start = {span.start: wording for wording in wordings for span in wording.spans}
    thing_of = {id(w): _Thing([w]) for w in wordings}
    for item in introduced:
        full, short = by_start.get(item.full.start), _named(item, wordings)
        if full is not None and short is not None and not _two(full, short, two_here):
            _merge(thing_of, full, short, "introduced")
    for short in sorted(wordings, key=lambda w: (-len(w.name), w.first)):
        others = {id(t): t for w, t in ((w, thing_of[id(w)]) for w in wordings) if w.type == short.type}
        mine = thing_of[id(short)]
        rivals = [t for t in others.values() if t is not mine]
        best = _best(short, [t for t in rivals if not _told_apart(mine, t, two_here)])
        if best is not None:
            _merge(thing_of, best[1].wordings[0], short, best[0])
    return list({id(t): t for t in thing_of.values()}.values())


def _named(item: Introduction, wordings: list[Wording]) -> Wording | None:
    wanted = key(item.name)
    return next((w for w in wordings if w.type == item.full.type and key(w.said) == wanted), None)


def _merge(thing_of: dict[int, _Thing], full: Wording, short: Wording, how: str) -> None:
    into, gone = thing_of[id(full)], thing_of[id(short)]
    if into is gone:
        return
    if short.how == "seen":
        short.how = how
    into.wordings.extend(gone.wordings)
    for wording in gone.wordings:
        thing_of[id(wording)] = into


def _two(one: Wording, two: Wording, two_here: frozenset[Pair]) -> bool:
    """Whether the names themselves or the text, listing both or telling of a change, make them two."""
    return apart(one.type, one.name, two.name) or frozenset((key(one.said), key(two.said))) in two_here


def _told_apart(one: _Thing, two: _Thing, two_here: frozenset[Pair]) -> bool:
    return any(_two(a, b, two_here) for a in one.wordings for b in two.wordings)


def _best(short: Wording, others: list[_Thing]) -> tuple[str, _Thing] | None:
    """The thing that `short` most likely stands for: by the surest rule, then the one named last."""
    found = []
    for thing in others:
        if any(_group_and_firm(short.name, other.name) for other in thing.wordings):
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


def _group_and_firm(short: str, full: str) -> bool:
    """Whether one is a group and the other a listed company of its: 五粮液集团 and 宜宾五粮液股份有限公司."""
    brand, firm = read_firm(short), read_firm(full)
    return brand.group and firm.form == "股份有限公司" and not firm.group and "集团" not in full


def _entity(name_id: str, thing: _Thing, article: Article, introduced: list[Introduction]) -> Entity:
    fullest = max(thing.wordings, key=_fullness)
    name = fullest.said if fullest.how == "seen" and key(fullest.said) == key(fullest.name) else fullest.name
    aliases: dict[str, Alias] = {}
    for wording in thing.wordings:
        where = None
        if wording.how != "seen":
            where = _evidence(article, wording.first)
        for pointer in wording.pointers if thing.type is not EntityType.EVENT else ():
            word = article.text[pointer.start : pointer.end]
            aliases.setdefault(word, Alias(word, "context", _evidence(article, pointer.start)))
        for form in dict.fromkeys([wording.said, *_surfaces(article, wording)]):
            if form != name:
                aliases.setdefault(form, Alias(form, wording.how, where))
        for form in wording.forms:
            if form != name:
                aliases.setdefault(form, Alias(form))
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
        subtype=subtype(thing.type, map(simplified, [name, *names]), any(w.titled for w in thing.wordings)),
        aliases=tuple(aliases[n] for n in sorted(aliases)),
        mentions=tuple(mentions),
        articles=(article.id,),
    )


def _surfaces(article: Article, wording: Wording) -> Iterator[str]:
    for span in wording.spans:
        if span not in wording.pointers:
            yield unwrapped(article.text[span.start : span.end])


def _fullness(wording: Wording) -> tuple[bool, bool, int, int]:
    """The name that tells most; one in Chinese before one in Latin letters."""
    chinese = not wording.name.isascii()
    if wording.type is EntityType.PLACE:
        known = gazetteer().called(wording.name)
        whole = known is not None and known.name == wording.name
        return whole, chinese, len(bare(wording.name)), -wording.first
    return not generic(wording.type, wording.name), chinese, len(plain(wording.name)), -wording.first


def _evidence(article: Article, position: int) -> Evidence:
    span = next((s for s in sentences(article.text) if s.start <= position < s.end), None)
    if span is None:
        return Evidence(article.id, position, position, "")
    return Evidence(article.id, span.start, span.end, article.text[span.start : span.end])
