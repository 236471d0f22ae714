"""Admin: who may do what, how the work is shared, gold versions, and whether all is as it was written."""

from __future__ import annotations

import streamlit as st

from app import state
from app.components import frame, markup
from app.components.events import described, moment
from app.components.tables import table
from argmap.drawing import counted
from argmap.model.roles import Role

RECENT = 20
MOST_FINDINGS = 20


def show() -> None:
    """The screen."""
    state.sign_as_asked()
    frame.heading("Admin")
    rank = Role.READER.rank if state.is_read_only() else state.role().rank
    if rank < Role.ADJUDICATOR.rank:
        markup.note(f"You are {state.role().value} here; this takes the role adjudicator or admin.")
        return
    left, right = st.columns(2, gap="large")
    with left:
        people(is_admin=rank >= Role.ADMIN.rank)
        if rank >= Role.ADMIN.rank:
            shares()
    with right:
        gold()
        integrity()
    recent()


def people(*, is_admin: bool) -> None:
    """Everybody with a role, and a form to give one, change it or take it back."""
    kb = state.knowledge_base()
    st.subheader("People", anchor=False)
    roles, ends = kb.roles(), kb.grants()
    if not roles:
        markup.note(
            "Nobody has a role yet, so everybody may do everything. The first one given has to be admin."
        )
    rows = [(name, role.value, ends[name].until or "no end") for name, role in sorted(roles.items())]
    if rows:
        table(("who", "may do as", "until"), rows, caption="Roles, as they hold today")
    if not is_admin:
        return
    with st.form("grant", border=False, clear_on_submit=True):
        name = st.text_input("Name, as it stands under decisions", key="grant-name", max_chars=200)
        role = st.selectbox("Role", [role.value for role in Role], index=1, key="grant-role")
        until = st.text_input("Until, as 2030-12-31 (left empty: no end)", key="grant-until", max_chars=10)
        markup.note("To take a role back, give reader.")
        given = st.form_submit_button("Give this role", key="grant-save")
        if given and not name.strip():
            st.error("Write a name first.", icon=":material/error:")
        elif given:
            state.write(f"{name} is {role} now", kb.grant, name.strip(), role, until=until.strip() or None)
            st.rerun()


def shares() -> None:
    """How many segments two annotators do, and how many are done without suggestions."""
    kb = state.knowledge_base()
    st.subheader("Shares of the work", anchor=False)
    now = kb.shares()
    with st.form("shares", border=False):
        overlap = st.slider("Done by two people", 0.0, 1.0, now["overlap"], 0.05, key="share-overlap")
        blind = st.slider("Shown without suggestions", 0.0, 1.0, now["blind"], 0.05, key="share-blind")
        markup.note("Of all segments: the first gives agreement, the second keeps people from anchoring.")
        if st.form_submit_button("Set these shares", key="share-save"):
            state.write("Shares set", kb.share, overlap=overlap, blind=blind)
            st.rerun()


def gold() -> None:
    """The versions that were frozen, each to be saved as it stood, and a form to freeze one."""
    kb = state.knowledge_base()
    st.subheader("Gold versions", anchor=False)
    frozen = kb.frozen()
    if not frozen:
        markup.note("No version was frozen yet.")
    for at, (name, event) in enumerate(frozen.items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            markup.note(f"{name}: frozen by {event.by.name}, {moment(event)}, as of event {event.seq}")
            st.download_button(
                "JSON",
                lambda version=name: kb.dump("json", frozen=version)[0],
                f"gold-{at + 1}.json",
                "application/json",
                on_click="ignore",
                key=f"gold-{at}",
            )
    with st.form("freeze", border=False, clear_on_submit=True):
        name = st.text_input("Name of a new version", key="freeze-name", max_chars=100)
        if st.form_submit_button("Freeze the map as it stands", key="freeze-save"):
            state.write(f"Frozen as {name}", kb.freeze, name.strip())
            st.rerun()
    markup.note("The miner learns from a gold version by: argmap train --from-gold")


def integrity() -> None:
    """Whether log, state, index and spans agree, when somebody asks."""
    st.subheader("Integrity", anchor=False)
    if st.button("Check everything now", key="check", icon=":material/fact_check:"):
        with st.spinner("Replaying the log"):
            findings = state.knowledge_base().check()
        errors = [finding for finding in findings if finding.level == "error"]
        say = st.error if errors else st.success
        say(f"{counted(len(errors), 'error')}, {counted(len(findings) - len(errors), 'warning')}")
        rows = [(one.level, one.item, one.message) for one in findings[:MOST_FINDINGS]]
        if rows:
            table(("what", "where", "message"), rows, caption=f"The first {len(rows)} of {len(findings)}")


def recent() -> None:
    """What happened last, and who did it."""
    st.subheader("What happened last", anchor=False)
    rows = [
        (event.seq, moment(event), event.by.name, described(event), event.because or "")
        for event in state.knowledge_base().log(limit=RECENT)
    ]
    table(
        ("event", "when", "who", "what", "because"), rows, caption="The newest first; argmap log shows more"
    )


if __name__ == "__main__":
    show()
