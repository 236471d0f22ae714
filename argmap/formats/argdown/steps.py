"""The inferential steps of a premise-conclusion structure, and an argument for each where the text asks
for it.

Source: argdown/argdown, packages/argdown-core/src/plugins/ExplodeArgumentsPlugin.ts (1.7.5).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from argmap.formats.argdown.model import Argdown, Argument, Member


def steps(argument: Argument) -> list[tuple[list[Member], Member]]:
    """Each conclusion with its premises: those that ``uses`` names, or all since the last conclusion,
    with it.
    """
    found = []
    for place, member in enumerate(argument.pcs):
        if member.role != "premise":
            found.append(([argument.pcs[index] for index in _premises(argument, place)], member))
    return found


def _premises(argument: Argument, place: int) -> list[int]:
    member = argument.pcs[place]
    named = _named(member) or []
    fits = [n - 1 for n in named if isinstance(n, int) and 1 <= n <= len(argument.pcs)]
    if fits and len(fits) == len(named):
        return fits
    start = place - 1  # also where ``uses`` counts in an argument that was exploded into its steps since
    while start > 0 and argument.pcs[start].role == "premise":
        start -= 1
    return list(range(max(0, start), place))


def _named(member: Member) -> list[Any] | None:
    data = member.inference.data if member.inference and member.inference.data else {}
    for box, name in ((data, "uses"), (member.data or {}, "uses"), (data, "from")):
        if isinstance(box.get(name), list):
            return list(box[name])
    return None


def explode(model: Argdown) -> None:
    """Make an argument of each step of each argument that has several."""
    for title in list(model.arguments):
        argument = model.arguments[title]
        found = steps(argument)
        if len(found) > 1:
            del model.arguments[title]
            for number, (premises, conclusion) in enumerate(found, 1):
                part = replace(argument, title=f"{title} - {number}", relations=[])
                part.pcs = [_moved(model, member, "premise") for member in premises]
                part.pcs.append(_moved(model, conclusion, "main-conclusion"))
                model.arguments[part.title] = part
            _move_relations(argument, part)


def _moved(model: Argdown, member: Member, role: str) -> Member:
    copy = replace(member, role=role)
    members = model.statements[member.title].members
    members[:] = [other for other in members if other is not member] + [copy]
    return copy


def _move_relations(argument: Argument, to: Argument) -> None:
    for relation in argument.relations:
        relation.source = to if relation.source is argument else relation.source
        relation.target = to if relation.target is argument else relation.target
    to.relations = argument.relations
