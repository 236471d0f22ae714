"""The tasks of the ICCMA competitions, so that argmap can be run as a solver.

Source: Thimm and Villata 2017, "The first international competition on computational models of
argumentation": SE (some extension), EE (every extension), DC and DS (credulous, sceptical acceptance).
"""

from __future__ import annotations

from collections.abc import Iterable

from argmap.errors import ReasoningError
from argmap.reasoning.elements import Framework
from argmap.reasoning.extensions import Problem

PROBLEMS = ("SE", "EE", "DC", "DS")
TRACKS = {
    "CO": "complete",
    "PR": "preferred",
    "ST": "stable",
    "SST": "semi-stable",
    "ID": "ideal",
    "GR": "grounded",
}


def solve(
    framework: Framework, task: str, *, argument: str | None = None, seconds: float | None = None
) -> str:
    """The answer to a task such as ``EE-PR``, as the competitions write it.

    Args:
        task: problem and semantics.
        argument: for DC and DS, the argument that is asked about.
        seconds: time limit; None for none.

    Returns:
        ``[[a,b],[c]]`` for EE, ``[a,b]`` or ``NO`` for SE, ``YES`` or ``NO`` for DC and DS.

    Raises:
        ReasoningError: no such task, no argument named, or not decided within the time limit.
        UnknownName: the framework has no such argument.

    Example:
        >>> from argmap.reasoning import abstract
        >>> solve(abstract(["a", "b"], [(0, 1), (1, 0)]), "EE-PR")
        '[[a],[b]]'
    """
    problem, _, track = task.partition("-")
    if problem not in PROBLEMS or track not in TRACKS:
        known = f"{', '.join(PROBLEMS)} with {', '.join(TRACKS)}"
        raise ReasoningError(f"no task is called '{task}'; known: {known}, as in EE-PR")
    if problem in ("DC", "DS"):
        return _decision(framework, problem, TRACKS[track], argument, seconds)
    found = Problem.of(framework, seconds=seconds).extensions(TRACKS[track])
    if problem == "SE":
        extension = next(found, None)
        return "NO" if extension is None else _listed(framework.named(extension))
    named = sorted({tuple(framework.named(extension)) for extension in found})
    return _listed(map(_listed, named))


def _decision(
    framework: Framework, problem: str, semantics: str, argument: str | None, seconds: float | None
) -> str:
    if argument is None:
        raise ReasoningError(f"{problem} asks about one argument; name it with --argument")
    place = framework.place(argument)
    asked = Problem.of(framework, seconds=seconds)
    holds = (asked.credulous if problem == "DC" else asked.sceptical)(place, semantics)
    return "YES" if holds else "NO"


def _listed(names: Iterable[str]) -> str:
    return f"[{','.join(names)}]"
