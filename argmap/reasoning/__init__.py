"""What stands, how strongly, why, and what would change it.

>>> from argmap.model import ArgumentMap, new_link, new_node
>>> claim = new_node("claim", "Small models will catch up.")
>>> reply = new_node("rebuttal", "They lack knowledge.")
>>> study = new_node("evidence", "Their scores on SimpleQA do not rise.")
>>> links = [new_link("attacks", [reply.id], claim.id), new_link("supports", [study.id], reply.id)]
>>> verdicts = reason(ArgumentMap.of(nodes=[claim, reply, study], links=links))
>>> print(verdicts.word(claim.id), round(verdicts.strength(claim.id), 2))
Unanswered objection 0.37
"""

from argmap.reasoning.elements import IN, OPEN, OUT, Framework, abstract
from argmap.reasoning.explaining import Explanation, explain
from argmap.reasoning.extensions import Position, Problem, TimeUp
from argmap.reasoning.gradual import SEMANTICS, Strengths, graph, strengths
from argmap.reasoning.influence import Crux, cruxes, shapley
from argmap.reasoning.labelling import grounded
from argmap.reasoning.live import Live
from argmap.reasoning.reading import AS_DRAWN, Reading, contradictory, framework, restated
from argmap.reasoning.speakers import Accord, Stance, accords, stances
from argmap.reasoning.supposing import WhatIf
from argmap.reasoning.survey import Survey, centrality, clusters, surveyed
from argmap.reasoning.tasks import solve
from argmap.reasoning.verdicts import NOTE, Move, Verdicts, Word, moves, reason, standing_in, without

__all__ = [
    "AS_DRAWN",
    "IN",
    "NOTE",
    "OPEN",
    "OUT",
    "SEMANTICS",
    "Accord",
    "Crux",
    "Explanation",
    "Framework",
    "Live",
    "Move",
    "Position",
    "Problem",
    "Reading",
    "Stance",
    "Strengths",
    "Survey",
    "TimeUp",
    "Verdicts",
    "WhatIf",
    "Word",
    "abstract",
    "accords",
    "centrality",
    "clusters",
    "contradictory",
    "cruxes",
    "explain",
    "framework",
    "graph",
    "grounded",
    "moves",
    "reason",
    "restated",
    "shapley",
    "solve",
    "stances",
    "standing_in",
    "strengths",
    "surveyed",
    "without",
]
