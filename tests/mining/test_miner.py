"""The default miner: what it suggests, that it repeats itself, and that no text stops it."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.mining import MINERS
from argmap.mining.stretches import LONGEST_PIECE, stretches
from argmap.model import ArgumentMap, Document, LinkKind, NodeKind, Status
from tests.mining.samples import TEXTS, dialogue, document, quoting

MINER = MINERS["argmap"]


def mined(text: Document) -> ArgumentMap:
    """What the miner suggests, as a map."""
    found = MINER.mine(text)
    return ArgumentMap.of([text], found.nodes, found.links)


@cache
def seeds() -> list[Document]:
    """The shipped texts, as the readers give them."""
    from argmap.readers import read_bytes

    return [read_bytes(path.read_bytes(), name=path.name) for path in sorted(TEXTS.glob("*.txt"))]


def test_every_suggestion_says_where_who_and_why() -> None:
    """Nodes have exact spans and a speaker; nodes and links have status, confidence, cue and maker."""
    text = dialogue(
        ("Ann", "Cats are better pets because they are quiet."), ("Ben", "No, cats scratch everything.")
    )
    found = MINER.mine(text)
    assert found.nodes
    for node in found.nodes:
        (mention,) = node.mentions
        assert node.text == " ".join(text.quote(mention.start, mention.end).split())
        turn = text.turn_at(mention.start)
        assert turn is not None
        assert turn.speaker == mention.speaker
    for item in (*found.nodes, *found.links):
        assert item.status is Status.SUGGESTED
        assert 0 <= item.confidence <= 1
        assert item.by == f"argmap@{MINER.version}"
        assert item.cue


def test_a_reply_that_denies_is_a_rebuttal_and_attacks() -> None:
    """The first words of a written reply that deny what it answers oppose it."""
    text = dialogue(
        ("Ann", "Small models will outperform the largest ones in coding within two years."),
        ("Ben", "I do not believe that small models will outperform anything."),
    )
    found = mined(text)
    (link,) = found.links.values()
    assert LinkKind.ATTACKS == link.kind
    assert NodeKind.REBUTTAL == found.nodes[link.sources[0]].kind
    assert found.nodes[link.target].speakers == ("Ann",)


def test_a_question_asks_about_what_it_answers() -> None:
    """A question in reply questions a node of the turn it replies to."""
    text = dialogue(
        ("Ann", "Mythos is a meaningfully better model than all the others."),
        ("Ben", "What do you mean by a meaningfully better model?"),
    )
    found = mined(text)
    (link,) = found.links.values()
    assert LinkKind.QUESTIONS == link.kind


def test_quotes_and_repeated_turns_are_not_mined_again() -> None:
    """Words quoted from another turn and turns said before give no second node."""
    text = quoting()
    starts = sorted(mention.start for node in mined(text).nodes.values() for mention in node.mentions)
    assert [text.turn_at(start).id for start in starts] == ["t1", "t2"]  # type: ignore[union-attr]
    assert text.quote(starts[1], starts[1] + 16) == "I do not believe"


def test_filler_and_housekeeping_are_left_out() -> None:
    """Greetings, back-channels and the running of a show make no node."""
    text = dialogue(
        ("Tim", "Yeah, for sure. Thanks for joining us."),
        ("Kate", "Sure."),
        ("Tim", "And we will see you next week on the show."),
    )
    assert mined(text).nodes == {}


def test_mining_again_gives_the_same() -> None:
    """Mining is deterministic, and ids do not depend on what was mined before or beside it."""
    texts = [text for text in seeds() if len(text.text) < 10_000]
    assert list(MINER.mine_all(texts)) == [MINER.mine(text) for text in texts]


def test_several_processes_give_the_same() -> None:
    """Documents that are parsed by two processes give what one gives."""
    texts = [text for text in seeds() if len(text.text) < 6_000]
    assert list(MINER.mine_all(texts, processes=2)) == list(MINER.mine_all(texts))


def test_links_form_a_forest() -> None:
    """Each node bears on at most one other, and on itself by no way round."""
    for text in (text for text in seeds() if len(text.text) < 10_000):
        found = mined(text)
        heads = {link.sources[0]: link.target for link in found.links.values()}
        assert len(heads) == len(found.links)
        for start in heads:
            seen, place = {start}, heads.get(start)
            while place is not None:
                assert place not in seen
                seen.add(place)
                place = heads.get(place)


def test_the_two_poles_of_the_debate_are_found_with_a_rebuttal_between_them() -> None:
    """Of the shipped thread: no gain in knowledge (SimpleQA), against intelligence that is not knowledge."""
    (text,) = (seed for seed in seeds() if seed.title == "knowledge_vs_intelligence")
    found = mined(text)
    texts = {node.text: node for node in found.nodes.values()}
    assert any("SimpleQA" in words for words in texts)
    (pole,) = (node for words, node in texts.items() if words.startswith("Model intelligence and knowledge"))
    assert NodeKind.REBUTTAL == pole.kind
    assert [link.kind for link in found.out_of(pole.id)] == [LinkKind.ATTACKS]


def test_repeated_paragraphs_give_no_duplicate() -> None:
    """The comments whose second half repeats the first give each point once."""
    (text,) = (seed for seed in seeds() if seed.title == "open_source_gap")
    words = [node.text for node in mined(text).nodes.values()]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\n\n\n", "?", "; ; ; ; ;", "\ud800 lone surrogate said so"),
        *("." * 20_000, "(" * 16_000 + " so it is", "a" * 60_000, "> " * 5_000, "\U0001f642 " * 3_000),
        *("\u202eright to left claims are hard to read", "é" * 999 + " is"),
    ],
    ids=range(13),
)
def test_no_text_raises(text: str) -> None:
    """Empty, endless, broken and strange texts give suggestions whose spans lie in them."""
    for node in MINER.mine(document(text)).nodes:
        assert 0 <= node.mentions[0].start < node.mentions[0].end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_mined(text: str) -> None:
    """Any text gives nodes that quote it exactly."""
    for node in MINER.mine(document(text)).nodes:
        mention = node.mentions[0]
        assert node.text == " ".join(text[mention.start : mention.end].split())


def test_long_lines_are_mined_in_pieces() -> None:
    """One endless line goes to spaCy in pieces that are bounded and lose no character."""
    text = " ".join(random.Random(1).choices(["this", "model", "learns.", "never"], k=60_000))
    found = list(stretches(document(text)))
    assert "".join(stretch.text for stretch in found) == text
    assert max(len(stretch.text) for stretch in found) <= LONGEST_PIECE


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_memory_stays_flat_over_many_documents() -> None:
    """After a tenth of 10,000 short documents, the rest add at most 100 MB."""
    import resource

    texts = (
        document(f"Model {place} learns well. It never saw text {place}, so it works.")
        for place in range(10_000)
    )
    after_a_tenth = 0
    for place, _ in enumerate(MINER.mine_all(texts)):
        if place == 1_000:
            after_a_tenth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - after_a_tenth < 100_000
