"""Whether replies are indented, and whether as a tree or all one step in, as the site knows no more steps."""

from __future__ import annotations

from collections.abc import Iterable

from argmap.readers.headers import Heading

_ENOUGH = 2
_SHARE = 0.1


def is_tree(posts: Iterable[tuple[int, Heading]]) -> bool:
    """Does indentation tell replies from comments: do several posts stand deeper than the others?"""
    depths = [depth for depth, heading in posts if heading.name]
    least = min(depths, default=0)
    deeper = sum(depth > least for depth in depths)
    return deeper >= max(_ENOUGH, _SHARE * len(depths))


def is_flat(posts: Iterable[tuple[int, Heading]]) -> bool:
    """Do all replies stand at one depth though people answer replies there?

    Whoever comes back below a comment, even his own, answers another reply; a tree would show that.

    Args:
        posts: depth and heading of each post, in reading order.
    """
    known = [(depth, heading.name) for depth, heading in posts if heading.name]
    depths = sorted({depth for depth, _ in known})
    if len(depths) != 2:
        return False
    back, below = 0, set[str | None]()
    last: str | None = None
    for depth, name in known:
        if depth == depths[0]:
            below = {name}
        else:
            back += name in below and name != last
            below.add(name)
        last = name
    return back >= _ENOUGH
