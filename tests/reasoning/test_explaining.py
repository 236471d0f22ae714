from __future__ import annotations

from pathlib import Path

import pytest

from argmap.errors import UnknownName
from argmap.model import ArgumentMap
from argmap.reasoning import Reading, Verdicts, Word, explain, moves, reason, without
from tests.reasoning.maps import drawn, shipped

EXPLAINED = Path(__file__).parents[2] / "argmap/reasoning/explained.md"
# Twenty claims of the shipped debate whose word has a cause that can be taken away.
TOLD = 20
HEAD = """# Twenty claims of the shipped debate, explained

What `argmap explain ID` prints for twenty claims of `data/debate/map.json`. The word says whether what was
said against a claim is answered; the strength, from 0 to 1, weighs all that speaks for it and against it. So
a claim with many good reasons can be strong and still have an unanswered objection.

Read with the defaults: a claim that loses a reason is weaker, not refuted; of two claims in conflict the one
with more behind it prevails, whoever spoke first; who doubts a reason is not doubted back; wordings that say
the same count as one claim; strengths by quadratic energy. For each of the twenty a test takes the named
cause out of the map and sees the word change (`tests/reasoning/test_explaining.py`).
"""


def words(argument_map: ArgumentMap, **reading: str) -> dict[str, str]:
    return dict(reason(argument_map, Reading(**reading)).words)


def changed(verdicts: Verdicts, node: str) -> Word | None:
    """The word of a node once the cause of its word is withdrawn, in all its wordings."""
    causes = explain(verdicts, node).cause.nodes
    gone = [wording for cause in causes for wording in verdicts.wordings(cause)]
    after = reason(without(verdicts.argument_map, gone), verdicts.reading)
    return after.words.get(node)


def telling(verdicts: Verdicts) -> list[str]:
    """Twenty claims: of every word, those with the most to tell, longest line of argument first."""
    names = verdicts.framework.names[: verdicts.framework.claims]
    told = {node: explain(verdicts, node) for node in names}
    causes = [node for node in names if told[node].cause.nodes]
    ranked = sorted(causes, key=lambda node: (-len(told[node].pushes), -len(told[node].line), node))
    chosen: list[str] = []
    for number in range(TOLD):
        word = (Word.UNANSWERED, Word.STANDS, Word.OPEN)[number % 3]
        rest = [node for node in ranked if node not in chosen]
        chosen.append(next((node for node in rest if told[node].word is word), rest[0]))
    return sorted(chosen, key=lambda node: (told[node].word, node))


def page(verdicts: Verdicts) -> str:
    """The page of explanations."""
    texts = {node.id: node.text for node in verdicts.argument_map.nodes.values()}
    parts = [HEAD]
    for node in telling(verdicts):
        lines = explain(verdicts, node).lines(texts)
        parts.append("\n".join((f"## {node}", "", "```", *lines, "```", "")))
    return "\n".join(parts)


def test_the_page_of_explanations_is_what_the_code_says() -> None:
    """The twenty explanations in the docs are those of today's code and map."""
    assert EXPLAINED.read_text("utf-8") == page(reason(shipped()))


def test_taking_the_named_cause_away_changes_the_word() -> None:
    """For each of the twenty, the map without the named cause gives another word."""
    verdicts = reason(shipped())
    for node in telling(verdicts):
        assert changed(verdicts, node) not in (None, verdicts.word(node)), node


@pytest.mark.slow
def test_every_named_cause_in_the_shipped_debate_is_one() -> None:
    """The same for every claim of the shipped debate that has a cause."""
    verdicts = reason(shipped())
    for node in verdicts.words:
        if explain(verdicts, node).cause.nodes:
            assert changed(verdicts, node) not in (None, verdicts.word(node)), node


CASES = {
    "an objection that nobody answered": (["b attacks a", "c supports b"], "a", Word.UNANSWERED, ("b",)),
    "an objection that is answered": (
        ["b attacks a", "c attacks b", "d supports c"],
        "a",
        Word.STANDS,
        ("c",),
    ),
    "an undercut objection": (["k: b attacks a", "c supports b", "u undercuts k"], "a", Word.STANDS, ("u",)),
    "better backed": (["b attacks a", "c supports a"], "a", Word.STANDS, ("c",)),
    "equals": (["b attacks a"], "a", Word.OPEN, ("b",)),
    "nobody objected": (["c supports a"], "a", Word.STANDS, ()),
    "better backed than what attacks it back": (
        ["b attacks a", "c supports a"],
        "b",
        Word.UNANSWERED,
        ("a",),
    ),
}


def test_a_conceded_claim_says_so_and_answers_are_looked_for_beyond_the_claim() -> None:
    """A conceded claim stands for that reason alone; who undercuts an objection may have others answer it."""
    conceded = reason(drawn("b attacks a", "c supports b"), conceded=["a"])
    assert explain(conceded, "a").lines({"a": "A."})[1] == "  because it is conceded here."
    assert explain(conceded, "a").cause.remedy == "take that back"
    answered = reason(drawn("k: d attacks a", "a undercuts k", "b attacks d", "c supports b"))
    assert explain(answered, "a").cause.nodes == ("b",)


@pytest.mark.parametrize("case", CASES)
def test_words_and_causes(case: str) -> None:
    """Each kind of outcome has its word, names its cause, and changes without it."""
    links, node, word, cause = CASES[case]
    verdicts = reason(drawn(*links))
    explanation = explain(verdicts, node)
    assert (explanation.word, explanation.cause.nodes) == (word, cause)
    if cause:
        assert changed(verdicts, node) is not word


DIRECTED = {
    "on a condition": (["b attacks a", "b attacks c", "c attacks b"], "a", Word.ONLY_IF, ("b",)),
    "an odd circle": (["a attacks b", "b attacks c", "c attacks a"], "a", Word.OPEN, ("c",)),
    "an answered objection": (["b attacks a", "c attacks b"], "a", Word.STANDS, ("c",)),
}


@pytest.mark.parametrize("case", DIRECTED)
def test_words_and_causes_as_drawn(case: str) -> None:
    """The same where attacks go one way."""
    links, node, word, cause = DIRECTED[case]
    verdicts = reason(drawn(*links), Reading(conflicts="directed"))
    explanation = explain(verdicts, node)
    assert (explanation.word, explanation.cause.nodes) == (word, cause)
    assert changed(verdicts, node) is not word


def test_words_where_claims_need_reasons() -> None:
    """A claim without a reason that survives says which objection took it, or that there was none."""
    argument_map = drawn("e supports a", "o attacks e", "c supports b", e="evidence", o="evidence")
    verdicts = reason(argument_map, Reading(asserted="evidence", conflicts="directed"))
    assert verdicts.word("a") is Word.NO_REASON
    assert explain(verdicts, "a").cause.nodes == ("o",)
    assert "no reason itself" in explain(verdicts, "b").cause.sentence
    assert explain(verdicts, "c").cause.sentence == "no reason is given for it"
    assert changed(verdicts, "a") is Word.STANDS


def test_an_objection_may_fall_for_want_of_a_reason() -> None:
    """Where nothing defeats an objection and it falls all the same, nobody is said to have answered it."""
    argument_map = drawn("f a attacks b", "u: e supports f", "c undercuts u")
    verdicts = reason(argument_map, Reading(supports="necessary", ties="fall"))
    assert (verdicts.word("b"), verdicts.word("f")) == (Word.STANDS, Word.NO_REASON)
    cause = explain(verdicts, "b").cause
    assert cause.sentence == "what was said against it, “text of f” and “text of a”, rests on what has fallen"


def test_claims_that_only_support_each_other_are_open() -> None:
    """A circle of reasons holds nothing up, and says so."""
    verdicts = reason(drawn("a supports b", "b supports a"), Reading(asserted="leaves"))
    assert verdicts.word("a") is Word.OPEN
    assert "in turn" in explain(verdicts, "a").cause.sentence


def test_what_stands_in_every_position_stands() -> None:
    """A claim whose only objection falls whichever of two rivals wins stands, and says so."""
    links = ("a attacks b", "b attacks a", "a attacks c", "b attacks c", "c attacks d")
    verdicts = reason(drawn(*links), Reading(conflicts="directed"))
    assert verdicts.word("d") is Word.STANDS
    assert "however the open disputes" in explain(verdicts, "d").cause.sentence
    assert verdicts.word("c") is Word.OPEN


def test_lines_read_from_base_to_strength_with_pushes() -> None:
    """The lines give word, cause, strength before and after, the pushes and what would change it."""
    argument_map = drawn("b attacks a", "c supports b")
    texts = {node.id: node.text for node in argument_map.nodes.values()}
    assert explain(reason(argument_map), "a").lines(texts) == [
        "Unanswered objection: “text of a”",
        "  because nobody has answered “text of b”.",
        "  “text of b” stands: nobody has objected to it.",
        "  Strength 0.50 at first, 0.37 with all that bears on it; moved most by:",
        "    -0.13  “text of b”",
        "  To change this, add an answer to “text of b”, or better reasons for this claim.",
        "  Standing means unanswered in this map, not true.",
    ]


def test_what_if_shows_what_moves_and_leaves_the_map() -> None:
    """Withdrawing, conceding and weighing give new verdicts; moves lists what differs."""
    argument_map = drawn("b attacks a", "c supports b")
    before = reason(argument_map)
    withdrawn = reason(without(argument_map, ["b"]))
    assert {move.node: move.words for move in moves(before, withdrawn)} == {
        "a": (Word.UNANSWERED, Word.STANDS),
        "b": (Word.STANDS, None),
    }
    conceded = reason(argument_map, conceded=["a"])
    assert (conceded.word("a"), conceded.strength("a")) == (Word.STANDS, 1.0)
    weighed = reason(argument_map, bases={"a": 0.9})
    assert (weighed.base("a"), weighed.word("a")) == (0.9, Word.STANDS)
    assert argument_map == drawn("b attacks a", "c supports b")


def test_questions_and_strangers_have_no_word() -> None:
    """What takes no part in the reasoning is an unknown name."""
    verdicts = reason(drawn("b attacks a", q="question"))
    for name in ("q", "nobody"):
        with pytest.raises(UnknownName):
            explain(verdicts, name)
