"""Positions: a tidy forest from left to right, packed into columns. Pure and linear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

WIDTH = 250  # of a box
GAP_X = 110  # between a box and the one it hangs on; room for the arrow and its sign
GAP_Y = 18  # between boxes


@dataclass(slots=True)
class _Block:
    """A node with everything below it: the rectangle that nothing else may enter."""

    own: float
    below: float = 0.0
    levels: int = 1

    @property
    def height(self) -> float:
        return max(self.own, self.below - GAP_Y)


def positions(
    above: Mapping[str, str | None], heights: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """The centre (x, y) of each box, in pixels.

    Args:
        above: node -> node to its left, or None; a node stands after the one above it.
        heights: height of each box in pixels.

    Returns:
        No two boxes overlap; each stands right of the one it hangs on, which is centred on its replies.

    Cost: linear in the nodes.
    """
    blocks = _blocks(above, heights)
    corners = _packed({n: blocks[n] for n, upper in above.items() if upper is None})
    placed: dict[str, tuple[float, float]] = {}
    free: dict[str, tuple[float, float]] = {}  # where the next reply of a node begins
    for node_id, upper in above.items():
        block = blocks[node_id]
        x, top = corners[node_id] if upper is None else free[upper]
        if upper is not None:
            free[upper] = (x, top + block.height + GAP_Y)
        middle = top + block.height / 2
        placed[node_id] = (x + WIDTH / 2, middle)
        free[node_id] = (x + WIDTH + GAP_X, middle - max(block.below - GAP_Y, 0) / 2)
    return placed


def _blocks(above: Mapping[str, str | None], heights: Mapping[str, float]) -> dict[str, _Block]:
    blocks = {node_id: _Block(heights[node_id]) for node_id in above}
    for node_id, upper in reversed(list(above.items())):
        if upper is not None:
            blocks[upper].below += blocks[node_id].height + GAP_Y
            blocks[upper].levels = max(blocks[upper].levels, blocks[node_id].levels + 1)
    return blocks


def _packed(roots: Mapping[str, _Block]) -> dict[str, tuple[float, float]]:
    """Top left corner of each tree: one below the other, in columns that make the whole about square."""
    area = sum(_width(block) * (block.height + GAP_Y) for block in roots.values())
    tallest = max([sqrt(area), *(block.height for block in roots.values())], default=0.0)
    corners: dict[str, tuple[float, float]] = {}
    x = y = widest = 0.0
    for node_id, block in roots.items():
        if y and y + block.height > tallest:
            x, y, widest = x + widest, 0.0, 0.0
        corners[node_id] = (x, y)
        y += block.height + GAP_Y
        widest = max(widest, _width(block))
    return corners


def _width(block: _Block) -> float:
    return block.levels * (WIDTH + GAP_X)


def midpoint(places: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The mean of some places: where premises join, and where an undercut meets its arrow."""
    xs, ys = zip(*places, strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)
