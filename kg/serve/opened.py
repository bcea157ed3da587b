"""An open store, as a worker has it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.serve.limits import Limits


@dataclass(frozen=True, slots=True)
class Opened:
    """The store, and what was noted of the graph when it was made."""

    folder: Path
    store: ox.Store
    base: str
    """What the IRIs of its things begin with."""
    prefixes: Mapping[str, str]
    union: bool
    """Whether it has named graphs, which then count as part of the one graph."""
    limits: Limits

    @classmethod
    def at(cls, folder: Path, limits: Limits) -> Opened:
        """The store in `folder`, read only."""
        noted: dict[str, Any] = json.loads((folder / "about.json").read_text("utf-8"))
        store = ox.Store.read_only(str(folder / "store"))
        return cls(folder, store, noted["base"], noted["prefixes"], noted["union"], limits)

    def named_in(self, sparql: str) -> dict[str, str]:
        """The prefixes that stand in `sparql`; each one given costs as much as a short query's parsing."""
        return {name: iri for name, iri in self.prefixes.items() if f"{name}:" in sparql}

    def select(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """Rows of a query of our own."""
        found = self.store.query(
            sparql, prefixes=self.named_in(sparql), use_default_graph_as_union=self.union
        )
        assert isinstance(found, ox.QuerySolutions)
        return (tuple(row) for row in found)
