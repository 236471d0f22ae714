"""The floor that needs no learning: every sentence a unit, attached to the one before; replies attack.

Source: the positional baselines that any result has to be set beside (Eger et al. 2017; DialAM-2024).
"""

from __future__ import annotations

from argmap.mining.pipeline import suggestions
from argmap.mining.relations import Relation
from argmap.mining.sentences import sentences
from argmap.mining.stretches import Stretch, stretches
from argmap.mining.suggestions import Suggestions
from argmap.mining.units import Discussion, Unit
from argmap.model import Document, LinkKind, NodeKind, Span

BY = "floor@1"


def floor(document: Document) -> Suggestions:
    """Every sentence a claim that supports the one before; the first of a reply attacks what it answers."""
    units = [_sentence(stretch, span) for stretch in stretches(document) for span in sentences(stretch.text)]
    discussion = Discussion(document, units)
    verdicts = [(NodeKind.CLAIM, 1.0, "a sentence")] * len(units)
    return suggestions(discussion, verdicts, _attached(discussion), BY)


def _sentence(stretch: Stretch, span: Span) -> Unit:
    text = " ".join(stretch.text[span.start : span.end].split())
    return Unit(
        stretch.start + span.start, stretch.start + span.end, stretch.turn, text, quoted=stretch.quoted
    )


def _attached(discussion: Discussion) -> list[Relation]:
    found = []
    for turn, places in discussion.groups():
        answered = discussion.answered(turn)
        parents = discussion.by_turn.get(answered, ()) if answered is not None else ()
        if parents:
            found.append(Relation(places[0], parents[-1], LinkKind.ATTACKS, 1.0, "a reply"))
        found += [
            Relation(place, place - 1, LinkKind.SUPPORTS, 1.0, "the unit before") for place in places[1:]
        ]
    return found
