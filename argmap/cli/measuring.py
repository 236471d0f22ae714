"""Commands that measure."""

from __future__ import annotations

from pathlib import Path

import click

from argmap.cli.frame import json_option, main, say


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
