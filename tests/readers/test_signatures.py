"""Signatures: a dash and whose the words above it, or before it, are."""

from __future__ import annotations

import pytest

from argmap.readers.signatures import behind_dash, named_behind, post_signer, quotation_signer


@pytest.mark.parametrize("dash", ["—", "–", "--", "---"])
def test_every_dash_signs_wherever_one_can(dash: str) -> None:
    """Below a text, a post or a quotation, and behind a quotation in its line."""
    line = f"{dash} Ada Horn, Leeds"
    assert "Ada Horn, Leeds" == behind_dash(line)
    assert ("Ada Horn", "Leeds") == post_signer(line)
    assert "Ada Horn" == quotation_signer(line)
    assert "Ada Horn" == named_behind(f"“Close it.” {line}", len("“Close it.”"))


def test_a_hyphen_signs_a_quotation_but_no_post() -> None:
    """Among many lines it begins an item of a list."""
    assert "Ada Horn" == quotation_signer("- Ada Horn")
    assert post_signer("- Ada Horn") is None
