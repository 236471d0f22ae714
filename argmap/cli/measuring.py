"""Commands that measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli.frame import json_option, main, opened, say

if TYPE_CHECKING:
    from argmap.annotation import Measure


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
    from argmap.formats import load
    from argmap.mining.evaluate import evaluate as compared

    maps = [load(Path(name).read_bytes(), path=name)[0] for name in (gold, predicted)]
    columns = ("precision", "recall", "f1", "mean f1")
    rows = {name: dict(zip(columns, figures, strict=True)) for name, *figures in compared(*maps).rows()}
    say(rows, (_row(name, row) for name, row in rows.items()), as_json=as_json)


def _row(name: str, figures: dict[str, float]) -> str:
    return f"{name:<18}" + "".join(f"{column} {value:.3f}  " for column, value in figures.items())


@main.command()
@click.option(
    "--corpora", type=click.Path(path_type=Path), help="Folder with cdcp; its weights too are made anew."
)
@click.option(
    "--maps", type=click.Path(path_type=Path), help="Folder of careful maps; the shipped ones by default."
)
@json_option
def train(corpora: Path | None, maps: Path | None, as_json: bool) -> None:
    """Train the miner anew from careful maps, and print how good it is on texts kept apart (minutes)."""
    from argmap.demonstration import data_folder
    from argmap.mining import training_maps
    from argmap.mining.crossing import table_lines
    from argmap.mining.train import train as trained

    figures = trained(corpora, training_maps(maps or data_folder().parent))
    say(figures, table_lines(figures), as_json=as_json)


@main.command()
@json_option
def agreement(as_json: bool) -> None:
    """How far annotators agree on units, kinds and links: each two of them, and all, with 95 % intervals."""
    from dataclasses import asdict

    with opened() as kb:
        measures = kb.agreement()
    say([asdict(measure) for measure in measures], _agreement_table(measures), as_json=as_json)


def _agreement_table(measures: Sequence[Measure]) -> Iterator[str]:
    if not measures:
        yield "no two annotators have decided anything yet"
        return
    rows = [("measure", "annotators", "value", "95 % interval", "segments", "items")]
    rows += [
        (m.name, ", ".join(m.annotators), _value(m), _interval(m), str(m.segments), f"{m.items:,}")
        for m in measures
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, who, *figures in rows:
        cells = (cell.rjust(width) for cell, width in zip(figures, widths[2:], strict=True))
        yield "  ".join((name.ljust(widths[0]), who.ljust(widths[1]), *cells))


def _value(measure: Measure) -> str:
    if measure.value is None:
        return "too few" if measure.too_few else "not defined"
    return f"{measure.value:.3f}"


def _interval(measure: Measure) -> str:
    if measure.low is None or measure.high is None:
        return "-"
    return f"{measure.low:.3f} to {measure.high:.3f}"
