"""Why a claim comes out as it does, in sentences for readers.

The cause is looked up, not guessed: what defeats, answers or backs a claim in the framework that was solved.
It is unfolded two levels deep, as a line of argument and not as a graph.

Source: the dialogue reading of grounded semantics, Modgil and Caminada 2009; words and bars after the
findings of Cerutti, Toniolo and Norman 2017 that labels alone are not understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from argmap.reasoning.elements import IN, OPEN, OUT
from argmap.reasoning.influence import pulls
from argmap.reasoning.verdicts import NOTE, Verdicts, Word

_LONGEST = 120
_PUSHES = 3


@dataclass(frozen=True)
class Cause:
    """Why a claim has its word.

    Args:
        sentence: in plain words.
        nodes: the claims named as cause; without them the word would be another.
        remedy: what to do to the map to change the word.
    """

    sentence: str
    nodes: tuple[str, ...]
    remedy: str


@dataclass(frozen=True)
class Explanation:
    """All there is to say about why a claim comes out as it does.

    Args:
        line: the claim and what its word rests on, as (node, word, sentence), at most three of them.
        base, strength: before and after what bears on the claim, in [0, 1].
        pushes: the claims that move its strength most, with the change each makes.
        settled: whether the strengths converged.
    """

    node: str
    word: Word
    cause: Cause
    line: tuple[tuple[str, Word, str], ...]
    base: float
    strength: float
    pushes: tuple[tuple[str, float], ...]
    settled: bool

    def lines(self, texts: dict[str, str]) -> list[str]:
        """The explanation for people; ``texts`` are the wordings by node id."""
        (_, word, sentence), *further = self.line
        told = [f"{word}: {quoted(texts[self.node])}", f"  because {sentence}."]
        told += [f"  {quoted(texts[node])} {said_of(word)}: {why}." for node, word, why in further]
        most = "; moved most by:" if self.pushes else "."
        told.append(
            f"  Strength {self.base:.2f} at first, {self.strength:.2f} with all that bears on it{most}"
        )
        told += [f"    {change:+.2f}  {quoted(texts[node])}" for node, change in self.pushes]
        if not self.settled:
            told.append("  The strengths did not converge; take them as rough.")
        told.append(f"  To change this, {self.cause.remedy}.")
        return [*told, f"  {NOTE}"]


def quoted(text: str) -> str:
    """A wording in quotation marks, cut at a word where it is long."""
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        line = line[:_LONGEST].rpartition(" ")[0] + " …"
    return f"“{line.rstrip('.')}”"


def said_of(word: Word) -> str:
    """A word as a predicate."""
    return {
        Word.STANDS: "stands",
        Word.ONLY_IF: "stands on a condition",
        Word.OPEN: "is open",
        Word.UNANSWERED: "has an unanswered objection",
        Word.NO_REASON: "has no surviving reason",
    }[word]


def explain(verdicts: Verdicts, node: str) -> Explanation:
    """Why a node comes out as it does.

    Raises:
        UnknownName: it is not part of what is reasoned about.
    """
    word, teller = verdicts.word(node), _Teller(verdicts)
    place = verdicts.framework.place(node)
    cause = teller.cause(place)
    line, named = [(node, word, cause.sentence)], cause.nodes
    while named and len(line) < 3:
        further = teller.cause(verdicts.framework.place(named[0]))
        if node in further.nodes:  # two rivals: nothing is gained by saying it twice
            break
        line.append((named[0], verdicts.word(named[0]), further.sentence))
        named = tuple(name for name in further.nodes if all(name != told for told, *_ in line))
    return Explanation(
        node=node,
        word=word,
        cause=cause,
        line=tuple(line),
        base=verdicts.base(node),
        strength=verdicts.strength(node),
        pushes=tuple(pushes(verdicts, node)),
        settled=verdicts.strengths.converged,
    )


def pushes(verdicts: Verdicts, node: str, *, limit: int = _PUSHES) -> list[tuple[str, float]]:
    """Claims that bear on a node directly, with how far each moves its strength, the largest first."""
    framework, drawn = verdicts.framework, verdicts.drawn
    place = framework.place(node)
    sources = [e[0][e[1] == place] for e in (drawn.attacks, drawn.supports)]
    values = drawn.extended(verdicts.strengths.values)
    nearest = sorted(np.concatenate(sources).tolist(), key=lambda source: -values[source])[:20]
    claims = []
    for source in nearest:
        members = [source] if source < len(drawn) else _inputs(verdicts, source - len(drawn))
        claims += [member for member in members if member < framework.claims]
    claims = list(dict.fromkeys(claims))
    pulled = pulls(drawn, verdicts.strengths.values, place, claims, verdicts.semantics, verdicts.pins)
    found = [(framework.names[claim], pull) for claim, pull in zip(claims, pulled, strict=True)]
    return sorted((one for one in found if abs(one[1]) >= 0.005), key=lambda one: -abs(one[1]))[:limit]


def _inputs(verdicts: Verdicts, joint: int) -> list[int]:
    first, last = verdicts.drawn.starts[joint : joint + 2].tolist()
    inputs: list[int] = verdicts.drawn.inputs[first:last].tolist()
    return inputs


def _are(things: Sequence[int]) -> str:
    return "is" if len(things) == 1 else "are"


def _s(things: Sequence[int]) -> str:
    return "" if len(things) == 1 else "s"


class _Teller:
    def __init__(self, verdicts: Verdicts) -> None:
        self.verdicts = verdicts
        self.framework = verdicts.framework
        self.labels = verdicts.problem.labels

    def cause(self, place: int) -> Cause:
        """Why a claim has its word."""
        if self.verdicts.pins.get(place):
            return Cause("it is conceded here", (), "take that back")
        tell = {
            Word.STANDS: self._stands,
            Word.ONLY_IF: self._only_if,
            Word.OPEN: self._open,
            Word.UNANSWERED: self._unanswered,
            Word.NO_REASON: self._no_reason,
        }
        return tell[self.verdicts.words[self.framework.names[place]]](place)

    def _cause(self, sentence: str, places: Sequence[int], remedy: str) -> Cause:
        return Cause(sentence, tuple(self.framework.names[place] for place in places), f"add {remedy}")

    def _quoted(self, places: Sequence[int], *, most: int = 3) -> str:
        nodes = self.verdicts.argument_map.nodes
        texts = [quoted(nodes[self.framework.names[place]].text) for place in places[:most]]
        *first, last = texts if len(places) <= most else [*texts, f"{len(places) - most} more"]
        return f"{', '.join(first)} and {last}" if first else last

    def _labelled(self, places: Sequence[int], label: int) -> list[int]:
        return [place for place in places if self.labels[place] == label]

    def _stands(self, place: int) -> Cause:
        if self.labels[place] == OPEN:
            sentence = "however the open disputes around it are settled, it stands in all of them"
            return self._cause(sentence, (), "an objection that nobody answers")
        for defeater in self.framework.defeaters[place]:
            answers = self._answers(place, defeater)
            if answers:
                return self._answered(place, defeater, answers)
        beaten = self._drawn_against(place)
        alone = [one for one in beaten if not self._answers(place, one)]
        if alone:
            return self._better_backed(place, self.verdicts.behind(alone))
        if beaten:
            answered = self._answered(place, beaten[0], self._answers(place, beaten[0]))
            backed = self._better_backed(place, self.verdicts.behind(beaten[:1]))
            sentence = f"{answered.sentence}, and there is more behind it anyway"
            return Cause(sentence, answered.nodes + backed.nodes, backed.remedy)
        if self.framework.needs[place]:
            reasons = self.verdicts.behind(self._labelled(self.framework.grounds[place], IN))
            sentence = f"a reason for it stands, {self._quoted(reasons)}, and nobody has objected to it"
            return self._cause(sentence, reasons, "an objection to that reason")
        return self._cause("nobody has objected to it", (), "an objection")

    def _answered(self, place: int, defeater: int, answers: list[int]) -> Cause:
        objections = self.verdicts.behind([defeater])
        others = len(self._drawn_against(place)) - 1
        rest = (
            f", and so {'is the other' if others == 1 else f'are the {others} others'}" if others > 0 else ""
        )
        said = f"the objection{_s(objections)} {self._quoted(objections)} {_are(objections)} answered"
        sentence = f"{said} by {self._quoted(answers)}{rest}"
        return self._cause(sentence, answers, f"an objection to {self._quoted(answers[:1])}")

    def _answers(self, place: int, objection: int) -> list[int]:
        """The other claims that make an objection fall."""
        return self._felled_by(objection, besides=place)

    def _felled_by(self, element: int, besides: int | None = None) -> list[int]:
        """The claims that make an element fall: what defeats it, or a premise of it."""
        for fallen in (element, *self._labelled(self.framework.requirements[element], OUT)):
            claims = self.verdicts.behind(self._labelled(self.framework.defeaters[fallen], IN))
            found = [claim for claim in claims if claim != besides]
            if found:
                return found
        return []

    def _drawn_against(self, place: int) -> list[int]:
        """What was drawn as an attack on a claim, whether it succeeds or not."""
        sources, targets = self.framework.attacks
        drawn: list[int] = sources[targets == place].tolist()
        return drawn

    def _better_backed(self, place: int, objections: list[int]) -> Cause:
        reasons = self.verdicts.behind(self.framework.grounds[place])
        backing, base = self.verdicts.backing, self.verdicts.drawn.base
        if base[place] > max(backing[one] for one in objections):
            reasons, how = [], ", since more people say it or vote for it"
        elif not reasons:
            sentence = f"what was said against it, {self._quoted(objections)}, rests on what has fallen"
            return self._cause(sentence, (), "an objection that stands")
        else:
            how = f": {self._quoted(reasons, most=2)} {'speaks' if len(reasons) == 1 else 'speak'} for it"
        against = f"the objection{_s(objections)} {self._quoted(objections)}"
        remedy = f"reasons for {self._quoted(objections[:1])}, or an objection with more behind it"
        return self._cause(f"there is more behind it than behind {against}{how}", reasons, remedy)

    def _only_if(self, place: int) -> Cause:
        against = self.verdicts.behind(self._labelled(self.framework.defeaters[place], OPEN))
        needed = [*self.framework.requirements[place], *self.framework.grounds[place]]
        conditions = against or self.verdicts.behind(self._labelled(needed, OPEN))
        verb = ("fall" if against else "stand") + ("s" if len(conditions) == 1 else "")
        which = f"which {_are(conditions)} open"
        first = self._quoted(conditions[:1])
        remedy = f"an answer to {first}" if against else f"an answer to what speaks against {first}"
        return self._cause(
            f"it stands only if {self._quoted(conditions)} {verb}, {which}", conditions, remedy
        )

    def _open(self, place: int) -> Cause:
        rivals = self.verdicts.rivals(place)
        if rivals:
            decided = (
                "neither has more behind it" if self.verdicts.reading.ties != "open" else "nothing decides"
            )
            sentence = f"it and {self._quoted(rivals)} speak against each other, and {decided}"
            return self._cause(sentence, rivals, "a reason for one of the two, or an answer to one of them")
        defeaters = self.verdicts.behind(self._labelled(self.framework.defeaters[place], OPEN))
        if defeaters:
            sentence = f"it hangs on {self._quoted(defeaters)}, which is open itself"
            return self._cause(sentence, defeaters, f"an answer to {self._quoted(defeaters[:1])}")
        needed = [*self.framework.requirements[place], *self.framework.grounds[place]]
        resting = [one for one in self.verdicts.behind(self._labelled(needed, OPEN)) if one != place]
        sentence = f"it rests on {self._quoted(resting)}, which is open or rests on it in turn"
        return self._cause(sentence, resting, "a reason that stands by itself")

    def _unanswered(self, place: int) -> Cause:
        objections = self.verdicts.behind(self._labelled(self.framework.defeaters[place], IN))
        drawn = set(self.verdicts.behind(self._drawn_against(place)))
        said = self._quoted(objections)
        more = "has more behind it" if len(objections) == 1 else "have more behind them"
        better = f"it conflicts with {said}, which {more}"
        sentence = f"nobody has answered {said}" if drawn & set(objections) else better
        each = self._quoted(objections) if len(objections) == 1 else "each of these objections"
        remedy = f"an answer to {each}, or better reasons for this claim"
        return self._cause(sentence, objections, remedy)

    def _no_reason(self, place: int) -> Cause:
        needed = [*self.framework.requirements[place], *self.framework.grounds[place]]
        fallen = self._labelled(needed, OUT)
        remedy = "a reason that stands"
        if not fallen:
            return self._cause("no reason is given for it", (), remedy)
        reasons = self.verdicts.behind(fallen)
        felled = [one for element in (*fallen, *reasons) for one in self._felled_by(element)]
        felled = list(dict.fromkeys(felled))
        if not felled:
            sentence = f"its reason {self._quoted(reasons)} has no reason itself"
            return self._cause(sentence, reasons, remedy)
        verb = "falls" if len(reasons) == 1 else "fall"
        sentence = f"it rests on {self._quoted(reasons)}, which {verb} to {self._quoted(felled)}"
        return self._cause(sentence, felled, remedy)
