"""People: what each speaker says, who answers whom, and which attacks nobody answered."""

from __future__ import annotations

import streamlit as st

from app.components import cards, frame, markup, people, saving, stance_chart, stances

MOST_LINES = 40  # of the plot: issues and answers


def show() -> None:
    """The screen."""
    frame.heading("People")
    saving.menu("people", saving.part([node.id for node in people.unanswered()]))
    if people.kinds_by_speaker():
        speakers()
    else:
        markup.note("No speakers are known yet. They come with the sources, and can be corrected there.")
    cards.cards(
        people.unanswered(),
        "unanswered",
        empty="Every objection has an answer.",
        title="Objections that nobody answered",
        two=True,
    )


def speakers() -> None:
    """Where they stand, whom they answer, and what they say."""
    if stances.is_known():
        st.subheader("For and against", anchor=False)
        stance_chart.show(MOST_LINES, key="stances", label=460)
    st.subheader("Who answers whom", anchor=False)
    people.exchanges()
    stances.show()
    st.subheader("What each of them says", anchor=False)
    people.speaker_chart()


if __name__ == "__main__":
    show()
