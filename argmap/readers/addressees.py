"""Posts found by how people call each other: "@Gwen" for "Gwen in Gower", "@OE" for "The Old Engineer"."""

from __future__ import annotations

import re

_PART = re.compile(r"[^\W_]+")
_SHORTEST = 3
_ARTICLES = frozenset(["the", "a", "an"])


class Addressees:
    """Remembers everybody's latest post by full name, by parts of it and by initials."""

    def __init__(self) -> None:
        self._full: dict[str, int] = {}
        self._parts: dict[str, int] = {}

    def add(self, name: str, place: int) -> None:
        """Remember a post."""
        self._full[name.casefold()] = place
        for part in _called(name):
            self._parts[part] = place

    def find(self, name: str | None) -> int | None:
        """The latest post of whoever is called so, or None."""
        asked = (name or "").casefold()
        return self._full.get(asked, self._parts.get(asked))

    def begins(self, words: str) -> int | None:
        """The latest post of whoever these words begin with: one with spaces in his name first; or None."""
        pieces = words.split(" ", 4)[:4]
        for length in range(len(pieces), 0, -1):
            found = self.find(" ".join(pieces[:length]).rstrip(".,:;!?–—-"))
            if found is not None:
                return found
        return None


def _called(name: str) -> list[str]:
    """What a name may be shortened to."""
    parts = [part for part in _PART.findall(name.casefold()) if part not in _ARTICLES]
    joined = " ".join(word for word in name.casefold().split() if word not in _ARTICLES)
    initials = "".join(part[0] for part in parts)
    short = [part for part in parts if len(part) >= _SHORTEST]
    return [joined, *short, *([initials] if len(parts) > 1 else [])]
