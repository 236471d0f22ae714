"""What tests of several parts share: calm property tests, and the folder of the five texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No deadlines: a shared machine may be slow, and no test asserts wall-clock times.
settings.register_profile("argmap", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("argmap")

TEXTS = Path(__file__).parents[1] / "data" / "debate" / "texts"


@pytest.fixture(scope="session")
def five_texts() -> list[Path]:
    """The five texts of the shipped debate."""
    return sorted(TEXTS.glob("*.txt"))
