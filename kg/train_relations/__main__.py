"""`python -m kg.train_relations`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.gold import read_gold_folder
from kg.train_relations import train, write
from kg.train_relations.samples import read_names


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description="Train the scorer of candidate relations.")
    parser.add_argument("gold", type=Path, help="folder of .ann files")
    parser.add_argument("out", type=Path, help="the model file to write")
    parser.add_argument(
        "--names", type=Path, help="names by a tagger that did not see the article, JSON lines"
    )
    parser.add_argument("--folds", type=Path, help="folder for the five models that each leave a fold out")
    given = parser.parse_args()
    names = read_names(given.names) if given.names else None
    write(given.out, train(read_gold_folder(given.gold), names, given.folds))


if __name__ == "__main__":
    main()
