"""Sources: the texts, what was found in each, and the way for new ones to come in."""

from __future__ import annotations

from app import state
from app.components import bring_in, frame, source_page
from app.components.source_list import source_list
from argmap.errors import UnknownName


def show() -> None:
    """The screen: one source if the address names one, all of them if not."""
    document_id = state.asked("doc")
    if document_id is not None:
        try:
            source_page.show(document_id)
        except UnknownName as error:
            frame.heading("Not here")
            frame.missing(error)
        return
    frame.heading("Sources")
    if not state.is_read_only():
        bring_in.show()
    source_list()


if __name__ == "__main__":
    show()
