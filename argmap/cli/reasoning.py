"""Commands that reason about the map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.frame import json_option, main, opened, say, tell
from argmap.errors import ReasoningError
from argmap.model import Node, NodeKind, Status, standing

if TYPE_CHECKING:
    from argmap.reasoning import Position, Survey, Verdicts

_READINGS = {
    "supports": (
        ("evidential", "necessary", "deductive"),
        "A claim that loses a reason is weaker; or it falls; or a reason falls with its claim.",
    ),
    "conflicts": (("symmetric", "directed"), "Claims in conflict defeat each other, or only as drawn."),
    "ties": (
        ("backing", "open", "fall"),
        "Of two in conflict the better backed stands; or both stay open; or of equals neither stands.",
    ),
    "asserted": (
        ("all", "evidence", "leaves"),
        "What stands without a reason: every claim, evidence only, or what no reason is given for.",
    ),
}
_STRENGTHS = ("quadratic", "dfquad", "euler", "h-categoriser", "social")
_SEMANTICS = ("grounded", "complete", "preferred", "stable", "semi-stable", "ideal")


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The choices of how a map is read, each with its default shown."""
    for name, (known, meaning) in _READINGS.items():
        kind = click.Choice(known)
        option = click.option(f"--{name}", type=kind, default=known[0], show_default=True, help=meaning)
        command = option(command)
    return click.option(
        "--strength",
        type=click.Choice(_STRENGTHS),
        default=_STRENGTHS[0],
        show_default=True,
        help="How strengths are computed.",
    )(command)


@main.command()
@click.option(
    "--semantics", type=click.Choice(_SEMANTICS), help="In which extensions of this semantics claims are."
)
@click.option("--seconds", type=click.FloatRange(0), default=10.0, show_default=True, help="Time limit.")
@reading_options
@json_option
def reason(semantics: str | None, seconds: float, strength: str, as_json: bool, **choices: Any) -> None:
    """What stands, and how strongly: one word and a number for each claim.

    Suggestions count from a confidence of 0.5 on; questions and what is disputed do not.
    """
    from argmap import reasoning

    with opened() as kb:
        argument_map = standing(kb.map())
    reading = reasoning.Reading(**choices)
    verdicts = reasoning.reason(argument_map, reading, strength=strength, seconds=seconds)
    held = semantics and reasoning.standing_in(argument_map, semantics, reading, seconds=seconds)
    survey = reasoning.surveyed(verdicts)
    say(_as_json(verdicts, held or {}, survey), _lines(verdicts, held or {}, survey), as_json=as_json)


def _as_json(verdicts: Verdicts, held: dict[str, Position], survey: Survey) -> dict[str, Any]:
    from dataclasses import asdict

    claims = [
        {
            "id": node,
            "word": word,
            "base": verdicts.base(node),
            "strength": verdicts.strength(node),
            **({"in": held[node]} if node in held else {}),
        }
        for node, word in sorted(verdicts.words.items())
    ]
    reached = verdicts.strengths
    return {
        "claims": claims,
        "strengths": {"semantics": verdicts.semantics, "converged": reached.converged},
        "survey": asdict(survey),
    }


def _lines(verdicts: Verdicts, held: dict[str, Position], survey: Survey) -> Iterator[str]:
    from argmap.reasoning import NOTE

    ranked = sorted(verdicts.words, key=lambda node: (-verdicts.strength(node), node))
    for node in ranked:
        where = f"  in {held[node]}" if node in held else ""
        text = " ".join(verdicts.argument_map.nodes[node].text.split())
        yield f"{node}  {verdicts.strength(node):.2f}  {verdicts.words[node]:<20}{where}  {text}"
    yield _counted("unanswered objections", survey.unanswered)
    yield _counted("open or conditional", survey.contested)
    yield _counted("claims without a reason", survey.unsupported)
    yield _counted("circles of support", survey.circular)
    yield _counted("attacks on an own restatement", survey.contradictory)
    if not verdicts.strengths.converged:
        yield f"the strengths did not converge (off by {verdicts.strengths.residual:.2g})"
    yield NOTE


def _counted(name: str, things: Iterable[object]) -> str:
    return f"{len(list(things))} {name}"


@main.command()
@click.argument("node_id", metavar="ID")
@reading_options
@json_option
def explain(node_id: str, strength: str, as_json: bool, **choices: Any) -> None:
    """Why a claim comes out as it does, and what would change it."""
    from dataclasses import asdict

    from argmap import reasoning

    with opened() as kb:
        node = kb.node(node_id)
        argument_map = standing(kb.map())
    verdicts = reasoning.reason(argument_map, reasoning.Reading(**choices), strength=strength)
    if node.id not in verdicts.words:
        raise ReasoningError(f"{node.id} takes no part in the reasoning: {_why_not(node)}")
    explanation, hinges = reasoning.explain(verdicts, node.id), _hinges(verdicts, node.id)
    texts = {other.id: other.text for other in argument_map.nodes.values()}
    value = asdict(explanation) | {"cruxes": [asdict(hinge) for hinge in hinges], "note": reasoning.NOTE}
    crux_lines = (
        f"  If {other} were withdrawn: {hinge.without:.2f}. {' '.join(texts[other].split())}"
        for hinge in hinges[:3]
        for other in [hinge.name]
    )
    say(value, [*explanation.lines(texts), *crux_lines], as_json=as_json)


def _why_not(node: Node) -> str:
    if node.kind is NodeKind.QUESTION:
        return "it is a question"
    if node.status is Status.SUGGESTED:
        return f"it is a suggestion of confidence {node.confidence:.2f}, and 0.5 is the least that counts"
    return f"it is {node.status}"


def _hinges(verdicts: Verdicts, node: str) -> list[Any]:
    from argmap.reasoning import cruxes

    found = cruxes(verdicts.framework, node, verdicts.semantics)
    return [crux for crux in found if abs(crux.change) >= 0.005]


@main.command()
@click.argument("file")
@click.option(
    "--task", required=True, metavar="TASK", help="SE, EE, DC or DS, with -CO -PR -ST -SST -ID -GR."
)
@click.option("--argument", metavar="NAME", help="For DC and DS: the argument asked about.")
@click.option("--seconds", type=click.FloatRange(0), help="Time limit.  [default: none]")
@click.option("--format", "form", metavar="NAME", help="tgf, apx or iccma.  [default: by its structure]")
def solve(file: str, task: str, argument: str | None, seconds: float | None, form: str | None) -> None:
    """Answer an ICCMA task about the framework in FILE: EE-PR prints [[a,b],[c]]."""
    from argmap import reasoning
    from argmap.formats import bytes_of, load

    argument_map, _ = load(bytes_of(file), form, path=file)
    read = reasoning.framework(argument_map, reasoning.AS_DRAWN)
    tell(reasoning.solve(read, task, argument=argument, seconds=seconds))
