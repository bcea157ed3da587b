"""The steps of extraction as spaCy components; what they find travels in `doc.user_data`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.coreference import join_names
from kg.extract.headline import headline_events
from kg.extract.names import find_names
from kg.extract.posts import posts
from kg.extract.reading import Name, Reading
from kg.extract.relations import relations
from kg.extract.values import values
from kg.model import Article, Candidate, Entity, EntityType, Extraction, Fact, Span
from kg.nlp import add_layer, cut_at
from kg.officials import with_officials

COMPONENTS = ("kg_names", "kg_entities", "kg_posts", "kg_relations", "kg_values")
"""In this order: names make entities, and facts hold between entities."""

Found = Iterable[Fact | Entity]


def start(nlp: Language, article: Article) -> Doc:
    """The article's text as jieba's words, ready for the components."""
    doc = nlp.make_doc(article.text)
    doc.user_data["article"] = article
    return doc


def extraction_of(doc: Doc) -> Extraction:
    """What the components found in `doc`."""
    reading: Reading = doc.user_data["reading"]
    found: list[Fact | Entity] = doc.user_data["found"]
    implied = {item.id: item for item in found if isinstance(item, Entity)}
    facts = tuple(item for item in found if isinstance(item, Fact))
    entities = (*reading.entities.values(), *implied.values())
    return Extraction(reading.article, with_officials(entities, facts), facts)


@Language.component("kg_names")
def names(doc: Doc) -> Doc:
    """Find the names, and cut the words where they begin and end."""
    article = doc.user_data.setdefault("article", Article(id="text", title="", text=doc.text))
    candidates = find_names(article)
    doc = _with_names(doc, candidates)
    doc.user_data["candidates"] = candidates
    return doc


def _with_names(doc: Doc, found: Sequence[Candidate | Name]) -> Doc:
    """`doc` with its words cut at the names `found`, which are its layer of names."""
    doc = cut_at(doc, [Span(name.start, name.end) for name in found])
    add_layer(doc, "names", ((Span(name.start, name.end), str(name.type), "") for name in found))
    return doc


@Language.component("kg_entities")
def entities(doc: Doc) -> Doc:
    """Join the names into entities; each type is a layer, its spans carrying their entity's id."""
    article = doc.user_data["article"]
    candidates = doc.user_data["candidates"]
    named = join_names(article, candidates)
    reading = Reading(article, [*named, *headline_events(article, named)], candidates)
    doc.user_data |= {"reading": reading, "found": []}
    if not {(name.start, name.end) for name in reading.names} <= _spans(doc, "names"):
        # Words that point to a thing (该集团) are among its mentions, though no names.
        doc = _with_names(doc, reading.names)
    for kind in EntityType:
        add_layer(doc, str(kind), _places(reading, kind))
    return doc


def _spans(doc: Doc, layer: str) -> set[tuple[int, int]]:
    return {(span.start_char, span.end_char) for span in doc.spans[layer]}


def _places(reading: Reading, kind: EntityType) -> Iterator[tuple[Span, str, str]]:
    for name in reading.names:
        if name.type is kind:
            yield Span(name.start, name.end), reading.entities[name.entity].subtype or str(kind), name.entity


def _finder(name: str, find: Callable[[Reading], Found]) -> None:
    """Register `find` as the component `name`."""

    def component(doc: Doc) -> Doc:
        doc.user_data["found"].extend(find(doc.user_data["reading"]))
        return doc

    Language.component(name, func=component)


_finder("kg_posts", posts)
_finder("kg_relations", relations)
_finder("kg_values", values)
