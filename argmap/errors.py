"""Every error argmap raises on purpose.

ArgmapError                         exit code 1
├── ReadError(ValueError)           a source text cannot be read: .path .line
├── ModelError(ValueError)          an impossible map: duplicate id, span outside its text
├── MiningError(ValueError)         a miner cannot work: model missing, answer malformed
├── TrainingError(ValueError)       data to train on is missing or unusable
├── FormatError(ValueError)         a map file cannot be read: .path .line
│   └── LossError                   a strict export would lose something: .losses
├── StoreError(OSError)             the store cannot be opened, read or written
│   ├── DamageError                 the stored bytes are not what was written
│   └── ReadOnlyError               the store was opened for reading only
├── Conflict(RuntimeError)          somebody else changed the same thing: .changes
├── DecisionError(ValueError)       a decision that makes no sense here
├── PermissionDenied(PermissionError)  the role does not allow the verb
├── QueryError(ValueError)          a query that is wrong or over its limits
├── PublishError(OSError)           a SPARQL server refuses, does not answer, or holds something else
├── ReasoningError(ValueError)      a framework or task that cannot be solved
└── UnknownName(LookupError)        no such id, reader, miner, format or store: .known
    └── MissingExtra                the name needs an optional dependency
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class ArgmapError(Exception):
    """Root of the tree; ``str(error)`` is one line that says what to do."""


class _Located(ArgmapError):
    """An error in a file, shown as ``path:line: message``."""

    def __init__(self, message: str, *, path: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message, self.path, self.line = message, path, line

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        return f"{place}: {self.message}" if place else self.message


class ReadError(_Located, ValueError):
    """A source text cannot be read."""


class ModelError(ArgmapError, ValueError):
    """A document, node or link that cannot be: duplicate id, link to nothing, span outside its text."""


class MiningError(ArgmapError, ValueError):
    """A miner cannot work, or gave an answer that is not one."""


class TrainingError(ArgmapError, ValueError):
    """Training data is missing or unusable."""


class FormatError(_Located, ValueError):
    """A map file is not what its format says."""


class LossError(FormatError):
    """A strict export would lose something; ``losses`` lists what."""

    def __init__(self, message: str, losses: Iterable[Any]) -> None:
        super().__init__(message)
        self.losses = tuple(losses)


class StoreError(ArgmapError, OSError):
    """The store cannot be opened, read or written."""


class DamageError(StoreError):
    """Stored bytes are not what was written; run ``argmap check``."""


class ReadOnlyError(StoreError):
    """The store was opened for reading only."""


class Conflict(ArgmapError, RuntimeError):
    """Somebody else changed the same thing since it was read; ``changes`` are their events."""

    def __init__(self, message: str, changes: Iterable[Any] = ()) -> None:
        super().__init__(message)
        self.changes = tuple(changes)


class DecisionError(ArgmapError, ValueError):
    """A decision that makes no sense here: nothing to undo, a node merged with itself."""


class PermissionDenied(ArgmapError, PermissionError):
    """The person's role does not allow this verb."""


class QueryError(ArgmapError, ValueError):
    """A query is wrong, or went over its limits."""


class PublishError(ArgmapError, OSError):
    """A SPARQL server refuses what is published, does not answer, or holds something else."""


class ReasoningError(ArgmapError, ValueError):
    """A framework or a task that cannot be solved as asked."""


class UnknownName(ArgmapError, LookupError):
    """No such id, reader, miner, format or store; ``known`` lists what there is."""

    def __init__(self, kind: str, name: str, known: Iterable[str] = ()) -> None:
        self.kind, self.name, self.known = kind, name, tuple(sorted(known))
        super().__init__(kind, name)

    def __str__(self) -> str:
        choice = f"; known: {', '.join(self.known)}" if self.known else ""
        return f"unknown {self.kind} '{self.name}'{choice}"


class MissingExtra(UnknownName):
    """The name needs an optional dependency that is not installed."""

    def __init__(self, kind: str, name: str, extra: str) -> None:
        super().__init__(kind, name)
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.kind} '{self.name}' needs: pip install 'argmap[{self.extra}]'"
