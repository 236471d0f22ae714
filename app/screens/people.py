"""People: what each speaker says, who answers whom, and which attacks nobody answered."""

from __future__ import annotations

import streamlit as st

from app.components import cards, frame, markup, people


def show() -> None:
    """The screen."""
    frame.heading("Who answers whom")
    rows = people.kinds_by_speaker()
    if not rows:
        markup.note("No speakers are known yet. They come with the sources, and can be corrected there.")
        return
    people.exchanges()
    st.subheader("What each of them says", anchor=False)
    people.speaker_chart()
    st.subheader("Objections that nobody answered", anchor=False)
    left, right = st.columns(2, gap="medium")
    found = people.unanswered()
    for column, part in ((left, found[::2]), (right, found[1::2])):
        with column:
            for node in part:
                cards.card(node, "unanswered")
    if not found:
        markup.note("Every objection has an answer.")


if __name__ == "__main__":
    show()
