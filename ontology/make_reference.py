"""Write `index.html`, the reference of the ontology, from `zhengmai.ttl`.

    python ontology/make_reference.py

A test proves that the page is the one that this script writes today.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS, SKOS
from rdflib.collection import Collection

HERE = Path(__file__).parent
ZM = "https://w3id.org/zhengmai/ns#"
STYLE = """
body { font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
section { border-top: 1px solid #ccc; padding: .5rem 0 1rem }
h2 { margin-top: 3rem } h3 { margin: .8rem 0 .2rem } h3 code { font-size: 1rem } p { margin: .2rem 0 }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .2rem 1rem; margin: .5rem 0 }
dt { color: #555 } dd { margin: 0 } a { color: #0b57a4 }
nav { columns: 4 10rem; margin-bottom: 1rem } nav a { display: block }
@media (prefers-color-scheme: dark) {
  body { background: #161616; color: #e6e6e6 } dt { color: #aaa } a { color: #8ab8ea }
  section { border-color: #444 }
}
"""
KINDS = (
    ("Classes 类", (OWL.Class,)),
    ("Properties between things 事物之间的属性", (OWL.ObjectProperty, OWL.AnnotationProperty)),
    ("Properties with values 取值属性", (OWL.DatatypeProperty,)),
)
ROWS = (
    ("subclass of 上位类", RDFS.subClassOf),
    ("subproperty of 上位属性", RDFS.subPropertyOf),
    ("from 主体", RDFS.domain),
    ("to 客体", RDFS.range),
    ("see also 参见", RDFS.seeAlso),
    ("example 例", SKOS.example),
)


def page() -> str:
    """The whole reference."""
    owl = rdflib.Graph().parse(HERE / "zhengmai.ttl")
    (ontology,) = owl.subjects(RDF.type, OWL.Ontology)
    title = " · ".join(sorted(str(text) for text in owl.objects(ontology, rdflib.DCTERMS.title)))
    about = said(owl, ontology, rdflib.DCTERMS.description)
    body = [
        f"<h1>{escape(title)}</h1>",
        about,
        f"<p>Namespace 命名空间 <code>{ZM}</code>, prefix <code>zm:</code></p>",
    ]
    for heading, kinds in KINDS:
        terms = sorted({t for kind in kinds for t in owl.subjects(RDF.type, kind) if str(t).startswith(ZM)})
        links = "".join(f'<a href="#{name(t)}">{name(t)}</a>' for t in terms)
        body += [f"<h2>{heading}</h2><nav>{links}</nav>", *(section(owl, term) for term in terms)]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}'
    head += f"</title><style>{STYLE}</style>"
    return f'<!doctype html>\n<html lang="zh">{head}\n' + "\n".join(body) + "\n</html>\n"


def section(owl: rdflib.Graph, term: rdflib.term.Node) -> str:
    """One term: its labels and comments in both languages, and what it is aligned to."""
    labels = " · ".join(escape(str(text)) for text in sorted(owl.objects(term, RDFS.label), key=language))
    rows = []
    for heading, predicate in ROWS:
        found = sorted(shown(owl, node) for node in owl.objects(term, predicate))
        if found:
            rows.append(f"<dt>{heading}</dt><dd>{', '.join(found)}</dd>")
    used = sorted(
        name(t) for t in owl.subjects(RDFS.domain) if term in members(owl, owl.value(t, RDFS.domain))
    )
    if used:
        rows.append("<dt>has 具有</dt><dd>" + ", ".join(f'<a href="#{t}">{t}</a>' for t in used) + "</dd>")
    listed = f"<dl>{''.join(rows)}</dl>" if rows else ""
    comments = said(owl, term, RDFS.comment)
    heading = f"<h3>{labels} <code>zm:{name(term)}</code></h3>"
    return f'<section id="{name(term)}">{heading}{comments}{listed}</section>'


def said(owl: rdflib.Graph, term: rdflib.term.Node, predicate: rdflib.term.Node) -> str:
    """What is said of `term`, Chinese after English."""
    texts = sorted(owl.objects(term, predicate), key=language)
    return "".join(f'<p lang="{language(text)}">{escape(str(text))}</p>' for text in texts)


def shown(owl: rdflib.Graph, node: rdflib.term.Node) -> str:
    """A class, a union, an inverse or an example, as a person reads it."""
    if isinstance(node, rdflib.Literal):
        return f"<q>{escape(str(node))}</q>"
    if isinstance(node, rdflib.URIRef):
        prefixed = escape(node.n3(owl.namespace_manager))
        link = f"#{name(node)}" if str(node).startswith(ZM) else escape(str(node))
        return f'<a href="{link}">{prefixed}</a>'
    inverse = owl.value(node, OWL.inverseOf)
    if len(members(owl, node)) > 1:
        return " or ".join(shown(owl, member) for member in members(owl, node))
    if inverse is not None:
        return f"inverse of {shown(owl, inverse)}"
    on, some = owl.value(node, OWL.onProperty), owl.value(node, OWL.someValuesFrom)
    return f"what {shown(owl, on)} some {shown(owl, some)}" if on and some else ""


def members(owl: rdflib.Graph, node: rdflib.term.Node | None) -> list[rdflib.term.Node]:
    """The classes that `node` is the union of, or itself."""
    union = None if node is None else owl.value(node, OWL.unionOf)
    return [*filter(None, [node])] if union is None else list(Collection(owl, union))


def name(term: rdflib.term.Node) -> str:
    """The local name of `term`."""
    return str(term).removeprefix(ZM)


def language(text: rdflib.term.Node) -> str:
    """The language of a literal; sorts English before Chinese."""
    return getattr(text, "language", None) or ""


if __name__ == "__main__":
    (HERE / "index.html").write_text(page(), "utf-8")
