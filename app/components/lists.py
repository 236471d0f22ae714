"""Lists as one component each: a list that did not change costs one short message, however long it is.

What goes to the browser is in tuples: a list or dict would be looked at by Streamlit as a possible table, for
which it imports pandas, half a second before the first claim can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from app import state
from app.components.assets import asset

Card = dict[str, Any]
Row = dict[str, Any]
Side = dict[str, Any]
Chosen = tuple[str, str]

_mount = st.components.v2.component(
    "argmap.cards",
    html='<div class="am-cards"></div>',
    js=asset("cards.js"),
    isolate_styles=False,
)


def show_cards(cards: Sequence[Card], place: str, **looks: Any) -> Chosen | None:
    """Cards one below the other; gives the act and the id of a click since the last run.

    Args:
        cards: as `app.components.cards.card` makes them.
        place: a word that tells this list from others on the screen.
        looks: ``empty``, what to say where there is none; ``title``, a heading above them; ``whole``, words
            of a button beside it, whose act is "whole"; ``two`` columns where there is room.
    """
    return _chosen(place, {"cards": tuple(cards)} | looks, _ids(cards))


def show_sides(sides: Sequence[Side], place: str) -> Chosen | None:
    """Lists of cards beside each other, each with a ``title``, a ``column`` (its look) and a ``number``."""
    return _chosen(place, {"sides": tuple(sides)}, {i for side in sides for i in _ids(side["cards"])})


def show_rows(rows: Sequence[Row], place: str, **looks: str) -> Chosen | None:
    """Claims as indented lines; gives the act and the id of a click since the last run.

    Args:
        looks: ``title`` and ``whole`` as in `show_cards`.
    """
    return _chosen(place, {"rows": tuple(rows)} | looks, {row["id"] for row in rows})


def show_acts(acts: Sequence[Sequence[str]], about: str, menu: dict[str, Any]) -> Chosen | None:
    """A bar of buttons, each an (act, glyph, words, tip), and a menu of further acts at its end."""
    return _chosen("acts", {"acts": tuple(acts), "about": about, "menu": (menu | {"about": about},)}, {about})


def show_quotes(quotes: Sequence[dict[str, str]], title: str) -> Chosen | None:
    """Quotes with the words ``before`` and ``after`` them and who ``said`` them; a click gives their id."""
    return _chosen("quotes", {"quotes": tuple(quotes), "title": title}, {quote["id"] for quote in quotes})


def _ids(cards: Sequence[Card]) -> set[str]:
    """What a click may be about: claims, and the links that the menus are for."""
    return {card["id"] for card in cards} | {card["menu"]["about"] for card in cards if "menu" in card}


def _chosen(place: str, data: dict[str, Any], ids: set[str]) -> Chosen | None:
    """What was clicked; only what this list offers."""
    key = f"list-{place}"
    chosen = state.heard(key, _mount(key=key, data=data, on_chosen_change=lambda: None).get("chosen"))
    if chosen is None:
        return None
    act, item_id = str(chosen["act"]), str(chosen["id"])
    return (act, item_id) if item_id in ids or act == "whole" else None
