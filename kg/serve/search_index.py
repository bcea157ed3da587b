"""Names and sentences of a store, made ready for search by text, pinyin and initials, in one file.

Characters stand apart in the index, so that any run of them is found, whatever a word may be:
Chinese writes no spaces, and `国资委` is to be found in `上海市国资委`.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.chinese.script import one_for_one
from kg.model import EntityType
from kg.serve.opened import Opened
from kg.staging import whole
from kg.vocabulary import SUBTYPES, ZM

_TABLES = """
CREATE TABLE entity (
    id INTEGER PRIMARY KEY, iri TEXT, name TEXT, type TEXT, subtype TEXT, aliases TEXT, facts INTEGER
);
CREATE TABLE name (id INTEGER PRIMARY KEY, entity INTEGER, name TEXT, alias INTEGER, length INTEGER);
CREATE TABLE sentence (
    id INTEGER PRIMARY KEY, iri TEXT, text TEXT, article TEXT, title TEXT, date TEXT, publisher TEXT
);
CREATE VIRTUAL TABLE name_text USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE sentence_text USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE sound USING fts5(text, tokenize='trigram');
"""
_ENTITIES = """
SELECT DISTINCT ?entity ?label ?class {
    VALUES ?class { %s } ?entity a ?class ; rdfs:label ?label
} ORDER BY ?entity ?class"""
_ALIASES = "SELECT DISTINCT ?entity ?alias { ?entity skos:altLabel ?alias } ORDER BY ?entity ?alias"
_FACTS = """
SELECT ?entity (COUNT(DISTINCT ?fact) AS ?facts) {
    { ?fact rdf:subject ?entity } UNION { ?fact rdf:object ?entity . FILTER(ISIRI(?entity)) }
} GROUP BY ?entity"""
_SENTENCES = """
SELECT ?sentence (SAMPLE(?t) AS ?text) (SAMPLE(?a) AS ?article) (SAMPLE(?h) AS ?title) (SAMPLE(?d) AS ?date)
    (SAMPLE(?p) AS ?publisher) {
    ?sentence a zm:Sentence ; oa:exact ?t ; dcterms:isPartOf ?a .
    OPTIONAL { ?a dcterms:title ?h } OPTIONAL { ?a dcterms:issued ?d } OPTIONAL { ?a dcterms:publisher ?p }
} GROUP BY ?sentence ORDER BY ?sentence"""
_SUBTYPES = frozenset(name for names in SUBTYPES.values() for name in names)


def build(opened: Opened, path: Path) -> None:
    """Write the index of `opened` to `path`."""
    path.unlink(missing_ok=True)
    with whole(path) as half:
        half.unlink(missing_ok=True)
        index = sqlite3.connect(half)
        # Half an index is thrown away, so nothing need be safe before the end.
        index.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _TABLES)
        _names(opened, index)
        _sentences(opened, index)
        index.execute("CREATE INDEX name_of ON name(entity)")
        index.execute("CREATE INDEX entity_iri ON entity(iri)")
        index.commit()
        index.close()


def apart(text: str) -> str:
    """The letters and digits of `text`, folded and a space between any two.

    >>> apart("《Ｕ计划》2025")
    'u 计 划 2 0 2 5'
    """
    folded = one_for_one(unicodedata.normalize("NFKC", text).casefold())
    return " ".join(char for char in folded if char.isalnum())


def _names(opened: Opened, index: sqlite3.Connection) -> None:
    aliases: dict[str, list[str]] = defaultdict(list)
    for entity, alias in opened.select(_ALIASES):
        aliases[entity.value].append(alias.value)
    facts = {entity.value: int(count.value) for entity, count in opened.select(_FACTS)}
    for number, (iri, (name, kind, subtype)) in enumerate(_entities(opened).items(), 1):
        others = [other for other in aliases[iri] if other != name]
        index.execute(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, iri, name, kind, subtype, "\n".join(others), facts.get(iri, 0)),
        )
        for position, one in enumerate([name, *others]):
            _name(index, number, one, bool(position))


def _entities(opened: Opened) -> dict[str, tuple[str, str, str | None]]:
    wanted = " ".join(f"<{ZM}{name}>" for name in (*EntityType, *sorted(_SUBTYPES)))
    found: dict[str, tuple[str, str, str | None]] = {}
    for entity, label, kind in opened.select(_ENTITIES % wanted):
        local = kind.value[len(ZM) :]
        name, type_, subtype = found.get(entity.value, (label.value, "", None))
        found[entity.value] = (name, type_, local) if local in _SUBTYPES else (name, local, subtype)
    return found


def _name(index: sqlite3.Connection, entity: int, name: str, alias: bool) -> None:
    text = apart(name)
    row = index.execute(
        "INSERT INTO name (entity, name, alias, length) VALUES (?, ?, ?, ?)",
        (entity, text.replace(" ", ""), alias, len(name)),
    ).lastrowid
    index.execute("INSERT INTO name_text (rowid, text) VALUES (?, ?)", (row, text))
    sound = _sound(text.replace(" ", ""))
    if sound:
        index.execute("INSERT INTO sound (rowid, text) VALUES (?, ?)", (row, sound))


def _sound(name: str) -> str:
    """Pinyin and initials: `shanghaishiguoziwei shsgzw`."""
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(name, style=Style.NORMAL)
    if syllables == [name]:
        return ""
    return "".join(syllables) + " " + "".join(s[0] for s in syllables if s)


def _sentences(opened: Opened, index: sqlite3.Connection) -> None:
    for number, row in enumerate(_rows(opened), 1):
        index.execute("INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?)", (number, *row))
        index.execute("INSERT INTO sentence_text (rowid, text) VALUES (?, ?)", (number, apart(row[1] or "")))


def _rows(opened: Opened) -> Iterator[tuple[str | None, ...]]:
    for row in opened.select(_SENTENCES):
        yield tuple(term.value if term is not None else None for term in row)
