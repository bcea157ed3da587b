"""A local web application over a saved graph: page, search, things and facts, SPARQL.

    connection ─ server ─ gate ─ routes ─ site ─ lanes ─ workers ══ worker ─ answers
                                                  (one process)     (many, killable)

The server reads no graph: it keeps connections, limits and turns. Workers open the store read
only, give up network, files and most memory, and answer one question at a time; any of them may
die of a question without harm to another.
"""

from __future__ import annotations

from kg.serve.limits import Limits
from kg.serve.options import Options

__all__ = ["Limits", "Options"]
