"""The corpora beside the project, as the miner's training and measuring read them."""

from __future__ import annotations

import pytest

from argmap.mining.brat import threads
from argmap.mining.corpora import comments
from tests.mining.samples import CORPORA

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside the project")


def test_every_proposition_of_cdcp_has_a_type_and_its_words() -> None:
    """Propositions follow each other through their comment, and links name two of them."""
    found = comments(CORPORA / "cdcp" / "train")
    assert (len(found), sum(len(comment.types) for comment in found)) == (581, 3906)
    for comment in found:
        assert len(comment.offsets) == len(comment.types)
        assert all(0 <= start < end <= len(comment.text) for start, end in comment.offsets)
        assert all(max(link) < len(comment.types) for link in comment.links)


def test_threads_have_posts_that_answer_each_other() -> None:
    """Each annotated thread is a document with turns, nodes inside it, and links between them."""
    found = list(threads(CORPORA / "cmv-look"))
    assert len(found) == 30
    for document, gold in found:
        assert [turn.reply_to for turn in document.turns[1:]] == [turn.id for turn in document.turns[:-1]]
        assert gold.nodes
        assert all(link.target in gold.nodes for link in gold.links.values())
