"""What stands, how strongly, and why."""

from argmap.reasoning.framework import IN, OPEN, OUT, Framework, abstract
from argmap.reasoning.grounded import grounded
from argmap.reasoning.reading import AS_DRAWN, Reading, contradictory, framework, restated

__all__ = [
    "AS_DRAWN",
    "IN",
    "OPEN",
    "OUT",
    "Framework",
    "Reading",
    "abstract",
    "contradictory",
    "framework",
    "grounded",
    "restated",
]
