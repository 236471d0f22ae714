"""Argument maps as pictures: what is drawn, where it stands, and the HTML that shows it. No Streamlit."""

from argmap.drawing.conventions import (
    INK,
    LINK_LOOKS,
    NODE_LOOKS,
    PAPER,
    STANDING_LOOKS,
    STATUS_GLYPHS,
    Look,
    counted,
)
from argmap.drawing.network import size
from argmap.drawing.page import LIBRARY_MARK, SMALLEST_SCALE, frame, library, page
from argmap.drawing.selection import Mark, Selection, ego, forest, path

__all__ = [
    "INK",
    "LIBRARY_MARK",
    "LINK_LOOKS",
    "NODE_LOOKS",
    "PAPER",
    "SMALLEST_SCALE",
    "STANDING_LOOKS",
    "STATUS_GLYPHS",
    "Look",
    "Mark",
    "Selection",
    "counted",
    "ego",
    "forest",
    "frame",
    "library",
    "page",
    "path",
    "size",
]
