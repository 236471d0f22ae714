"""Annotate: a queue of segments, one at a time, decided on by keys."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app import state
from app.components import frame, markup
from app.components.annotator import Place, annotator
from argmap.annotation import decided, own_maps, settled
from argmap.annotation.adjudication import disagreements
from argmap.annotation.alignment import Segment
from argmap.annotation.queue import ORDERS, Task, assigned, tasks
from argmap.annotation.trust import Trust, judged
from argmap.annotation.workspace import passages_of
from argmap.demonstration import guidelines
from argmap.drawing import counted
from argmap.model import ArgumentMap
from argmap.model.roles import Role

Queue = list[tuple[Segment, bool]]

ORDER = "document"
WHOSE = ["assigned to me", "all"]
# A queue of more than these is never worked off; beyond it, a source has to be chosen.
MOST_SOURCES = 500


def show() -> None:
    """The screen."""
    state.sign_as_asked()
    frame.heading("Annotate")
    if not state.documents():
        markup.note("No sources yet: bring in a text first.")
        return
    if state.is_read_only() or state.role().rank < Role.ANNOTATOR.rank:
        markup.note(f"You can only read here (your role: {state.role().value}).")
        return
    with st.container(key="guidelines"):
        st.markdown(guidelines())
    found = _queue(**_choices())
    if not found:
        markup.note("Nothing is assigned to you. Choose all segments to work on any of them.")
        return
    sitting(found)


def _choices() -> dict[str, Any]:
    """What the queue is made of, as the address and the widgets say."""
    rows = {row.id: markup.source_name(row.title) for row in state.documents()}
    with st.popover("Queue", icon=":material/list:", key="queue"):
        source = st.selectbox(
            "Source",
            ["all", *rows],
            format_func=lambda i: markup.shortened(rows.get(i, "all sources"), longest=50),
            **state.linked("source", "all", ["all", *rows]),
        )
        order = st.segmented_control(
            "Order", list(ORDERS), **state.linked("order", ORDER, list(ORDERS)), required=True
        )
        whose = st.segmented_control(
            "Segments", WHOSE, **state.linked("whose", WHOSE[0], WHOSE), required=True
        )
        shares = state.knowledge_base().shares()
        markup.note(
            f"In a team two annotators do {shares['overlap']:.0%} of the segments, and {shares['blind']:.0%} "
            "are done without seeing suggestions."
        )
        if st.button("Look again what waits", key="anew", icon=":material/refresh:"):
            state.forget("queue")
    return {"source": source, "order": order, "whose": whose}


def _queue(*, source: str, order: str, whose: str) -> Queue:
    """The segments in their order; it stays as it is while somebody works, so that nothing jumps."""
    asked = (source, order, whose, state.person())
    kept = state.recall("queue")
    if kept is None or kept[0] != asked:
        kept = (asked, _ordered(*asked))
        state.remember("queue", kept)
    queue: Queue = kept[1]
    return queue


def _ordered(source: str, order: str, whose: str, name: str) -> Queue:
    kb = state.knowledge_base()
    found = _tasks(source, order, name)
    team = kb.annotators() or [name]
    shares = kb.shares() if len(team) > 1 else {"overlap": 0.0, "blind": 0.0}
    if whose != WHOSE[0]:
        given = assigned(found, [name], **shares)[name]
    else:
        given = assigned(found, team, **shares).get(name, [])
    return [(one.task.segment, one.blind) for one in given]


def _tasks(source: str, order: str, name: str) -> list[Task]:
    kb = state.knowledge_base()
    wanted = [source] if source != "all" else [row.id for row in state.documents()][:MOST_SOURCES]
    if order == ORDER:
        in_order = [ArgumentMap.of([kb.document(document_id)]) for document_id in wanted]
        return [task for one in in_order for task in tasks(one, cut=passages_of)]
    suggestions = kb.map(source) if source != "all" else kb.map()
    events = list(kb.events())
    disputes = disagreements(own_maps(events), settled=settled(events)) if order == "disagreement" else []
    return tasks(
        suggestions,
        order=order,
        decided=decided(events, name),
        disputes=disputes,
        chance=Trust(judged(events)).chance,
        cut=passages_of,
    )


@st.fragment
def sitting(queue: Queue) -> None:
    """One segment after the other; a key costs a run of this part only."""
    number = _number(queue)
    if number >= len(queue):
        _finished(queue)
        return
    segment, blind = queue[number]
    go = annotator(Place(segment, number + 1, len(queue), blind))
    if go is not None:
        _open(queue, max(0, number + (1 if go == "next" else -1)))
        st.rerun()


def _number(queue: Queue) -> int:
    """Which segment of the queue the address asks for; the first where it asks for none of them."""
    document, start = state.asked("doc"), state.asked("from")
    if document == "done":
        return len(queue)
    places = [f"{segment.document} {segment.start}" for segment, _ in queue]
    asked = f"{document} {start}"
    return places.index(asked) if asked in places else 0


def _open(queue: Queue, number: int) -> None:
    is_over = number >= len(queue)
    state.set_asked("by", state.person())
    state.set_asked("doc", "done" if is_over else queue[number][0].document)
    state.set_asked("from", None if is_over else str(queue[number][0].start))


def _finished(queue: Queue) -> None:
    """What is left when the queue is through."""
    with st.container(key="finished"):
        st.success(f"All done: {counted(len(queue), 'segment')}.", icon=":material/done_all:")
        if st.button("From the beginning", key="again"):
            state.set_asked("doc", None)
            st.rerun()


if __name__ == "__main__":
    show()
