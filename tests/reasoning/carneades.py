"""Carneades 4 example maps as frameworks: statements, linked arguments, undercutters, issues.

Read from YAML by hand, because the product reads maps and these have weights, assumptions and issues that a
map has not. An assumption is in whatever is said against it, so no conflict bears on it (Gordon and Walton
2016, "Formalizing balancing arguments").
"""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

from argmap.reasoning import IN, OPEN, OUT, Framework
from argmap.reasoning.sketch import Sketch

LABELS = {"in": IN, "out": OUT, "undecided": OPEN}


def expected(graph: dict[str, Any]) -> list[tuple[str, int]]:
    """The label that the map's authors give each statement (one map names a statement twice)."""
    tests = graph.get("tests") or {}
    return [(statement, LABELS[word]) for word, named in tests.items() for statement in named or ()]


def framework(graph: dict[str, Any]) -> Framework:
    """The framework of a map, with ties that fall and the better argument winning."""
    sketch, assumed = Sketch(), assumptions(graph)
    arguments = graph.get("arguments") or {}
    for statement in statements(graph, arguments):
        sketch.claim(statement, asserted=statement in assumed)
    for name, argument in arguments.items():
        for number, premises in enumerate(linked(argument)):
            inference = f"{name}.{number}"
            sketch.inference(inference, premises, argument["conclusion"])
            if argument.get("undercutter"):
                sketch.conflict(f"undercut {inference}", [argument["undercutter"]], inference)
    for issue in (graph.get("issues") or {}).values():
        for one, other in permutations(issue["positions"], 2):
            if one < other and not assumed & {one, other}:
                sketch.conflict(f"{one} or {other}", [one], other)
    return sketch.finish(ties="fall", backing=weights(graph))


def assumptions(graph: dict[str, Any]) -> set[str]:
    given = graph.get("statements") or {}
    marked = {name for name, value in given.items() if isinstance(value, dict) and value.get("assumed")}
    return marked | set(graph.get("assumptions") or ())


def statements(graph: dict[str, Any], arguments: dict[str, Any]) -> list[str]:
    named = [*(graph.get("statements") or {}), *(graph.get("assumptions") or ())]
    for argument in arguments.values():
        named += [argument["conclusion"], *premises_of(argument)]
        named += [argument["undercutter"]] if argument.get("undercutter") else []
    for issue in (graph.get("issues") or {}).values():
        named += issue["positions"]
    return list(dict.fromkeys([*named, *(statement for statement, _ in expected(graph))]))


def premises_of(argument: dict[str, Any]) -> list[str]:
    given = argument.get("premises") or []
    return list(given.values()) if isinstance(given, dict) else list(given)


def linked(argument: dict[str, Any]) -> list[list[str]]:
    """Premises in groups that work together: all, or one by one where the scheme says convergent."""
    premises = premises_of(argument)
    return [[premise] for premise in premises] if argument.get("scheme") == "convergent" else [premises]


def weights(graph: dict[str, Any]) -> dict[str, float]:
    """The weight of the best argument for each statement, as Carneades weighs them.

    Sources: the scheme's constant or order of preference; "factorized" counts premises; else 1.
    """
    found: dict[str, float] = {}
    schemes = {scheme["id"]: scheme for scheme in graph.get("argument_schemes") or ()}
    for argument in (graph.get("arguments") or {}).values():
        conclusion = argument["conclusion"]
        weight = weight_of(graph, argument, schemes)
        found[conclusion] = max(found.get(conclusion, 0.0), weight)
    return found


def weight_of(graph: dict[str, Any], argument: dict[str, Any], schemes: dict[str, Any]) -> float:
    name = argument.get("scheme")
    if name == "factorized":
        most = max(len(premises_of(other)) for other in graph["arguments"].values())
        return len(premises_of(argument)) / most
    scheme = schemes.get(name, {})
    weight = scheme.get("weight")
    if isinstance(weight, dict) and "constant" in weight:
        return float(weight["constant"])
    if isinstance(weight, str):
        first = graph["weighing_functions"][weight]["preference"][0]
        return float(first["order"].index(scheme["meta"][first["property"]]))
    return 1.0


def maps(folder: Path) -> dict[str, dict[str, Any]]:
    """The maps that have expected labels, by name."""
    import yaml

    graphs = {path.stem: yaml.safe_load(path.read_text("utf-8")) or {} for path in folder.glob("*.yml")}
    return {name: graph for name, graph in sorted(graphs.items()) if expected(graph)}
