"""The shipped debate: its files are those of data/README.md, and its map holds what is promised of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from argmap import KnowledgeBase
from argmap.formats import load
from argmap.formats.argmap_json import load_events
from argmap.model import ArgumentMap, Event, Link, LinkKind, NodeKind, Status
from argmap.model.replay import replay, standing

DATA = Path(__file__).parents[2] / "data"
MAP = DATA / "debate" / "map.json"
TIES = {LinkKind.SUPPORTS, LinkKind.ATTACKS, LinkKind.UNDERCUTS, LinkKind.REPHRASES}


@pytest.fixture(scope="module")
def shipped() -> ArgumentMap:
    """The map that stands, as the file has it."""
    return load(MAP.read_bytes(), "json")[0]


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    """Its history."""
    return load_events(MAP.read_bytes())


@pytest.fixture(scope="module")
def reviewed(shipped: ArgumentMap) -> ArgumentMap:
    """What stands: the accepted nodes and links."""
    return ArgumentMap.of(
        shipped.documents.values(),
        [node for node in shipped.nodes.values() if node.status is Status.ACCEPTED],
        [link for link in shipped.links.values() if link.status is Status.ACCEPTED],
    )


def texts_of(argument_map: ArgumentMap, item: str) -> set[str]:
    """Documents that mention a node, or the conclusion of a link."""
    node = argument_map.nodes.get(item) or argument_map.nodes[argument_map.links[item].target]
    return {mention.document for mention in node.mentions}


def ties(argument_map: ArgumentMap) -> Iterator[Link]:
    """Links from one text to another that argue, rather than answer an issue."""
    for link in argument_map.links.values():
        ends = texts_of(argument_map, link.sources[0]), texts_of(argument_map, link.target)
        if link.kind in TIES and all(ends) and not ends[0] & ends[1]:
            yield link


def test_readme_gives_the_checksum_of_every_file() -> None:
    """Each file under data/ is in the table of a README there, with its SHA-256."""
    tables = "\n".join(path.read_text("utf-8") for path in sorted(DATA.rglob("README.md")))
    table = re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", tables, re.M)
    files = [
        path
        for path in DATA.rglob("*")
        if path.suffix in {".txt", ".json", ".md"} and path.name != "README.md"
    ]
    expected = {p.relative_to(DATA).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    assert expected == dict(table)


def test_map_is_what_its_history_amounts_to(shipped: ArgumentMap, events: tuple[Event, ...]) -> None:
    """Replaying the shipped events gives the shipped map, and what was rejected beside it."""
    assert shipped == standing(replay(events))


def test_texts_of_the_map_are_the_shipped_texts(shipped: ArgumentMap) -> None:
    """Each document of the map holds the words of one of the five files."""
    files = {path.read_bytes().decode("utf-8") for path in (DATA / "debate" / "texts").glob("*.txt")}
    assert files == {document.text for document in shipped.documents.values()}


def test_every_mention_lies_in_its_document(shipped: ArgumentMap) -> None:
    """Spans are inside their text and begin and end with a word or mark, not with space."""
    for node in shipped.nodes.values():
        for mention in node.mentions:
            document = shipped.documents[mention.document]
            assert 0 <= mention.start < mention.end <= len(document.text)
            if node.status is Status.ACCEPTED:
                quote = document.text[mention.start : mention.end]
                assert quote.strip() == quote


def test_every_suggestion_is_decided(events: tuple[Event, ...]) -> None:
    """Nothing in the reviewed map waits for a decision or is disputed."""
    whole = replay(events)
    statuses = {item.status for item in (*whole.nodes.values(), *whole.links.values())}
    assert {Status.ACCEPTED, Status.REJECTED} == statuses


def test_wordings_are_short_and_their_own(reviewed: ArgumentMap) -> None:
    """Every node has a wording of at most 160 characters, and no two nodes have the same."""
    wordings = [node.text for node in reviewed.nodes.values()]
    assert max(map(len, wordings)) <= 160
    assert len(wordings) == len(set(wordings))


def test_links_stand_on_nodes_that_stand(reviewed: ArgumentMap) -> None:
    """No accepted link starts or ends at something that was rejected."""
    for link in reviewed.links.values():
        assert set(link.sources) <= reviewed.nodes.keys()
        assert link.target in (reviewed.links if link.kind is LinkKind.UNDERCUTS else reviewed.nodes)


def test_texts_are_one_debate(reviewed: ArgumentMap) -> None:
    """At least 25 links argue from one text to another, and no text stands apart."""
    found = list(ties(reviewed))
    assert len(found) >= 25
    tied = {
        text for link in found for end in (link.sources[0], link.target) for text in texts_of(reviewed, end)
    }
    assert set(reviewed.documents) == tied


def test_issues_are_answered(reviewed: ArgumentMap) -> None:
    """At least six questions are answered by two claims or more."""
    questions = [node for node in reviewed.nodes.values() if node.kind is NodeKind.QUESTION]
    issues = [node for node in questions if len(reviewed.into(node.id, LinkKind.ANSWERS)) >= 2]
    assert len(issues) >= 6


def test_nothing_but_questions_stands_alone(reviewed: ArgumentMap) -> None:
    """A top claim answers an issue; evidence bears on something; a rebuttal attacks something."""
    for node in reviewed.nodes.values():
        if node.kind is not NodeKind.QUESTION:
            assert reviewed.out_of(node.id), node.text
        if node.kind is NodeKind.REBUTTAL:
            assert reviewed.out_of(node.id, LinkKind.ATTACKS, LinkKind.UNDERCUTS), node.text


def test_history_loads_and_checks_clean() -> None:
    """An empty knowledge base takes the whole history, finds no error in it, and only one kind of warning."""
    with KnowledgeBase(":memory:") as kb:
        kb.load(MAP.read_bytes(), path=str(MAP))
        assert {("warning", "a claim without support")} >= {(f.level, f.message) for f in kb.check()}


def test_readme_gives_the_agreement_of_the_two_passes(events: tuple[Event, ...]) -> None:
    """The figures for all texts in data/README.md are those of the two passes in the history."""
    from argmap.annotation import own_maps
    from argmap.mining.evaluate import evaluate

    maps = own_maps(events)
    total = evaluate(maps["annotator 1"], maps["annotator 2"]).total
    figures = [round(total[name].f1, 2) for name in ("nodes", "nodes+kind", "links+kind")]
    row = re.search(r"^\| all \|[^|]*\|(.*)\|$", (DATA / "README.md").read_text("utf-8"), re.M)
    assert row is not None
    assert figures == [float(cell) for cell in row[1].split("|")]
