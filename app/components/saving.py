"""What is on the screen as a file, in one menu: JSON, CSV, Turtle, or a page that opens anywhere."""

from __future__ import annotations

from collections.abc import Callable, Collection

import streamlit as st

from app import state
from app.components import markup
from argmap.knowledge_base import KnowledgeBase
from argmap.model import ArgumentMap
from argmap.store import neighbourhood, reading

FORMATS = {
    "json": ("JSON", "json", "application/json"),
    "csv": ("CSV", "csv", "text/csv"),
    "html": ("HTML map", "html", "text/html"),
    "turtle": ("Turtle", "ttl", "text/turtle"),
}


@st.fragment
def menu(name: str, make: Callable[[], ArgumentMap], **address: str) -> None:
    """The menu; a file is made when it is asked for, and this list of them when the menu is opened.

    Args:
        name: stem of the file names.
        make: gives what is on the screen; it runs outside the session.
        address: what the address of this screen asks for.
    """
    box = st.popover("Save", icon=":material/download:", key="saving", on_change="rerun")
    if not box.open:
        return
    with box:
        st.text("Link to this screen")
        st.code(state.address(**address), language=None, wrap_lines=True)
        for format_name, (title, suffix, mime) in FORMATS.items():
            st.download_button(
                title,
                maker(make, format_name),
                f"argmap-{name}.{suffix}",
                mime,
                key=f"save-{format_name}",
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
            )
        markup.note("What is on this screen, with its quotes and links.")


def maker(make: Callable[[], ArgumentMap], format_name: str) -> Callable[[], bytes]:
    """What makes the bytes of a file."""

    def made() -> bytes:
        from argmap.formats import dump

        return dump(make(), format_name)[0]

    return made


def part(ids: Collection[str]) -> Callable[[], ArgumentMap]:
    """What gives these claims with the links between them and their sources."""
    kb = state.knowledge_base()
    return lambda: _part(kb, ids)


def later(ask: Callable[[KnowledgeBase], Collection[str]]) -> Callable[[], ArgumentMap]:
    """As `part`, of claims that nothing else on the screen needs: they are asked for when a file is."""
    kb = state.knowledge_base()
    return lambda: _part(kb, ask(kb))


def _part(kb: KnowledgeBase, ids: Collection[str]) -> ArgumentMap:
    with kb.store.reading() as connection:
        nodes = reading.nodes_by_id(connection, ids)
        found = neighbourhood.links_out_of(connection, nodes)
        links = [k for k in found if k.target in nodes and all(source in nodes for source in k.sources)]
    wanted = dict.fromkeys(mention.document for node in nodes.values() for mention in node.mentions)
    return ArgumentMap.of([kb.document(name) for name in wanted], nodes.values(), links)


def texts(ids: Collection[str]) -> Callable[[], ArgumentMap]:
    """What gives these sources, without what was found in them."""
    kb = state.knowledge_base()
    return lambda: ArgumentMap.of([kb.document(name) for name in ids])
