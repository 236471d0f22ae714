"""Grounded labels in linear time: what stands or falls whatever else one holds.

Starts from what nothing bears on and follows the pairs. Wide waves go through numpy; on deep chains, where
every wave is small, a plain worklist takes over.

Source: Dung 1995, definition 20; the labelling is Modgil and Caminada 2009, algorithm 6.1, and for support
the Kripke-Kleene reading: claims that only support each other stay OPEN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from argmap.reasoning.elements import IN, OPEN, OUT, Flags, Framework, Labels, Places

_SMALL_WAVE = 64
_SMALL_WAVES = 200


@dataclass(frozen=True)
class _Forward:
    """Pairs by source: the targets of place p are ``targets[starts[p]:starts[p + 1]]``."""

    starts: Places
    targets: Places

    def reached(self, wave: Places) -> Places:
        """Targets of all places of a wave, repeated where several lead there."""
        first = self.starts[wave]
        counts = self.starts[wave + 1] - first
        ends = np.cumsum(counts)
        if not len(ends) or not ends[-1]:
            return _NONE
        reached: Places = self.targets[np.repeat(first - ends + counts, counts) + np.arange(ends[-1])]
        return reached


_NONE: Places = np.zeros(0, dtype=np.intp)


def _forward(edges: Places, size: int) -> _Forward:
    counts = np.bincount(edges[0], minlength=size) if edges.size else np.zeros(size, dtype=np.intp)
    starts = np.concatenate(([0], np.cumsum(counts)))
    return _Forward(starts, edges[1][np.argsort(edges[0])])


@dataclass
class _State:
    """Labels so far, and what each element still waits for."""

    labels: Labels
    waiting: Places  # premises not IN + defeaters not OUT + 1 where a reason is needed and none is IN
    lacking: Flags  # a reason is needed and none is IN
    left: Places  # reasons that are not OUT
    seen: Places  # scratch, to keep each place of a wave once


Wave: TypeAlias = tuple[Places, Places]


def grounded(framework: Framework, pinned: dict[int, int] | None = None) -> Labels:
    """The grounded label of every element: IN, OPEN or OUT.

    Args:
        pinned: places whose label is given (withdrawn: OUT, conceded: IN), whatever bears on them.

    Cost: linear in elements and pairs.
    """
    size = len(framework)
    forwards = tuple(
        _forward(edges, size) for edges in (framework.defeats, framework.premises, framework.reasons)
    )
    state = _start(framework, pinned or {})
    wave = (np.flatnonzero(state.labels == IN), np.flatnonzero(state.labels == OUT))
    small = 0
    while (width := len(wave[0]) + len(wave[1])) and small < _SMALL_WAVES:
        small += width < _SMALL_WAVE
        wave = _next(forwards, state, wave)
    return _by_worklist(forwards, state, wave) if width else state.labels


def _start(framework: Framework, pinned: dict[int, int]) -> _State:
    size = len(framework)
    defeaters, premises, reasons = (
        np.bincount(edges[1], minlength=size) if edges.size else np.zeros(size, dtype=np.intp)
        for edges in (framework.defeats, framework.premises, framework.reasons)
    )
    waiting = defeaters + premises + framework.needs
    labels = np.where(waiting == 0, IN, OPEN).astype(np.int8)
    labels[framework.needs & (reasons == 0)] = OUT
    for place, label in pinned.items():
        labels[place] = label
    return _State(labels, waiting, framework.needs.copy(), reasons, np.zeros(size, dtype=np.intp))


def _once(state: _State, places: Places) -> Places:
    """Each place once, in time linear in these places alone."""
    order = np.arange(len(places))
    state.seen[places] = order
    kept: Places = places[state.seen[places] == order]
    return kept


def _next(forwards: tuple[_Forward, ...], state: _State, wave: Wave) -> Wave:
    """Label what the last wave decides; gives what was labelled."""
    defeats, premises, reasons = forwards
    stood, fell = wave
    without = _fallen_reasons(state, reasons.reached(fell))
    falling = np.concatenate((defeats.reached(stood), premises.reached(fell), without))
    falling = _once(state, falling[state.labels[falling] == OPEN])
    state.labels[falling] = OUT
    backed = reasons.reached(stood)
    backed = _once(state, backed[state.lacking[backed]])
    state.lacking[backed] = False
    freed = np.concatenate((defeats.reached(fell), premises.reached(stood), backed))
    np.subtract.at(state.waiting, freed, 1)
    rising = _once(state, freed[(state.waiting[freed] == 0) & (state.labels[freed] == OPEN)])
    state.labels[rising] = IN
    return rising, falling


def _fallen_reasons(state: _State, targets: Places) -> Places:
    """Take fallen reasons off; gives what has none left and needs one."""
    np.subtract.at(state.left, targets, 1)
    gone: Places = targets[(state.left[targets] == 0) & state.lacking[targets]]
    return gone


def _by_worklist(forwards: tuple[_Forward, ...], state: _State, wave: Wave) -> Labels:
    """The same rules one element at a time, for waves too small to be worth an array."""
    work = _Worklist(forwards, state, [*wave[0].tolist(), *wave[1].tolist()])
    work.run()
    return np.array(work.labels, dtype=np.int8)


class _Worklist:
    def __init__(self, forwards: tuple[_Forward, ...], state: _State, work: list[int]) -> None:
        self.labels, self.waiting = state.labels.tolist(), state.waiting.tolist()
        self.lacking, self.left = state.lacking.tolist(), state.left.tolist()
        self.work = work
        self.defeats, *others = [(forward.starts.tolist(), forward.targets.tolist()) for forward in forwards]
        self.premises, self.reasons = others
        self.supported = bool(self.premises[1] or self.reasons[1])

    def run(self) -> None:
        """Follow everything that is labelled; the inner loops are written out, as all the time goes there."""
        labels, waiting, work = self.labels, self.waiting, self.work
        starts, targets = self.defeats
        while work:
            place = work.pop()
            stands = labels[place] == IN
            for target in targets[starts[place] : starts[place + 1]]:
                if stands:
                    if labels[target] == OPEN:
                        labels[target] = OUT
                        work.append(target)
                    continue
                waiting[target] -= 1
                if waiting[target] == 0 and labels[target] == OPEN:
                    labels[target] = IN
                    work.append(target)
            if self.supported:
                self._support(place, stands)

    def _support(self, place: int, stands: bool) -> None:
        starts, targets = self.premises
        for target in targets[starts[place] : starts[place + 1]]:
            (self._free if stands else self._fall)(target)
        starts, targets = self.reasons
        for target in targets[starts[place] : starts[place + 1]]:
            self._reason(target, stands)

    def _reason(self, target: int, stands: bool) -> None:
        if stands and self.lacking[target]:
            self.lacking[target] = False
            self._free(target)
        elif not stands:
            self.left[target] -= 1
            if self.left[target] == 0 and self.lacking[target]:
                self._fall(target)

    def _fall(self, place: int) -> None:
        if self.labels[place] == OPEN:
            self.labels[place] = OUT
            self.work.append(place)

    def _free(self, place: int) -> None:
        self.waiting[place] -= 1
        if self.waiting[place] == 0 and self.labels[place] == OPEN:
            self.labels[place] = IN
            self.work.append(place)
