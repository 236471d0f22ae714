"""The command that answers SPARQL over HTTP."""

from __future__ import annotations

import socket

import click

from argmap.cli.frame import main, opened, tell
from argmap.errors import StoreError
from argmap.model import standing
from argmap.serving import is_this_machine


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8502, show_default=True)
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A name people call it by.")
@click.option("--allow-origin", "origins", multiple=True, metavar="URL", help="A web page that may ask.")
def serve(host: str, port: int, hosts: tuple[str, ...], origins: tuple[str, ...]) -> None:
    """Answer SPARQL questions over HTTP, reading only: each in a process with the limits of query.

    There is no login: with another --host and its --allow-host, whoever gets there reads the whole map.
    """
    from argmap.formats import dump
    from argmap.formats.endpoint import PATH, Snapshot, endpoint, run

    if not (hosts or is_this_machine(host)):
        raise StoreError(f"{host}: others could ask there; say by which name: --allow-host NAME")
    with opened(read_only=True) as kb, _listening(host, port) as place:
        name = f"[{host}]" if ":" in host and not host.startswith("[") else host
        tell(f"http://{name}:{place.getsockname()[1]}{PATH}  (Ctrl+C stops it)")
        snapshot = Snapshot(lambda: kb.version, lambda: dump(standing(kb.map()), "nquads")[0])
        names = {*map(str.lower, hosts), host.strip("[]").lower(), "localhost", "127.0.0.1", "::1"}
        run(endpoint(snapshot, hosts=names, origins=origins), place)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        raise StoreError(f"{host}:{port}: {error.strerror or error}") from error
