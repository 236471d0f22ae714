"""Commands that bring texts in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.frame import by_option, main, opened, place_asked, tell, write_whole
from argmap.cli.mining import miner_options

if TYPE_CHECKING:
    from argmap.knowledge_base import KnowledgeBase
    from argmap.mining import Miner
    from argmap.store.drafts import Outcome


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--reader", metavar="NAME", help="How to read the files.  [default: by their content]")
@click.option("--no-mine", is_flag=True, help="Store the texts without suggestions.")
@click.option("--cluster", metavar="TCP://HOST:PORT", help="Mine on the workers of this Dask scheduler.")
@miner_options
@by_option
def add(files: tuple[str, ...], no_mine: bool, cluster: str | None, **options: Any) -> None:
    """Read texts, mine them and store both; a file that fails leaves the others."""
    if cluster and (no_mine or not isinstance(options["miner"], str)):
        raise click.UsageError("--cluster goes with miners that have a name, and not with --no-mine")
    failed = 0
    where = {"cluster": cluster} if cluster else {"mine": not no_mine}
    with opened(make=True) as kb:
        added = kb.add_all(files, **where, **options)
        with click.progressbar(added, length=len(files), label="adding", file=sys.stderr) as outcomes:
            for name, outcome in outcomes:
                failed += not _told(kb, name, outcome, remarks=options.get("because") is None)
    sys.exit(1 if failed else 0)


def _told(kb: KnowledgeBase, name: str, outcome: Outcome | str, *, remarks: bool) -> bool:
    if isinstance(outcome, str):
        tell(f"argmap: {outcome}", err=True)
        return False
    nodes, links = (sum(item_id.startswith(kind) for item_id in outcome.ids) for kind in "nl")
    tell(f"{name}: {f'{nodes} nodes, {links} links' if outcome.ids else 'nothing new'}")
    for event in kb.store.operation(outcome.operation)[:1]:
        if event.because and remarks:  # of the miner
            tell(f"argmap: {name}: {event.because}", err=True)
    return True


@main.command()
@click.argument("file")
@click.option("--reader", metavar="NAME", help="How to read the file.  [default: by its content]")
@miner_options
def mine(file: str, reader: str | None, miner: str | Miner) -> None:
    """Print what a miner suggests for a text, as argmap JSON; nothing is stored.

    Where the knowledge base has learnt weights of its own (see train), the default miner uses them.
    """
    from argmap.formats import dump
    from argmap.knowledge_base import chosen_miner
    from argmap.model import ArgumentMap
    from argmap.readers import read_path

    document = read_path(Path(file), reader=reader)
    found = chosen_miner(miner, place_asked(make=True)).mine(document)
    for remark in found.remarks:
        tell(f"argmap: {remark}", err=True)
    write_whole("-", dump(ArgumentMap.of([document], found.nodes, found.links), "json")[0])
