"""The command line: every command turns words into one verb of the knowledge base and prints what it gave."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.errors import ArgmapError, ReadError
from argmap.telling import node_line, plain

if TYPE_CHECKING:
    from argmap.knowledge_base import KnowledgeBase
    from argmap.store.drafts import Outcome


class Commands(click.Group):
    """Turns every error of ours into one line on stderr and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ArgmapError as error:
            fail(str(error))
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(1)
        except OSError as error:
            fail(f"{error.filename or 'file'}: {error.strerror or error}")
        except KeyboardInterrupt:
            fail("stopped; what was finished is kept")


def fail(message: str) -> None:
    """One line on stderr, then exit code 1."""
    click.echo(f"argmap: {' '.join(message.split())}", err=True)
    sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--kb",
    "place",
    default="./debate.db",
    envvar="ARGMAP_KB",
    show_default=True,
    help="File or database URL.",
)
@click.version_option(package_name="argmap")
@click.pass_context
def main(ctx: click.Context, place: str) -> None:
    """Texts of a debate in, a browsable and correctable argument map out."""
    ctx.obj = place


@contextmanager
def opened(*, read_only: bool = False) -> Iterator[KnowledgeBase]:
    """The knowledge base that --kb names."""
    from argmap.knowledge_base import KnowledgeBase

    with KnowledgeBase(click.get_current_context().find_root().obj, read_only=read_only) as kb:
        yield kb


def by_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every deciding command."""
    command = click.option("--because", metavar="TEXT", help="The reason, kept in the history.")(command)
    return click.option("--by", metavar="NAME", help="Who decides.  [default: ARGMAP_BY or login name]")(
        command
    )


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def say(value: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Print a value as JSON, or its lines for people."""
    if as_json:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))
        return
    for line in lines:
        click.echo(plain(line))


def report(outcome: Outcome, done: str) -> None:
    """One line about what a deciding command did."""
    click.echo(f"{done} {' '.join(outcome.ids)}".rstrip() if outcome.operation else "nothing changed")


# --- texts in --------------------------------------------------------------------------------------


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--reader", metavar="NAME", help="How to read the files.  [default: by their content]")
@click.option("--no-mine", is_flag=True, help="Store the texts without suggestions.")
@by_option
def add(files: tuple[str, ...], reader: str | None, no_mine: bool, **stamp: Any) -> None:
    """Read texts, mine them and store both; a file that fails leaves the others."""
    failed = 0
    with opened() as kb, click.progressbar(files, label="adding", file=sys.stderr) as names:
        for name in names:
            failed += not _added(kb, name, reader=reader, mine=not no_mine, **stamp)
    sys.exit(1 if failed else 0)


def _added(kb: KnowledgeBase, name: str, **options: Any) -> bool:
    try:
        outcome = kb.add(name, **options)
    except ReadError as error:
        click.echo(f"argmap: {error}", err=True)
        return False
    nodes, links = (sum(item_id.startswith(kind) for item_id in outcome.ids) for kind in "nl")
    click.echo(f"{name}: {f'{nodes} nodes, {links} links' if outcome.ids else 'nothing new'}")
    return True


@main.command()
@click.argument("file")
@click.option("--reader", metavar="NAME", help="How to read the file.  [default: by its content]")
@click.option("--miner", default="argmap", show_default=True, metavar="NAME", help="Who suggests.")
def mine(file: str, reader: str | None, miner: str) -> None:
    """Print what a miner suggests for a text, as argmap JSON; nothing is stored."""
    from argmap.formats import dump
    from argmap.mining import MINERS
    from argmap.model import ArgumentMap
    from argmap.readers import read_path

    document = read_path(Path(file), reader=reader)
    found = MINERS[miner].mine(document)
    click.get_binary_stream("stdout").write(
        dump(ArgumentMap.of([document], found.nodes, found.links), "json")[0]
    )


# --- looking ---------------------------------------------------------------------------------------


@main.command("list")
@click.option("--kind", help="claim, rebuttal, evidence or question.")
@click.option("--status", help="suggested, accepted, rejected or disputed.")
@click.option("--speaker", help="Only what this speaker said.")
@click.option("--document", help="Only what this document mentions (its id).")
@click.option(
    "--order", default="reading", show_default=True, help="reading, newest, discussed, contested, sources."
)
@click.option("--limit", default=50, show_default=True, help="At most so many.")
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
    from argmap.telling import told, told_as_json

    with opened() as kb:
        say(told_as_json(kb, item_id), told(kb, item_id), as_json=as_json)


@main.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, help="At most so many.")
@json_option
def search(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find nodes by their words."""
    from argmap.model.codec import encoded

    with opened() as kb:
        nodes = [hit.node for hit in kb.search(" ".join(words), limit=limit)]
    say([encoded(node) for node in nodes], map(node_line, nodes), as_json=as_json)


@main.command()
@click.option("--limit", default=20, show_default=True, help="The last so many events.")
@json_option
def log(limit: int, as_json: bool) -> None:
    """Show what happened last."""
    from argmap.model.codec import encode_event
    from argmap.telling import event_line

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
    click.echo(written(answer, form))
    if answer.cut:
        click.echo("argmap: only the first 1,000 rows are shown", err=True)


# --- deciding --------------------------------------------------------------------------------------


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
        click.echo(f"undone (operation {outcome.operation[:8]}; 'argmap log' shows what)")


# --- whole things ----------------------------------------------------------------------------------


@main.command()
@click.argument("format")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to; - is stdout.")
@click.option("--strict", is_flag=True, help="Refuse to lose anything.")
@click.option("--history", is_flag=True, help="With json: the whole event history too.")
def export(format: str, output: str, strict: bool, history: bool) -> None:
    """Write the map in a format; what the format cannot carry is listed on stderr."""
    with opened() as kb:
        data, losses = kb.dump(format, strict=strict, history=history)
    write_whole(output, data)
    for loss in losses:
        click.echo(f"lost: {plain(str(loss))}", err=True)


def write_whole(output: str, data: bytes) -> None:
    """Write bytes to stdout, or to a file: whole or not at all."""
    if output == "-":
        click.get_binary_stream("stdout").write(data)
        return
    path = Path(output)
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@main.command("import")
@click.argument("file")
@click.option("--format", "form", metavar="NAME", help="The format.  [default: by its structure]")
@by_option
def import_map(file: str, form: str | None, **stamp: Any) -> None:
    """Add a map from a file; - is stdin. What is here already stays."""
    data = click.get_binary_stream("stdin").read() if file == "-" else Path(file).read_bytes()
    with opened() as kb:
        outcome, warnings = kb.load(data, format=form, path=file, **stamp)
    for warning in warnings:
        click.echo(f"warning: {plain(warning)}", err=True)
    click.echo(
        f"{file}: {len(outcome.ids)} documents, nodes and links added"
        if outcome.ids
        else f"{file}: nothing new"
    )


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
@click.argument("file")
def backup(file: str) -> None:
    """Copy the knowledge base into a new file, also while it is in use."""
    with opened(read_only=True) as kb:
        kb.backup(file)
    click.echo(f"{file}: written")


# --- the explorer ----------------------------------------------------------------------------------


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8501, show_default=True)
@click.option("--read-only", is_flag=True, help="Nobody can change anything.")
def app(host: str, port: int, read_only: bool) -> None:
    """Open the explorer in the browser."""
    _serve(click.get_current_context().find_root().obj, host=host, port=port, read_only=read_only)


def _serve(place: str, **options: Any) -> None:
    from importlib import import_module

    sys.exit(import_module("app.launch").serve(place, **options))


@main.command()
@click.option("--raw", is_flag=True, help="The machine's own suggestions instead of the reviewed map.")
@click.option("--no-browser", is_flag=True, help="Make the knowledge base only.")
@click.option("--port", default=8501, show_default=True)
def demo(raw: bool, no_browser: bool, port: int) -> None:
    """The shipped debate of five texts in a fresh knowledge base, opened in the explorer."""
    from argmap.demonstration import make

    place = make(raw=raw)
    click.echo(f"{place}: the demo's knowledge base (use it with --kb)")
    if not no_browser:
        _serve(str(place), host="127.0.0.1", port=port, read_only=False)
