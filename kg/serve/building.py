"""What a server needs of a graph, made once in a process of its own: store, search index, page.

`python -m kg.serve.building store GRAPH FOLDER`, `search FOLDER`, or `page GRAPH FOLDER`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import KgError
from kg.ontology_files import ontology_file
from kg.query.parameters import fill
from kg.questions import all_questions
from kg.rdf import PREFIXES
from kg.rdf.files import is_rdf, open_rdf
from kg.rdf.nodes import REIFIES, in_full
from kg.rdf.terms import full
from kg.serve.confine import die_with_parent
from kg.serve.limits import Limits
from kg.serve.opened import Opened
from kg.staging import whole
from kg.vocabulary import ID, ZM

_SAMPLE = 5000


def store(graph: Path, folder: Path) -> None:
    """Make the store of `graph` in `folder`, whole or not at all."""
    half = folder.with_name(f"{folder.name}.{os.getpid()}.half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    made = ox.Store(str(half / "store"))
    if is_rdf(graph):
        with open_rdf(graph) as quads:
            made.bulk_extend(quads)
            own = dict(quads.prefixes)
    else:
        own = _converted(graph, made)
    made.extend(list(in_full(made.quads_for_pattern(None, REIFIES, None))))
    made.flush()
    union = any(True for _ in made.named_graphs())
    base = own.get("zmid") or _base(made)
    about = {
        "base": base,
        "prefixes": {**PREFIXES, **own, "zmid": base},
        "union": union,
        "triples": len(made),
        "graphs": [str(name)[1:-1] for name in islice(made.named_graphs(), 1000)],
    }
    del made
    (half / "about.json").write_text(json.dumps(about, ensure_ascii=False), "utf-8")
    try:
        os.rename(half, folder)
    except OSError:
        # Another server has made the same store meanwhile.
        shutil.rmtree(half, ignore_errors=True)
        if not (folder / "about.json").is_file():
            raise


def search(folder: Path) -> None:
    """Make the search index and the list of words beside the store in `folder`."""
    from kg.serve import search_index

    opened = Opened.at(folder, Limits())
    _write(folder / "words.json", json.dumps(_words(opened), ensure_ascii=False).encode())
    _write(folder / "examples.json", json.dumps(_examples(), ensure_ascii=False).encode())
    search_index.build(opened, folder / "search.db")


def page(graph: Path, folder: Path) -> None:
    """Make the interactive page in `folder`."""
    from kg.export import read
    from kg.export.page import write_page

    write_page(read(graph), folder / "page.html")


def _examples() -> list[dict[str, str]]:
    """The ready-made questions for the editor, each with its parameters filled in."""
    return [
        {"name": question.name, "title": question.title, "text": fill(question.text, {})}
        for question in all_questions()
    ]


def _converted(graph: Path, made: ox.Store) -> dict[str, str]:
    """Load a file of ours that is no RDF; gives its prefixes."""
    from kg.export import read_with_base
    from kg.rdf.chunks import Chunks
    from kg.rdf.turtle import turtle

    found, base = read_with_base(graph)
    made.bulk_load(cast(IO[bytes], Chunks(turtle(found, base))), ox.RdfFormat.TURTLE)
    return {"zmid": base}


def _base(made: ox.Store) -> str:
    """What the IRIs of most things begin with."""
    kinds = [ox.NamedNode(ZM + name) for name in ("Article", "Organisation", "Person", "Event")]
    quads = (q for kind in kinds for q in made.quads_for_pattern(None, ox.NamedNode(full("rdf:type")), kind))
    subjects = (str(quad.subject)[1:-1] for quad in islice(quads, _SAMPLE))
    bases = Counter(iri[: max(iri.rfind(mark) for mark in "/#:") + 1] for iri in subjects)
    return min(bases, key=lambda base: (-bases[base], base)) if bases else ID


def _words(opened: Opened) -> dict[str, list[dict[str, str]]]:
    """Classes and properties with what they are called: the ontology's, then what else the graph uses."""
    ontology = ox.Store()
    ontology.load(path=str(ontology_file("zhengmai.ttl")), format=ox.RdfFormat.TURTLE)
    kinds = {
        "classes": ("owl:Class", "SELECT DISTINCT ?word { ?thing a ?word }"),
        "properties": ("owl:ObjectProperty owl:DatatypeProperty", "SELECT DISTINCT ?word { ?s ?word ?o }"),
    }
    words: dict[str, list[dict[str, str]]] = {}
    for kind, (classes, used) in kinds.items():
        known = _labelled(ontology, classes.split())
        others = sorted({row[0].value for row in opened.select(used)} - {word["iri"] for word in known})
        words[kind] = known + [{"iri": iri} for iri in others]
    return words


def _labelled(ontology: ox.Store, classes: Iterable[str]) -> list[dict[str, str]]:
    found = {
        str(quad.subject)[1:-1]: ox.NamedNode(str(quad.subject)[1:-1])
        for name in classes
        for quad in ontology.quads_for_pattern(None, ox.NamedNode(full("rdf:type")), ox.NamedNode(full(name)))
        if isinstance(quad.subject, ox.NamedNode)
    }
    words = []
    for iri, node in sorted(found.items()):
        word = {"iri": iri}
        for key, name in (("label", "rdfs:label"), ("comment", "rdfs:comment")):
            for quad in ontology.quads_for_pattern(node, ox.NamedNode(full(name)), None):
                if isinstance(quad.object, ox.Literal):
                    word[f"{key}-{quad.object.language or 'en'}"] = quad.object.value
        words.append(word)
    return words


def _write(path: Path, content: bytes) -> None:
    with whole(path) as half:
        half.write_bytes(content)


def main() -> None:
    """Do what the arguments say; a problem that a person can understand becomes one line."""
    die_with_parent()
    what, *words = sys.argv[1:]
    paths = [Path(word) for word in words]
    try:
        if what == "store":
            store(*paths)
        elif what == "search":
            search(*paths)
        else:
            page(*paths)
    except KgError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the server reads it
        sys.exit(1)


if __name__ == "__main__":
    main()
