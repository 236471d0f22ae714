"""The worked examples with published numbers, as frameworks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from argmap.reasoning import Framework
from argmap.reasoning.sketch import Sketch

SHARED = Path(__file__).parents[3] / "shared"
NAMES = {"qe": "quadratic", "dfquad": "dfquad", "ebs": "euler"}


def examples(kind: str = "") -> list[dict[str, Any]]:
    """The examples, of one kind where it is named."""
    path = SHARED / "reference/worked_examples.json"
    if not path.is_file():
        pytest.skip("the worked examples are not here")
    return [one for one in json.loads(path.read_text("utf-8")) if kind in ("", one["kind"])]


def example(name: str) -> dict[str, Any]:
    """The example of this id."""
    return next(one for one in examples() if one["id"] == name)


def sketched(
    bases: dict[str, float], attacks: Iterable[list[str]], supports: Iterable[list[str]] = (), **reading: Any
) -> Sketch:
    """Claims with one attack or support for each pair."""
    sketch, prima_facie = Sketch(), reading.pop("prima_facie", bases)
    for name, base in bases.items():
        sketch.claim(name, asserted=name in prima_facie, base=base)
    for number, (source, target) in enumerate(attacks):
        sketch.conflict(f"attack {number}", [source], target, directed=True)
    for number, (source, target) in enumerate(supports):
        sketch.inference(f"support {number}", [source], target, **reading)
    return sketch


def framework_of(one: dict[str, Any], **reading: Any) -> Framework:
    """The framework of an example."""
    given = one["arguments"]
    bases = given if isinstance(given, dict) else dict.fromkeys(given, 0.5)
    if "prima_facie" in one:
        reading["prima_facie"] = one["prima_facie"]
    return sketched(bases, one["attacks"], one.get("supports", ()), **reading).finish()
