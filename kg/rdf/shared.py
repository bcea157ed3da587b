"""An rdflib graph that several threads may ask."""

from __future__ import annotations

from threading import Lock
from typing import Any

import rdflib
import rdflib.query

_PARSING = Lock()


class SharedGraph(rdflib.Graph):
    """An `rdflib.Graph` that takes in one question at a time.

    The parser of rdflib's SPARQL breaks for good where several threads first use it at once; rows are
    found while they are read, and that needs no lock.
    """

    def query(self, *args: Any, **named: Any) -> rdflib.query.Result:
        """As `rdflib.Graph.query`."""
        with _PARSING:
            return super().query(*args, **named)
