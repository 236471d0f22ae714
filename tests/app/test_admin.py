"""Admin: roles, shares, gold versions and integrity, for those who may."""

from __future__ import annotations

from argmap.knowledge_base import KnowledgeBase
from argmap.model.roles import Role
from tests.app.screens_at_test import Explorer, shown


def test_roles_are_given_and_taken_back(explorer: Explorer, kb: KnowledgeBase) -> None:
    """The first one given has to be admin; a later one counts; the reason of a refusal is shown."""
    test = explorer("admin", by="root")
    test.text_input(key="grant-name").set_value("ann")
    test.selectbox(key="grant-role").set_value("annotator")
    test.button(key="grant-save").click().run()
    assert "somebody has to be admin" in test.error[0].value
    test.text_input(key="grant-name").set_value(" ")
    test.button(key="grant-save").click().run()
    assert [error.value for error in test.error] == ["Write a name first."]
    for name, role in (("root", "admin"), ("ann", "annotator"), ("ann", "reader")):
        test.text_input(key="grant-name").set_value(name)
        test.selectbox(key="grant-role").set_value(role)
        test.button(key="grant-save").click().run()
    assert {"root": Role.ADMIN, "ann": Role.READER} == kb.roles()
    assert "no end" in shown(test)


def test_only_those_who_may_see_the_forms(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Readers and annotators are told; adjudicators freeze and do not give roles."""
    for name, role in (("root", "admin"), ("judge", "adjudicator"), ("ann", "annotator")):
        kb.grant(name, role, by="root")
    assert "this takes the role adjudicator" in shown(explorer("admin", by="ann"))
    keys = {button.key for button in explorer("admin", by="judge").button}
    assert "check" in keys
    assert "grant-save" not in keys
    test = explorer("admin", by="judge")
    test.text_input(key="freeze-name").set_value("v1")
    test.button(key="freeze-save").click().run()
    assert "v1: frozen by judge" in shown(test)
    assert ["v1"] == list(kb.frozen())


def test_shares_are_set(explorer: Explorer, kb: KnowledgeBase) -> None:
    """Both at once, as one event."""
    test = explorer("admin", by="root")
    test.slider(key="share-overlap").set_value(0.5)
    test.button(key="share-save").click().run()
    assert {"overlap": 0.5, "blind": 0.2} == kb.shares()


def test_integrity_is_checked_when_asked(explorer: Explorer) -> None:
    """A sound knowledge base has no error; its weaknesses are listed."""
    test = explorer("admin", by="root")
    test.button(key="check").click().run()
    assert "0 errors" in test.success[0].value
    assert not test.exception
