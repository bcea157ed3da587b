"""Authority files: who has which identifier, and by which names they go."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.chinese.generic import needs_context
from kg.chinese.naming import named
from kg.errors import LexiconError
from kg.model import EntityType
from kg.vocabulary import SUBTYPES, ZM

COLUMNS = ("name", "alias", "type", "identifier")
_WIKIDATA = "http://www.wikidata.org/entity/"
_RDF = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".xml": "xml", ".jsonld": "json-ld"}
_LABELS = ("http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel")
_ALSO = "http://www.w3.org/2004/02/skos/core#altLabel"
_SAME = "http://www.w3.org/2002/07/owl#sameAs"
_IDENTIFIER = "http://purl.org/dc/terms/identifier"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing of an authority file."""

    name: str
    aliases: tuple[str, ...] = ()
    type: EntityType | None = None
    identifiers: tuple[str, ...] = ()
    """IRIs of the same thing elsewhere, and codes: 统一社会信用代码."""


class Authority:
    """Records by what their names identify; a name that two records share tells nothing."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.records = tuple(records)
        self._by_key: dict[tuple[EntityType, str], Record | None] = {}
        for record in self.records:
            for type_ in (record.type,) if record.type else tuple(EntityType):
                for key in _keys(type_, (record.name, *record.aliases)):
                    known = self._by_key.setdefault((type_, key), record)
                    if known is not record:
                        self._by_key[type_, key] = None

    def find(self, type_: EntityType, key: str) -> Record | None:
        """The only record one of whose names identifies `key`."""
        return self._by_key.get((type_, key))

    def __bool__(self) -> bool:
        return bool(self.records)


def _keys(type_: EntityType, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name and not needs_context(type_, name):
            yield named(type_, name).key


def read_authority(path: Path | str) -> Authority:
    """The records of a table (`name`, `alias`, `type`, `identifier`, parted by tabs) or an RDF file."""
    file = Path(path)
    if not file.is_file():
        raise LexiconError(f"{file}: no such file; give an authority file as TSV or RDF")
    return Authority(_from_rdf(file) if file.suffix.lower() in _RDF else _from_table(file))


def _from_table(file: Path) -> Iterator[Record]:
    """One record a name and type; its rows may each give an alias and an identifier."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        lines = [line for line in handle if line.strip() and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise LexiconError(
            f"{file.name}: no column {', '.join(missing)}; the columns are {', '.join(COLUMNS)}"
        )
    found: dict[tuple[str, EntityType | None], list[Mapping[str, str | None]]] = {}
    for number, row in enumerate(rows, 2):
        name = (row["name"] or "").strip()
        if not name:
            raise LexiconError(f"{file.name}:{number}: the name is empty; give each row one")
        found.setdefault((name, _type(row["type"] or "", f"{file.name}:{number}")), []).append(row)
    for (name, type_), same in found.items():
        aliases = [part for row in same for part in re.split(r"[;；|]", row["alias"] or "")]
        codes = [part for row in same for part in re.split(r"[;；|\s]+", row["identifier"] or "")]
        yield Record(name, _unique(aliases), type_, _unique(map(full_identifier, codes)))


def _type(text: str, where: str) -> EntityType | None:
    """The type a row names, by itself or by one of its subtypes; None when it leaves it open."""
    word = text.strip().removeprefix("zm:").removeprefix(ZM)
    if not word:
        return None
    for type_, subtypes in SUBTYPES.items():
        if word in (type_.value, *subtypes):
            return type_
    known = ", ".join(type_.value for type_ in EntityType)
    raise LexiconError(
        f"{where}: type '{word}' is not known; it is one of {known}, a subtype of them, or empty"
    )


def _from_rdf(file: Path) -> Iterator[Record]:
    from rdflib import Graph, URIRef

    graph = Graph().parse(file, format=_RDF[file.suffix.lower()])
    for subject in sorted({s for s in graph.subjects() if isinstance(s, URIRef)}):
        told: dict[str, list[str]] = {}
        for predicate, value in graph.predicate_objects(subject):
            told.setdefault(str(predicate), []).append(str(value))
        names = _unique(sorted(name for label in _LABELS for name in told.get(label, ())))
        if names:
            codes = sorted({*told.get(_SAME, ()), *told.get(_IDENTIFIER, ()), str(subject)})
            also = (*names[1:], *sorted(told.get(_ALSO, ())))
            yield Record(names[0], _unique(also), _rdf_type(told.get(_TYPE, ())), _unique(codes))


def _rdf_type(classes: Iterable[str]) -> EntityType | None:
    words = {re.split(r"[/#]", name)[-1] for name in classes}
    words |= {{"Organization": "Organisation", "Human": "Person"}.get(word, word) for word in words}
    return next((t for t, subtypes in SUBTYPES.items() if words & {t.value, *subtypes}), None)


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.strip() for item in items if item.strip()))


def full_identifier(code: str) -> str:
    """`code`, a Wikidata number written as its IRI.

    >>> full_identifier("Q8686"), full_identifier("91310000132202168T")
    ('http://www.wikidata.org/entity/Q8686', '91310000132202168T')
    """
    return _WIKIDATA + code if re.fullmatch(r"Q\d+", code) else code
