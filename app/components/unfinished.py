"""What somebody has typed into a form and not saved: the server keeps it, so that no reload loses it.

The browser sends what is typed after a short pause, and every few seconds without one (`shell.js`). It waits
by the name of the person, through a reload, a closed tab, a lost connection and a crash, until it is saved or
dropped (`argmap.store.unfinished`).
"""

from __future__ import annotations

from collections.abc import Callable

from app import state
from argmap.places import beside
from argmap.store.unfinished import Form, Unfinished


def _opened() -> Unfinished:
    store = state.knowledge_base().store
    return Unfinished(store.engine, file=beside(store.url, ".drafts"))


def _kept() -> Unfinished:
    found: Unfinished = state.common("unfinished", _opened)
    return found


def words(form: Form | None, field: str) -> str | None:
    """What was typed into a field of a form."""
    return None if form is None else _kept().words(state.person(), form, field)


def keep(form: Form | None, field: str, value: str, *, was: str = "") -> None:
    """Keep what is in a field; nothing, where it is what the form began with."""
    if form is not None:
        _kept().keep(state.person(), form, field, "" if value == was else value)


def drop(form: Form) -> None:
    """Forget a form that is not wanted."""
    _kept().drop(state.person(), form)


def dropping(form: Form | None) -> Callable[[], None]:
    """What forgets a form once it is saved, without another look at the session."""
    kept, person = _kept(), state.person()

    def done() -> None:
        if form is not None:
            kept.drop(person, form)

    return done


def about(ids: set[str]) -> list[tuple[Form, str]]:
    """The forms of this person about these claims and links, newest first, with what was typed last."""
    return [(form, typed) for form, typed in _kept().of(state.person()) if form[1] in ids]
