"""What somebody clicks in a plot."""

from __future__ import annotations

from typing import Any


def picked(event: Any) -> tuple[int, int] | None:
    """The series of the first place that is chosen in a plot, and the place in it; None where none is."""
    chosen = (
        (series["series_index"], place)
        for series in event.selection.selected
        for place in series.get("data_indices", [])
    )
    return next(chosen, None)
