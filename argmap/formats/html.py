"""One self-contained page that opens from disk, with no request to anywhere."""

from __future__ import annotations

from argmap.formats.contract import Dumped, FileFormat, Loss
from argmap.model import ArgumentMap


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as a page to look at; it cannot be read back."""
    from argmap.drawing import page

    text = page(argument_map, title="Argument map")
    return text.encode(), (Loss("", "map", "a page is for people; export json to keep the data"),)


FORMAT = FileFormat("html", ".html", "text/html", dump)
