"""B³ of identity over all articles of a gold folder together.

    python tests/bench/identity.py GOLD_FOLDER [--key FILE] [--errors] [--folds 0,1,2]

The gold annotation names things within one article; the key says which of them are one across
articles. It is made from the gold names alone, without the code under test: two gold entities of
one type are one when a gold *name* of the one (not a short form seen in passing) is a name or a
surface of the other. `--key` gives what a reader found wrong with that, one per line, parted by
tabs: `same ARTICLE:ID ARTICLE:ID`, or `apart ARTICLE:ID ARTICLE:ID …` (each its own thing).

Each mention of the gold is placed in the entity that the gold annotation and `resolve` give it
(`--raw`: that `join_names` and `resolve` give it), and scored by B³.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from kg.extract.coreference import join_names
from kg.gold import Gold, as_extraction, read_gold_folder
from kg.ids import name_key
from kg.model import Candidate, Extraction
from kg.resolve import resolve
from kg.train.folds import fold_of

Spot = tuple[str, int, int]


def gold_things(golds: dict[str, Gold], corrections: Path | None) -> dict[str, str]:
    """The thing that each gold entity, `article:id`, is."""
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        while parent[x] != x:
            x = parent[x]
        return x

    apart: set[str] = set()
    rows = []
    if corrections is not None:
        rows = [
            line.split("\t")
            for line in corrections.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith("#")
        ]
        apart = {cell for row in rows if row[0] == "apart" for cell in row[1:]}
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article, gold in golds.items():
        for entity in gold.entities.values():
            parent[f"{article}:{entity.id}"] = f"{article}:{entity.id}"
            for surface in entity.surfaces:
                holders[entity.type, name_key(surface)].append(f"{article}:{entity.id}")
    for article, gold in golds.items():
        for entity in gold.entities.values():
            mine = f"{article}:{entity.id}"
            for other in holders[entity.type, name_key(entity.name)]:
                if other.partition(":")[0] != article and not apart & {mine, other}:
                    parent[root(mine)] = root(other)
    for row in rows:
        if row[0] == "same":
            for other in row[2:]:
                if row[1] in parent and other in parent:
                    parent[root(row[1])] = root(other)
    return {x: root(x) for x in parent}


def by_hand(gold: Gold) -> Extraction:
    return as_extraction(gold)


def by_code(gold: Gold) -> Extraction:
    candidates = [Candidate(m.start, m.end, gold.entities[m.entity].type, 1.0, "gold") for m in gold.mentions]
    told = as_extraction(gold)
    entities = join_names(gold.article, candidates)
    owner = {(m.start, m.end): e.id for e in entities for m in e.mentions}
    renamed = {e.id: owner[e.mentions[0].start, e.mentions[0].end] for e in told.entities if e.mentions}
    facts = []
    for fact in told.facts:
        if fact.subject in renamed and (fact.object is None or fact.object in renamed):
            facts.append(
                type(fact)(
                    subject=renamed[fact.subject],
                    property=fact.property,
                    object=renamed[fact.object] if fact.object else None,
                    value=fact.value,
                    qualifiers=fact.qualifiers,
                    evidence=fact.evidence,
                )
            )
    return Extraction(gold.article, tuple(entities), tuple(facts))


def b_cubed(key: dict[Spot, str], found: dict[Spot, str]) -> tuple[float, float, float]:
    of_key: dict[str, set[Spot]] = defaultdict(set)
    of_found: dict[str, set[Spot]] = defaultdict(set)
    for spot in key:
        of_key[key[spot]].add(spot)
        of_found[found[spot]].add(spot)
    precision = recall = 0.0
    for spot in key:
        shared = len(of_key[key[spot]] & of_found[found[spot]])
        precision += shared / len(of_found[found[spot]])
        recall += shared / len(of_key[key[spot]])
    p, r = precision / len(key), recall / len(key)
    return p, r, 2 * p * r / (p + r)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--key", type=Path, help="corrections of the key")
    parser.add_argument("--folds", help="only these folds of five, parted by commas")
    parser.add_argument("--errors", action="store_true", help="list what is merged or split")
    args = parser.parse_args()
    golds = read_gold_folder(args.gold)
    if args.folds:
        wanted = {int(n) for n in args.folds.split(",")}
        golds = {name: gold for name, gold in golds.items() if fold_of(name) in wanted}
    things = gold_things(golds, args.key)
    key = {
        (name, m.start, m.end): things[f"{name}:{m.entity}"]
        for name, gold in golds.items()
        for m in gold.mentions
    }
    names = {f"{a}:{e.id}": e.name for a, g in golds.items() for e in g.entities.values()}
    for label, read in (("gold entities", by_hand), ("gold mentions", by_code)):
        graph = resolve(read(gold) for gold in golds.values())
        found = {(m.article, m.start, m.end): e.id for e in graph.entities for m in e.mentions}
        p, r, f = b_cubed(key, found)
        print(f"{label}: {len(key)} mentions, B³ P {p:.4f} R {r:.4f} F1 {f:.4f}")
        if args.errors and label == "gold entities":
            spans_of = defaultdict(set)
            for spot, thing in key.items():
                spans_of[found[spot]].add(thing)
            for entity, mixed in sorted(spans_of.items()):
                if len(mixed) > 1:
                    print("merged", entity, *(f"{t} {names[t]}" for t in sorted(mixed)), sep="\t")
            split = defaultdict(set)
            for spot, thing in key.items():
                split[thing].add(found[spot])
            for thing, parts in sorted(split.items()):
                if len(parts) > 1:
                    print("split", thing, names[thing], *sorted(parts), sep="\t")


if __name__ == "__main__":
    main()
