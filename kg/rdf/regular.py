"""Turtle laid out as our own writer lays it out, read without a parser and in a third of the time.

Nothing is guessed: the text must be, to the last character, of the few forms that the writer uses.
Where a line is not, `found_in` gives up, and the file is read as any other Turtle.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from kg.model import Evidence, Mention
from kg.rdf.nodes import Found, Iri, Node, Told
from kg.rdf.terms import PREFIXES, full
from kg.vocabulary import PROPERTIES

_LOCAL: Final = r"[A-Za-z][0-9A-Za-z_\u4e00-\u9fff\u3400-\u4dbf-]*"
_QUOTED: Final = r'"([^"\\\n]*(?:\\.[^"\\\n]*)*)"'
_HEAD = re.compile(r"(?:@prefix [a-z]+: <[^\s<>\\]+> \.\n)+")
_PREFIX = re.compile(r"@prefix ([a-z]+): <([^\s<>\\]+)> \.\n")
_NAME = re.compile(rf"(?:([a-z]+):({_LOCAL})|<([^\s<>\"{{}}|\\^`]+)>|(-?[0-9]+(?:\.[0-9]+)?|true))")
_OWN = re.compile(rf"zmid:{_LOCAL}")
_LITERAL = re.compile(rf"{_QUOTED}(?:@zh|\^\^xsd:[A-Za-z]+)?")
_LITERALS = re.compile(rf"{_LITERAL.pattern}(?:, {_LITERAL.pattern})*")
_SENTENCE = re.compile(
    rf"(zmid:{_LOCAL}) a zm:Sentence, oa:TextQuoteSelector, oa:TextPositionSelector ;\n"
    rf"    oa:exact {_QUOTED}@zh ;\n"
    rf"    oa:start ([0-9]+) ; oa:end ([0-9]+) ; dcterms:isPartOf (zmid:{_LOCAL}) \."
)
_FACT = re.compile(
    rf"(zmid:{_LOCAL}) a rdf:Statement(?:, org:Membership)? ;\n"
    rf"    rdf:subject (zmid:{_LOCAL}) ; rdf:predicate (zm:[A-Za-z]+) ; "
    rf'rdf:object (?:(zmid:{_LOCAL})|"([0-9-]+)"\^\^xsd:[A-Za-z]+)'
    rf"(?: ;\n    org:member zmid:{_LOCAL} ;\n    org:organization zmid:{_LOCAL})?"
    rf"((?: ;\n    zm:(?!confidence|sources|voices)[A-Za-z]+ {_LITERAL.pattern})*)"
    rf"(?: ;\n    prov:wasDerivedFrom (zmid:{_LOCAL}(?:, zmid:{_LOCAL})*))?"
    r" ;\n    zm:confidence ([0-9]\.[0-9]+) ; zm:sources [0-9]+ ; zm:voices [0-9]+ \."
)
_QUALIFIER = re.compile(rf" ;\n    zm:([A-Za-z]+) {_LITERAL.pattern}")
_MENTION = re.compile(
    r"^<([^\s<>\"{}|\\^`]+)[#/]char=([0-9]+),([0-9]+)> "
    rf"zm:names (zmid:{_LOCAL}) ; oa:exact {_QUOTED}@zh \.$",
    re.MULTILINE,
)
_ESCAPE = re.compile(r"\\(?:([\"\\nrt])|u(00[0-9A-F]{2}))")
_ESCAPES: Final = {'"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_SECTION = re.compile(r"# [^\n]+")
_TYPE, _IDENTIFIER, _ARTICLE = full("rdf:type"), full("dcterms:identifier"), full("zm:Article")
_LINKS = frozenset(
    full(name)
    for name in (
        *(f"zm:{prop}" for prop in PROPERTIES),
        *("rdf:subject", "rdf:object", "org:member", "org:organization", "prov:wasDerivedFrom"),
        *("zm:mentionedIn", "zm:partOfSeries", "zm:retells", "skosxl:altLabel", "dcterms:isPartOf"),
        *("org:originalOrganization", "org:resultingOrganization", "prov:generated"),
    )
)
"""What leads to a thing of ours: only its local name is read, so that its IRI may stay short."""


class _OtherwiseError(Exception):
    """The text is not laid out as ours."""


def found_in(text: str) -> Found | None:
    """What `text` says, or None where it is not laid out as our writer lays it out."""
    head = _HEAD.match(text)
    if head is None or not text.endswith(" .\n") or "\r" in text:
        return None
    prefixes = dict(_PREFIX.findall(head[0]))
    base = prefixes.pop("zmid", "")
    if prefixes != {k: v for k, v in PREFIXES.items() if k != "zmid"} or _clash(base):
        return None
    try:
        return _read(text[head.end() : -1].split("\n\n"), base)
    except _OtherwiseError:
        return None


def _clash(base: str) -> bool:
    """Whether a thing of ours could also be written with another prefix."""
    others = (iri for prefix, iri in PREFIXES.items() if prefix != "zmid")
    return not _valid(base) or any(iri.startswith(base) or base.startswith(iri) for iri in others)


def _valid(iri: str) -> bool:
    try:
        return bool(ox.NamedNode(iri))
    except ValueError:
        return False


def _read(chunks: list[str], base: str) -> Found:
    """Sections follow each other: things, then sentences, then mentions."""
    found = Found(base=base)
    names, predicates = _Names(base), _Predicates()
    waiting = iter(chunks)
    first = next(waiting).removeprefix("\n")
    if not _SECTION.fullmatch(first):
        raise _OtherwiseError
    for chunk in waiting:
        if chunk.startswith("# "):
            if not _SECTION.fullmatch(chunk):
                raise _OtherwiseError
        elif chunk.startswith("<"):
            _mentions(chunk, base, found)
        elif " a zm:Sentence, " in chunk[:99]:
            _sentence(chunk, found)
        elif not (" a rdf:Statement" in chunk[:99] and _fact(chunk, found)):
            _block(chunk, names, predicates, found)
    if not found.nodes.keys().isdisjoint(found.facts):
        raise _OtherwiseError
    if not found.nodes.keys().isdisjoint(found.sentences):
        raise _OtherwiseError
    return found


class _Names(dict[str, str]):
    """Objects that are no quoted text, each looked at once: prefixed names, IRIs, numbers, `true`."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def __missing__(self, token: str) -> str:
        match = _NAME.fullmatch(token)
        if match is None:
            raise _OtherwiseError
        prefix, local, iri, plain = match.groups()
        if prefix is not None and prefix not in PREFIXES:
            raise _OtherwiseError
        if iri is not None and (iri.startswith(self._base) or not _valid(iri)):
            raise _OtherwiseError
        value = plain or Iri(iri or (token if prefix == "zmid" else PREFIXES[prefix] + local))
        self[token] = value
        return value


class _Predicates(dict[str, str]):
    """Predicates: names with a prefix that is not that of things."""

    def __missing__(self, token: str) -> str:
        match = _NAME.fullmatch(token)
        if match is None or match[1] not in PREFIXES or match[1] == "zmid":
            raise _OtherwiseError
        self[token] = PREFIXES[match[1]] + match[2]
        return self[token]


def _block(chunk: str, names: _Names, predicates: _Predicates, found: Found) -> None:
    """One thing: `subject a Class, Class ;` and a row a line."""
    first, *rows = chunk[:-2].split(" ;\n    ")
    subject, verb, kinds = _three(first)
    if verb != "a" or subject in found.nodes or not _OWN.fullmatch(subject):
        raise _OtherwiseError
    if not chunk.endswith(" .") or chunk.count("\n") != len(rows):
        raise _OtherwiseError
    node: Node = {_TYPE: _objects(kinds, names)}
    for row in rows:
        quoted = '"' in row
        for pair in [row] if quoted and not row.startswith("rdf:subject ") else row.split(" ; "):
            predicate, _, objects = pair.partition(" ")
            name = predicates[predicate]
            if name in node or ("zmid:" in objects and not quoted and name not in _LINKS):
                raise _OtherwiseError
            node[name] = _texts(objects) if quoted and '"' in objects else _objects(objects, names)
    found.nodes[subject] = node


def _three(line: str) -> list[str]:
    parts = line.split(" ", 2)
    if len(parts) != 3:
        raise _OtherwiseError
    return parts


def _objects(listed: str, names: _Names) -> list[str]:
    if ", " not in listed:
        return [names[listed]]
    return _distinct([names[token] for token in listed.split(", ")])


def _texts(listed: str) -> list[str]:
    single = _LITERAL.fullmatch(listed)
    if single is not None:
        return [_unescaped(single[1])]
    if not _LITERALS.fullmatch(listed):
        raise _OtherwiseError
    return _distinct([_unescaped(text) for text in _LITERAL.findall(listed)])


def _distinct(found: list[str]) -> list[str]:
    if len(set(found)) != len(found):
        raise _OtherwiseError
    return found


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    if "\\" in _ESCAPE.sub("", text):
        raise _OtherwiseError
    return _ESCAPE.sub(lambda m: _ESCAPES[m[1]] if m[1] else chr(int(m[2], 16)), text)


def _fact(chunk: str, found: Found) -> bool:
    """Whether `chunk` tells a fact and nothing unusual of it."""
    match = _FACT.fullmatch(chunk)
    if match is None:
        return False
    name, subject, predicate, end, value, more, *_, told, sure = match.groups()
    qualifiers = {key: _unescaped(text) for key, text in _QUALIFIER.findall(more)} if more else {}
    evidence = told.split(", ") if told else []
    if name in found.facts or more.count(" ;\n") != len(qualifiers) or len({*evidence}) != len(evidence):
        raise _OtherwiseError
    found.facts[name] = Told(subject, predicate, end, value, qualifiers, sure, evidence)
    return True


def _sentence(chunk: str, found: Found) -> None:
    match = _SENTENCE.fullmatch(chunk)
    if match is None or match[1] in found.sentences:
        raise _OtherwiseError
    name, text, start, end, article = match.groups()
    found.sentences[name] = Evidence(_article(article, found), int(start), int(end), _unescaped(text))


def _article(name: str, found: Found) -> str:
    """The id of an article, which must have been told of before."""
    ids = found.nodes.get(name, {}).get(_IDENTIFIER, ())
    if len(ids) != 1 or _ARTICLE not in found.nodes[name][_TYPE]:
        raise _OtherwiseError
    return ids[0]


def _mentions(chunk: str, base: str, found: Found) -> None:
    """Every line a mention, each place told with one text."""
    lines = _MENTION.findall(chunk)
    if len(lines) != chunk.count("\n") + 1:
        raise _OtherwiseError
    articles: dict[str, str] = {}
    before = said = None
    for iri, start, end, entity, quoted in lines:
        article = articles.get(iri)
        if article is None:
            article = articles[iri] = _article(_short(iri, base), found)
        text = quoted if "\\" not in quoted else _unescaped(quoted)
        place = iri, start, end
        if place == before and text != said:
            raise _OtherwiseError
        before, said = place, text
        known = found.mentions.get(entity)
        if known is None:
            known = found.mentions[entity] = []
        known.append(Mention(article, int(start), int(end), text))


def _short(iri: str, base: str) -> str:
    name = "zmid:" + iri.removeprefix(base)
    if not iri.startswith(base) or not _OWN.fullmatch(name):
        raise _OtherwiseError
    return name
