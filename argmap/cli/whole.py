"""Commands on the whole knowledge base."""

from __future__ import annotations

import sys
from typing import Any

import click

from argmap.cli.frame import by_option, json_option, main, opened, place_asked, say, tell, write_whole


@main.command()
@click.argument("format")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to; - is stdout.")
@click.option("--strict", is_flag=True, help="Refuse to lose anything.")
@click.option("--history", is_flag=True, help="With json: the whole event history too.")
@click.option("--rejected", is_flag=True, help="Rejected nodes and links too.")
@click.option("--frozen", metavar="NAME", help="The version of this name (see freeze), as it stood then.")
def export(format: str, output: str, **options: Any) -> None:
    """Write the map in a format; what the format cannot carry is listed on stderr."""
    if options["history"] and format != "json":
        raise click.UsageError("--history goes with json only")
    with opened() as kb:
        data, losses = kb.dump(format, **options)
    write_whole(output, data)
    for loss in losses:
        tell(f"lost: {loss}", err=True)


@main.command("import")
@click.argument("file")
@click.option("--format", "form", metavar="NAME", help="The format.  [default: by its structure]")
@by_option
def import_map(file: str, form: str | None, **stamp: Any) -> None:
    """Add a map from a file; - is stdin. What is here already stays."""
    from argmap.formats import bytes_of

    data = bytes_of(file)
    with opened(make=True) as kb:
        outcome, warnings = kb.load(data, format=form, path=file, **stamp)
    for warning in warnings:
        tell(f"warning: {warning}", err=True)
    count = len(outcome.ids)
    tell(f"{file}: {f'{count} documents, nodes and links added' if count else 'nothing new'}")


@main.command()
@click.option("--repair", is_flag=True, help="Rebuild the current state from the log.")
@json_option
def check(repair: bool, as_json: bool) -> None:
    """Prove that log, state, index and spans agree; exit code 1 and a list if anything is off."""
    from dataclasses import asdict

    with opened() as kb:
        if repair:
            click.echo(f"rebuilt {kb.repair()} items from the log", err=True)
        findings = kb.check()
    say([asdict(finding) for finding in findings], map(str, findings), as_json=as_json)
    errors = sum(finding.level == "error" for finding in findings)
    click.echo(f"{errors} errors, {len(findings) - errors} warnings", err=True)
    sys.exit(1 if errors else 0)


@main.command()
def upgrade() -> None:
    """Bring a knowledge base of an older argmap to the tables of this one; a file is copied first."""
    from argmap.store.upgrading import upgrade as upgraded

    place = place_asked()
    copy = upgraded(place)
    tell(f"{place}: up to date" + (f"; as it was: {copy}" if copy else ""))


@main.command()
@click.argument("file")
def backup(file: str) -> None:
    """Copy the knowledge base into a new file, also while it is in use."""
    with opened(read_only=True) as kb:
        kb.backup(file)
    tell(f"{file}: written")


@main.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Bring a knowledge base with its whole history to a new place: a file or a database URL."""
    from argmap.knowledge_base import KnowledgeBase

    with KnowledgeBase(source, read_only=True) as kb:
        count = kb.copy(target)
    tell(f"{count} events copied")


@main.command()
@click.argument("url")
@click.option("--graph", metavar="IRI", help="The graph that is its own.  [default: urn:argmap:published]")
@click.option("--full", is_flag=True, help="Replace all that is published there.")
def publish(url: str, graph: str | None, full: bool) -> None:
    """Bring a SPARQL 1.1 server up to date: URL is where its updates go.

    Only that graph is touched. ARGMAP_PUBLISH_LOGIN holds user:password where the server wants one.
    """
    with opened(read_only=True) as kb:
        done = kb.publish(url, graph=graph, full=full)
    tell(f"{url}: {done.added} statements added, {done.removed} removed, in {done.requests} requests")
