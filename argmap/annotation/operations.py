"""What an annotator's keys ask for, applied once each, in order, whatever is sent again.

A browser numbers what a person does and sends it until it is acknowledged. Every operation is one write
whose operation id holds the person, the browser tab's queue and the number; so what the log holds is what is
acknowledged, also after a crash. (A number per document would be given twice by two tabs on one document.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from argmap.errors import ArgmapError, DecisionError, ModelError, StoreError
from argmap.model import Document, LinkKind, Mention, NodeKind
from argmap.model.codec import encoded
from argmap.model.events import NodeAdded
from argmap.store import annotating
from argmap.store.deciding import Deciding
from argmap.store.drafts import Outcome
from argmap.store.sql_store import SqlStore

MOST_AT_ONCE = 2_000
_LONGEST_NOTE = 2_000
_NEW = "new"

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a person did.

    Args:
        queue: name of the tab's queue.
        seq: its number there, from 1.
        verb: one of `VERBS`.
        fields: what the verb needs.
    """

    queue: str
    seq: int
    verb: str
    fields: Fields = field(default_factory=dict)

    @property
    def new_id(self) -> str:
        """What the browser calls the node that this operation makes, before it knows its id."""
        return f"{_NEW}:{self.queue}:{self.seq}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a batch.

    Args:
        acked: queue -> number up to which everything is stored, or refused for good.
        made: what the browser called a new node -> its id.
        refused: number and reason of what makes no sense and changed nothing.
        problem: why the rest is not stored yet; it has to be sent again.
    """

    acked: Mapping[str, int] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[tuple[int, str], ...] = ()
    problem: str | None = None


def read_operations(raw: Any) -> list[Operation]:
    """The operations that a browser sent.

    Raises:
        ModelError: they are not what a browser of ours sends.
    """
    if not isinstance(raw, list) or len(raw) > MOST_AT_ONCE:
        raise ModelError("operations come as a list, and not too many at once")
    return [_operation(one) for one in raw]


def _operation(raw: Any) -> Operation:
    values = raw if isinstance(raw, dict) else {}
    queue, seq, verb = values.get("queue"), values.get("seq"), values.get("verb")
    if not isinstance(queue, str) or not (queue.isascii() and queue.isalnum() and len(queue) <= 40):
        raise ModelError("an operation needs the name of its queue")
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 < seq < 2**31:
        raise ModelError("an operation needs its number")
    if not isinstance(verb, str) or verb not in VERBS:
        raise ModelError("an operation needs a verb that there is")
    fields = {name: value for name, value in values.items() if name not in ("queue", "seq", "verb")}
    return Operation(queue, seq, verb, fields)


def apply_operations(kb: Deciding, operations: Sequence[Operation], *, by: str) -> Receipt:
    """Write what is not written yet, one transaction each, in order.

    What makes no sense is refused, and the rest goes on; where the store cannot write, everything from there
    on waits. Sent again, nothing happens twice.

    Args:
        by: who did it.
    """
    acked = stored_numbers(kb.store, {operation.queue for operation in operations}, by=by)
    made: dict[str, str] = {}
    refused: list[tuple[int, str]] = []
    for operation in sorted(operations, key=lambda one: (one.queue, one.seq)):
        try:
            if operation.seq > acked[operation.queue]:
                VERBS[operation.verb](_Desk(kb, by), operation)
            made |= _made(kb.store, operation, by)
        except StoreError as error:
            return Receipt(acked, made, tuple(refused), str(error))
        except ArgmapError as error:
            refused.append((operation.seq, str(error)))
        acked[operation.queue] = max(acked[operation.queue], operation.seq)
    return Receipt(acked, made, tuple(refused))


def stored_numbers(store: SqlStore, queues: Iterable[str], *, by: str) -> dict[str, int]:
    """Each of a person's queues -> the number of its last operation in the log; 0 where there is none."""
    with store.reading() as connection:
        return {
            queue: _number(annotating.last_operation(connection, operation_id(by, queue), by))
            for queue in sorted(queues)
        }


def _number(operation: str | None) -> int:
    return int(operation.rpartition(":")[2]) if operation else 0


def operation_id(by: str, queue: str, seq: int | str = "") -> str:
    """The id of an operation in the log; without a number, how those of a queue begin."""
    return f"{by}:{queue}:{seq}"


def _made(store: SqlStore, operation: Operation, by: str) -> dict[str, str]:
    if operation.verb != "add":
        return {}
    node_id = _added(store, operation_id(by, operation.queue, operation.seq))
    return {operation.new_id: node_id} if node_id else {}


def _added(store: SqlStore, operation: str) -> str | None:
    """The node that an operation of the log made."""
    changes = [event.change for event in store.operation(operation)]
    return next((change.node.id for change in changes if isinstance(change, NodeAdded)), None)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one person's operations are carried out."""

    kb: Deciding
    by: str

    def stamp(self, operation: Operation) -> dict[str, Any]:
        number = operation_id(self.by, operation.queue, operation.seq)
        return {"by": self.by, "operation": number}

    def id(self, fields: Fields, name: str = "id") -> str:
        """The node or link that a field names; a new node by what the browser calls it."""
        value = _text(fields, name)
        prefix, _, number = value.partition(":")
        if prefix != _NEW:
            return value
        node_id = _added(self.kb.store, f"{self.by}:{number}")
        if node_id is None:
            raise DecisionError("the new span that this is about was not stored")
        return node_id


def _accept(desk: _Desk, operation: Operation) -> Outcome:
    return desk.kb.accept(_ids(desk, operation.fields), **desk.stamp(operation))


def _reject(desk: _Desk, operation: Operation) -> Outcome:
    return desk.kb.reject(_ids(desk, operation.fields), **desk.stamp(operation))


def _add(desk: _Desk, operation: Operation) -> Outcome:
    fields = operation.fields
    document = desk.kb.document(_text(fields, "document"))
    mention = _mention(document, fields)
    words = " ".join(document.quote(mention.start, mention.end).split())
    return desk.kb.claim(
        NodeKind(_choice(fields, NodeKind)), words, mentions=[mention], **desk.stamp(operation)
    )


def _kind(desk: _Desk, operation: Operation) -> Outcome:
    changes = {"kind": _choice(operation.fields, (*NodeKind, *LinkKind))}
    return desk.kb.revise(desk.id(operation.fields), changes=changes, **desk.stamp(operation))


def _move(desk: _Desk, operation: Operation) -> Outcome:
    """Put the mention of a node in a turn elsewhere in it, of several the nearest; its others stay.

    A wording that was what the mention quotes goes with it.
    """
    node = desk.kb.node(desk.id(operation.fields))
    document = desk.kb.document(_text(operation.fields, "document"))
    place = _mention(document, operation.fields)
    words, turn = document.quote(place.start, place.end), document.turn_at(place.start)
    here = [m for m in node.mentions if m.document == document.id and document.turn_at(m.start) == turn]
    here.sort(key=lambda mention: (-mention.span.overlap(place.span), abs(mention.start - place.start)))
    if here and place.speaker is None:
        place = replace(place, speaker=here[0].speaker)
    others = [mention for mention in node.mentions if mention not in here[:1]]
    changes: dict[str, Any] = {"mentions": [encoded(mention) for mention in (*others, place)]}
    if here and node.text.split() == document.text[here[0].start : here[0].end].split():
        changes["text"] = " ".join(words.split())
    return desk.kb.revise(node.id, changes=changes, **desk.stamp(operation))


def _link(desk: _Desk, operation: Operation) -> Outcome:
    source, target = desk.id(operation.fields, "source"), desk.id(operation.fields, "target")
    kind = _choice(operation.fields, LinkKind)
    return desk.kb.connect(kind, [source], target, **desk.stamp(operation))


def _comment(desk: _Desk, operation: Operation) -> Outcome:
    text = _text(operation.fields, "text").strip()[:_LONGEST_NOTE] or "unsure"
    return desk.kb.comment(desk.id(operation.fields), text, **desk.stamp(operation))


VERBS: Mapping[str, Callable[[_Desk, Operation], Outcome]] = {
    "accept": _accept,
    "reject": _reject,
    "add": _add,
    "kind": _kind,
    "move": _move,
    "link": _link,
    "comment": _comment,
    "undo": lambda desk, operation: desk.kb.undo(**desk.stamp(operation)),
    "redo": lambda desk, operation: desk.kb.redo(**desk.stamp(operation)),
}


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise ModelError(f"an operation needs '{name}' as text")
    return value


def _choice(fields: Fields, kinds: Iterable[NodeKind | LinkKind]) -> str:
    kind = _text(fields, "kind")
    if kind not in [known.value for known in kinds]:
        raise ModelError(f"there is no kind '{kind[:40]}'")
    return kind


def _ids(desk: _Desk, fields: Fields) -> list[str]:
    ids = fields.get("ids")
    if not isinstance(ids, list) or not ids:
        raise ModelError("an operation needs 'ids'")
    return [desk.id({"id": item_id}) for item_id in ids]


def _mention(document: Document, fields: Fields) -> Mention:
    start, end = fields.get("start"), fields.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        raise ModelError("a span is two whole numbers")
    turn = document.turn_at(start)
    return Mention(document.id, start, end, turn.speaker if turn else None)
