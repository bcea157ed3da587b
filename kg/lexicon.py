"""The hand-kept word lists of `ontology/lexicon`: read once, checked, typed.

A list is a table parted by tabs. Its first row names the columns, the last of them `reason`:
why the row is there. Empty lines and lines that begin with `#` are skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import LexiconError

_PLACES = (Path(__file__).parent / "ontology" / "lexicon", Path(__file__).parents[1] / "ontology" / "lexicon")

TITLE_KINDS = ("head", "before", "status", "not")
UNIT_KINDS = ("money", "percent", "measure", "count", "time")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list, and where it stands."""

    cells: Mapping[str, str]
    where: str
    """`titles.tsv:41`"""

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class Title:
    """A word that a post is named with.

    `kind` is `head` (ends a title: 主任), `before` (stands before a head: 常务), `status` (says
    whether the post is still held: 原) or `not` (looks like a title and is none: 记者).
    """

    word: str
    kind: str
    implies: str
    """For a head: the body that is certain when none is named: `government` (of the place named
    before it), `=国务院` (this body), both parted by `|`, or nothing. For a status: the qualifier's value."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A word that a number is counted or measured in."""

    word: str
    kind: str


def lexicon_folder() -> Path:
    """Where the lists lie: inside the installed package, or beside it in a checkout."""
    for place in _PLACES:
        if place.is_dir():
            return place
    raise LexiconError(f"no lexicon at {_PLACES[0]} or {_PLACES[1]}; reinstall the package")


def read_rows(path: Path, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """Every row of the list at `path`; each has all `columns` and a reason."""
    rows: list[Row] = []
    header: list[str] | None = None
    wanted = [*columns, "reason"]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            if header != wanted:
                raise LexiconError(f"{path.name}:{number}: the columns are {header}; they must be {wanted}")
            continue
        if len(cells) != len(wanted) or not cells[0] or not cells[-1]:
            raise LexiconError(
                f"{path.name}:{number}: '{line}' must have {len(wanted)} cells, parted by tabs: "
                f"{', '.join(wanted)}; the first and the last may not be empty"
            )
        rows.append(Row(MappingProxyType(dict(zip(wanted, cells, strict=True))), f"{path.name}:{number}"))
    return tuple(rows)


def read_table(path: Path, columns: tuple[str, ...], key: tuple[str, ...] = ()) -> tuple[Row, ...]:
    """`read_rows`, where no two rows may say something else of one `key` (default: the first column)."""
    key = key or columns[:1]
    rows = read_rows(path, columns)
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        name = tuple(row[column] for column in key)
        other = seen.setdefault(name, row)
        if other is not row:
            said, here = (
                ", ".join(f"{c} '{r[c]}'" for c in columns if c not in key) or "it" for r in (other, row)
            )
            raise LexiconError(
                f"{row.where}: '{' '.join(name)}' is {here} here and {said} in {other.where}; keep one row"
            )
    return rows


def read_titles(path: Path) -> tuple[Title, ...]:
    """The titles listed at `path`."""
    titles = []
    for row in read_table(path, ("title", "kind", "implies")):
        _one_of(row, "kind", TITLE_KINDS)
        implied = [part for part in row["implies"].split("|") if part]
        if row["kind"] == "head" and any(part != "government" and part[0] != "=" for part in implied):
            raise LexiconError(f"{row.where}: implies '{row['implies']}' must be government, =BODY or empty")
        titles.append(Title(row["title"], row["kind"], row["implies"]))
    return tuple(titles)


def read_units(path: Path) -> tuple[Unit, ...]:
    """The units listed at `path`."""
    units = []
    for row in read_table(path, ("unit", "kind")):
        _one_of(row, "kind", UNIT_KINDS)
        units.append(Unit(row["unit"], row["kind"]))
    return tuple(units)


@cache
def addressed() -> Mapping[tuple[str, str], str]:
    """Person and title → the body that the genre leaves out: (习近平, 主席) → 中华人民共和国."""
    path = lexicon_folder() / "addressed.tsv"
    rows = read_table(path, ("person", "title", "body"), ("person", "title"))
    return MappingProxyType({(row["person"], row["title"]): row["body"] for row in rows})


@cache
def titles() -> tuple[Title, ...]:
    """The titles that posts are named with."""
    return read_titles(lexicon_folder() / "titles.tsv")


@cache
def units() -> tuple[Unit, ...]:
    """The units that targets are stated in."""
    return read_units(lexicon_folder() / "units.tsv")


def _one_of(row: Row, column: str, allowed: tuple[str, ...]) -> None:
    if row[column] not in allowed:
        raise LexiconError(
            f"{row.where}: {column} '{row[column]}' is not known; it is one of {', '.join(allowed)}"
        )
