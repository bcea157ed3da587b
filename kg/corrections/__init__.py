"""What people put right stays right: `corrections.tsv`, applied to every graph that is built.

A correction names things as people do and facts by what they state and where, so that it holds
for a graph built again, from more articles or by a later version. One that no longer fits is given
back with the reason. Corrections are applied in the order of the file, so a later line wins.

    kind         subject, object                    what it does
    same         two names                          one thing; the first keeps its id and name
    different    two names                          two things
    rename       a name, a better one               the id stays, the old name becomes an alias
    retype       a name, a type or subtype          facts that cannot be so go
    add-alias    a name, a further one
    drop-alias   a name, one that it has not
    add-entity   a name, a type; article, quote     named in the article or in that sentence
    drop-entity  a name; article, quote if any      no thing, or none there
    add-fact     a fact; article, quote             stated by that sentence
    drop-fact    a fact; article, quote if any      wrong, or wrong there
    confirm      a fact; article, quote if any      certain, and kept with its sentence

A name is `NAME`, `TYPE:NAME` or an id; `NAME@ARTICLE` is the thing of that name in that article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from kg.corrections import content, identity
from kg.corrections.draft import Draft, NotApplicableError
from kg.corrections.file import COLUMNS, KINDS, parse, read_corrections, to_line, with_lines, write_text
from kg.model import Correction, Graph

__all__ = [
    "COLUMNS",
    "KINDS",
    "Unused",
    "apply",
    "parse",
    "read_corrections",
    "to_line",
    "with_lines",
    "write_text",
]


@dataclass(frozen=True, slots=True)
class Unused:
    """A correction that does not fit the graph, and why."""

    correction: Correction
    reason: str

    def __str__(self) -> str:
        c = self.correction
        what = " ".join(part for part in (c.kind, c.subject, c.property, c.object) if part)
        return f"{c.line or 'a correction'}: {what}: {self.reason}"


Make = Callable[[Draft, Correction], Iterable[str]]
"""Makes a correction, and returns the ids of what it touched."""

_MAKE: Final[Mapping[str, Make]] = MappingProxyType(
    {
        "same": identity.same,
        "different": identity.different,
        "rename": identity.rename,
        "retype": identity.retype,
        "add-alias": identity.add_alias,
        "drop-alias": identity.drop_alias,
        "add-entity": content.add_entity,
        "drop-entity": content.drop_entity,
        "add-fact": content.add_fact,
        "drop-fact": content.drop_fact,
        "confirm": content.confirm,
    }
)


def apply(graph: Graph, corrections: Iterable[Correction]) -> tuple[Graph, tuple[Unused, ...]]:
    """`graph` put right, and the corrections that do not fit it.

    A correction that the graph already follows counts as used. The result lists the used ones in
    `corrections`, each with the ids of the entities and facts that it touched.
    """
    draft = Draft(graph)
    made: list[Correction] = []
    unused: list[Unused] = []
    for correction in corrections:
        try:
            touched = tuple(_MAKE[correction.kind](draft, correction))
        except NotApplicableError as error:
            unused.append(Unused(correction, str(error)))
        else:
            made.append(replace(correction, touched=touched))
    return draft.finish(made) if made else graph, tuple(unused)
