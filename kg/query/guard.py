"""What a query may ask for: it reads this graph, fetches nothing, and stays small enough to parse safely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.errors import QueryError

MAX_LENGTH = 20_000
MAX_DEPTH = 32
MAX_OPERATORS = 1000

_TOKEN = re.compile(
    r"""
    (?P<escape>\\.)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
               |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*(?:\\u[0-9A-Fa-f]{4}[^<>"{}|^`\\\x00-\x20]*)*>)
  | (?P<comment>\#[^\n\r]*)
  | (?P<variable>[?$]\w+)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATE = re.compile(r"(?<![\w:.-])(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE)\b(?!:)", re.IGNORECASE)
_FROM = re.compile(r"(?<![\w:.-])FROM\b(?!:)", re.IGNORECASE)
_OPERATOR = re.compile(r"[/|^!+*=-]|&&|\bUNION\b|\bOPTIONAL\b|\bMINUS\b|\bFILTER\b|\bBIND\b", re.IGNORECASE)
_BRACKET = re.compile(r"[{}()\[\]]")
_OPEN = frozenset("{([")


class NotAllowedError(QueryError):
    """A query asks for what none may have, however it is written."""


@lru_cache(maxsize=256)
def check(sparql: str, *, datasets: bool = False) -> None:
    """Raise `QueryError` where `sparql` asks for what is not allowed; `datasets` lets FROM choose graphs.

    What passed once is not read again.
    """
    if len(sparql) > MAX_LENGTH:
        raise QueryError(f"the query has {len(sparql)} characters; at most {MAX_LENGTH} are accepted")
    bare = without_literals(sparql)
    # Oxigraph's parser takes SERVICE without a space on either side, so no word boundary is asked for.
    if "service" in bare.lower():
        raise NotAllowedError(
            "SERVICE asks another server, and queries here never use the network; "
            "load that server's data into a file and query it instead "
            "(if 'service' is part of a name, write the whole IRI in < >)"
        )
    if _UPDATE.search(bare):
        raise NotAllowedError(
            "queries only read: use SELECT, ASK, CONSTRUCT or DESCRIBE; to change a graph, build it again"
        )
    if not datasets and _FROM.search(bare):
        raise NotAllowedError(
            "FROM names another source, but a query reads the one graph it is given: leave it out"
        )
    if "\\u" in bare.lower():
        raise QueryError("\\u escapes are accepted inside strings and IRIs only; write the character itself")
    _check_depth(bare)


def without_literals(sparql: str) -> str:
    """`sparql` with strings, IRIs, comments and variables blanked out, every offset kept."""
    return _TOKEN.sub(
        lambda m: m[0] if m.lastgroup == "escape" and m[0][1] in "uU" else " " * len(m[0]), sparql
    )


def variables(sparql: str) -> Iterator[re.Match[str]]:
    """Yield each variable of `sparql`, not those inside strings, IRIs or comments."""
    return (match for match in _TOKEN.finditer(sparql) if match.lastgroup == "variable")


def _check_depth(bare: str) -> None:
    """Deep nesting and endless chains overflow the stack of any recursive parser, ours too."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in _OPEN else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise QueryError(f"brackets are nested {deepest} deep; at most {MAX_DEPTH} are accepted")
    if len(bare) <= MAX_OPERATORS:
        return  # no room for more
    operators = len(_OPERATOR.findall(bare))
    if operators > MAX_OPERATORS:
        raise QueryError(f"the query has {operators} operators; at most {MAX_OPERATORS} are accepted")
