"""The ready-made questions of `ontology/queries/`: each a title, a comment that teaches, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import NotFoundError, QueryError
from kg.export import read
from kg.ontology_files import ontology_folder
from kg.query import Parameter, Result, declared, load, run
from kg.rdf import is_rdf


@dataclass(frozen=True, slots=True)
class Question:
    """A query with a name, a title in its first comment line, and parameters."""

    name: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]


def all_questions() -> list[Question]:
    """Every ready-made question, by name."""
    return [_read(path) for path in sorted((ontology_folder() / "queries").glob("*.rq"))]


def find(name: str) -> Question | None:
    """The ready-made question called `name`, if there is one."""
    path = ontology_folder() / "queries" / f"{name}.rq"
    return _read(path) if name.replace("-", "").isalnum() and path.is_file() else None


def ask(graph: Path, asked: str, parameters: Mapping[str, str]) -> Result:
    """The answer of the saved `graph` to `asked`: SPARQL, or the name of a ready-made question."""
    question = find(asked)
    if question is None and not any(bracket in asked for bracket in "{}"):
        names = [q.name for q in all_questions()]
        raise NotFoundError(
            f"'{asked}' is neither SPARQL nor a ready-made question; these are: {', '.join(names)}",
            tuple(names),
        )
    text = question.text if question else asked
    known = {parameter.name for parameter in declared(text)}
    for name in parameters:
        if name not in known:
            raise QueryError(
                f"the query has no parameter '{name}'; it has: {', '.join(sorted(known)) or 'none'}"
            )
    saved = graph / "graph.ttl" if graph.is_dir() else graph
    return run(saved if is_rdf(saved) else load(read(saved)), text, parameters)


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    title = text.splitlines()[0].lstrip("# ").strip()
    return Question(path.stem, title, text, tuple(declared(text)))
