"""`corrections.tsv`: one line a correction, checked when it is read, written whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from kg.errors import CorrectionsError
from kg.model import Correction, EntityType
from kg.staging import whole
from kg.vocabulary import PROPERTIES, SUBTYPES

COLUMNS: Final = (
    "kind",
    "subject",
    "property",
    "object",
    "qualifiers",
    "article",
    "quote",
    "author",
    "date",
    "reason",
)
KINDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "same": ("subject", "object"),
        "different": ("subject", "object"),
        "rename": ("subject", "object"),
        "retype": ("subject", "object"),
        "add-alias": ("subject", "object"),
        "drop-alias": ("subject", "object"),
        "add-entity": ("subject", "object", "article"),
        "drop-entity": ("subject",),
        "add-fact": ("subject", "property", "article", "quote"),
        "drop-fact": ("subject", "property"),
        "confirm": ("subject", "property"),
    }
)
"""Kind → the cells it needs besides author, date and reason."""

TYPES: Final[Mapping[str, tuple[EntityType, str | None]]] = MappingProxyType(
    {str(type_): (type_, None) for type_ in EntityType}
    | {subtype: (type_, subtype) for type_, subtypes in SUBTYPES.items() for subtype in subtypes}
)
"""What `retype` and `add-entity` accept: a type, or a subtype, which implies its type."""

HEADER: Final = "\t".join(COLUMNS)
_ESCAPES: Final = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED: Final = re.compile(r"\\([\\tnr])")
_LETTERS: Final = {"t": "\t", "n": "\n", "r": "\r"}
_QUALIFIER: Final = re.compile(r"(?:\\.|[^\\;])+")


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in `path`, in order; raises `CorrectionsError` naming the line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionsError(f"{path}: {error}; give a file of UTF-8 text") from error
    return parse(text, path.name)


def parse(text: str, name: str = "corrections.tsv") -> tuple[Correction, ...]:
    """The corrections that `text`, the content of the file `name`, holds."""
    found: list[Correction] = []
    headed = False
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{name}:{number}"
        if not headed:
            headed = True
            if tuple(line.split("\t")) != COLUMNS:
                raise CorrectionsError(
                    f"{where}: the first line must name the columns, parted by tabs: {HEADER}"
                )
            continue
        found.append(_correction(line, where))
    return tuple(found)


def _correction(line: str, where: str) -> Correction:
    cells = [_ESCAPED.sub(lambda m: _LETTERS.get(m[1], m[1]), cell.strip()) for cell in line.split("\t")]
    if len(cells) != len(COLUMNS):
        raise CorrectionsError(
            f"{where}: {len(cells)} cells; a line has {len(COLUMNS)}, parted by tabs: {', '.join(COLUMNS)}"
        )
    said = dict(zip(COLUMNS, cells, strict=True))
    _check(said, where)
    return Correction(
        kind=said["kind"],
        subject=said["subject"],
        property=said["property"],
        object=said["object"],
        qualifiers=_qualifiers(said["qualifiers"], where),
        article=said["article"],
        quote=said["quote"],
        author=said["author"],
        date=said["date"],
        reason=said["reason"],
        line=where,
    )


def _check(said: Mapping[str, str], where: str) -> None:
    kind = said["kind"]
    if kind not in KINDS:
        raise CorrectionsError(f"{where}: no kind '{kind}'; known are {', '.join(KINDS)}")
    needed = [*KINDS[kind], "author", "date", "reason"]
    if kind in ("add-fact", "drop-fact", "confirm") and said["property"] != "hasTarget":
        needed.append("object")
    missing = [column for column in needed if not said[column]]
    if missing:
        raise CorrectionsError(f"{where}: '{kind}' needs {' and '.join(missing)}; fill in the empty cells")
    if said["property"] and said["property"] not in PROPERTIES:
        raise CorrectionsError(
            f"{where}: no property '{said['property']}'; known are {', '.join(PROPERTIES)}"
        )
    if kind in ("retype", "add-entity") and said["object"] not in TYPES:
        raise CorrectionsError(f"{where}: no type '{said['object']}'; known are {', '.join(TYPES)}")
    if said["quote"] and not said["article"]:
        raise CorrectionsError(f"{where}: a quote needs the id of its article")
    try:
        date.fromisoformat(said["date"])
    except ValueError:
        raise CorrectionsError(
            f"{where}: date is '{said['date']}'; write the day of the correction like 2024-05-31"
        ) from None


def _qualifiers(cell: str, where: str) -> dict[str, str]:
    found = {}
    for part in _QUALIFIER.findall(cell):
        if not part.strip():
            continue
        key, equals, value = part.partition("=")
        if not equals or not re.fullmatch(r"[a-z][A-Za-z]*", key.strip()):
            raise CorrectionsError(f"{where}: qualifiers are '{cell}'; write them like role=局长; by=2025")
        found[key.strip()] = re.sub(r"\\(.)", r"\1", value.strip())
    return found


def to_line(correction: Correction) -> str:
    """`correction` as a line of the file, without its end."""
    said = {column: getattr(correction, column) for column in COLUMNS}
    pairs = sorted(correction.qualifiers.items())
    said["qualifiers"] = "; ".join(f"{key}=" + re.sub(r"[;\\]", r"\\\g<0>", value) for key, value in pairs)
    return "\t".join("".join(_ESCAPES.get(char, char) for char in said[column]) for column in COLUMNS)


def write_text(path: Path, text: str) -> None:
    """Make `text` the content of `path`, wholly or not at all."""
    with whole(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def with_lines(text: str, corrections: Iterable[Correction]) -> str:
    """The content `text` of a file with more corrections at its end; what stands there is left as it is."""
    if not any(line.strip() and not line.startswith("#") for line in text.split("\n")):
        text += HEADER + "\n"
    if not text.endswith("\n"):
        text += "\n"
    return text + "".join(to_line(correction) + "\n" for correction in corrections)
