"""Commands that measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli.frame import json_option, main, opened, say, tell

if TYPE_CHECKING:
    from argmap.annotation import Measure
    from argmap.model import ArgumentMap, Document


@main.command()
@click.argument("suite", default="main")
@json_option
def bench(suite: str, as_json: bool) -> None:
    """Measure: time and ratios of one SUITE of work on this machine."""
    from dataclasses import asdict

    from argmap.bench import SUITES

    for figure in SUITES[suite]():
        say(asdict(figure), [str(figure)], as_json=as_json)


@main.command()
@click.argument("gold")
@click.argument("predicted")
@json_option
def evaluate(gold: str, predicted: str, as_json: bool) -> None:
    """Compare two map files: units at 50 % overlap, kinds, links, speakers; precision, recall and F1."""
    from argmap.formats import bytes_of, load
    from argmap.mining.evaluate import evaluate as compared

    maps = [load(bytes_of(name), path=name)[0] for name in (gold, predicted)]
    columns = ("precision", "recall", "f1", "mean f1")
    rows = {name: dict(zip(columns, figures, strict=True)) for name, *figures in compared(*maps).rows()}
    say(rows, (_row(name, row) for name, row in rows.items()), as_json=as_json)


def _row(name: str, figures: dict[str, float]) -> str:
    return f"{name:<18}" + "".join(f"{column} {value:.3f}  " for column, value in figures.items())


@main.command()
@click.option(
    "--corpora",
    type=click.Path(path_type=Path),
    help="Folder with cdcp: all weights of the layer are made anew.",
)
@click.option(
    "--language", is_flag=True, help="With --corpora (ud-ewt, ud-gum): the English pipeline first, an hour."
)
@click.option(
    "--maps", type=click.Path(path_type=Path), help="Folder of careful maps; the shipped ones by default."
)
@click.option(
    "--from-gold",
    "gold",
    is_flag=False,
    flag_value="",
    metavar="[NAME]",
    help="Train the knowledge base's own weights further on what was frozen; the latest by default.",
)
@json_option
def train(corpora: Path | None, language: bool, maps: Path | None, gold: str | None, as_json: bool) -> None:
    """Train the miner, and print how good it is on texts kept apart (minutes).

    Anew from careful maps; or, with --from-gold, further on a frozen version of the knowledge base. Its own
    weights are kept beside it, and only if they are no worse than those it has.
    """
    from argmap.demonstration import careful_folders
    from argmap.mining import training_maps
    from argmap.mining.crossing import table_lines
    from argmap.mining.train import train as trained

    if language:
        _train_language(corpora)
    careful = training_maps(*([maps] if maps else careful_folders()))
    if gold is not None:
        _train_further(careful, gold or None, as_json=as_json)
        return
    if corpora is not None:
        _train_speakers()
    figures = trained(corpora, careful)
    say(figures, table_lines(figures), as_json=as_json)


def _train_language(corpora: Path | None) -> None:
    """Make the pipeline anew that gives tags, trees and sentences."""
    from argmap.mining import load
    from argmap.mining.linear import TRAINED
    from argmap.mining.train_language import train_language

    if corpora is None:
        raise click.UsageError("--language needs --corpora")
    train_language(corpora, TRAINED / "en_argmap")
    load.cache_clear()


def _train_speakers() -> None:
    """Make the weights anew by which transcripts without names are read."""
    from argmap.demonstration import data_folder
    from argmap.readers.speaker_training import conversations, trained
    from argmap.readers.speaker_weights import PLACE, dumped

    PLACE.write_text(dumped(trained(conversations(data_folder().parent / "speakers"))), encoding="utf-8")


def _train_further(maps: Sequence[tuple[Document, ArgumentMap]], gold: str | None, *, as_json: bool) -> None:
    from argmap.mining.train_gold import trial_lines

    with opened() as kb:
        tell("training, and trying it on texts held out: a few minutes", err=True)
        trial = kb.train(maps, frozen=gold)
        place = kb.model_path
    for title in trial.left_out:
        tell(f"left out, since too much in it waits for a decision: {title}", err=True)
    say(trial.plain(), trial_lines(trial), as_json=as_json)
    tell(f"kept as {place}" if trial.is_kept else "not kept: it is worse on texts it has not seen", err=True)


@main.command()
@json_option
def agreement(as_json: bool) -> None:
    """How far annotators agree on units, kinds and links: each two of them, and all, with 95 % intervals."""
    from dataclasses import asdict

    with opened() as kb:
        measures = kb.agreement()
    say([asdict(measure) for measure in measures], _agreement_table(measures), as_json=as_json)


def _agreement_table(measures: Sequence[Measure]) -> Iterator[str]:
    from argmap.annotation.agreement import HEAD

    if not measures:
        yield "no two annotators have decided anything yet"
        return
    rows = [HEAD, *(measure.cells for measure in measures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, who, *figures in rows:
        cells = (cell.rjust(width) for cell, width in zip(figures, widths[2:], strict=True))
        yield "  ".join((name.ljust(widths[0]), who.ljust(widths[1]), *cells))
