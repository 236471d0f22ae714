"""Learns the weights of `speaker_decoding` from conversations whose speakers are known."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from argmap.readers.participants import cast
from argmap.readers.speaker_decoding import Array, Marginals, Scores, Table, Weights, marginals, scores
from argmap.readers.speaker_evidence import Evidence, evidence
from argmap.readers.speaker_style import style_scores
from argmap.readers.speaker_weights import WIDTHS
from argmap.readers.turns import sentences

_LEAST_SENTENCES, _LEAST_CONVERSATIONS = 3, 2
_FOLDS = 3
_ROUNDS = 40
_CERTAIN = 30.0
# A recorded conversation counts as much as so many invented ones.
_RECORDED = 6.0
# Tables with a list of features for each person, not one for each sentence.
_BY_PERSON = frozenset({"person", "entering"})


@dataclass(frozen=True, slots=True)
class Conversation:
    """One to learn from.

    Args:
        speakers: who says each sentence, by place in the cast.
        style: (sentences, people), of `speaker_style.style_scores`.
        weight: how much it counts.
    """

    sentences: tuple[str, ...]
    found: Evidence
    speakers: tuple[int, ...]
    style: Array
    weight: float = 1.0

    @classmethod
    def of(cls, turns: Iterable[tuple[str, str]]) -> Conversation:
        """From turns (full name, words); who is not in the cast counts as the host."""
        said = [(name, words[one.start : one.end]) for name, words in turns for one in sentences(words)]
        spoken = tuple(sentence for _, sentence in said)
        people = cast(spoken)
        places = tuple(_place(name, people.names) for name, _ in said)
        return cls(spoken, evidence(spoken, people), places, np.zeros((len(spoken), len(people.names))))


def _place(name: str, names: Sequence[str | None]) -> int:
    parts = set(name.split())
    known = [set(one.split()) if one else set() for one in names]
    return next((place for place, one in enumerate(known) if one and (one <= parts or parts <= one)), 0)


def conversations(folder: Path) -> list[Conversation]:
    """Those of ``conversations.json``, turns of [full name, words], and the marked texts beside it.

    Args:
        folder: ``data/speakers``; a marked text has a JSON file of [start, end, full name] here, and
            its words in ``../debate/texts``.
    """
    known = [
        Conversation.of(turns) for turns in json.loads((folder / "conversations.json").read_text("utf-8"))
    ]
    for path in sorted(folder.glob("*_podcast.json")):
        text = (folder.parent / "debate" / "texts" / f"{path.stem}.txt").read_text("utf-8")
        turns = [(name, text[start:end]) for start, end, name in json.loads(path.read_text("utf-8"))]
        known.append(replace(Conversation.of(turns), weight=_RECORDED))
    return known


def trained(known: Sequence[Conversation], *, strength: float = 2.5, rounds: int = _ROUNDS) -> Weights:
    """Weights from all conversations, with manners of speech as a first round leaves them in unseen ones.

    Args:
        strength: of the pull of all weights towards zero.
        rounds: of the optimiser.
    """
    styled = list(known)
    for fold in range(_FOLDS):
        rest = [one for place, one in enumerate(known) if place % _FOLDS != fold]
        weights = fitted(rest, strength=strength, rounds=rounds)
        for place in range(fold, len(styled), _FOLDS):
            one = styled[place]
            first = marginals([scores(one.found, weights)])
            styled[place] = replace(one, style=style_scores(one.sentences, first.says))
    return fitted(styled, strength=strength, rounds=rounds)


def fitted(known: Sequence[Conversation], *, strength: float, rounds: int) -> Weights:
    """The weights of greatest likelihood, held near zero (L-BFGS)."""
    from scipy.optimize import minimize

    tables = {name: _vocabulary(known, name) for name in WIDTHS}
    like = Weights(
        **{name: Table(rows, np.zeros((len(rows), WIDTHS[name]))) for name, rows in tables.items()},
        style=(0.0, 0.0),
    )
    gold = _expected(known, [_gold(one, like) for one in known], like)

    def loss(values: Array) -> tuple[float, Array]:
        weights = _unpacked(values, like)
        found = [marginals([scores(one.found, weights).styled(one.style, weights)]) for one in known]
        slope = _expected(known, found, like) - gold + strength * values
        total = sum(one.weight * each.total for one, each in zip(known, found, strict=True))
        return total + float(values @ (strength / 2 * values - gold)), slope

    best = minimize(loss, np.zeros(len(gold)), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return _unpacked(np.asarray(best.x), like)


def _rows(found: Evidence, table: str) -> list[list[str]]:
    """Lists of features, one for each sentence or for each sentence and person."""
    rows = getattr(found, table)
    return [one for people in rows for one in people] if table in _BY_PERSON else rows


def _vocabulary(known: Sequence[Conversation], table: str) -> dict[str, int]:
    """Rows of the features that occur often enough, in more than one conversation."""
    times: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for one in known:
        here = Counter(feature for features in _rows(one.found, table) for feature in set(features))
        times.update(here)
        places.update(here.keys())
    kept = (
        name
        for name, count in times.items()
        if count >= _LEAST_SENTENCES and places[name] >= _LEAST_CONVERSATIONS
    )
    return {name: row for row, name in enumerate(sorted(kept))}


def _gold(one: Conversation, like: Weights) -> Marginals:
    """The probabilities where the speakers are known."""
    people = np.arange(one.style.shape[1])
    known = np.where(people == np.array(one.speakers)[:, None], _CERTAIN, -_CERTAIN)
    nothing = scores(one.found, like)
    return marginals([Scores(known, nothing.border, nothing.context, nothing.entering, nothing.calls)])


def _expected(known: Sequence[Conversation], found: Sequence[Marginals], like: Weights) -> Array:
    """How often each feature is expected, in the order of `_unpacked`."""
    counts = {name: np.zeros_like(getattr(like, name).values) for name in WIDTHS}
    style = np.zeros(2)
    for one, each in zip(known, found, strict=True):
        fits = one.weight * (each.says * one.style).sum(0)
        style += (fits[0], fits[1:].sum())
        shares = {"role": each.says[:, 0], "person": each.says, "border": each.border}
        shares |= {"context": each.context, "entering": each.entering}
        for name, count in counts.items():
            share = one.weight * shares[name].reshape(-1, WIDTHS[name])
            _add(count, getattr(like, name), _rows(one.found, name), share)
    return np.concatenate([*(count.ravel() for count in counts.values()), style])


def _add(counts: Array, table: Table, features: Sequence[Iterable[str]], share: Array) -> None:
    rows = [[table.rows[one] for one in row if one in table.rows] for row in features]
    places = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    np.add.at(counts, np.array([one for row in rows for one in row], dtype=np.intp), share[places])


def _unpacked(values: Array, like: Weights) -> Weights:
    tables: dict[str, Table] = {}
    start = 0
    for name in WIDTHS:
        table: Table = getattr(like, name)
        end = start + table.values.size
        tables[name] = Table(table.rows, values[start:end].reshape(table.values.shape))
        start = end
    host, guests = values[start:]
    return Weights(**tables, style=(float(host), float(guests)))
