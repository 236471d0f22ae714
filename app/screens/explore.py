"""Explore: one claim in focus with what speaks for and against it, or the list of all claims."""

from __future__ import annotations

from app import state
from app.components import claim_list, claim_page, dialog, frame
from argmap.errors import UnknownName


def show() -> None:
    """The screen: a claim's page if the address names one, the list of claims if not."""
    node_id = state.asked("node")
    if node_id is None:
        frame.heading("All claims")
        if state.asked("add") == "claim" and not state.is_read_only():
            state.set_asked("add", None)
            dialog.ask("claim")
        claim_list.show()
        return
    try:
        claim_page.show(node_id)
    except UnknownName as error:
        frame.heading("Not here")
        frame.missing(error)


if __name__ == "__main__":
    show()
