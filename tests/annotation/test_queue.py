"""Queues are ordered as asked, and assignment keeps its shares and its word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from debates import LONG, document, marked, unit

from argmap.annotation.adjudication import disagreements
from argmap.annotation.queue import assigned, tasks
from argmap.errors import UnknownName
from argmap.model import ArgumentMap

TEXT = document(4)
NODES = [
    replace(unit(TEXT, start, start + 10), confidence=confidence)
    for start, confidence in [(0, 0.9), (20, 0.5), (40, 0.7), (45, 0.6)]
]
SUGGESTED = ArgumentMap.of([TEXT], NODES)
MANY = tasks(ArgumentMap.of([document(2000)]))


def starts(found: list) -> list[int]:
    return [task.segment.start for task in found]


def test_by_document() -> None:
    """Every segment in reading order, with what waits in it."""
    found = tasks(SUGGESTED)
    assert starts(found) == [0, 20, 40, 60]
    assert [len(task.undecided) for task in found] == [1, 1, 2, 0]


def test_by_uncertainty() -> None:
    """Nearest to 0.5 first; a segment where nothing waits is last."""
    found = tasks(SUGGESTED, order="uncertainty")
    assert starts(found) == [20, 40, 0, 60]
    assert [round(task.worth, 3) for task in found] == [1.0, 0.7, 0.2, 0.0]


def test_uncertainty_goes_by_what_was_measured() -> None:
    """Where people found out how often such suggestions are right, that counts and not the confidence."""
    chances = {NODES[0].id: 0.5, NODES[1].id: 1.0, NODES[2].id: 0.0, NODES[3].id: 0.2}
    found = tasks(SUGGESTED, order="uncertainty", chance=lambda node: chances[node.id])
    assert [0, 40, 20, 60] == starts(found)


def test_decided_waits_no_more() -> None:
    """What the person decided on is neither waiting nor worth anything."""
    found = tasks(SUGGESTED, order="uncertainty", decided={NODES[1].id})
    assert starts(found) == [40, 0, 20, 60]


def test_by_disagreement() -> None:
    """The most disputed segment first."""
    maps = {"a": marked(TEXT, [(0, 10, "claim"), (60, 70, "claim")]), "b": marked(TEXT, [(0, 10, "claim")])}
    assert starts(tasks(SUGGESTED, order="disagreement", disputes=disagreements(maps))) == [60, 0, 20, 40]


def test_unknown_order() -> None:
    """An order that there is not is named, with those there are."""
    with pytest.raises(
        UnknownName, match="unknown order 'chance'; known: disagreement, document, uncertainty"
    ):
        tasks(SUGGESTED, order="chance")


def test_shares() -> None:
    """Every task is somebody's; about a fifth is done by two, a fifth blind, and work is about even."""
    found = assigned(MANY, ["ann", "bob", "cat"], overlap=0.2, blind=0.2)
    doers = [assignment.task.segment.start for work in found.values() for assignment in work]
    assert len(set(doers)) == 2000
    assert len(doers) == pytest.approx(2400, abs=80)
    blind = {a.task.segment.start for work in found.values() for a in work if a.blind}
    assert len(blind) == pytest.approx(400, abs=80)
    assert [len(work) for work in found.values()] == pytest.approx([800] * 3, abs=80)


def test_shared_tasks_are_alike() -> None:
    """Who shares a task does it in the same way, blind or not, so that they can be compared."""
    seen: dict[int, set[tuple[bool, bool]]] = {}
    for work in assigned(MANY, ["ann", "bob"], overlap=0.5).values():
        for assignment in work:
            how = (assignment.shared, assignment.blind)
            seen.setdefault(assignment.task.segment.start, set()).add(how)
    assert {len(ways) for ways in seen.values()} == {1}


def test_same_every_time() -> None:
    """Nothing hangs on the order of names or tasks."""
    one, other = assigned(MANY, ["ann", "bob"]), assigned(MANY[::-1], ["bob", "ann"])
    assert {name: work[::-1] for name, work in other.items()} == one


def test_further_annotator() -> None:
    """Whoever joins takes work over; nobody else gets any."""
    before, after = (assigned(MANY, names, overlap=0.0) for names in (["ann", "bob"], ["ann", "bob", "cat"]))
    for name in ("ann", "bob"):
        assert set(after[name]) <= set(before[name])


def test_ends() -> None:
    """Shares of nothing and of everything, one annotator, and none."""
    everything = assigned(MANY[:50], ["ann", "bob"], overlap=1.0, blind=1.0)
    assert {name: len(work) for name, work in everything.items()} == {"ann": 50, "bob": 50}
    assert all(assignment.blind for work in everything.values() for assignment in work)
    nothing = assigned(MANY[:50], ["ann"], overlap=0.0, blind=0.0)["ann"]
    assert [(assignment.shared, assignment.blind) for assignment in nothing] == [(False, False)] * 50
    assert assigned(MANY, []) == {}
    assert MANY[1].segment.start == LONG
