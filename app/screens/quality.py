"""Quality: how far annotators agree, where kinds get mixed up, and how far the machine can be trusted."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import state
from app.components import frame, markup
from app.components.tables import csv_bytes, table
from argmap.annotation import Measure, own_maps
from argmap.annotation.quality import (
    SUSPICIOUS_COUNT,
    SUSPICIOUS_SHARE,
    Precision,
    acceptance,
    confusion,
    precision_by_confidence,
)
from argmap.model import NodeKind

_HEAD = ("measure", "annotators", "value", "95 % interval", "segments", "items compared")


def show() -> None:
    """The screen."""
    frame.heading("Quality")
    with st.spinner("Comparing annotators"):
        measures: list[Measure] = state.remembered("agreement", state.knowledge_base().agreement)
    if measures:
        agreement(measures)
    else:
        markup.note("No two annotators have decided anything in the same text yet.")
    left, right = st.columns(2, gap="large")
    with left:
        trust()
    with right:
        annotators()


def agreement(measures: Sequence[Measure]) -> None:
    """Every figure with its interval, a column for each group, and one of them as a matrix."""
    groups = list(dict.fromkeys(measure.annotators for measure in measures))
    cells = {(m.name, m.annotators): f"{figure(m)} {interval(m)}" for m in measures}
    names = list(dict.fromkeys(measure.name for measure in measures))
    rows = [[name, *(cells.get((name, group), "") for group in groups)] for name in names]
    segments = {measure.annotators: measure.segments for measure in measures}
    rows.append(["segments that all of them did", *(segments[group] for group in groups)])
    everybody = len({name for group in groups for name in group})
    heads = ["all" if len(group) == everybody > 2 else " and ".join(group) for group in groups]
    table(["measure", *heads], rows, caption="Agreement, with the 95 % interval over segments drawn again")
    long = [(m.name, ", ".join(m.annotators), figure(m), interval(m), m.segments, m.items) for m in measures]
    st.download_button("Save as CSV", csv_bytes(_HEAD, long), "agreement.csv", "text/csv", on_click="ignore")
    matrix(measures)
    mixed_up()


def figure(measure: Measure) -> str:
    """A value in words: no number from too little."""
    if measure.value is None:
        return "too few to say" if measure.too_few else "not defined"
    return f"{measure.value:.3f}"


def interval(measure: Measure) -> str:
    """An interval in words."""
    if measure.low is None or measure.high is None:
        return ""
    return f"({measure.low:.3f} to {measure.high:.3f})"


def matrix(measures: Sequence[Measure]) -> None:
    """One measure, annotator by annotator."""
    pairs = [measure for measure in measures if len(measure.annotators) == 2]
    names = sorted({name for measure in pairs for name in measure.annotators})
    if len(names) < 3:
        return
    kinds = list(dict.fromkeys(measure.name for measure in pairs))
    kind = st.selectbox("Measure", kinds, **state.linked("measure", kinds[0], kinds), width=280)
    values = {m.annotators: figure(m) for m in pairs if m.name == kind}
    cells = [[one, *(values.get((min(one, b), max(one, b)), "") for b in names)] for one in names]
    table(["", *names], cells, caption=f"{kind}, annotator by annotator")


def mixed_up() -> None:
    """Which kinds the annotators give to the same words."""
    kb = state.knowledge_base()
    counts = state.remembered("confusion", lambda: confusion(own_maps(kb.events())))
    kinds = [kind.value for kind in NodeKind]
    if sum(counts.values()):
        rows = [[one, *(counts.get((one, other), 0) for other in kinds)] for one in kinds]
        table(["", *kinds], rows, caption="Kinds that two annotators gave to the same words, both ways round")


def trust() -> None:
    """Precision of suggestions by their confidence."""
    kb = state.knowledge_base()
    bins: list[Precision] = state.remembered("precision", lambda: precision_by_confidence(list(kb.events())))
    st.subheader("The machine's suggestions", anchor=False)
    if not sum(one.decided for one in bins):
        markup.note("Nobody has decided on a suggestion yet.")
        return
    rows = [
        (f"{one.low:.1f} to {one.high:.1f}", _share(one.value), one.right, one.decided)
        for one in bins
        if one.decided
    ]
    table(
        ("confidence", "precision", "right", "decided"),
        rows,
        caption="What people found right, by confidence",
    )


def annotators() -> None:
    """How often each person accepts what is suggested."""
    kb = state.knowledge_base()
    shares: dict[str, tuple[int, int]] = state.remembered("shares", lambda: acceptance(list(kb.events())))
    st.subheader("Annotators", anchor=False)
    rows = [
        (name, f"{right / decided:.0%}", decided, _warning(right, decided))
        for name, (right, decided) in shares.items()
    ]
    if not rows:
        markup.note("Nobody has decided on a suggestion yet.")
        return
    table(("who", "accepts", "suggestions decided", ""), rows, caption="How often suggestions are accepted")


def _warning(right: int, decided: int) -> str:
    is_suspicious = decided >= SUSPICIOUS_COUNT and right / decided > SUSPICIOUS_SHARE
    return "accepts nearly everything: is it read?" if is_suspicious else ""


def _share(value: float | None) -> str:
    return "too few to say" if value is None else f"{value:.0%}"


if __name__ == "__main__":
    show()
