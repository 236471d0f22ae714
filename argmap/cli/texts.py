"""Commands that bring texts in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.frame import by_option, main, opened, tell, write_whole
from argmap.cli.mining import miner_options
from argmap.errors import MiningError, ModelError, ReadError

if TYPE_CHECKING:
    from argmap.knowledge_base import KnowledgeBase
    from argmap.mining import Miner


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--reader", metavar="NAME", help="How to read the files.  [default: by their content]")
@click.option("--no-mine", is_flag=True, help="Store the texts without suggestions.")
@miner_options
@by_option
def add(files: tuple[str, ...], reader: str | None, no_mine: bool, miner: str | Miner, **stamp: Any) -> None:
    """Read texts, mine them and store both; a file that fails leaves the others."""
    failed = 0
    with opened(make=True) as kb, click.progressbar(files, label="adding", file=sys.stderr) as names:
        for name in names:
            failed += not _added(kb, name, reader=reader, mine=not no_mine, miner=miner, **stamp)
    sys.exit(1 if failed else 0)


def _added(kb: KnowledgeBase, name: str, **options: Any) -> bool:
    try:
        outcome = kb.add(name, **options)
    except (ReadError, ModelError, MiningError) as error:
        # The others are about the knowledge base or the options, and would stop every file.
        place = "" if isinstance(error, ReadError) else f"{name}: "
        tell(f"argmap: {place}{error}", err=True)
        return False
    nodes, links = (sum(item_id.startswith(kind) for item_id in outcome.ids) for kind in "nl")
    tell(f"{name}: {f'{nodes} nodes, {links} links' if outcome.ids else 'nothing new'}")
    for event in kb.store.operation(outcome.operation)[:1]:
        if event.because and options.get("because") is None:  # what the miner remarks
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
    found = chosen_miner(miner, click.get_current_context().find_root().obj).mine(document)
    for remark in found.remarks:
        tell(f"argmap: {remark}", err=True)
    write_whole("-", dump(ArgumentMap.of([document], found.nodes, found.links), "json")[0])
