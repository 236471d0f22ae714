"""Deciding together: queues, agreement, adjudication."""

from argmap.annotation.agreement import Measure, agreement
from argmap.annotation.own_maps import decided, own_maps, settled

__all__ = ["Measure", "agreement", "decided", "own_maps", "settled"]
