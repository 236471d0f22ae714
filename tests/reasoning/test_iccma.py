from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from argmap.formats import load
from argmap.reasoning import AS_DRAWN, IN, OPEN, OUT, Framework, Problem, framework, grounded, solve

FOLDER = Path(__file__).parents[3] / "shared/corpora/iccma"
SLOW = {
    "A-2-stb_428_430.tgf",
    "B-3-WS_300_16_70_30.tgf",
    "crusti.i23",
    "n100p3q34ve.tgf",
    "n160p3q24e.tgf",
    "n256p5q2_e.tgf",
    "n320p5q2_n.tgf",
    "st_890_86_9_572.af",
}


def answers() -> dict[str, dict[str, Any]]:
    path = FOLDER / "reference_answers.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def read(name: str) -> Framework:
    if not (FOLDER / name).is_file():
        pytest.skip("the frameworks are not here")
    data = (FOLDER / name).read_bytes()
    return framework(load(data, "iccma" if name.endswith((".af", ".i23")) else None)[0], AS_DRAWN)


def named(name: str, *, slow: bool) -> bool:
    return (name.rpartition("/")[2] in SLOW) == slow


def check(name: str) -> None:
    expected, found = answers()[name], read(name)
    labels = grounded(found)
    counts = {
        word: int((labels == label).sum()) for word, label in (("IN", IN), ("OUT", OUT), ("UNDEC", OPEN))
    }
    assert counts == {word: expected["grounded"][word] for word in counts}
    assert digest([found.named(np.flatnonzero(labels == IN))]) == expected["grounded"]["sha256_16"]
    for task, semantics in (("EE-ST", "stable"), ("EE-PR", "preferred")):
        if task in expected:
            extensions = [found.named(one) for one in Problem.of(found).extensions(semantics)]
            assert len(extensions) == expected[task]["count"], task
            assert digest(extensions) == expected[task]["sha256_16"], task


def digest(extensions: list[list[str]]) -> str:
    lines = sorted(",".join(one) for one in extensions)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", [name for name in answers() if named(name, slow=False)])
def test_reference_answers(name: str) -> None:
    """Grounded labels, and stable and preferred extensions where they are known, are the reference's."""
    check(name)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", [name for name in answers() if named(name, slow=True)])
def test_reference_answers_of_hard_frameworks(name: str) -> None:
    """The same for those that take seconds."""
    check(name)


def solutions() -> list[Path]:
    return sorted((FOLDER / "iccma2015_probo/solutions").glob("*"))


@pytest.mark.parametrize("path", solutions(), ids=lambda path: path.name)
def test_solution_files_of_iccma_2015(path: Path) -> None:
    """Every extension of the competition's own solution files, whatever their order."""
    source, task = path.name.rsplit(".", 1)
    expected = re.findall(r"\[([^\[\]]*)\]", path.read_text("utf-8").strip()[1:-1])
    for suffix in ("apx", "tgf"):
        name = f"iccma2015_probo/{source.removesuffix('.apx')}.{suffix}"
        answer = solve(read(name), task)
        actual = re.findall(r"\[([^\[\]]*)\]", answer[1:-1])
        assert sorted(map(sorted_names, actual)) == sorted(map(sorted_names, expected))


def sorted_names(extension: str) -> str:
    return ",".join(sorted(extension.split(",")))
