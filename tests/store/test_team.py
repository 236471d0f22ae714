"""Roles are checked on every write, and a frozen version stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from argmap.errors import DecisionError, PermissionDenied, UnknownName
from argmap.knowledge_base import KnowledgeBase
from argmap.model import ArgumentMap, Status, Turn, new_node, replay
from argmap.model.roles import Role

CLAIM = new_node("claim", "Trams are cheap.", status=Status.SUGGESTED, by="miner@1")


@pytest.fixture
def kb() -> Iterator[KnowledgeBase]:
    with KnowledgeBase(":memory:", by="root") as opened:
        opened.add_bytes(b"Ann: Trams are cheap.\n", name="a.txt", mine=False)
        opened.bring(ArgumentMap.of(nodes=[CLAIM]))
        yield opened


@pytest.fixture
def team(kb: KnowledgeBase) -> KnowledgeBase:
    for name, role in (("root", "admin"), ("judge", "adjudicator"), ("ann", "annotator"), ("rea", "reader")):
        kb.grant(name, role)
    return kb


def decided_elsewhere(kb: KnowledgeBase, **stamp: Any) -> Any:
    return kb.bring(ArgumentMap.of(nodes=[new_node("claim", "Bob said so.", by="bob")]), **stamp)


VERBS: dict[str, tuple[Role, Callable[..., Any]]] = {
    "accept": (Role.ANNOTATOR, lambda kb, **s: kb.accept(CLAIM.id, **s)),
    "reject": (Role.ANNOTATOR, lambda kb, **s: kb.reject(CLAIM.id, **s)),
    "claim": (Role.ANNOTATOR, lambda kb, **s: kb.claim("claim", "Another.", **s)),
    "reply": (Role.ANNOTATOR, lambda kb, **s: kb.reply(CLAIM.id, "attacks", "No.", **s)),
    "revise": (Role.ANNOTATOR, lambda kb, **s: kb.revise(CLAIM.id, changes={"text": "New."}, **s)),
    "comment": (Role.ANNOTATOR, lambda kb, **s: kb.comment(CLAIM.id, "hm", **s)),
    "add": (Role.ANNOTATOR, lambda kb, **s: kb.add_bytes(b"Bob: No.\n", name="b.txt", mine=False, **s)),
    "correct": (
        Role.ADJUDICATOR,
        lambda kb, **s: kb.correct_turns(kb.documents()[0].id, [Turn("t1", 0, 3, "Ann")], **s),
    ),
    "adjudicate": (Role.ADJUDICATOR, lambda kb, **s: kb.adjudicate(CLAIM.id, accepted=True, **s)),
    "settle": (Role.ADJUDICATOR, lambda kb, **s: kb.settle([CLAIM.id], [], **s)),
    "freeze": (Role.ADJUDICATOR, lambda kb, **s: kb.freeze("v1", **s)),
    "grant": (Role.ADMIN, lambda kb, **s: kb.grant("new", "reader", **s)),
    "share": (Role.ADMIN, lambda kb, **s: kb.share(overlap=0.5, blind=0.1, **s)),
    "speak for others": (Role.ADMIN, decided_elsewhere),
}
NAMES = {"rea": Role.READER, "nobody": Role.READER, "ann": Role.ANNOTATOR, "judge": Role.ADJUDICATOR}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", [*NAMES, "root"])
def test_every_verb_takes_its_role(team: KnowledgeBase, verb: str, name: str) -> None:
    """Those below are refused and nothing changes; the others can."""
    wanted, act = VERBS[verb]
    version = team.version
    if NAMES.get(name, Role.ADMIN).rank >= wanted.rank:
        act(team, by=name)
        assert team.version > version
        return
    with pytest.raises(PermissionDenied, match=f"{name} is {NAMES[name].value} here"):
        act(team, by=name)
    assert team.version == version


@pytest.mark.parametrize("verb", VERBS)
def test_without_roles_everybody_may(kb: KnowledgeBase, verb: str) -> None:
    """One person on their own machine needs no roles."""
    VERBS[verb][1](kb, by="root") if verb != "grant" else kb.grant("root", "admin")
    assert kb.role("anybody") is (Role.READER if verb == "grant" else Role.ADMIN)


def test_somebody_stays_admin(kb: KnowledgeBase) -> None:
    """The first grant makes an admin, and the last admin keeps the role."""
    with pytest.raises(DecisionError, match="admin"):
        kb.grant("ann", "annotator")
    kb.grant("root", "admin")
    with pytest.raises(DecisionError, match="admin"):
        kb.grant("root", "reader")
    with pytest.raises(UnknownName, match="known: adjudicator, admin, annotator, reader"):
        kb.grant("ann", "king")


def test_a_grant_can_be_taken_back_by_who_may_give_it(team: KnowledgeBase) -> None:
    """Undo gives the former role back; somebody who lost the role cannot undo with it."""
    team.grant("ann", "adjudicator")
    assert team.role("ann") is Role.ADJUDICATOR
    team.undo()
    assert team.role("ann") is Role.ANNOTATOR
    team.freeze("v1", by="judge")
    team.grant("judge", "annotator")
    with pytest.raises(PermissionDenied):
        team.undo(by="judge")


def test_who_lost_the_role_cannot_redo_with_it(team: KnowledgeBase) -> None:
    """Redoing a grant grants: it takes the role that granting takes."""
    team.grant("ann", "admin")
    team.grant("mallory", "admin", by="ann")
    team.undo(by="ann")
    team.grant("ann", "annotator")
    with pytest.raises(PermissionDenied, match="takes the role admin"):
        team.redo(by="ann")
    assert team.role("mallory") is Role.READER


def test_an_undo_leaves_somebody_admin(kb: KnowledgeBase) -> None:
    """Taking back the last admin's grant would lock a team out; without other roles it ends the team."""
    kb.grant("root", "admin")
    kb.grant("ann", "admin")
    kb.grant("judge", "adjudicator", by="ann")
    kb.undo()
    with pytest.raises(DecisionError, match="somebody has to be admin"):
        kb.undo()
    kb.grant("ann", "admin")
    kb.undo(by="ann")
    kb.undo()
    kb.undo()
    assert kb.roles() == {}


def test_a_frozen_version_never_changes(kb: KnowledgeBase) -> None:
    """Later decisions, and an undo of earlier ones, leave it as it stood; an undone freeze is none."""
    kb.accept(CLAIM.id, by="ann")
    kb.freeze("v1", by="judge")
    before, _ = kb.dump("json", frozen="v1")
    kb.undo(by="ann")
    kb.reject(CLAIM.id, by="bob")
    kb.revise(CLAIM.id, changes={"text": "Trams cost money."}, by="bob")
    assert kb.dump("json", frozen="v1")[0] == before != kb.dump("json")[0]
    assert kb.frozen_map("v1").nodes[CLAIM.id].status is Status.ACCEPTED
    assert kb.frozen_map("v1") == replay(kb.frozen_events("v1"))
    whole, _ = kb.dump("json", frozen="v1", history=True)
    assert [node["text"] for node in json.loads(whole)["nodes"]] == ["Trams are cheap."]
    with pytest.raises(DecisionError, match="already"):
        kb.freeze("v1")
    kb.undo(by="judge")
    with pytest.raises(UnknownName, match="frozen version"):
        kb.frozen_map("v1")


def test_shares(kb: KnowledgeBase) -> None:
    """A fifth each until somebody says otherwise, and never more than all."""
    assert kb.shares() == {"overlap": 0.2, "blind": 0.2}
    kb.share(overlap=1, blind=0)
    assert kb.shares() == {"overlap": 1.0, "blind": 0.0}
    for bad in (-0.1, 1.1, float("nan")):
        with pytest.raises(DecisionError):
            kb.share(overlap=bad, blind=0)


def test_a_role_ends_on_its_day(team: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then it holds, from then on its holder reads; a role without an end stays."""
    team.grant("ann", "adjudicator", until="2030-06-01")
    for today, role in (("2030-05-31", Role.ADJUDICATOR), ("2030-06-01", Role.READER)):
        monkeypatch.setattr("argmap.store.team.today", lambda day=today: day)
        assert role is team.role("ann")
    with pytest.raises(PermissionDenied, match="ann is reader here"):
        team.accept(CLAIM.id, by="ann")
    assert "2030-06-01" == team.grants()["ann"].until
    assert Role.ADMIN is team.role("root")
    team.grant("ann", "annotator")
    team.accept(CLAIM.id, by="ann")
    with pytest.raises(DecisionError, match="no day"):
        team.grant("ann", "annotator", until="soon")


def test_an_admin_whose_role_ends_is_not_enough(kb: KnowledgeBase) -> None:
    """Somebody has to be admin for good, or a team could lock itself out by waiting."""
    with pytest.raises(DecisionError, match="without an end"):
        kb.grant("root", "admin", until="2030-06-01")
    kb.grant("root", "admin")
    kb.grant("ann", "admin", until="2030-06-01")
    with pytest.raises(DecisionError, match="without an end"):
        kb.grant("root", "reader")


@pytest.mark.parametrize("verb", ["accept", "freeze", "grant", "undo"])
def test_a_role_that_was_just_taken_back_counts_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """Roles are looked up inside the writing transaction: what is taken back before it starts is gone."""
    place = tmp_path / "debate.db"
    with KnowledgeBase(place, by="root") as one, KnowledgeBase(place, by="root") as other:
        one.bring(ArgumentMap.of(nodes=[CLAIM]))
        one.grant("root", "admin")
        one.grant("ann", "admin")
        one.accept(CLAIM.id, by="ann")
        append = one.store.append

        def late(*arguments: Any, **options: Any) -> Any:
            other.grant("ann", "reader")
            return append(*arguments, **options)

        monkeypatch.setattr(one.store, "append", late)
        acts = {name: act for name, (_, act) in VERBS.items()} | {"undo": lambda kb, **s: kb.undo(**s)}
        with pytest.raises(PermissionDenied, match="ann is reader here"):
            acts[verb](one, by="ann")
        assert Role.READER is other.role("ann")


def test_two_cannot_freeze_under_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are compared inside the writing transaction."""
    place = tmp_path / "debate.db"
    with KnowledgeBase(place, by="ann") as one, KnowledgeBase(place, by="bob") as other:
        append = one.store.append
        monkeypatch.setattr(one.store, "append", lambda *a, **o: (other.freeze("v1"), append(*a, **o))[1])
        with pytest.raises(DecisionError, match="already"):
            one.freeze("v1")
        assert ["v1"] == list(one.frozen())
