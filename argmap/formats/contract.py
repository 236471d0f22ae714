"""What a format is: bytes out with a list of losses, and, where it can be read, a map in with warnings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from argmap.model import ArgumentMap


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """Something an export could not carry.

    Args:
        item: id of the document, node or link; empty for the map as a whole.
        what: the field that is lost, or ``node``, ``link``, ``document`` when all of it is.
        why: one clause a reader understands.
    """

    item: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.item or 'map'}: {self.what} ({self.why})"


Dumped = tuple[bytes, tuple[Loss, ...]]
Loaded = tuple[ArgumentMap, tuple[str, ...]]


class Format(Protocol):
    """A way to write maps, and perhaps to read them (``load`` is None in formats that are only written)."""

    @property
    def name(self) -> str:
        """What people type."""

    @property
    def suffix(self) -> str:
        """Usual end of a file's name, with the dot."""

    @property
    def media_type(self) -> str:
        """For downloads."""

    @property
    def dump(self) -> Callable[[ArgumentMap], Dumped]:
        """The map as bytes, and what they do not carry."""

    @property
    def load(self) -> Callable[[bytes], Loaded] | None:
        """The map in these bytes, and what was odd about them."""

    @property
    def sniff(self) -> Callable[[bytes], bool]:
        """Whether these bytes have the structure of this format."""


def never(data: bytes) -> bool:
    """No bytes are of this format: for formats that are only written."""
    return False


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A `Format` made of functions."""

    name: str
    suffix: str
    media_type: str
    dump: Callable[[ArgumentMap], Dumped]
    load: Callable[[bytes], Loaded] | None = None
    sniff: Callable[[bytes], bool] = never
