"""What sentences mean, as vectors: any sentence-transformers model, each text encoded once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from heapq import nlargest
from pathlib import Path
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from argmap.errors import MissingExtra

VARIABLE = "ARGMAP_EMBEDDINGS"
LEAST = 0.7
"""Similarity from which two nodes are worth a person's look."""
_MOST = 2_000
"""Characters of a text that are encoded."""

# A file that raises one of these is made anew.
_DAMAGES = (OSError, ValueError, KeyError, EOFError, TypeError, AttributeError, BadZipFile)

Rows = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors."""

    @property
    def name(self) -> str:
        """Which model it is; vectors of another are never mixed in."""

    def encode(self, texts: Sequence[str]) -> Rows:
        """One row for each text, of unit length, shape (texts, dimensions)."""


class SentenceEncoder:
    """A sentence-transformers model, loaded when it is first asked.

    Args:
        name: folder of a model, or its name on the hub, from where it is fetched once.

    Raises:
        MissingExtra: sentence-transformers is not installed.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtra("encoder", name, "embeddings") from error
        self._model: Any = SentenceTransformer(name)

    def encode(self, texts: Sequence[str]) -> Rows:
        """One row for each text, of unit length."""
        found: Rows = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return found


@cache
def encoder(name: str) -> Encoder:
    """The encoder of this name, loaded once."""
    return SentenceEncoder(name)


class Meanings:
    """Vectors of texts, kept in a file so that each text is encoded once.

    Args:
        encoder: makes the vectors.
        path: the file; None keeps nothing.
    """

    def __init__(self, encoder: Encoder, path: Path | None = None) -> None:
        self.encoder, self.path = encoder, path
        self._rows: dict[bytes, NDArray[np.float16]] = {}
        with suppress(*_DAMAGES):
            self._read()

    def vectors(self, texts: Sequence[str]) -> Rows:
        """One row for each text, shape (texts, dimensions). Cost: an encoding for each new text."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16] for text in texts]
        new = {key: text[:_MOST] for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        if new:
            rows = np.asarray(self.encoder.encode(list(new.values())), dtype=np.float16)
            self._rows.update(zip(new, rows, strict=True))
            self._write()
        if not keys:
            return np.zeros((0, 0), dtype=np.float32)
        return np.stack([self._rows[key] for key in keys]).astype(np.float32)

    def nearest(self, text: str, texts: Sequence[str], *, limit: int) -> list[tuple[int, float]]:
        """Places of the texts nearest in meaning to one, with their cosine, best first."""
        if not texts:
            return []
        asked = np.asarray(self.encoder.encode([text[:_MOST]]), dtype=np.float32)
        scores = (self.vectors(texts) @ asked.T).ravel()
        ranked = nlargest(limit, range(len(texts)), key=lambda place: (scores[place], -place))
        return [(place, round(float(scores[place]), 4)) for place in ranked]

    def _read(self) -> None:
        if self.path is None:
            return
        with self.path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            keys, rows = arrays["keys"], arrays["rows"]
            if bytes(arrays["model"]).decode() == self.encoder.name and len(keys) == len(rows):
                self._rows = {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}

    def _write(self) -> None:
        """Keep all vectors, whole or not at all; where there is no room they are made anew next time."""
        if self.path is None:
            return
        keys = np.frombuffer(b"".join(self._rows), dtype=np.uint8).reshape(-1, 16)
        model = np.frombuffer(self.encoder.name.encode(), dtype=np.uint8)
        partial = self.path.with_name(self.path.name + ".partial.npz")
        with suppress(OSError):
            np.savez(partial, model=model, keys=keys, rows=np.stack(list(self._rows.values())))
            partial.replace(self.path)
