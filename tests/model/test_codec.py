"""Codec: every event comes back as it was, and nothing else is taken for one."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.errors import ModelError
from argmap.model import Agent, Event
from argmap.model.codec import (
    _CHANGES,
    canonical,
    decode_agent,
    decode_change,
    decode_changes,
    decode_document,
    decode_event,
    decode_link,
    decode_mention,
    decode_node,
    decode_turn,
    encode_event,
    encoded,
)
from argmap.model.events import Change
from tests.histories import AT, agents, changes, documents, links, logs, nodes

NODE = {"id": "n1", "kind": "claim", "text": "Words"}
LINK = {"id": "l1", "kind": "supports", "sources": ["n1"], "target": "n2"}
TURN = {"id": "t1", "start": 0, "end": 1}
DOCUMENT = {"id": "d1", "title": "T", "genre": "essay", "text": "Text", "turns": [TURN]}
EVENT = {
    "seq": 1,
    "operation": "o",
    "by": {"name": "ann"},
    "at": AT,
    "type": "Accepted",
    "change": {"ids": ["n1"]},
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40)
@given(logs)
def test_every_event_comes_back_as_it_was(log: list[Event]) -> None:
    """Event -> JSON text -> event is the identity, for each type of event."""
    for event in log:
        assert decode_event(json.loads(canonical(encode_event(event)))) == event


@settings(max_examples=40)
@given(agents, changes)
def test_writing_again_gives_the_same_bytes(by: Agent, change: Change) -> None:
    """What was decoded is written as it was read, so that hashes of a history repeat."""
    event = decode_event(json.loads(canonical(encode_event(Event(1, "o", by, AT, change)))))
    assert canonical(encode_event(decode_event(encode_event(event)))) == canonical(encode_event(event))


@settings(max_examples=40)
@given(documents, nodes, links)
def test_documents_nodes_and_links_come_back(document: Any, node: Any, link: Any) -> None:
    """Model -> JSON -> model is the identity."""
    assert decode_document(encoded(document)) == document
    assert decode_node(encoded(node)) == node
    assert decode_link(encoded(link)) == link


def test_every_kind_of_change_has_a_decoder() -> None:
    """No event can be written that cannot be read again."""
    assert set(_CHANGES) == {kind.__name__ for kind in Change.__args__}


@pytest.mark.parametrize("kind", Change.__args__)
def test_an_empty_list_that_is_required_is_written(kind: Any) -> None:
    """Events with nothing in them, such as accepting no node, are read again too."""
    blank = {
        "document": "d",
        "ids": (),
        "accepted": True,
        "id": "n",
        "kept": "n",
        "absorbed": (),
        "turns": (),
    }
    names = [spec.name for spec in fields(kind)]
    if not set(names) <= blank.keys() or kind.__name__ == "DocumentAdded":
        return
    change = kind(**{name: blank[name] for name in names})
    assert decode_change(kind.__name__, json.loads(canonical(encoded(change)))) == change


@pytest.mark.parametrize(
    ("decode", "value"),
    [
        (decode_node, NODE),
        (decode_link, LINK),
        (decode_turn, TURN),
        (decode_document, DOCUMENT),
        (decode_event, EVENT),
        (decode_mention, {"document": "d", "start": 0, "end": 1}),
        (decode_agent, {"name": "ann"}),
    ],
)
def test_unknown_missing_and_mistyped_fields_are_errors(decode: Any, value: dict[str, Any]) -> None:
    """A field that is no field, one that is missing and one of a wrong type are each a ModelError."""
    decode(value)
    with pytest.raises(ModelError, match="extra"):
        decode({**value, "extra": 1})
    for name in value:
        with pytest.raises(ModelError):
            decode({key: item for key, item in value.items() if key != name} if name != "turns" else [])
        for wrong in (object(), 1.5, [[]], {"a": {}}):
            with pytest.raises(ModelError):
                decode({**value, name: wrong})


@pytest.mark.parametrize(
    ("decode", "value"),
    [
        (decode_node, {**NODE, "cue": 5}),
        (decode_node, {**NODE, "by": None}),
        (decode_node, {**NODE, "status": "maybe"}),
        (decode_node, {**NODE, "kind": "supports"}),
        (decode_node, {**NODE, "confidence": True}),
        (decode_node, {**NODE, "confidence": float("inf")}),
        (decode_node, {**NODE, "confidence": float("nan")}),
        (decode_node, {**NODE, "attributes": []}),
        (decode_node, {**NODE, "mentions": {"document": "d"}}),
        (decode_link, {**LINK, "sources": "n1"}),
        (decode_turn, {**TURN, "speaker": 5}),
        (decode_turn, {**TURN, "begin": "0:01"}),
        (decode_turn, {**TURN, "start": True}),
        (decode_turn, {**TURN, "end": 10**30}),
        (decode_document, {**DOCUMENT, "url": ["x"]}),
        (decode_document, {**DOCUMENT, "turns": [{**TURN, "end": 99}]}),
        (decode_event, {**EVENT, "because": 5}),
        (decode_event, {**EVENT, "seq": "1"}),
        (decode_event, {**EVENT, "type": "Exploded"}),
        (decode_event, {**EVENT, "type": "__class__"}),
        (decode_agent, {"name": "ann", "version": 2}),
        (decode_changes, {"status": "accepted"}),
        (decode_changes, {"kind": "nonsense"}),
        (decode_changes, {"kind": ["claim"]}),
    ],
)
def test_wrong_values_are_model_errors(decode: Any, value: Any) -> None:
    """A value that does not fit its field is refused, not guessed at."""
    with pytest.raises(ModelError):
        decode(value)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"kind": "claim", "text": "x"}, "a Node needs 'id'"),
        ({**NODE, "text": 5}, "text of a Node: expected text, not int"),
        ({**NODE, "kind": "opinion"}, "kind of a Node: 'opinion' is not a valid NodeKind"),
        (
            {**NODE, "mentions": [{"document": "d", "start": "0", "end": 1}]},
            "mentions of a Node: start of a Mention: expected a whole number, not '0'",
        ),
    ],
)
def test_an_error_names_the_field(value: dict[str, Any], message: str) -> None:
    """Whoever wrote the file is told which field is wrong, in words of the file."""
    with pytest.raises(ModelError) as caught:
        decode_node(value)
    assert str(caught.value) == message


@given(json_values)
def test_no_json_makes_a_decoder_stumble(value: Any) -> None:
    """Whatever JSON comes, a decoder gives a value or a ModelError."""
    for decode in (decode_event, decode_node, decode_link, decode_document, decode_changes):
        for shaped in (value, {**NODE, "attributes": value}, {**EVENT, "change": value}):
            message = ""
            try:
                decode(shaped)
            except ModelError as error:
                message = str(error)
            assert len(message.splitlines()) <= 1


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_what_is_not_json_is_a_model_error(value: Any) -> None:
    """Values that JSON does not have are refused before they reach a log."""
    with pytest.raises(ModelError):
        canonical({"a": value})


def test_canonical_text_does_not_depend_on_order() -> None:
    """Equal values have one text."""
    assert canonical({"b": 1, "a": [1, "ä"]}) == '{"a":[1,"ä"],"b":1}'
