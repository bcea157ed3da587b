"""Every error that kg raises on purpose.

    KgError                     the root: catch this one
    ├── InputError              an input that cannot be read; says file and reason
    ├── ConfigError             a setting that is unknown or out of range
    ├── LexiconError            contradictory or broken rows of a lexicon file
    ├── GoldError               an annotation file that breaks its format
    ├── GraphFormatError        a saved graph that is not one of ours
    ├── CorrectionsError        a line of corrections.tsv that says nothing we know
    ├── NotFoundError           no entity, query or format of that name
    │   └── AmbiguousNameError  several entities of that name
    ├── ServiceError            a reconciliation service that does not answer as one
    └── QueryError              SPARQL that does not parse or may not run

Each message says what is wrong, where, and what would be accepted.
"""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """The root of all errors that kg raises on purpose."""


class InputError(KgError):
    """An input cannot be read as an article; `source` and `reason` say which and why."""

    def __init__(self, source: str | Path, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = str(source)
        self.reason = reason


class ConfigError(KgError):
    """A setting is unknown or out of range."""


class LexiconError(KgError):
    """A lexicon file has broken or contradictory rows."""


class GoldError(KgError):
    """An annotation file breaks its format."""


class GraphFormatError(KgError):
    """A file is not a graph that kg wrote, or is damaged."""


class CorrectionsError(KgError):
    """A file of corrections has a line that cannot be understood."""


class NotFoundError(KgError):
    """Nothing has the name asked for; `suggestions` holds near ones."""

    def __init__(self, message: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class AmbiguousNameError(NotFoundError):
    """Several entities go by the name asked for; `ids` says which."""

    def __init__(self, name: str, ids: tuple[str, ...]) -> None:
        super().__init__(f"'{name}' names {len(ids)} entities: {', '.join(ids)}; give one of these ids", ids)
        self.ids = ids


class ServiceError(KgError):
    """A reconciliation service cannot be reached, or does not answer as one."""


class QueryError(KgError):
    """A SPARQL query does not parse, or asks for what is not allowed."""
