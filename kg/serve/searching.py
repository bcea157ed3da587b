"""Search as a worker answers it: entities by name, alias, pinyin or initials; sentences by their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.rdf.terms import full
from kg.serve.opened import Opened
from kg.serve.search_index import apart

_LONGEST = 200
"""Characters of a search that are looked at."""
_LEAST_SOUND = 2

_ENTITIES = """
WITH hit(row, how) AS (
    SELECT rowid, 0 FROM name_text WHERE :text != '' AND name_text MATCH :text
    UNION ALL
    SELECT rowid, 1 FROM sound WHERE :sound != '' AND text LIKE :sound
), best AS (
    SELECT name.entity AS entity, MIN(
        name.alias + CASE
            WHEN hit.how = 1 THEN 8 WHEN name.name = :whole THEN 0 WHEN name.name LIKE :start THEN 2 ELSE 4
        END
    ) AS rank, MIN(name.length) AS length
    FROM hit JOIN name ON name.id = hit.row GROUP BY name.entity
)
SELECT entity.iri, entity.name, entity.type, entity.subtype, entity.aliases, entity.facts, best.rank,
    COUNT(*) OVER () AS total
FROM best JOIN entity ON entity.id = best.entity
WHERE :type IN ('', entity.type, entity.subtype)
ORDER BY best.rank, entity.facts DESC, best.length, entity.iri LIMIT :limit OFFSET :offset
"""
_SENTENCES = """
SELECT sentence.*, (SELECT COUNT(*) FROM sentence_text WHERE sentence_text MATCH :text) AS total
FROM sentence_text JOIN sentence ON sentence.id = sentence_text.rowid
WHERE sentence_text MATCH :text ORDER BY sentence.date DESC, sentence.id LIMIT :limit OFFSET :offset
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for, and which page of it."""

    text: str
    type: str = ""
    limit: int = 20
    offset: int = 0


def search(opened: Opened, wanted: Wanted) -> dict[str, Any]:
    """Entities and sentences that `wanted` fits, each kind with how many there are in all."""
    path = opened.folder / "search.db"
    looked_for = wanted.text.strip()[:_LONGEST]
    values = {
        "text": " AND ".join(f'"{phrase}"' for word in looked_for.split() if (phrase := apart(word))),
        "whole": apart(looked_for).replace(" ", ""),
        "start": apart(looked_for).replace(" ", "") + "%",
        "sound": _sound(looked_for),
        "type": wanted.type,
        "limit": wanted.limit,
        "offset": wanted.offset,
    }
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as index:
        index.row_factory = sqlite3.Row
        entities = index.execute(_ENTITIES, values).fetchall()
        # A type is asked for where things are looked for, and sentences have none.
        said = bool(values["text"]) and not wanted.type
        sentences = index.execute(_SENTENCES, values).fetchall() if said else []
        counts = (
            _total(index, _ENTITIES, values, entities),
            _total(index, _SENTENCES, values, sentences) if said else 0,
        )
    return {
        "query": looked_for,
        "limit": wanted.limit,
        "offset": wanted.offset,
        "entities": {"total": counts[0], "items": [_entity(opened, row) for row in entities]},
        "sentences": {"total": counts[1], "items": [_sentence(opened, row) for row in sentences]},
    }


def called(folder: Path, name: str) -> list[tuple[str, str]]:
    """IRI and name of the entities that go by `name` exactly, or else of a few that are much like it."""
    path = folder / "search.db"
    key = apart(name[:_LONGEST]).replace(" ", "")
    if not path.is_file() or not key:
        return []
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as index:
        exact = index.execute(
            "SELECT DISTINCT entity.iri, entity.name FROM name JOIN entity ON entity.id = name.entity "
            "WHERE name.name = ? ORDER BY entity.iri",
            (key,),
        ).fetchall()
    return [(iri, found) for iri, found in exact]


def _sound(said: str) -> str:
    """A pattern for pinyin; letters only, so that nothing in it is a wildcard."""
    letters = "".join(said.split()).casefold()
    plain = letters.isascii() and letters.isalnum() and not letters.isdecimal()
    return f"%{letters}%" if plain and len(letters) >= _LEAST_SOUND else ""


def _total(index: sqlite3.Connection, sql: str, values: Mapping[str, Any], rows: list[sqlite3.Row]) -> int:
    """How many there are in all; past the last page no row says so."""
    if not rows and values["offset"]:
        rows = index.execute(sql, {**values, "limit": 1, "offset": 0}).fetchall()
    return rows[0]["total"] if rows else 0


def _entity(opened: Opened, row: sqlite3.Row) -> dict[str, Any]:
    ways = {0: "name", 1: "alias", 2: "name", 3: "alias", 4: "name", 5: "alias"}
    return {
        "id": row["iri"].removeprefix(opened.base),
        "iri": row["iri"],
        "name": row["name"],
        "type": row["type"],
        **({"subtype": row["subtype"]} if row["subtype"] else {}),
        "aliases": [alias for alias in row["aliases"].split("\n") if alias],
        "facts": row["facts"],
        "matched": ways.get(row["rank"], "pinyin"),
    }


def _sentence(opened: Opened, row: sqlite3.Row) -> dict[str, Any]:
    evidence = ox.NamedNode(full("prov:wasDerivedFrom"))
    sentence = ox.NamedNode(row["iri"])
    graph = None if opened.union else ox.DefaultGraph()
    facts = {str(q.subject)[1:-1] for q in opened.store.quads_for_pattern(None, evidence, sentence, graph)}
    article: Mapping[str, Any] = {
        "id": row["article"].removeprefix(opened.base),
        "title": row["title"],
        "date": row["date"],
        "publisher": row["publisher"],
    }
    return {
        "id": row["iri"].removeprefix(opened.base),
        "text": row["text"],
        "article": article,
        "facts": sorted(
            iri.removeprefix(opened.base) for iri in facts if iri.startswith(opened.base + "fact-")
        ),
    }
