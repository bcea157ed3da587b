"""政脉 Zhengmai: from Chinese news and policy articles to a knowledge graph.

    import kg
    g = kg.load("exports/graph.ttl")          # or .graphml, .json
    g = kg.build(["seeds/"])                  # files, folders, globs
    g["陈寅"].facts                            # what it says, each with its sentences
    g.query("SELECT ?name { ?p a zm:Official ; rdfs:label ?name }")   # SPARQL, as rows or pandas
    g.nx, g.rdf                               # NetworkX, rdflib
    g.save("graph.graphml"); g.page()         # files of every kind; a page in the notebook

`help(kg.KnowledgeGraph)` tells the rest; docs/networkx.ipynb shows what NetworkX makes of a graph.
Heavy libraries load when they are first needed, so `import kg` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.version import VERSION

if TYPE_CHECKING:
    from kg.config import Config
    from kg.extract import extract
    from kg.graph import KnowledgeGraph
    from kg.loading import load
    from kg.pipeline import build
    from kg.read import read_articles

__all__ = ["Config", "KgError", "KnowledgeGraph", "__version__", "build", "extract", "load", "read_articles"]

__version__ = VERSION

_HOMES = {
    "Config": "kg.config",
    "KnowledgeGraph": "kg.graph",
    "build": "kg.pipeline",
    "extract": "kg.extract",
    "load": "kg.loading",
    "read_articles": "kg.read",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
