"""A difference told in words, line by line, Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from kg.diff import Difference, changed_fields
from kg.model import Change, Correction, Entity, Evidence, Fact, Series
from kg.statements import Lang, Speaker

_WORDS: Final = MappingProxyType(
    {
        "nothing": ("两图相同", "nothing changed"),
        "articles": ("文章", "articles"),
        "entities": ("实体", "entities"),
        "facts": ("事实", "facts"),
        "evidence": ("证据", "evidence"),
        "renamed": ("改名", "renamed"),
        "merged": ("合并", "merged"),
        "split": ("拆分", "split"),
        "series": ("系列", "series"),
        "events": ("机构沿革", "changes of bodies"),
        "corrections": ("人工更正", "corrections"),
        "name": ("名称", "name"),
        "type": ("类型", "type"),
        "subtype": ("细类", "subtype"),
        "aliases": ("别名", "aliases"),
        "mentions": ("提及", "mentions"),
        "implied": ("推知", "implied"),
        "id": ("编号", "id"),
        "title": ("标题", "title"),
        "text": ("正文", "text"),
        "date": ("日期", "date"),
        "publisher": ("媒体", "publisher"),
        "authors": ("作者", "authors"),
        "sources": ("来源", "sources"),
        "url": ("网址", "url"),
        "sha256": ("正文", "text"),
        "voice": ("转载关系", "story retold"),
        "confidence": ("置信度", "confidence"),
        "value": ("值", "value"),
        "subject": ("主体", "subject"),
        "object": ("客体", "object"),
        "none": ("无", "none"),
    }
)


def words(difference: Difference, lang: Lang = "zh") -> Iterator[str]:
    """Yield what changed: how much, then each change on a line, `+` come, `-` gone, `~` otherwise."""
    yield from _Teller(difference, lang).lines()


class _Teller:
    def __init__(self, difference: Difference, lang: Lang) -> None:
        self.difference = difference
        self.lang = lang
        self.was = Speaker(difference.old, lang)
        self.now = Speaker(difference.new, lang)

    def word(self, key: str) -> str:
        zh, en = _WORDS.get(key, (key, key))
        return en if self.lang == "en" else zh

    def lines(self) -> Iterator[str]:
        if not self.difference:
            yield self.word("nothing")
            return
        yield from self._counts()
        for heading, part in (
            ("articles", self._articles()),
            ("entities", self._entities()),
            ("facts", self._facts()),
            ("evidence", self._evidence()),
            ("series", self._series()),
            ("events", self._events()),
            ("corrections", self._corrections()),
        ):
            found = list(part)
            if found:
                yield ""
                yield self.word(heading)
                yield from found

    def _counts(self) -> Iterator[str]:
        d = self.difference
        for heading in ("articles", "entities", "facts", "evidence"):
            part = getattr(d, heading)
            line = f"{self.word(heading)}  +{len(part.added)} -{len(part.removed)}"
            if heading != "evidence":
                line += f" ~{len(part.changed)}"
            if heading == "entities":
                for key in ("renamed", "merged", "split"):
                    line += f"  {self.word(key)} {len(getattr(d, key))}"
            yield line

    def _articles(self) -> Iterator[str]:
        changes = self.difference.articles
        yield from (f"  + {self.now.article(article)}" for article in changes.added)
        yield from (f"  - {self.was.article(article)}" for article in changes.removed)
        for old, new in changes.changed:
            kinds = dict.fromkeys(self.word(name) for name in changed_fields(old, new))
            yield f"  ~ {self.now.article(new)}: {', '.join(kinds)}"

    def _entities(self) -> Iterator[str]:
        d = self.difference
        for old, new in d.renamed:
            yield f"  ~ {self.word('renamed')} {self.was.entity(old)} → {self.now.entity(new)}"
            yield from self._details(old, new)
        for merged in d.merged:
            olds = " + ".join(map(self.was.entity, merged.old))
            yield f"  ~ {self.word('merged')} {olds} → {self.now.entity(merged.new)}"
        for split in d.split:
            news = " + ".join(map(self.now.entity, split.new))
            yield f"  ~ {self.word('split')} {self.was.entity(split.old)} → {news}"
        yield from (f"  + {self.now.entity(entity)}" for entity in d.entities.added)
        yield from (f"  - {self.was.entity(entity)}" for entity in d.entities.removed)
        for old, new in d.entities.changed:
            yield f"  ~ {self.now.entity(new)}"
            yield from self._details(old, new)

    def _details(self, old: Entity, new: Entity) -> Iterator[str]:
        for name in changed_fields(old, new):
            if name == "aliases":
                yield self._set(name, {a.name for a in old.aliases}, {a.name for a in new.aliases})
            elif name in ("mentions", "articles"):
                was, now = set(getattr(old, name)), set(getattr(new, name))
                yield f"      {self.word(name)} +{len(now - was)} -{len(was - now)}"
            else:
                yield self._value(name, getattr(old, name), getattr(new, name))

    def _set(self, name: str, was: set[str], now: set[str]) -> str:
        told = [f"+{item}" for item in sorted(now - was)] + [f"-{item}" for item in sorted(was - now)]
        return f"      {self.word(name)} {' '.join(told) or '~'}"

    def _value(self, name: str, was: object, now: object) -> str:
        return f"      {self.word(name)} {self._said(was)} → {self._said(now)}"

    def _said(self, value: object) -> str:
        return self.word("none") if value in (None, "") else str(value)

    def _facts(self) -> Iterator[str]:
        changes = self.difference.facts
        for fact in changes.added:
            yield f"  + {self.now.fact(fact)}"
            yield from (f"      {self._quote(evidence)}" for evidence in fact.evidence)
        for fact in changes.removed:
            yield f"  - {self.was.fact(fact)}"
            yield from (f"      {self._quote(evidence)}" for evidence in fact.evidence)
        for old, new in changes.changed:
            yield f"  ~ {self.now.fact(new)}"
            yield from self._fact_details(old, new)

    def _fact_details(self, old: Fact, new: Fact) -> Iterator[str]:
        ends = (
            ("subject", self.was.name(old.subject), self.now.name(new.subject)),
            (
                "object",
                self.was.name(old.object) if old.object else "",
                self.now.name(new.object) if new.object else "",
            ),
            ("value", old.value, new.value),
            *((k, old.qualifiers.get(k), new.qualifiers.get(k)) for k in _keys(old, new)),
            ("confidence", old.confidence, new.confidence),
        )
        yield from (self._value(name, was, now) for name, was, now in ends if was != now)

    def _evidence(self) -> Iterator[str]:
        for quoted in self.difference.evidence.added:
            yield f"  + {self.now.fact(quoted.fact)}\n      {self._quote(quoted.evidence)}"
        for quoted in self.difference.evidence.removed:
            yield f"  - {self.was.fact(quoted.fact)}\n      {self._quote(quoted.evidence)}"

    def _quote(self, evidence: Evidence) -> str:
        return f"“{evidence.text}” [{evidence.article}:{evidence.start}-{evidence.end}]"

    def _series(self) -> Iterator[str]:
        def told(speaker: Speaker, series: Series) -> str:
            return f"{series.name}: {', '.join(map(speaker.name, series.members))}"

        changes = self.difference.series
        yield from (f"  + {told(self.now, s)}" for s in changes.added)
        yield from (f"  - {told(self.was, s)}" for s in changes.removed)
        yield from (f"  ~ {told(self.was, a)} → {told(self.now, b)}" for a, b in changes.changed)

    def _events(self) -> Iterator[str]:
        def told(speaker: Speaker, change: Change) -> str:
            before, after = (" + ".join(map(speaker.name, ids)) for ids in (change.before, change.after))
            return f"{change.kind}: {before} → {after} {change.date or ''}".rstrip()

        changes = self.difference.events
        yield from (f"  + {told(self.now, c)}" for c in changes.added)
        yield from (f"  - {told(self.was, c)}" for c in changes.removed)
        yield from (f"  ~ {told(self.now, b)}" for _, b in changes.changed)

    def _corrections(self) -> Iterator[str]:
        def told(c: Correction) -> str:
            what = " ".join(part for part in (c.kind, c.subject, c.property, c.object) if part)
            return f"{what} ({c.author}, {c.date}: {c.reason})"

        changes = self.difference.corrections
        yield from (f"  + {told(c)}" for c in changes.added)
        yield from (f"  - {told(c)}" for c in changes.removed)
        yield from (f"  ~ {told(b)}" for _, b in changes.changed)


def _keys(old: Fact, new: Fact) -> list[str]:
    return sorted({*old.qualifiers, *new.qualifiers})
