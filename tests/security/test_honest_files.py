"""The walls leave room: of W3C's valid files and questions next to none is refused, for known reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from argmap import formats
from argmap.errors import FormatError, QueryError
from argmap.formats.sparql_gate import gate

SUITES = Path(__file__).parents[2].parent / "shared/corpora/hostile/w3c"
FORMATS = {"rdf": "rdfxml", "ttl": "turtle", "trig": "trig", "nq": "nquads", "nt": "nquads"}
pytestmark = pytest.mark.skipif(not SUITES.is_dir(), reason="W3C's suites are not beside the project")


def is_valid(path: Path) -> bool:
    """Whether the bare parser takes it, without any wall of ours."""
    form = pyoxigraph.RdfFormat.from_extension(path.suffix[1:])
    try:
        list(pyoxigraph.parse(path.read_bytes(), format=form, base_iri="urn:base"))
    except (SyntaxError, ValueError):
        return False
    return True


@pytest.mark.parametrize("suffix", FORMATS)
def test_valid_files_are_read(suffix: str, record_property: Callable[[str, object], None]) -> None:
    """They hold no argument map, and that is all that is said against them."""
    valid = [path for path in sorted(SUITES.rglob(f"*.{suffix}")) if is_valid(path)]
    refused = Counter[str]()
    for path in valid:
        try:
            formats.load(path.read_bytes(), FORMATS[suffix])
        except FormatError as error:
            refused[str(error)] += "no argument map" not in str(error)
    record_property(suffix, f"{dict(+refused)} of {len(valid)}")
    assert len(valid) > 50
    assert refused.total() <= len(valid) * 0.05, +refused


def is_question(text: str) -> bool:
    """Whether the bare engine takes it; not tried with what would call somebody."""
    if "SERVICE" in text.upper():
        return False
    try:
        pyoxigraph.Store().query(text, base_iri="urn:base")
    except (SyntaxError, ValueError, RuntimeError):
        return False
    return True


def test_valid_questions_pass(record_property: Callable[[str, object], None]) -> None:
    """All but those that ask for other data sets and some that escape letters."""
    valid, refused = 0, Counter[str]()
    for path in sorted(SUITES.rglob("*.rq")):
        question = path.read_text("utf-8", "replace")
        if not is_question(question):
            continue
        valid += 1
        try:
            gate(question)
        except QueryError as error:
            refused[str(error)] += 1
    record_property("refused", f"{dict(refused)} of {valid}")
    assert valid > 400
    assert refused.total() <= valid * 0.05  # FROM, mostly: other data sets
