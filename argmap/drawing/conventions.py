"""How each kind looks: colour for both themes, glyph, dash and word, so that none carries the meaning alone.

Source: contrast at least 3:1 on white and on #171614; the colours of support and attack stay apart (CIE76
78 and more) in simulations of protanopia, deuteranopia and tritanopia.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from argmap.model import LinkKind, NodeKind, Status


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of node or link looks.

    Args:
        glyph: one character of a font that every system has.
        word: what the glyph says, as a verb for links.
        light, dark: colour of borders and lines on a light and on a dark page; never of text.
        dashed: whether borders and lines are dashed.
        underline: CSS line style under quoted words.
    """

    glyph: str
    word: str
    light: str
    dark: str
    dashed: bool = False
    underline: str = "solid"


INK: Mapping[str, str] = {"light": "#22242B", "dark": "#EFEDEA"}
PAPER: Mapping[str, str] = {"light": "#FFFFFF", "dark": "#171614"}
"""Colours of text and of the page, by theme."""

_NEUTRAL = ("#333333", "#C9C6C2")
_SUPPORT = ("#1F7EBD", "#56B4E9")
_ATTACK = ("#A63603", "#E8743B")
_EVIDENCE = ("#AD8F12", "#F0E442")

NODE_LOOKS: Mapping[NodeKind, Look] = {
    NodeKind.CLAIM: Look("◆", "claim", *_NEUTRAL),
    NodeKind.REBUTTAL: Look("−", "rebuttal", *_ATTACK, dashed=True, underline="wavy"),
    NodeKind.EVIDENCE: Look("▤", "evidence", *_EVIDENCE, underline="double"),
    NodeKind.QUESTION: Look("?", "question", *_NEUTRAL, dashed=True, underline="dashed"),
}

LINK_LOOKS: Mapping[LinkKind, Look] = {
    LinkKind.SUPPORTS: Look("+", "supports", *_SUPPORT),
    LinkKind.ATTACKS: Look("−", "attacks", *_ATTACK, dashed=True, underline="wavy"),
    LinkKind.UNDERCUTS: Look("×", "undercuts", *_ATTACK, dashed=True, underline="wavy"),
    LinkKind.REPHRASES: Look("≈", "rephrases", *_NEUTRAL),
    LinkKind.QUESTIONS: Look("?", "questions", *_NEUTRAL, dashed=True, underline="dashed"),
    LinkKind.ANSWERS: Look("→", "answers", *_NEUTRAL),
}

# What a claim comes to when the map is reasoned about, by the words that readers see.
STANDING_LOOKS: Mapping[str, Look] = {
    "Stands": Look("●", "stands", *_SUPPORT),
    "Stands only if": Look("◊", "stands only if", "#6F4A9E", "#C2A5E8", dashed=True),
    "Open": Look("○", "open", "#5B5F6B", "#B5B1AB"),
    "Unanswered objection": Look("▼", "unanswered objection", *_ATTACK),
    "No surviving reason": Look("□", "no surviving reason", *_NEUTRAL, dashed=True),
}

STATUS_GLYPHS: Mapping[Status, str] = {
    Status.SUGGESTED: "?",
    Status.ACCEPTED: "✓",
    Status.REJECTED: "✗",
    Status.DISPUTED: "⚡",
}


def counted(number: int, thing: str) -> str:
    """A number with the name of what is counted, as people say it: 1 claim, 2,000 claims."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")
