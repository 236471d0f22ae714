"""The weights of `speaker_decoding` as they ship: a JSON file of named features, read once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from argmap.readers.speaker_decoding import BORDERS, CHANGES, CONTEXTS, Table, Weights

PLACE = Path(__file__).parent / "speaker_weights.json"
WIDTHS = {"role": 1, "border": BORDERS, "context": CONTEXTS, "person": 1, "entering": CHANGES}
_DIGITS = 3


@cache
def weights() -> Weights:
    """The weights that ship with the package."""
    return loaded(PLACE.read_text(encoding="utf-8"))


def loaded(text: str) -> Weights:
    """Weights from their JSON text."""
    stored = json.loads(text)
    return Weights(
        **{name: _table(stored[name], width) for name, width in WIDTHS.items()},
        style=(stored["style"][0], stored["style"][1]),
    )


def _table(rows: dict[str, list[float]], width: int) -> Table:
    values = np.array(list(rows.values()), dtype=float).reshape(len(rows), width)
    return Table({name: row for row, name in enumerate(rows)}, values)


def dumped(found: Weights) -> str:
    """Weights as JSON text, one feature a line; those that round to nothing are left out."""
    parts = [f'"{name}": {{\n' + ",\n".join(_lines(getattr(found, name))) + "\n}" for name in WIDTHS]
    parts.append(f'"style": {json.dumps([round(one, _DIGITS) for one in found.style])}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(table: Table) -> list[str]:
    rounded = {
        name: [round(float(one), _DIGITS) for one in table.values[row]] for name, row in table.rows.items()
    }
    return [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in sorted(rounded.items()) if any(row)]
