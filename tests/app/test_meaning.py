"""The explorer finds claims by meaning where a model knows meanings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from argmap.mining import embeddings
from argmap.mining.embeddings import Rows
from tests.app.screens_at_test import Explorer, shown


class Facts:
    """All that is about facts means the same."""

    name = "facts"

    def encode(self, texts: Sequence[str]) -> Rows:
        """One of two directions for each text."""
        rows = [[1, 0] if {"facts", "truths"} & set(text.lower().split()) else [0, 1] for text in texts]
        return np.array(rows, dtype=np.float32)


def test_claims_close_in_meaning_follow_those_with_the_words(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Searching for another word finds the claim; without a model nothing of it is shown."""
    assert "Close in meaning" not in shown(explorer("explore", q="truths"))
    monkeypatch.setenv(embeddings.VARIABLE, "facts")
    monkeypatch.setattr(embeddings, "encoder", lambda name: Facts())
    from app import state

    state._opened.clear()
    page = shown(explorer("explore", q="truths"))
    assert "Large models know more facts than small ones." in page
    assert "Close in meaning" in page
    assert "Large models" not in page.split("Close in meaning")[0]
