from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from argmap.cli import main
from argmap.cli import reasoning as commands
from argmap.knowledge_base import KnowledgeBase
from argmap.reasoning import SEMANTICS, reading
from argmap.reasoning.answer_sets import ENUMERATIONS


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.fixture
def place(tmp_path: Path) -> tuple[str, str, str]:
    """A knowledge base with a claim, an objection and its reason; the path and two ids."""
    path = str(tmp_path / "d.db")
    with KnowledgeBase(path, by="ann") as kb:
        claim = kb.claim("claim", "Small models will catch up.").ids[0]
        reply = kb.reply(claim, "attacks", "They lack knowledge.").ids[0]
        kb.reply(reply, "supports", "Scores on SimpleQA do not rise.")
        rejected = kb.reply(reply, "attacks", "They will not.")
        kb.reject(rejected.ids)
    return path, claim, reply


def test_reason_lists_words_and_strengths(place: tuple[str, str, str]) -> None:
    """Each claim has a strength and a word; a note says what standing means; rejected ones have no part."""
    path, claim, reply = place
    lines = run("--kb", path, "reason").output.splitlines()
    assert lines[0].split("  ")[:3] == [reply, "0.60", "Stands"]
    assert lines[2].startswith(f"{claim}  0.37  Unanswered objection")
    assert lines[-1] == "Standing means unanswered in this map, not true."
    assert "They will not" not in " ".join(lines)


def test_reason_takes_choices(place: tuple[str, str, str]) -> None:
    """Readings, strengths and semantics can be chosen, and JSON holds all of it."""
    path, claim, _ = place
    words = ("reason", "--ties", "open", "--strength", "dfquad", "--semantics", "preferred", "--json")
    found = json.loads(run("--kb", path, *words).output)
    by_id = {one["id"]: one for one in found["claims"]}
    assert by_id[claim] == {
        "base": 0.5,
        "id": claim,
        "in": "some",
        "strength": pytest.approx(0.125),
        "word": "Open",
    }
    assert found["strengths"] == {"converged": True, "semantics": "dfquad"}
    assert run("--kb", path, "reason", "--semantics", "best").exit_code == 2


def test_explain_says_why(place: tuple[str, str, str]) -> None:
    """A claim's word, its cause, what pushes it and what it hangs on, in lines or as JSON."""
    path, claim, reply = place
    lines = run("--kb", path, "explain", claim).output.splitlines()
    assert lines[:2] == [
        "Unanswered objection: “Small models will catch up”",
        "  because nobody has answered “They lack knowledge”.",
    ]
    assert lines[-2] == f"  If {reply} were withdrawn: 0.50. They lack knowledge."
    found = json.loads(run("--kb", path, "explain", claim, "--json").output)
    assert found["cause"]["nodes"] == [reply]
    assert found["cruxes"][0]["name"] == reply


def test_explain_of_nothing_is_one_line(place: tuple[str, str, str]) -> None:
    """An id that is not there is an error on one line."""
    result = run("--kb", place[0], "explain", "nothing")
    assert (result.exit_code, result.output) == (1, "argmap: unknown node 'nothing'\n")


def test_explain_says_what_takes_no_part(tmp_path: Path) -> None:
    """A question, or what was rejected, is there and yet not reasoned about: the error says why."""
    path = str(tmp_path / "d.db")
    with KnowledgeBase(path, by="ann") as kb:
        question = kb.claim("question", "Will it work?").ids[0]
        rejected = kb.claim("claim", "Never.").ids[0]
        kb.reject([rejected])
    for node, why in ((question, "it is a question"), (rejected, "it is rejected")):
        result = run("--kb", path, "explain", node)
        assert (result.exit_code, result.output) == (
            1,
            f"argmap: {node} takes no part in the reasoning: {why}\n",
        )


def test_choices_are_those_that_reasoning_knows() -> None:
    """The command line names them without loading what it takes to reason, and names all of them."""
    assert {name: known for name, (known, _) in commands._READINGS.items()} == reading._CHOICES
    assert set(commands._STRENGTHS) == set(SEMANTICS)
    assert set(commands._SEMANTICS) == set(ENUMERATIONS)


TGF = "a\nb\nc\n#\na b\nb a\nb c\n"


@pytest.mark.parametrize(
    ("task", "answer"),
    [
        ("EE-PR", "[[a,c],[b]]"),
        ("EE-CO", "[[],[a,c],[b]]"),
        ("EE-ST", "[[a,c],[b]]"),
        ("EE-SST", "[[a,c],[b]]"),
        ("SE-ID", "[]"),
        ("SE-GR", "[]"),
        ("DC-PR -a c", "YES"),
        ("DS-PR -a c", "NO"),
        ("DS-CO -a c", "NO"),
        ("DC-GR -a a", "NO"),
    ],
)
def test_solve_answers_as_competitions_do(task: str, answer: str, tmp_path: Path) -> None:
    """Tasks print what ICCMA solvers print, from each of the three formats."""
    apx = "arg(a).arg(b).arg(c).\natt(a,b).att(b,a).att(b,c).\n"
    for name, text in (("f.tgf", TGF), ("f.apx", apx)):
        (tmp_path / name).write_text(text, "utf-8")
        words = task.replace("-a", "--argument").split()
        result = run("solve", str(tmp_path / name), "--task", *words)
        assert (result.exit_code, result.output) == (0, f"{answer}\n")


def test_solve_reads_numbers_and_self_attacks(tmp_path: Path) -> None:
    """The p af format of newer competitions, where an argument may attack itself and no stable set exist."""
    path = tmp_path / "f.af"
    path.write_text("p af 2\n# comment\n1 1\n", "utf-8")
    assert run("solve", str(path), "--task", "SE-PR").output == "[2]\n"
    assert run("solve", str(path), "--task", "SE-ST").output == "NO\n"
    assert run("solve", str(path), "--task", "EE-ST").output == "[]\n"
    assert run("solve", str(path), "--task", "DS-ST", "--argument", "1").output == "YES\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--task", "EE-XX"), "no task is called 'EE-XX'"),
        (("--task", "DC-PR"), "name it with --argument"),
        (("--task", "DC-PR", "--argument", "z"), "unknown argument 'z'; known: a, b, c"),
        (("--task", "EE-PR", "--seconds", "0"), "not decided within the time limit"),
    ],
)
def test_wrong_tasks_are_one_line(words: tuple[str, ...], message: str, tmp_path: Path) -> None:
    """A task that cannot be answered says why on one line, with exit code 1."""
    path = tmp_path / "f.tgf"
    path.write_text(TGF, "utf-8")
    result = run("solve", str(path), *words)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert message in result.output
