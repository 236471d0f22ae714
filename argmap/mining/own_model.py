"""Weights that a knowledge base learnt from its own gold: one JSON file beside it, not in the package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from argmap.errors import MiningError
from argmap.mining.layer import MODELS, VERSION, Layer
from argmap.mining.linear import TRAINED
from argmap.mining.weighing import Weighing
from argmap.model.codec import canonical

LARGEST = 50_000_000
"""Bytes of a model file; more is no model of ours."""


@dataclass(frozen=True)
class OwnModel:
    """Weights trained further, and what they have seen.

    Args:
        layer: the weights.
        start: what the shipped weights were like that it started from (`shipped_weights`).
        frozen: name of the gold version it learnt from.
        texts: ids of the documents it learnt from.
        figures: the table of its trial, as printed.
    """

    layer: Layer
    start: str
    frozen: str = ""
    texts: tuple[str, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_current(self) -> bool:
        """Whether the shipped weights are still those it started from."""
        return self.start == shipped_weights()

    @property
    def version(self) -> str:
        """The version of a miner with these weights."""
        encoded: list[Any] = [model.encoded() for model in _models(self.layer)]
        weights = canonical(encoded + [self.layer.meanings] * bool(self.layer.meanings))
        return f"{VERSION}+{hashlib.sha256(weights.encode()).hexdigest()[:8]}"

    def save(self, path: Path) -> None:
        """Write it, whole or not at all."""
        values = {
            "argmap model": 1,
            **{"start": self.start, "frozen": self.frozen, "texts": list(self.texts)},
            "figures": dict(self.figures),
            "meanings": self.layer.meanings,
            "layer": {name: model.encoded() for name, model in zip(MODELS, _models(self.layer), strict=True)},
        }
        partial = path.with_name(path.name + ".partial")
        try:
            partial.write_text(json.dumps(values, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    @classmethod
    def read(cls, path: Path) -> OwnModel:
        """The model in a file.

        Raises:
            MiningError: the file is no model.
        """
        try:
            if path.stat().st_size > LARGEST:
                raise ValueError("too large")
            values = json.loads(path.read_text(encoding="utf-8"))
            kinds, heads, bearings = (Weighing.decoded(values["layer"][name]) for name in MODELS)
            layer = Layer(kinds, heads, bearings, str(values["meanings"]))
            texts = tuple(map(str, values["texts"]))
            return cls(layer, str(values["start"]), str(values["frozen"]), texts, dict(values["figures"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise MiningError(f"{path} is no model; remove it, or run: argmap train --from-gold") from error


def _models(layer: Layer) -> Iterator[Weighing]:
    yield from (layer.kinds, layer.heads, layer.bearings)


@cache
def shipped_weights() -> str:
    """A digest of the weights that argmap comes with; a new release with others has another."""
    digest = hashlib.sha256()
    for name in MODELS:
        digest.update((TRAINED / f"{name}.json").read_bytes())
    return digest.hexdigest()[:16]


def own_model(path: Path | None) -> OwnModel | None:
    """The model at this place that fits the shipped weights; None where there is none.

    Raises:
        MiningError: the file is no model.
    """
    if path is None or not path.exists():
        return None
    found = _read(path, path.stat().st_mtime_ns)
    return found if found.is_current else None


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> OwnModel:
    return OwnModel.read(path)


def remark(path: Path | None) -> str | None:
    """What people should know of the model at this place: that it is not used, since it fits others."""
    if path is None or not path.exists() or own_model(path) is not None:
        return None
    return (
        f"{path.name} was trained from other weights than these, so it is not used: argmap train --from-gold"
    )
