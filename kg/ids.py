"""Ids made from content: never counters, clocks or `hash()`."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.model import Correction, EntityType, Evidence, Fact
from kg.vocabulary import PREFIX

_DROPPED = re.compile(r"[\s《》〈〉“”\"'‘’「」『』]")
_UNSAFE = re.compile(r"[^0-9A-Za-z_\u4e00-\u9fff\u3400-\u4dbf-]")


def digest(*parts: str, length: int = 12) -> str:
    """A short hex digest of `parts`, each kept apart from the next."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


def name_key(name: str) -> str:
    """What stays the same when quote marks, spaces, width or case differ.

    >>> name_key("《Ｕ计划 》") == name_key("u计划")
    True
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name)).casefold()


def local_name(kind: str, key: str) -> str:
    """A local name that keeps Chinese readable and never gives two keys one name.

    >>> local_name("org", "上海市国资委")
    'org-上海市国资委'
    """
    readable = _UNSAFE.sub("", key)
    if readable == key and len(key) <= 60:
        return f"{kind}-{key}"
    return f"{kind}-{readable[:40]}-{digest(key, length=8)}"


def entity_id(type_: EntityType, key: str) -> str:
    """The local name of an entity whose identity is `key`."""
    return local_name(PREFIX[type_], key)


IDENTIFYING = ("role", "indicator", "value", "unit", "by")
"""Qualifiers that make a fact another fact; the others describe it."""


def fact_id(fact: Fact) -> str:
    """The local name of a fact: the same for the same statement, whoever says it."""
    said = fact.qualifiers
    qualifiers = [f"{k}={said[k]}" for k in IDENTIFYING if k in said] if said else ()
    return "fact-" + digest(fact.subject, fact.property, fact.object or "", fact.value or "", *qualifiers)


def sentence_id(evidence: Evidence) -> str:
    """The local name of a sentence of an article."""
    return "sent-" + digest(evidence.article, str(evidence.start), str(evidence.end), evidence.text)


def target_id(fact: Fact) -> str:
    """The local name of the target that a `hasTarget` fact states."""
    return "target-" + fact_id(fact)[5:]


def correction_id(correction: Correction) -> str:
    """The local name of a correction: the same for the same line, whatever it touched."""
    c = correction
    said = (c.kind, c.subject, c.property, c.object, c.article, c.quote, c.author, c.date, c.reason)
    return "corr-" + digest(*said, *(f"{key}={c.qualifiers[key]}" for key in sorted(c.qualifiers)))
