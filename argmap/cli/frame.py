"""What every command shares: the group, the knowledge base it opens, its options, and how it prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.telling import plain
from argmap.errors import ArgmapError

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
