"""What hangs together in circles: strongly connected components, without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def components(size: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Strongly connected components of places 0..size-1; a component comes after all it leads to.

    Source: Tarjan 1972. Cost: linear.
    """
    out_of: list[list[int]] = [[] for _ in range(size)]
    for source, target in edges:
        out_of[source].append(target)
    return _Search(out_of).components()


def circles(size: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The components that are circles: of two places or more, or one that leads to itself."""
    known = list(edges)
    loops = {source for source, target in known if source == target}
    return [sorted(c) for c in components(size, known) if len(c) > 1 or c[0] in loops]


class _Search:
    def __init__(self, out_of: Sequence[Sequence[int]]) -> None:
        self.out_of = out_of
        self.low = [0] * len(out_of)  # 0: not met; lowest order reachable while open; done: above all
        self.order = 0
        self.open: list[int] = []
        self.found: list[list[int]] = []

    def components(self) -> list[list[int]]:
        for root in range(len(self.out_of)):
            if not self.low[root]:
                self._visit(root)
        return self.found

    def _visit(self, root: int) -> None:
        path = [(root, self._enter(root), iter(self.out_of[root]))]
        while path:
            place, number, others = path[-1]
            fresh = next((other for other in others if self._is_new(place, other)), None)
            if fresh is not None:
                path.append((fresh, self._enter(fresh), iter(self.out_of[fresh])))
                continue
            path.pop()
            if self.low[place] == number:
                self._close(place)
            if path:
                above = path[-1][0]
                self.low[above] = min(self.low[above], self.low[place])

    def _enter(self, place: int) -> int:
        self.order += 1
        self.low[place] = self.order
        self.open.append(place)
        return self.order

    def _is_new(self, place: int, other: int) -> bool:
        if self.low[other]:
            self.low[place] = min(self.low[place], self.low[other])
        return not self.low[other]

    def _close(self, place: int) -> None:
        start = len(self.open) - 1
        while self.open[start] != place:
            start -= 1
        component = self.open[start:]
        del self.open[start:]
        for member in component:
            self.low[member] = len(self.low) + 1
        self.found.append(component)
