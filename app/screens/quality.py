"""Quality: how far annotators agree, where kinds get mixed up, and how far the machine can be trusted."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import state
from app.components import frame, markup
from app.components.tables import csv_bytes, table
from argmap.annotation import Measure, own_maps
from argmap.annotation.agreement import HEAD
from argmap.annotation.quality import (
    SUSPICIOUS_COUNT,
    SUSPICIOUS_SHARE,
    acceptance,
    confusion,
)
from argmap.annotation.trust import Group, Judged, Precision, bins, judged, parts
from argmap.mining.own_model import own_model, remark
from argmap.model import NodeKind

_NAMES = {
    "units alpha_u": "units: alpha for unitizing",
    "units alpha": "units: alpha",
    "boundaries alpha": "borders: alpha",
    "units f1": "units: F1",
    "kinds cohen": "kinds: Cohen's kappa",
    "kinds fleiss": "kinds: Fleiss' kappa",
    "kinds alpha": "kinds: alpha",
    "links f1": "links: F1",
    "links alpha": "links: alpha",
}


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
    cells = {(m.name, m.annotators): _with_interval(m) for m in measures}
    names = list(dict.fromkeys(measure.name for measure in measures))
    rows = [[_named(name), *(cells.get((name, group), "") for group in groups)] for name in names]
    segments = {measure.annotators: measure.segments for measure in measures}
    rows.append(["segments that all of them did", *(segments[group] for group in groups)])
    everybody = len({name for group in groups for name in group})
    heads = ["all" if len(group) == everybody > 2 else " and ".join(group) for group in groups]
    table(["measure", *heads], rows, caption="Agreement, with the 95 % interval over segments drawn again")
    rows_to_save = csv_bytes(HEAD, [measure.cells for measure in measures])
    st.download_button("Save as CSV", rows_to_save, "agreement.csv", "text/csv", on_click="ignore")
    matrix(measures)
    mixed_up()


def _named(measure: str) -> str:
    """A measure in words."""
    return _NAMES.get(measure, measure)


def _with_interval(measure: Measure) -> str:
    return f"{measure.figure} ({measure.interval})" if measure.interval else measure.figure


def matrix(measures: Sequence[Measure]) -> None:
    """One measure, annotator by annotator."""
    pairs = [measure for measure in measures if len(measure.annotators) == 2]
    names = sorted({name for measure in pairs for name in measure.annotators})
    if len(names) < 3:
        return
    kinds = list(dict.fromkeys(measure.name for measure in pairs))
    kind = st.selectbox(
        "Measure", kinds, format_func=_named, **state.linked("measure", kinds[0], kinds), width=280
    )
    values = {m.annotators: m.figure for m in pairs if m.name == kind}
    cells = [[one, *(values.get((min(one, b), max(one, b)), "") for b in names)] for one in names]
    table(["", *names], cells, caption=f"{_named(kind)}, annotator by annotator")


def mixed_up() -> None:
    """Which kinds the annotators give to the same words."""
    kb = state.knowledge_base()
    counts = state.remembered("confusion", lambda: confusion(own_maps(kb.events())))
    kinds = [kind.value for kind in NodeKind]
    if sum(counts.values()):
        rows = [[one, *(counts.get((one, other), 0) for other in kinds)] for one in kinds]
        table(["", *kinds], rows, caption="Kinds that two annotators gave to the same words, both ways round")


def trust() -> None:
    """Precision of each miner's suggestions by their confidence, and whether it gets better."""
    kb = state.knowledge_base()
    found: dict[Group, list[Judged]] = state.remembered("judged", lambda: judged(kb.events()))
    st.subheader("The machine's suggestions", anchor=False)
    note = _learnt()
    if note:
        markup.note(note)
    if not found:
        markup.note("Nobody has decided on a suggestion yet.")
    elif any(len(parts(own)) > 1 for own in found.values()):
        markup.note("Parts are the decisions in their order, the latest last.")
    for (miner, what), own in found.items():
        _precision(f"{what.capitalize()} of {miner}: what people found right", own)


def _precision(caption: str, own: Sequence[Judged]) -> None:
    """A row for each bin and one for all; columns for the earliest to the latest decisions."""
    over_time = parts(own)
    columns = [
        [*bins(part), Precision(0, 1, sum(one.is_right for one in part), len(part))] for part in over_time
    ]
    whole = [*bins(own), Precision(0, 1, sum(one.is_right for one in own), len(own))]
    rows = [
        (
            f"{one.low:.1f} to {one.high:.1f}",
            _share(one.value),
            f"{one.right} of {one.decided}",
            *(_share(column[at].value) for column in columns if len(columns) > 1),
        )
        for at, one in enumerate(whole)
        if one.decided
    ]
    rows[-1] = ("all", *rows[-1][1:])
    quarters = [f"part {number} of {len(columns)}" for number in range(1, len(columns) + 1)]
    head = ("confidence", "precision", "right", *(quarters if len(columns) > 1 else ()))
    table(head, rows, caption=caption)


def _learnt() -> str | None:
    """What the miner learnt from this knowledge base, if anything."""
    place = state.knowledge_base().model_path
    found = own_model(place)
    if found is None:
        return remark(place)
    gain = found.figures.get("gain", {}).get("mean", 0.0)
    return (
        f"The miner has learnt from {len(found.texts)} texts of the gold version '{found.frozen}': on texts "
        f"kept apart its mean F1 is {gain:+.3f} from where it started."
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
