"""What somebody has typed into a form and not saved: the server keeps it, so that no reload loses it.

The browser sends what is typed after a short pause, and every few seconds without one (`shell.js`). It waits
here by the name of the person, through a reload, a closed tab and a lost connection, until it is saved or
dropped.
"""

from __future__ import annotations

from collections import OrderedDict

from app import state

MOST = 500  # forms; the oldest go first

Form = tuple[str, str, str]  # its name, what it is about, a detail
Kept = OrderedDict[tuple[str, Form], dict[str, str]]


def _kept() -> Kept:
    found: Kept = state.common("unfinished", OrderedDict)
    return found


def words(form: Form | None, field: str) -> str | None:
    """What was typed into a field of a form."""
    return _kept().get((state.person(), form), {}).get(field) if form else None


def keep(form: Form | None, field: str, value: str, *, was: str = "") -> None:
    """Keep what is in a field; nothing, where it is what the form began with."""
    if form is None:
        return
    fields = _kept().pop((state.person(), form), {})
    fields.pop(field, None)
    if value not in ("", was):
        fields[field] = value
    if fields:
        _kept()[state.person(), form] = fields
    while len(_kept()) > MOST:
        _kept().popitem(last=False)


def drop(*form: str) -> None:
    """Forget a form: it was saved, or is not wanted."""
    for key in [key for key in _kept() if key == (state.person(), form)]:
        _kept().pop(key, None)


def about(ids: set[str]) -> list[tuple[Form, str]]:
    """The forms of this person about these claims and links, newest first, and how their words begin."""
    mine = [(form, fields) for (who, form), fields in list(_kept().items()) if who == state.person()]
    return [(form, next(iter(fields.values()))) for form, fields in mine[::-1] if form[1] in ids]
