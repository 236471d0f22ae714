"""Correcting a turn: who said it, what it answers, where it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app import state
from app.components import markup
from argmap.model import Document, Turn

NOBODY = "(none)"


def correct(document: Document, start: int, end: int) -> None:
    """The form for the turns of this stretch of the text."""
    turns = {turn.id: turn for turn in document.turns if turn.end > start and turn.start < end}
    if not turns:
        return
    with st.expander("Correct a speaker or a turn", icon=":material/edit:"):
        chosen = st.selectbox(
            "Turn",
            list(turns),
            format_func=lambda i: _named(document, turns[i]),
            key=f"turn-{document.id}",
        )
        _form(document, turns[chosen])


def _form(document: Document, turn: Turn) -> None:
    place = document.turns.index(turn)
    before = {other.id: other for other in document.turns[:place]}
    name = st.text_input("Speaker", turn.speaker or "", max_chars=120, key=f"speaker-{document.id}-{turn.id}")
    answered = st.selectbox(
        "Answers",
        [NOBODY, *before],
        index=1 + list(before).index(turn.reply_to) if turn.reply_to in before else 0,
        format_func=lambda i: _named(document, before[i]) if i in before else i,
        key=f"answers-{document.id}-{turn.id}",
    )
    mended = replace(turn, speaker=name.strip() or None, reply_to=None if answered == NOBODY else answered)
    # Never disabled: a click that also ends the typing in a field would be lost on a disabled button.
    if st.button("Save", key="save-speaker"):
        if mended != turn:
            _save(document, [mended if one is turn else one for one in document.turns])
        markup.note("Nothing is changed yet.")
    if place and st.button("Join it to the turn before", key="join-turn", icon=":material/merge:"):
        _save(document, joined(document.turns, turn.id))
    words = st.text_input(
        "A new turn begins with the words", max_chars=120, key=f"cut-{document.id}-{turn.id}"
    )
    parts = cut(document, turn.id, words.strip())
    is_asked = st.button("Cut there", key="cut-turn", icon=":material/content_cut:")
    if is_asked and parts:
        _save(document, parts)
    if parts is None and (words or is_asked):
        markup.note("These words are not in this turn, or it begins with them.")


def _named(document: Document, turn: Turn) -> str:
    words = document.text[turn.start : turn.start + 200]
    return markup.shortened(f"{turn.speaker or 'unknown'}: {words}", longest=70)


def _save(document: Document, turns: Sequence[Turn]) -> None:
    state.write("Turn corrected", state.knowledge_base().correct_turns, document.id, turns)
    st.rerun()


def joined(turns: Sequence[Turn], turn_id: str) -> list[Turn]:
    """The turns with one made a part of the one before it; what answered it answers that one."""
    place = next(at for at, turn in enumerate(turns) if turn.id == turn_id)
    first, second = turns[place - 1], turns[place]
    whole = replace(first, end=second.end, quotes=(*first.quotes, *second.quotes), finish=second.finish)
    kept = [*turns[: place - 1], whole, *turns[place + 1 :]]
    return [replace(turn, reply_to=first.id) if turn.reply_to == turn_id else turn for turn in kept]


def cut(document: Document, turn_id: str, words: str) -> list[Turn] | None:
    """The turns with one cut before these words, the second part by nobody known; None where it cannot be."""
    turn = document.turn(turn_id)
    at = document.text.find(words, turn.start + 1, turn.end) if words else -1
    if at < 0:
        return None
    taken = {other.id for other in document.turns}
    fresh = next(name for number in range(1, len(taken) + 2) if (name := f"t{number}") not in taken)
    end = turn.start + len(document.text[turn.start : at].rstrip())
    first = replace(turn, end=end, quotes=tuple(q for q in turn.quotes if q.end <= end))
    second = Turn(fresh, at, turn.end, quotes=tuple(q for q in turn.quotes if q.start >= at), date=turn.date)
    place = document.turns.index(turn)
    return [*document.turns[:place], first, second, *document.turns[place + 1 :]]
