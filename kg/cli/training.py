"""The command that rebuilds the learned models: train."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import ConfigError

if TYPE_CHECKING:
    from kg.train.names import Trainer


class Part(StrEnum):
    """The three learned parts of extraction."""

    NAMES = "names"
    RELATIONS = "relations"
    TARGETS = "targets"


def train(
    gold: Annotated[
        Path, typer.Option(help="Folder of .ann files 金标准文件夹", exists=True, file_okay=False)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Model file to write 输出模型文件")],
    part: Annotated[Part, typer.Argument(help="What to train 训练哪一部分")] = Part.NAMES,
    cluener: Annotated[
        Path | None, typer.Option(help="names: folder of CLUENER2020 数据文件夹", show_default=False)
    ] = None,
    resume: Annotated[
        Path | None, typer.Option(help="names: folder of Resume NER 数据文件夹", show_default=False)
    ] = None,
    news: Annotated[
        list[Path] | None,
        typer.Option(
            help="names: unannotated text, JSON lines or plain lines, to learn the language from 无标注语料",
            show_default=False,
        ),
    ] = None,
    language_model: Annotated[
        Path | None,
        typer.Option(help="names: a language model learnt before 已有语言模型", show_default=False),
    ] = None,
    keep_language_model: Annotated[
        Path | None,
        typer.Option(help="names: file to keep the language model in 保存语言模型", show_default=False),
    ] = None,
    without_fold: Annotated[
        int | None,
        typer.Option(
            help="names: leave the articles of one fold out, to measure on them 留出一折", min=0, max=4
        ),
    ] = None,
    found: Annotated[
        Path | None,
        typer.Option(
            help="relations, targets: names that a tagger found unseen 留出法找到的名称",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Rebuild a learned model from data given by path; needs `pip install zhengmai[train]`. 训练模型。

    \b
    kg train names --gold gold/ --cluener cluener/ --resume resume/ --news news.jsonl -o tagger.onnx
    kg train relations --gold gold/ --found candidates.jsonl -o relations.json
    kg train targets --gold gold/ --found candidates.jsonl -o targets.json
    """
    try:
        if part is Part.NAMES:
            trainer = _names(gold, (cluener, resume), (news or [], language_model))
            if keep_language_model:
                trainer.keep_language_model(keep_language_model)
            trainer.fit(without_fold, out)
        elif part is Part.RELATIONS:
            _relations(gold, out, found)
        else:
            _targets(gold, out, found)
    except ModuleNotFoundError as error:
        raise ConfigError(f"training needs {error.name}: pip install 'zhengmai[train]'") from error
    typer.echo(str(out))


def _names(
    gold: Path,
    tasks: tuple[Path | None, Path | None],
    language: tuple[list[Path], Path | None],
) -> Trainer:
    cluener, resume = tasks
    news, model = language
    if cluener is None or resume is None or not (news or model):
        raise typer.BadParameter("names need --cluener, --resume, and --news or --language-model")
    from kg.train.names import Sources, Trainer

    sources = Sources(gold, cluener, resume, news, model)
    return Trainer(sources, lambda line: typer.echo(line, err=True))


def _relations(gold: Path, out: Path, found: Path | None) -> None:
    from kg.gold import read_gold_folder
    from kg.train.folds import read_found
    from kg.train.relations import train as fit
    from kg.train.relations import write

    write(out, fit(read_gold_folder(gold), read_found(found) if found else None))


def _targets(gold: Path, out: Path, found: Path | None) -> None:
    from kg.extract.target_model import save
    from kg.gold import read_gold_folder
    from kg.train.folds import read_found
    from kg.train.targets import train_targets

    save(train_targets(read_gold_folder(gold), read_found(found) if found else None), out)
