"""The command line: every command turns words into one verb and prints what it gave."""

from argmap.cli import deciding, endpoint, explorer, looking, measuring, reasoning, team, texts, whole
from argmap.cli.frame import main

__all__ = [
    "deciding",
    "endpoint",
    "explorer",
    "looking",
    "main",
    "measuring",
    "reasoning",
    "team",
    "texts",
    "whole",
]
