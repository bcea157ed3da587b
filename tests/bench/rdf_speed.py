"""How fast a large graph is written, loaded and asked, beside the libraries it could be done with alone.

    python tests/bench/rdf_speed.py [--triples 1000000] [--rdflib] [--queries]

Made-up articles in our shape; every figure is the best of `--times` runs, in CPU seconds.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox

from kg import export
from kg.canonical import canonical
from kg.ids import local_name
from kg.model import Alias, Article, Entity, EntityType, Evidence, Fact, Graph, Mention
from kg.query import load, run
from kg.query.parameters import fill
from kg.rdf import PREFIXES, read_graph, triples
from kg.validate import validate
from kg.vocabulary import PREFIX

CHARACTERS = (
    "江河湖海山川田林东西南北中州城县区乡科教文卫商农工交财政发展改革创新数字智能经济民生绿色金木水火土"
)
PER_ARTICLE = 443


def synthetic(articles: int, seed: int = 1) -> Graph:
    """A graph of made-up articles: names repeat across them as news repeats its people and bodies."""
    chance = random.Random(seed)
    pools = {
        kind: [_name(chance, kind, n) for n in range(max(20, articles * share // 100))]
        for kind, share in SHARES
    }
    mentions: dict[str, list[Mention]] = {}
    facts: dict[Any, Fact] = {}
    for number in range(articles):
        _article(chance, f"n{number:06}", pools, mentions, facts)
    entities = [
        Entity(id_, kind, name, sub, (Alias(name[:4]),), tuple(mentions[id_]))
        for kind, pool in pools.items()
        for id_, name, sub in pool
        if id_ in mentions
    ]
    made = [
        Article(
            f"n{n:06}",
            f"第{n}篇报道",
            "",
            date=f"2021-{n % 12 + 1:02}-{n % 28 + 1:02}",
            publisher="江州日报",
            authors=("记者甲",),
            sources=(f"n{n:06}.txt",),
        )
        for n in range(articles)
    ]
    return canonical(Graph(tuple(made), tuple(entities), tuple(facts.values())))


SHARES = (
    (EntityType.ORGANISATION, 400),
    (EntityType.PERSON, 300),
    (EntityType.PROGRAMME, 300),
    (EntityType.EVENT, 150),
    (EntityType.PLACE, 60),
)
SUBTYPES = {EntityType.ORGANISATION: "GovernmentBody", EntityType.PROGRAMME: "Policy"}
EDGES = (
    ("holdsPost", EntityType.PERSON, EntityType.ORGANISATION, 5),
    ("attends", EntityType.PERSON, EntityType.EVENT, 2),
    ("speaksAt", EntityType.PERSON, EntityType.EVENT, 1),
    ("organises", EntityType.ORGANISATION, EntityType.EVENT, 2),
    ("issues", EntityType.ORGANISATION, EntityType.PROGRAMME, 2),
    ("implements", EntityType.ORGANISATION, EntityType.PROGRAMME, 2),
    ("locatedIn", EntityType.EVENT, EntityType.PLACE, 1),
)


def _name(chance: random.Random, kind: EntityType, number: int) -> tuple[str, EntityType, str | None]:
    name = "".join(chance.choices(CHARACTERS, k=8)) + str(number)
    return local_name(PREFIX[kind], name), name, SUBTYPES.get(kind)


def _article(chance: random.Random, article: str, pools: Any, mentions: Any, facts: Any) -> None:
    sentences = []
    start = 0
    for _ in range(12):
        text = "".join(chance.choices(CHARACTERS, k=chance.randint(30, 90))) + "。"
        sentences.append(Evidence(article, start, start + len(text), text))
        start += len(text)

    place = iter(range(0, 10_000, 20))

    def pick(kind: EntityType) -> str:
        """A thing, some far more often than others, mentioned twice."""
        pool = pools[kind]
        often = min(int(chance.paretovariate(0.6)) - 1, len(pool) - 1)
        id_, name, _ = pool[often if chance.random() < 0.3 else chance.randrange(len(pool))]
        for at in (next(place), next(place)):
            mentions.setdefault(id_, []).append(Mention(article, at, at + len(name), name))
        return id_

    def tell(fact: Fact) -> None:
        facts[fact.subject, fact.property, fact.object, tuple(fact.qualifiers.values())] = fact

    for prop, one, other, count in EDGES:
        for _ in range(count):
            role = {"role": chance.choice(("主任", "局长", "书记", "主席"))} if prop == "holdsPost" else {}
            tell(Fact(pick(one), prop, pick(other), None, role, 0.9, (chance.choice(sentences),)))
    tell(Fact(pick(EntityType.EVENT), "date", None, "2021-10-12", {}, 0.9, (sentences[0],)))
    for _ in range(2):
        said = {"indicator": "投入", "value": str(chance.randint(1, 9999)), "unit": "亿元", "by": "2025"}
        tell(Fact(pick(EntityType.ORGANISATION), "hasTarget", None, None, said, 0.8, (sentences[1],)))


def best(work: Callable[[], object], times: int) -> float:
    """The shortest of `times` runs of `work`."""
    found = []
    for _ in range(times):
        gc.collect()
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--rdflib", action="store_true", help="also rdflib, which takes minutes")
    parser.add_argument("--queries", action="store_true", help="also every standing query")
    args = parser.parse_args()
    graph = synthetic(args.triples // PER_ARTICLE)
    folder = Path(tempfile.mkdtemp())
    files = {name: export.write(graph, folder, name)[0] for name in ("ttl", "json", "graphml")}
    held = list(triples(graph))
    loaded = load(files["ttl"])
    store = loaded.store
    print(f"{len(held)} triples, {len(graph.entities)} entities, {len(graph.facts)} facts")
    sizes = ", ".join(f"{name} {path.stat().st_size / 1e6:.0f} MB" for name, path in files.items())
    print(f"files: {sizes}")
    figures: dict[str, Callable[[], object]] = {
        "write Turtle": lambda: export.write(graph, folder, "ttl"),
        "  pyoxigraph serialises the triples": lambda: ox.serialize(
            held, str(folder / "raw.ttl"), ox.RdfFormat.TURTLE
        ),
        "  the same with our prefixes": lambda: ox.serialize(
            held, str(folder / "short.ttl"), ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)
        ),
        "  pyoxigraph dumps its store": lambda: store.dump(
            str(folder / "dump.ttl"), ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph()
        ),
        "load Turtle": lambda: read_graph(files["ttl"]),
        "load Turtle of another layout": lambda: read_graph(folder / "raw.ttl"),
        "load JSON": lambda: export.read(files["json"]),
        "load GraphML": lambda: export.read(files["graphml"]),
        "  networkx reads the same JSON": lambda: nx.node_link_graph(
            json.loads(files["json"].read_text("utf-8"))
        ),
        "  networkx reads the same GraphML": lambda: nx.read_graphml(files["graphml"]),
        "validate a loaded file": lambda: validate(loaded),
        "load the Turtle file for queries": lambda: load(files["ttl"]),
        "load the graph for queries": lambda: load(graph),
    }
    for what, work in figures.items():
        print(f"{what:<40}{best(work, args.times):8.2f}")
    if args.rdflib:
        _rdflib(graph, folder)
    if args.queries:
        _queries(files["ttl"], args.times)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _rdflib(graph: Graph, folder: Path) -> None:
    from kg.rdf import to_rdflib

    held = to_rdflib(graph)
    took = best(lambda: held.serialize(str(folder / "rdflib.ttl"), format="turtle"), 1)
    print(f"{'  rdflib serialises the triples':<40}{took:8.2f}")


def _queries(path: Path, times: int) -> None:
    """Our way of asking beside the bare store."""
    loaded = load(path)
    for file in sorted((Path(__file__).parents[2] / "ontology" / "queries").glob("*.rq")):
        text = file.read_text("utf-8")
        bare = best(lambda text=text: _drain(loaded.store.query(fill(text, {}))), times)
        ours = best(lambda text=text: run(loaded, text), times)
        print(f"  {file.stem:<24}{bare * 1000:10.2f} ms {ours * 1000:10.2f} ms")


def _drain(answer: Any) -> object:
    return bool(answer) if isinstance(answer, ox.QueryBoolean) else list(answer)


if __name__ == "__main__":
    main()
