"""Names to objects, loaded when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar

from argmap.errors import UnknownName

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """A mapping from name to object: a built-in table plus the entry points of other packages.

    Args:
        group: entry point group, also the word used in errors (``argmap.readers`` -> "reader").
        table: name -> ``"package.module:object"``; nothing is imported before it is asked for.
    """

    def __init__(self, group: str, table: Mapping[str, str]) -> None:
        self.group = group
        self.kind = group.rpartition(".")[2].removesuffix("s")
        self._table = dict(table)
        self._loaded: dict[str, T] = {}

    @cached_property
    def _points(self) -> dict[str, EntryPoint]:
        """Name -> where it is; looked up once, since every installed package is asked."""
        others = {point.name: point for point in entry_points(group=self.group)}
        ours = {name: EntryPoint(name, value, self.group) for name, value in self._table.items()}
        return others | ours

    def __getitem__(self, name: str) -> T:
        if name not in self._loaded:
            points = self._points
            if name not in points:
                raise UnknownName(self.kind, name, points)
            self._loaded[name] = points[name].load()
        return self._loaded[name]

    def __contains__(self, name: object) -> bool:
        return name in self._points

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._points))

    def __len__(self) -> int:
        return len(self._points)
