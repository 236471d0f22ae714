"""What an Argdown text says: equivalence classes, arguments, relations; the same for its text and its JSON.

Source: argdown/argdown, packages/argdown-core/src/model (1.7.5).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Member:
    """One place where a statement or an argument's description stands."""

    role: str = ""
    title: str = ""
    text: str = ""
    is_reference: bool = False
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] | None = None
    links: list[str] = field(default_factory=list)
    inference: Inference | None = None


@dataclass(slots=True, eq=False)
class Statement:
    """An equivalence class: everything under one title."""

    title: str
    members: list[Member] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    section: tuple[str, ...] = ()
    relations: list[Relation] = field(default_factory=list)

    type = "equivalence-class"


@dataclass(slots=True, eq=False)
class Argument:
    """An argument: its descriptions, and its premise-conclusion structure where it has one."""

    title: str
    members: list[Member] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    section: tuple[str, ...] = ()
    relations: list[Relation] = field(default_factory=list)
    pcs: list[Member] = field(default_factory=list)

    type = "argument"


@dataclass(slots=True, eq=False)
class Inference:
    """A step to a conclusion; ``index`` is the conclusion's place in the structure, from 0."""

    rules: list[str] = field(default_factory=list)
    data: dict[str, Any] | None = None
    argument: str = ""
    index: int = 0
    relations: list[Relation] = field(default_factory=list)

    type = "inference"


End = Statement | Argument | Inference


@dataclass(slots=True, eq=False)
class Relation:
    """support, attack, entails, contrary, contradictory or undercut, between any two ends."""

    kind: str
    source: End
    target: End


@dataclass(slots=True)
class Argdown:
    """A whole Argdown text."""

    statements: dict[str, Statement] = field(default_factory=dict)
    arguments: dict[str, Argument] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)

    def statement(self, title: str) -> Statement:
        """The class of this title, made where it is new."""
        return self.statements.setdefault(title, Statement(title))

    def argument(self, title: str) -> Argument:
        """The argument of this title, made where it is new."""
        return self.arguments.setdefault(title, Argument(title))


def related(model: Argdown, relation: Relation) -> None:
    """Add a relation, once; a contradiction holds both ways."""
    for other in relation.source.relations:
        same = other.kind == relation.kind
        if same and other.target is relation.target and other.source is relation.source:
            return
        turned = other.source is relation.target and other.target is relation.source
        if same and turned and relation.kind == "contradictory":
            return
    model.relations.append(relation)
    relation.source.relations.append(relation)
    if relation.target is not relation.source:
        relation.target.relations.append(relation)


def resolve(model: Argdown) -> None:
    """Let reconstructed arguments speak through their conclusions, as the official tools do."""
    settings = model.settings.get("model")
    settings = settings if isinstance(settings, dict) else {}
    if settings.get("transformArgumentRelations") not in (False, "false"):
        model.relations = [relation for relation in model.relations if _rehomed(model, relation)]
    if settings.get("mode") == "strict":
        model.relations = [relation for relation in model.relations if _strict(relation)]
    model.relations = [relation for relation in model.relations if not _redundant(relation)]


def _detach(relation: Relation, *ends: End) -> None:
    for end in ends:
        if relation in end.relations:
            end.relations.remove(relation)


def _known(end: End, relation: Relation, *, by_target: bool) -> bool:
    for other in end.relations:
        if other.kind != relation.kind:
            continue
        if (other.target is relation.target) if by_target else (other.source is relation.source):
            return True
    return False


def _rehomed(model: Argdown, relation: Relation) -> bool:
    """Whether the relation stays, after an end that is a reconstructed argument became its conclusion
    or inference.
    """
    source, target = relation.source, relation.target
    keep = True
    if isinstance(source, Argument) and source.pcs:
        _detach(relation, source)
        conclusion = relation.source = model.statements[source.pcs[-1].title]
        if _known(conclusion, relation, by_target=True):
            _detach(relation, target)
            keep = False
        else:
            conclusion.relations.append(relation)
    if isinstance(target, Argument) and target.pcs and relation.kind == "undercut":
        inference = target.pcs[-1].inference
        if inference is not None:
            relation.target = inference
            if _known(inference, relation, by_target=False):
                _detach(relation, relation.source)
                return False
            inference.relations.append(relation)
    return keep


def _strict(relation: Relation) -> bool:
    """Whether the relation stays, after it got its logical meaning."""
    source, target = relation.source, relation.target
    if not (isinstance(source, Statement) and isinstance(target, Statement)):
        return True
    if relation.kind == "support":
        relation.kind = "entails"
    elif relation.kind == "attack":
        for other in source.relations:
            if other.kind == "contrary" and {id(other.source), id(other.target)} == {id(source), id(target)}:
                _detach(relation, source, target)
                return False
        relation.kind = "contrary"
    return True


def _redundant(relation: Relation) -> bool:
    """An attack on an argument whose premise the same statement attacks already."""
    source, target = relation.source, relation.target
    if not (isinstance(source, Statement) and relation.kind == "attack" and isinstance(target, Argument)):
        return False
    premises = {member.title for member in target.pcs if member.role == "premise"}
    for other in source.relations:
        end = other.target if other.source is source else other.source
        opposed = (other.kind == "attack" and other.source is source) or other.kind in (
            "contradictory",
            "contrary",
        )
        if opposed and isinstance(end, Statement) and end.title in premises:
            _detach(relation, source, target)
            return True
    return False
