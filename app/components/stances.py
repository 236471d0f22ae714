"""Where speakers stand: on the answers to the issues, and towards each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from app import state
from app.components import markup
from app.components.tables import table
from argmap.store import reading

if TYPE_CHECKING:
    from argmap.reasoning import Accord, Stance

MOST_NODES = 5_000  # the whole map is read for this; larger debates show it by the command line
MOST_ROWS = 40
_SIDES = ((0.34, "+", "for"), (-0.34, "±", "both"), (-2.0, "−", "against"))

Found = tuple[list["Stance"], list["Accord"], dict[str, str]]


def show() -> None:
    """Both tables, each with words beside every number."""
    if state.stats().nodes > MOST_NODES:
        markup.note(f"Stances are worked out for debates of at most {MOST_NODES:,} claims.")
        return
    positions, pairs, words = _found()
    st.subheader("Where they stand on the issues", anchor=False)
    _told(
        ("Issue", "Answer", "Speaker", "is", "points"),
        _positions(positions, words),
        "Nobody answered an issue yet.",
    )
    st.subheader("Who agrees with whom", anchor=False)
    _told(("One", "Other", "agreement", "agreeing", "opposing"), _pairs(pairs), "No two speakers met yet.")


def _found() -> Found:
    kb = state.knowledge_base()

    def worked_out() -> Found:
        from argmap.reasoning import accords, stances  # a fifth of a second, and only this needs it on Home

        with kb.store.reading() as connection:
            whole = reading.whole(connection)
        positions = stances(whole)
        ids = {end for stance in positions for end in (stance.issue, stance.answer)}
        return positions, accords(whole), {i: whole.nodes[i].text for i in ids if i in whole.nodes}

    found: Found = state.remembered("stances", worked_out)
    return found


def found() -> tuple[list[Stance], dict[str, str]]:
    """All stances, and the wordings of issues and answers; nothing where the debate is too large."""
    if state.stats().nodes > MOST_NODES:
        return [], {}
    positions, _, words = _found()
    return positions, words


def is_known() -> bool:
    """Whether this debate is small enough, and somebody spoke to an issue."""
    return bool(found()[0])


def side(score: float) -> str:
    """A stance in a sign and a word."""
    return next(f"{sign} {word}" for least, sign, word in _SIDES if score > least)


def _positions(found: Sequence[Stance], words: dict[str, str]) -> list[tuple[str, ...]]:
    ranked = sorted(found, key=lambda stance: (-len(stance.said), stance.issue, stance.answer))[:MOST_ROWS]
    return [
        (
            markup.shortened(words.get(s.issue, s.issue), longest=90),
            markup.shortened(words.get(s.answer, s.answer), longest=110),
            s.speaker,
            side(s.score),
            str(len(s.said)),
        )
        for s in ranked
    ]


def _pairs(found: Sequence[Accord]) -> list[tuple[str, ...]]:
    return [(a.one, a.other, f"{a.score:+.2f}", str(a.agreeing), str(a.opposing)) for a in found[:MOST_ROWS]]


def _told(names: Sequence[str], rows: Sequence[Sequence[str]], empty: str) -> None:
    if rows:
        table(names, rows)
    else:
        markup.note(empty)
