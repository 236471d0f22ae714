"""Commands of a team: roles, shares of the work, frozen versions."""

from __future__ import annotations

from typing import Any

import click

from argmap.cli.frame import by_option, json_option, main, opened, say, tell


@main.command()
@click.argument("name", required=False)
@by_option
@json_option
def freeze(name: str | None, as_json: bool, **stamp: Any) -> None:
    """Name the map as it stands, as a gold version that never changes; without NAME, list the versions.

    `argmap export json --frozen NAME` writes it, whatever was decided later.
    """
    with opened() as kb:
        if name is not None:
            kb.freeze(name, **stamp)
            tell(f"frozen as '{name}'")
            return
        versions = {name: {"by": e.by.name, "at": e.at, "seq": e.seq} for name, e in kb.frozen().items()}
    say(versions, (f"{n}  {v['at']}  by {v['by']}" for n, v in versions.items()), as_json=as_json)


@main.command()
@click.argument("name", required=False)
@click.argument("role", required=False)
@click.option("--until", metavar="DAY", help="The day, as 2030-12-31, from which it holds no longer.")
@by_option
@json_option
def role(name: str | None, role: str | None, until: str | None, as_json: bool, **stamp: Any) -> None:
    """Give NAME the ROLE reader, annotator, adjudicator or admin; without them, list who has which.

    As long as nobody has a role, everybody may do everything; the first role given has to be admin. To take a
    role back, give reader. A role is
    as good as the name: a signature on this machine, a login where the explorer has one.
    """
    with opened() as kb:
        if name is not None and role is not None:
            kb.grant(name, role, until=until, **stamp)
            tell(f"{name} is {role} now" + (f", until {until}" if until else ""))
            return
        roles = {who: what.value for who, what in kb.roles().items() if name in (None, who)}
        ends = {who: grant.until for who, grant in kb.grants().items()}
    lines = (f"{who}  {what}" + (f"  until {ends[who]}" if ends[who] else "") for who, what in roles.items())
    say(roles, lines, as_json=as_json)


@main.command()
@click.option("--overlap", type=float, help="Share of the segments that two annotators do.")
@click.option("--blind", type=float, help="Share that whoever does them does without suggestions.")
@by_option
def shares(overlap: float | None, blind: float | None, **stamp: Any) -> None:
    """Set which shares of the segments are done twice and done blind, from 0 to 1; or show them."""
    with opened() as kb:
        found = kb.shares()
        given = {"overlap": overlap, "blind": blind}
        if overlap is not None or blind is not None:
            kb.share(**{n: found[n] if v is None else v for n, v in given.items()}, **stamp)
            found = kb.shares()
    tell(f"overlap {found['overlap']:.2f}, blind {found['blind']:.2f}")
