"""A difference as plain values for JSON."""

from __future__ import annotations

from typing import Any

from kg.diff import Changes, Difference, changed_fields
from kg.diff.facts import Quoted
from kg.ids import fact_id
from kg.model import Article, Change, Correction, Entity, Evidence, Fact, Series

Record = dict[str, Any]


def as_json(difference: Difference) -> Record:
    """Everything that `difference` holds; `changed` says at once whether there is anything."""
    d = difference
    return {
        "changed": bool(d),
        "counts": {
            **{
                name: {"added": len(c.added), "removed": len(c.removed), "changed": len(c.changed)}
                for name, c in (("articles", d.articles), ("entities", d.entities), ("facts", d.facts))
            },
            "evidence": {"added": len(d.evidence.added), "removed": len(d.evidence.removed)},
            "renamed": len(d.renamed),
            "merged": len(d.merged),
            "split": len(d.split),
        },
        "articles": _changes(d.articles, _article),
        "entities": {
            **_changes(d.entities, _entity),
            "renamed": [_pair(old, new, _entity) for old, new in d.renamed],
            "merged": [{"old": [_entity(e) for e in m.old], "new": _entity(m.new)} for m in d.merged],
            "split": [{"old": _entity(s.old), "new": [_entity(e) for e in s.new]} for s in d.split],
        },
        "facts": _changes(d.facts, _fact),
        "evidence": {
            "added": [_quoted(item) for item in d.evidence.added],
            "removed": [_quoted(item) for item in d.evidence.removed],
        },
        "series": _changes(d.series, _series),
        "changes": _changes(d.events, _change),
        "corrections": _changes(d.corrections, _correction),
    }


def _changes(changes: Changes[Any], record: Any) -> Record:
    return {
        "added": [record(item) for item in changes.added],
        "removed": [record(item) for item in changes.removed],
        "changed": [_pair(old, new, record) for old, new in changes.changed],
    }


def _pair(old: Any, new: Any, record: Any) -> Record:
    return {"fields": list(changed_fields(old, new)), "old": record(old), "new": record(new)}


def _article(article: Article) -> Record:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "sources": list(article.sources),
        "url": article.url,
        "sha256": article.sha256,
        "voice": article.voice,
    }


def _entity(entity: Entity) -> Record:
    return {
        "id": entity.id,
        "type": str(entity.type),
        "subtype": entity.subtype,
        "name": entity.name,
        "aliases": [alias.name for alias in entity.aliases],
        "mentions": len(entity.mentions),
        "articles": list(entity.articles),
        "implied": entity.implied,
    }


def _fact(fact: Fact) -> Record:
    return {
        "id": fact_id(fact),
        "subject": fact.subject,
        "property": fact.property,
        "object": fact.object,
        "value": fact.value,
        "qualifiers": dict(sorted(fact.qualifiers.items())),
        "confidence": fact.confidence,
        "evidence": [_evidence(evidence) for evidence in fact.evidence],
    }


def _evidence(evidence: Evidence) -> Record:
    return {
        "article": evidence.article,
        "start": evidence.start,
        "end": evidence.end,
        "text": evidence.text,
    }


def _quoted(item: Quoted) -> Record:
    return {"fact": fact_id(item.fact), **_evidence(item.evidence)}


def _series(series: Series) -> Record:
    return {
        "id": series.id,
        "type": str(series.type),
        "name": series.name,
        "members": list(series.members),
    }


def _change(change: Change) -> Record:
    return {
        "id": change.id,
        "kind": change.kind,
        "before": list(change.before),
        "after": list(change.after),
        "date": change.date,
        "evidence": [_evidence(evidence) for evidence in change.evidence],
    }


def _correction(correction: Correction) -> Record:
    return {
        "kind": correction.kind,
        "subject": correction.subject,
        "property": correction.property,
        "object": correction.object,
        "qualifiers": dict(sorted(correction.qualifiers.items())),
        "article": correction.article,
        "quote": correction.quote,
        "author": correction.author,
        "date": correction.date,
        "reason": correction.reason,
        "touched": list(correction.touched),
    }
