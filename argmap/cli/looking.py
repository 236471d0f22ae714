"""Commands that only look."""

from __future__ import annotations

from typing import Any

import click

from argmap.cli.frame import json_option, main, opened, say, tell
from argmap.cli.telling import event_line, harmless, node_line, told, told_as_json
from argmap.model import NodeKind, Status

COUNT = click.IntRange(1, 1_000_000)


@main.command("list")
@click.option("--kind", type=click.Choice([kind.value for kind in NodeKind]), help="Only this kind.")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="Only these.")
@click.option("--speaker", help="Only what this speaker said.")
@click.option("--document", help="Only what this document mentions (its id).")
@click.option(
    "--order", default="reading", show_default=True, help="reading, newest, discussed, contested, sources."
)
@click.option("--limit", type=COUNT, default=50, show_default=True, help="At most so many.")
@json_option
def list_nodes(order: str, limit: int, as_json: bool, **conditions: Any) -> None:
    """List nodes."""
    from argmap.model.codec import encoded

    with opened() as kb:
        nodes = kb.nodes(order=order, limit=limit, **conditions)
    say([encoded(node) for node in nodes], map(node_line, nodes), as_json=as_json)


@main.command()
@click.argument("item_id", metavar="ID")
@json_option
def show(item_id: str, as_json: bool) -> None:
    """Show a node, link or document: where it comes from and what bears on it."""
    with opened() as kb:
        say(told_as_json(kb, item_id), told(kb, item_id), as_json=as_json)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=COUNT, default=20, show_default=True, help="At most so many.")
@click.option("--meaning", is_flag=True, help="By what they mean (ARGMAP_EMBEDDINGS names the model).")
@json_option
def search(words: tuple[str, ...], limit: int, meaning: bool, as_json: bool) -> None:
    """Find nodes by their words, or by what they mean."""
    from argmap.model.codec import encoded

    asked = " ".join(words)
    with opened() as kb:
        if meaning:
            nodes = [node for node, _ in kb.find_similar(asked, limit=limit, by_meaning=True)]
        else:
            nodes = [hit.node for hit in kb.search(asked, limit=limit)]
    say([encoded(node) for node in nodes], map(node_line, nodes), as_json=as_json)


@main.command()
@click.option("--limit", type=COUNT, default=20, show_default=True, help="At most so many pairs.")
@json_option
def similar(limit: int, as_json: bool) -> None:
    """Find nodes that may make the same point, two by two, to merge or not.

    By their words; by what they mean where ARGMAP_EMBEDDINGS names a model.
    """
    with opened() as kb:
        pairs = kb.find_pairs(limit=limit)
    found = [{"first": pair.first.id, "second": pair.second.id, "score": pair.score} for pair in pairs]
    lines = (f"{p.score:.2f}  {node_line(p.first)}\n      {node_line(p.second)}" for p in pairs)
    say(found, (line for pair in lines for line in pair.split("\n")), as_json=as_json)


@main.command()
@click.option("--limit", type=COUNT, default=20, show_default=True, help="The last so many events.")
@json_option
def log(limit: int, as_json: bool) -> None:
    """Show what happened last."""
    from argmap.model.codec import encode_event

    with opened() as kb:
        events = kb.log(limit=limit)
    say([encode_event(event) for event in events], map(event_line, events), as_json=as_json)


@main.command()
@json_option
def stats(as_json: bool) -> None:
    """Count what there is."""
    from dataclasses import asdict

    with opened() as kb:
        counted = asdict(kb.stats())
    lines = (f"{name}: {_listed(value)}" for name, value in counted.items())
    say(counted, lines, as_json=as_json)


def _listed(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{number} {name}" for name, number in value.items()) or "none"
    return str(value)


@main.command()
@click.argument("sparql")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv", "ttl"]), default="table")
def query(sparql: str, form: str) -> None:
    """Ask a SPARQL question of the map's RDF."""
    from argmap.formats.sparql import written

    with opened() as kb:
        answer = kb.query(sparql)
    click.echo(harmless(written(answer, form)))
    if answer.cut:
        tell("argmap: only the first 1,000 rows are shown", err=True)
