"""What somebody has typed into a form and not saved: the server keeps it, so that no reload loses it.

The browser sends what is typed after a short pause, and every few seconds without one (`shell.js`). It waits
here by the name of the person, through a reload, a closed tab, a lost connection and a crash, until it is
saved or dropped: in a small file beside an SQLite knowledge base, in memory where that is elsewhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress

from app import state
from argmap.places import beside

MOST = 1_000  # fields of forms; the oldest go first

Form = tuple[str, str, str]  # its name, what it is about, a detail

_TABLE = """
CREATE TABLE IF NOT EXISTS field (
    person TEXT, form TEXT, item TEXT, detail TEXT, name TEXT, value TEXT,
    PRIMARY KEY (person, form, item, detail, name)
)
"""
_KEEP_NEWEST = "DELETE FROM field WHERE rowid NOT IN (SELECT rowid FROM field ORDER BY rowid DESC LIMIT ?)"
_DROP = "DELETE FROM field WHERE (person, form, item, detail) = (?, ?, ?, ?)"


def _opened() -> sqlite3.Connection:
    """The fields, for all threads; in memory where no file can be had, since typing must go on."""
    file = beside(state.knowledge_base().store.url, ".drafts")
    if file is not None:
        with suppress(sqlite3.Error):
            return _in(str(file))
    return _in(":memory:")


def _in(place: str) -> sqlite3.Connection:
    fields = sqlite3.connect(place, check_same_thread=False, isolation_level=None)
    try:
        fields.execute(_TABLE)
    except sqlite3.Error:
        fields.close()
        raise
    return fields


def _kept() -> sqlite3.Connection:
    found: sqlite3.Connection = state.common("unfinished", _opened)
    return found


def _asked(statement: str, *values: str | int) -> list[tuple[str, ...]]:
    """The rows of a statement; none where the file is damaged or full: the screen still has what is typed."""
    with suppress(sqlite3.Error):
        return _kept().execute(statement, values).fetchall()
    return []


def words(form: Form | None, field: str) -> str | None:
    """What was typed into a field of a form."""
    if form is None:
        return None
    found = _asked(
        "SELECT value FROM field WHERE (person, form, item, detail, name) = (?, ?, ?, ?, ?)",
        *(state.person(), *form, field),
    )
    return found[0][0] if found else None


def keep(form: Form | None, field: str, value: str, *, was: str = "") -> None:
    """Keep what is in a field; nothing, where it is what the form began with."""
    if form is None or words(form, field) == value:
        return
    place = (state.person(), *form, field)
    if value in ("", was):
        _asked("DELETE FROM field WHERE (person, form, item, detail, name) = (?, ?, ?, ?, ?)", *place)
        return
    _asked("INSERT OR REPLACE INTO field VALUES (?, ?, ?, ?, ?, ?)", *place, value)
    _asked(_KEEP_NEWEST, MOST)


def drop(*form: str) -> None:
    """Forget a form that is not wanted."""
    _asked(_DROP, state.person(), *form)


def dropping(form: Form | None) -> Callable[[], None]:
    """What forgets a form once it is saved, without another look at the session."""
    fields, place = _kept(), (state.person(), *(form or ("", "", "")))

    def done() -> None:
        with suppress(sqlite3.Error):
            fields.execute(_DROP, place)

    return done


def about(ids: set[str]) -> list[tuple[Form, str]]:
    """The forms of this person about these claims and links, newest first, with what was typed last."""
    mine = _asked(
        "SELECT form, item, detail, value FROM field WHERE person = ? ORDER BY rowid DESC", state.person()
    )
    found: dict[Form, str] = {}
    for form, item, detail, value in mine:
        if item in ids:
            found.setdefault((form, item, detail), value)
    return list(found.items())
