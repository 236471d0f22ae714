"""`Argdown` -> map: statements and arguments as nodes, inferences and relations as links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from argmap.formats import guards
from argmap.formats.argdown.model import Argdown, Argument, End, Inference, Member, Relation, Statement
from argmap.formats.argdown.steps import steps
from argmap.formats.argdown.titles import plain
from argmap.formats.contract import Loaded
from argmap.formats.draft import Atom, Draft
from argmap.formats.draft import Relation as DraftRelation
from argmap.formats.extension import KEY, attributes_from, documents_from
from argmap.formats.soundness import checked
from argmap.model import ArgumentMap, Link, LinkKind, NodeKind
from argmap.model.codec import decode_link

_KINDS = {"support": "supports", "entails": "supports", "undercut": "undercuts"}


def map_of(model: Argdown, slot: Mapping[str, Any] | None = None) -> Loaded:
    """The map an Argdown text describes.

    Args:
        slot: what our own writer put beside the native text: documents, attributes, links.
    """
    whole = slot if slot is not None else slot_of(model.settings)
    draft = Draft()
    for statement in model.statements.values():
        draft.atoms[_name(statement)] = _atom(statement)
    names: dict[Inference, str] = {}
    for argument in model.arguments.values():
        _argument(draft, argument, names)
    for number, relation in enumerate(model.relations):
        _relation(draft, f"r{number}", relation, names)
    draft.finish()
    links = draft.all_links()
    if whole.get("links"):
        noted = [decode_link(value) for value in guards.objects(whole["links"], "links")]
        links = reconciled(links, noted, {node.id for node in draft.nodes.values()})
    settings = {name: value for name, value in model.settings.items() if name != KEY}
    attributes = attributes_from(whole) | ({"argdown": {"settings": settings}} if settings else {})
    found = ArgumentMap.of(documents_from(whole), draft.nodes.values(), links, attributes)
    return checked(found), tuple(draft.warnings)


def slot_of(box: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in our slot of a front matter or data block: JSON in a text."""
    text = box.get(KEY)
    return guards.json_object(text.encode()) if isinstance(text, str) else {}


def _name(end: Statement | Argument) -> str:
    return f"{end.type} {end.title}"


def _canonical(members: Iterable[Member], title: str) -> Member:
    """The member whose words count: the one that says so, else the last definition."""
    defined = [member for member in members if not member.is_reference and member.text.strip()]
    chosen = [member for member in defined if (member.data or {}).get("isCanonical") is True]
    return (chosen or defined or [Member(text=title)])[-1]


def _atom(item: Statement | Argument) -> Atom:
    member = _canonical(item.members, item.title)
    text = member.text.strip()
    spare = slot_of(item.data) or None
    if spare is not None:
        exact = spare.pop("text", text)
        shown = plain(exact) or item.title  # white space alone leaves no words but the title
        return Atom(exact if shown == text else text, spare=spare)
    noted = {**_said_of(item, text), "argument": isinstance(item, Argument)}
    if not item.title.startswith("Untitled ") and item.title != text:
        noted["title"] = item.title
    noted["links"] = [url for each in item.members for url in each.links]
    return Atom(text, _kind(item), attributes=_attributes(noted, item.tags))


def _said_of(item: Statement | Argument, text: str) -> dict[str, Any]:
    """What a text says of a statement or argument beside its words: data, section, other words for it."""
    data = {name: value for name, value in item.data.items() if name not in ("kind", KEY)}
    texts = dict.fromkeys(member.text.strip() for member in item.members if not member.is_reference)
    wordings = [other for other in texts if other not in ("", text)]
    return {"data": data, "section": list(item.section), "wordings": wordings}


def _attributes(noted: Mapping[str, Any], tags: list[str]) -> dict[str, Any]:
    found = {"argdown": {name: value for name, value in noted.items() if value}, "tags": list(tags)}
    return {name: value for name, value in found.items() if value}


def _kind(item: Statement | Argument) -> str | None:
    named = [item.data.get("kind"), *item.tags]
    return next((str(word) for word in named if word in {*NodeKind}), None)


def _argument(draft: Draft, argument: Argument, names: dict[Inference, str]) -> None:
    """An argument is a node, unless its structure says what it consists of: then each step is a link.

    Args:
        names: filled with the relation of each inference.
    """
    found = steps(argument)
    if not found:
        draft.atoms[_name(argument)] = _atom(argument)
        return
    described = _canonical(argument.members, "").text.strip()
    said = _said_of(argument, described)
    for premises, conclusion in found:
        inference = conclusion.inference or Inference()
        noted = {
            **said,
            "argument": argument.title,
            "rules": inference.rules,
            "data": said["data"] | {k: v for k, v in (inference.data or {}).items() if k != KEY},
            "description": described,
        }
        name = names[inference] = f"inference {inference.index} {argument.title}"
        attributes = _attributes(noted, argument.tags)
        draft.relations[name] = DraftRelation("supports", " ".join(inference.rules), attributes)
        for premise in premises:
            draft.edge(f"equivalence-class {premise.title}", name)
        draft.edge(name, f"equivalence-class {conclusion.title}")


def _relation(draft: Draft, name: str, relation: Relation, names: Mapping[Inference, str]) -> None:
    kind = _KINDS.get(relation.kind, "attacks")
    native = {} if relation.kind in ("support", "attack") else {"argdown": {"relation": relation.kind}}
    source, target = _start(relation.source), _place(draft, relation.target, names)
    if target.startswith("inference ") and kind != "supports":
        kind = "undercuts"
        native = native if relation.kind != "undercut" else {}
    elif target.startswith("inference "):
        target = next(iter(draft.out_of[target]), target)
    ends = [(source, target)]
    if relation.kind in ("contrary", "contradictory"):
        ends.append((target, source))
    for number, (start, end) in enumerate(ends):
        draft.relations[f"{name}.{number}"] = DraftRelation(kind, attributes=native)
        draft.edge(start, f"{name}.{number}")
        draft.edge(f"{name}.{number}", end)


def _start(end: End) -> str:
    """Where a relation starts: a reconstructed argument speaks through its conclusion."""
    if isinstance(end, Argument) and end.pcs:
        return f"equivalence-class {end.pcs[-1].title}"
    return f"inference {end.index} {end.argument}" if isinstance(end, Inference) else _name(end)


def _place(draft: Draft, end: End, names: Mapping[Inference, str]) -> str:
    """Where a relation ends: a node, or the last step of a reconstructed argument."""
    if isinstance(end, Argument) and end.pcs:
        draft.warnings.append(f"<{end.title}>: a relation to the argument is taken as one to its inference")
        end = end.pcs[-1].inference or Inference(argument=end.title)
    if isinstance(end, Inference):
        return names.get(end, f"inference {end.index} {end.argument}")
    return _name(end)


def natively(link: Link, inferred: Mapping[str, Any]) -> bool:
    """Whether Argdown says all of a link but its attributes.

    Args:
        inferred: ids of links that are written as inferences.
    """
    if link.kind is LinkKind.SUPPORTS:
        return True
    if link.kind is LinkKind.UNDERCUTS:
        return len(link.sources) == 1 and link.target in inferred
    return link.kind is LinkKind.ATTACKS and len(link.sources) == 1


def inferences(links: Iterable[Link]) -> dict[str, Link]:
    """The supports that are written as premises and conclusion: linked ones, and those that are undercut."""
    every = list(links)
    aimed_at = {link.target for link in every if link.kind is LinkKind.UNDERCUTS}
    return {
        link.id: link
        for link in every
        if link.kind is LinkKind.SUPPORTS and (len(link.sources) > 1 or link.id in aimed_at)
    }


def reconciled(links: list[Link], noted: list[Link], nodes: set[str]) -> list[Link]:
    """The links of the text with what was noted about them, and the noted ones that the text cannot say."""
    inferred = inferences(noted)
    known: dict[tuple[str, frozenset[str], str], list[Link]] = {}
    for link in noted:
        known.setdefault(_key(link, link.target), []).append(link)
    spoken = {
        (str(k.kind), source, k.target) for k in noted if not natively(k, inferred) for source in k.sources
    }
    renamed: dict[str, str] = {}
    found: dict[str, Link] = {}
    for link in sorted(links, key=lambda each: each.kind is LinkKind.UNDERCUTS):
        target = renamed.get(link.target, link.target)
        same = known.get(_key(link, target))
        if same:
            again = same.pop(0)
            renamed[link.id] = again.id
            found[again.id] = again
        elif not all((str(link.kind), source, target) in spoken for source in link.sources):
            found[link.id] = replace(link, target=target)
    return [*found.values(), *_unspoken(noted, inferred, found, nodes)]


def _key(link: Link, target: str) -> tuple[str, frozenset[str], str]:
    return str(link.kind), frozenset(link.sources), target


def _unspoken(
    noted: list[Link], inferred: Mapping[str, Link], found: Mapping[str, Link], nodes: set[str]
) -> list[Link]:
    """Noted links that Argdown cannot say, as far as their ends are still there."""
    waiting = [link for link in noted if link.id not in found and not natively(link, inferred)]
    held, kept = nodes | set(found), []
    while waiting:
        ready = [link for link in waiting if link.target in held and set(link.sources) <= nodes]
        if not ready:
            break
        kept += ready
        held |= {link.id for link in ready}
        waiting = [link for link in waiting if link.id not in held]
    return kept
