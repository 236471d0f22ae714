"""Commands that decide."""

from __future__ import annotations

from typing import Any

import click

from argmap.cli.frame import by_option, main, opened, report, tell


@main.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@by_option
def accept(ids: tuple[str, ...], **stamp: Any) -> None:
    """Agree with nodes and links."""
    with opened() as kb:
        report(kb.accept(ids, **stamp), "accepted")


@main.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@by_option
def reject(ids: tuple[str, ...], **stamp: Any) -> None:
    """Say that nodes and links are wrong."""
    with opened() as kb:
        report(kb.reject(ids, **stamp), "rejected")


@main.command()
@click.argument("item_id", metavar="ID")
@click.option("--kind", help="The new kind.")
@click.option("--text", help="The new wording of a node.")
@click.option("--source", "sources", multiple=True, metavar="ID", help="The new sources of a link.")
@click.option("--target", metavar="ID", help="The new target of a link.")
@by_option
def revise(item_id: str, by: str | None, because: str | None, **given: Any) -> None:
    """Change a node's kind or wording, or a link's kind or ends."""
    changes = {name: list(value) if name == "sources" else value for name, value in given.items() if value}
    if not changes:
        raise click.UsageError("say what to change: --kind, --text, --source or --target")
    with opened() as kb:
        report(kb.revise(item_id, changes=changes, by=by, because=because), "revised")


@main.command()
@click.argument("source", nargs=-1, required=True, metavar="SOURCE...")
@click.argument("kind")
@click.argument("target")
@by_option
def link(source: tuple[str, ...], kind: str, target: str, **stamp: Any) -> None:
    """Add a link: SOURCE... supports|attacks|undercuts|rephrases|questions|answers TARGET."""
    with opened() as kb:
        report(kb.connect(kind, source, target, **stamp), "linked")


@main.command()
@click.argument("kept")
@click.argument("absorbed", nargs=-1, required=True)
@by_option
def merge(kept: str, absorbed: tuple[str, ...], **stamp: Any) -> None:
    """Make one node of several that say the same."""
    with opened() as kb:
        report(kb.merge(kept, absorbed, **stamp), "merged")


@main.command()
@by_option
def undo(**stamp: Any) -> None:
    """Take back your last operation that stands."""
    with opened() as kb:
        outcome = kb.undo(**stamp)
        tell(f"undone ({' '.join(outcome.ids[:5])}{' ...' if len(outcome.ids) > 5 else ''})")
