"""Texts written for training: passages (`passages.txt` says how they are marked) and articles (`.ann`).

Articles in `texts/names` have their names marked and nothing else: they say nothing of facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kg.errors import GoldError
from kg.extract.subtypes import subtype
from kg.gold import Gold, GoldEntity, GoldFact, GoldMention, read_golds
from kg.model import Article, EntityType
from kg.vocabulary import PROPERTIES

FOLDER: Final = Path(__file__).with_name("texts")
FILE: Final = FOLDER / "passages.txt"

LETTERS: Final = {
    "O": EntityType.ORGANISATION,
    "P": EntityType.PERSON,
    "G": EntityType.PROGRAMME,
    "E": EntityType.EVENT,
    "L": EntityType.PLACE,
}
_MARK = re.compile(r"\[([^|\[\]]+)\|([OPGEL]):([a-z])\]")


def named() -> dict[str, Gold]:
    """Every text whose names are marked, by its id."""
    return told() | _articles(FOLDER / "names")


def told() -> dict[str, Gold]:
    """Every text whose facts are marked too: what it does not list, it does not state."""
    return passages() | articles()


def articles() -> dict[str, Gold]:
    """Every article whose facts are marked, by its id."""
    return _articles(FOLDER)


def _articles(folder: Path) -> dict[str, Gold]:
    return {gold.article.id: gold for path in sorted(folder.glob("*.ann")) for gold in read_golds(path)}


def passages() -> dict[str, Gold]:
    """Every passage, by its id."""
    blocks = re.split(r"^= ?", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    golds = (_passage(f"written-{number}", block.splitlines()) for number, block in enumerate(blocks, 1))
    return {gold.article.id: gold for gold in golds}


def _passage(key: str, lines: Sequence[str]) -> Gold:
    title = lines[0].strip()
    told = [line for line in lines[1:] if line.startswith(("+ ", "? "))]
    text, marks = _plain("\n".join(line for line in lines[1:] if line and line not in told))
    entities = {gold.id: gold for gold in _entities(text, marks)}
    facts = tuple(_fact(key, line, entities) for line in told)
    article = Article(key, title, text, date="2023-06-20")
    return Gold(article, tuple(GoldMention(s, e, name) for s, e, _, name in marks), entities, facts)


def _plain(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """The text without its marks, and where they stood: start, end, letter of the type, id."""
    plain, last = "", 0
    marks = []
    for match in _MARK.finditer(marked):
        plain += marked[last : match.start()]
        marks.append((len(plain), len(plain) + len(match[1]), match[2], match[3] + "1"))
        plain += match[1]
        last = match.end()
    return plain + marked[last:], marks


def _entities(text: str, marks: Sequence[tuple[int, int, str, str]]) -> Iterator[GoldEntity]:
    for name in dict.fromkeys(mark[3] for mark in marks):
        mine = [mark for mark in marks if mark[3] == name]
        surfaces = sorted({text[s:e] for s, e, _, _ in mine}, key=lambda n: (-len(n), n))
        kind = LETTERS[mine[0][2]]
        titled = any(text[s - 1 : s] == "《" for s, _, _, _ in mine)
        sort = subtype(kind, surfaces, titled)
        yield GoldEntity(name, kind, sort, surfaces[0], False, False, frozenset(surfaces))


def _fact(key: str, line: str, entities: dict[str, GoldEntity]) -> GoldFact:
    sign, subject, prop, *rest = line.split()
    known = f"{subject}1" in entities and prop in PROPERTIES
    if not known or not rest or (prop != "hasTarget" and f"{rest[0]}1" not in entities):
        raise GoldError(
            f"{FILE.name}, {key}: '{line}': give '+ subject property object' with ids of the text"
        )
    if prop == "hasTarget":
        qualifiers = {"value": rest[0], "unit": "".join(rest[1:])}
        return GoldFact(f"{subject}1", prop, None, qualifiers, sign == "?")
    return GoldFact(f"{subject}1", prop, f"{rest[0]}1", {}, sign == "?")
