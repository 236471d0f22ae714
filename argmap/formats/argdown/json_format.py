"""The Argdown JSON of the official tools, with or without a map; our slot is the key ``argmap`` at the
top.
"""

from __future__ import annotations

import json
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.argdown.model import (
    Argdown,
    Argument,
    End,
    Inference,
    Member,
    Relation,
    Statement,
    related,
)
from argmap.formats.argdown.parser import parsed
from argmap.formats.argdown.reading import map_of
from argmap.formats.argdown.writing import slot, text_of
from argmap.formats.contract import Dumped, FileFormat, Loaded
from argmap.formats.extension import KEY
from argmap.model import ArgumentMap

JSON = dict[str, Any]


def dump(argument_map: ArgumentMap) -> Dumped:
    """The map as the official tools would print its Argdown text; nothing is lost."""
    model = parsed(text_of(argument_map))
    value = {
        "arguments": {title: _argument(item) for title, item in model.arguments.items()},
        "statements": {title: _statement(item) for title, item in model.statements.items()},
        "relations": [_relation(relation) for relation in model.relations],
        "sections": [],
        "tags": {},
        KEY: slot(argument_map),
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode(), ()


def _statement(item: Statement) -> JSON:
    value = {
        "type": item.type,
        "title": item.title,
        "relations": [_relation(relation) for relation in item.relations],
        "members": [_member(member) for member in item.members],
    }
    return value | ({"data": item.data} if item.data else {}) | ({"tags": item.tags} if item.tags else {})


def _argument(item: Argument) -> JSON:
    value = {
        "type": item.type,
        "title": item.title,
        "relations": [_relation(relation) for relation in item.relations],
        "members": [_member(member) for member in item.members],
        "pcs": [_member(member) for member in item.pcs],
    }
    return value | ({"data": item.data} if item.data else {}) | ({"tags": item.tags} if item.tags else {})


def _member(member: Member) -> JSON:
    value: JSON = {"type": "statement", "role": member.role, "title": member.title}
    value |= {"isReference": True} if member.is_reference else {"text": member.text}
    if member.inference:
        value["inference"] = {
            "type": "inference",
            "inferenceRules": member.inference.rules,
            "conclusionIndex": member.inference.index,
            "argumentTitle": member.inference.argument,
            **({"data": member.inference.data} if member.inference.data else {}),
        }
    return value


def _relation(relation: Relation) -> JSON:
    value = {"type": "relation", "relationType": relation.kind}
    for word, end in (("from", relation.source), ("to", relation.target)):
        value[word] = end.argument if isinstance(end, Inference) else end.title
        value[f"{word}Type"] = end.type
    if isinstance(relation.target, Inference):
        return value | {"conclusionIndex": relation.target.index}
    return value


def _model(value: JSON) -> Argdown:
    model, sections = Argdown(), _sections(value.get("sections"))
    for title, box in guards.mapping(value.get("statements"), "statements").items():
        _fill(model.statement(title), guards.mapping(box, title), sections)
    for title, box in guards.mapping(value.get("arguments"), "arguments").items():
        item = guards.mapping(box, title)
        argument = model.argument(title)
        _fill(argument, item, sections)
        argument.pcs = [_read_member(member) for member in guards.objects(item.get("pcs"), "pcs")]
        for member in argument.pcs:
            model.statement(member.title)
    for box in guards.objects(value.get("relations"), "relations"):
        source, target = _end(model, box, "from"), _end(model, box, "to")
        if source is not None and target is not None:
            related(model, Relation(str(box.get("relationType")), source, target))
    return model


def _sections(value: Any) -> dict[str, tuple[str, ...]]:
    """Id of a section -> its heading after those above it."""
    found: dict[str, tuple[str, ...]] = {}
    stack: list[tuple[tuple[str, ...], JSON]] = [((), box) for box in guards.objects(value, "sections")]
    while stack:
        above, box = stack.pop()
        path = (*above, str(box.get("title") or ""))
        found[str(box.get("id"))] = path
        stack += [(path, child) for child in guards.objects(box.get("children"), "children")]
    return found


def _fill(item: Statement | Argument, box: JSON, sections: dict[str, tuple[str, ...]]) -> None:
    item.members = [_read_member(member) for member in guards.objects(box.get("members"), "members")]
    item.data = guards.mapping(box.get("data"), "data")
    item.section = sections.get(str(box.get("section")), ())
    tags = box.get("tags")
    item.tags = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _read_member(box: JSON) -> Member:
    member = Member(str(box.get("role") or ""), guards.optional_text(box.get("title"), "title"))
    member.text = guards.optional_text(box.get("text"), f"text of {member.title}")
    member.is_reference = box.get("isReference") is True
    member.data = guards.mapping(box.get("data"), "data")
    if "inference" in box:
        noted = guards.mapping(box["inference"], "inference")
        rules = noted.get("inferenceRules")
        member.inference = Inference([str(rule) for rule in rules] if isinstance(rules, list) else [])
        member.inference.argument = guards.optional_text(noted.get("argumentTitle"), "argumentTitle")
        place = noted.get("conclusionIndex")
        member.inference.index = place if isinstance(place, int) else 0
        member.inference.data = guards.mapping(noted.get("data"), "data")
    return member


def _end(model: Argdown, box: JSON, word: str) -> End | None:
    title = guards.text_of(box.get(word), f"'{word}' of a relation")
    kind = box.get(f"{word}Type")
    if kind == "equivalence-class":
        return model.statement(title)
    argument = model.arguments.get(title)
    if argument is None:
        raise FormatError(f"a relation names <{title:.60}>, which is not there")
    if kind != "inference":
        return argument
    return next(
        (
            m.inference
            for m in argument.pcs
            if m.inference and m.inference.index == box.get("conclusionIndex")
        ),
        None,
    )


def load(data: bytes) -> Loaded:
    """The map of Argdown JSON.

    Raises:
        FormatError: not Argdown JSON.
    """
    value = guards.json_object(data)
    if not isinstance(value.get("statements"), dict):
        raise FormatError("not Argdown JSON: it has no statements")
    return map_of(_model(value), guards.mapping(value.get(KEY), KEY))


def sniff(data: bytes) -> bool:
    """Whether there are statements, arguments and relations."""
    top = guards.outline(data)
    return all(name in top for name in ("statements", "arguments", "relations"))


FORMAT = FileFormat("argdown-json", ".json", "application/json", dump, load, sniff)
