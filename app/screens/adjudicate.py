"""Adjudicate: one disagreement at a time, settled by a key; and what was settled about your own decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from app import state
from app.components import frame, markup
from app.components.disagreeing import Choice, Maps, choices, context, key_of, machine_line, told, values
from app.components.forms import in_words
from argmap.annotation import own_maps, settled
from argmap.annotation.adjudication import KINDS, Disagreement, disagreements
from argmap.annotation.feedback import agreed, feedback
from argmap.model.roles import Role

_NINE = 9
MOST_LISTED = 50  # before all of them are accepted
_NAMES = {
    "all": "all",
    "missing": "only some marked it",
    "kind": "different kinds",
    "link": "different links",
    "boundary": "different borders",
}


def show() -> None:
    """The screen."""
    state.sign_as_asked()
    frame.heading("Adjudicate")
    views = ["Disagreements", "My feedback"]
    view = st.segmented_control(
        "View", views, **state.linked("desk", views[0], views), required=True, label_visibility="collapsed"
    )
    if view == "My feedback":
        my_feedback()
    elif state.is_read_only() or state.role().rank < Role.ADJUDICATOR.rank:
        markup.note(f"You are {state.role().value} here; settling takes the role adjudicator.")
    else:
        desk()


def _compared() -> tuple[Maps, list[Disagreement], list[str]]:
    """Everybody's map, what is open, and what all agree on but nobody has settled."""
    kb = state.knowledge_base()

    def compared() -> tuple[Maps, list[Disagreement], list[str]]:
        events = list(kb.events())
        maps, ruled = own_maps(events), settled(events)
        return maps, disagreements(maps, settled=ruled), agreed(maps, settled=ruled)

    found: tuple[Maps, list[Disagreement], list[str]] = state.remembered("compared", compared)
    return found


def desk() -> None:
    """The worst open disagreement, and what to do with it."""
    maps, found, alike = _compared()
    later = state.recall("later", set())
    counts = Counter(one.kind for one in found)
    options = ["all", *(kind for kind in KINDS if counts[kind])]
    kind = st.segmented_control(
        "Kind",
        options,
        format_func=lambda k: f"{_NAMES[k]} ({len(found) if k == 'all' else counts[k]})",
        **state.linked("disputes", "all", options),
        required=True,
        label_visibility="collapsed",
    )
    wanted = [one for one in found if kind in ("all", one.kind) and key_of(one) not in later]
    _accept_agreed(alike, maps)
    if wanted:
        item(wanted[0], maps, left=len(wanted))
    else:
        _nothing_left(len(later))


def _nothing_left(later: int) -> None:
    markup.note("Nothing else to settle here." if later else "Nothing to settle: annotators agree.")
    if later and st.button(f"Show the {later} that were put off", key="again"):
        state.forget("later")
        st.rerun()


def _accept_agreed(alike: Sequence[str], maps: Maps) -> None:
    """Settle in one step what needs no discussion, after a glance at it."""
    if not alike:
        return
    kb = state.knowledge_base()
    with st.expander(f"{len(alike)} nodes and links that all agree on", key="agreed"):
        for item_id in alike[:MOST_LISTED]:
            own = next(own for own in maps.values() if item_id in own.nodes or item_id in own.links)
            markup.note(told(item_id, own))
        if len(alike) > MOST_LISTED:
            markup.note(f"and {len(alike) - MOST_LISTED:,} more")
        if st.button("Accept all of them", key="accept-agreed", icon=":material/done_all:"):
            state.write("Accepted what all agree on", kb.settle, alike, ())
            st.rerun()


def item(one: Disagreement, maps: Maps, *, left: int) -> None:
    """One disagreement: the text, who says what, the reason, and the keys."""
    markup.note(f"{_NAMES[one.kind]} · {left} to settle")
    markup.show(context(one))
    offered = choices(one, maps)[:_NINE]
    reason = st.text_input(
        "Reason (annotators read it)",
        key=f"reason-{key_of(one)}",
        max_chars=500,
        placeholder="Why? Which rule of the guidelines?",
    )
    for number, choice in enumerate(offered, start=1):
        key, words = st.columns([1, 9], vertical_alignment="center")
        if key.button(
            f"Take {choice.letters[0]}", shortcut=str(number), key=f"take-{number}", width="stretch"
        ):
            take(one, choice, maps, reason)
        with words:
            markup.show(_said(choice, of=len(one.opinions)))
    machine = machine_line(one)
    if machine:
        markup.note(machine)
    _others(one, reason)


def _said(choice: Choice, *, of: int) -> Markup:
    who = " and ".join(choice.letters)
    most = " (most)" if len(choice.letters) * 2 > of else ""
    return Markup('<p class="am-said"><strong>{}{}</strong> {}</p>').format(who, most, choice.words)


def _others(one: Disagreement, reason: str) -> None:
    with st.container(horizontal=True):
        if st.button("None of these", shortcut="0", key="none", help="This is a decision too"):
            _settle("Settled: none of these", (), one, reason)
        if st.button("Later", shortcut="S", key="later", help="With a reason it is left as a note"):
            put_off(one, reason)
        if st.button("Undo", shortcut="U", key="take-back", help="Take back your last step"):
            state.write("Taken back", state.knowledge_base().undo)
            st.rerun()
        nodes = sorted(item_id for item_id in one.ids if item_id.startswith("n"))
        if nodes and st.button("Edit", shortcut="E", key="edit", help="Open it in the explorer"):
            state.open_claim(nodes[0])
        if one.document and st.button("Show in the source", key="source"):
            state.open_source(one.document, at=one.start)


def take(one: Disagreement, choice: Choice, maps: Maps, reason: str) -> None:
    """Settle it as this opinion has it."""
    _settle(f"Settled as {choice.letters[0]} says", choice.ids, one, reason, values=values(choice, maps))


def _settle(say: str, taken: Sequence[str], one: Disagreement, reason: str, **options: Any) -> None:
    kb = state.knowledge_base()
    others = sorted(one.ids - set(taken))
    state.write(say, kb.settle, taken, others, because=reason.strip() or None, **options)
    st.rerun()


def put_off(one: Disagreement, reason: str) -> None:
    """Leave it for later; with a reason, leave that as a note for the others."""
    state.remember("later", state.recall("later", set()) | {key_of(one)})
    if reason.strip():
        kb = state.knowledge_base()
        state.write("Noted for discussion", kb.comment, min(one.ids), f"to discuss: {reason.strip()}")
    st.rerun()


def my_feedback() -> None:
    """What was settled otherwise than this person had it, with the reason."""
    kb = state.knowledge_base()
    found = state.remembered("feedback", lambda name: feedback(kb.events(), name), state.person())
    if not found:
        markup.note("Nothing that you decided was settled otherwise.")
    for one in found:
        markup.show(
            Markup(
                '<div class="am-card"><p class="am-text">{}</p>'
                '<p class="am-foot">You: {} · Settled: {}{}</p></div>'
            ).format(
                in_words(one.id), one.yours, one.ruling, f" · because {one.because}" if one.because else ""
            )
        )


if __name__ == "__main__":
    show()
