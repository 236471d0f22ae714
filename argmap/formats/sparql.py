"""SPARQL over a map's RDF: in a worker process with limits, reading only, without network or files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from signal import SIGALRM, SIGKILL, SIGXCPU
from typing import Any

from argmap.errors import QueryError
from argmap.formats import vocabulary
from argmap.formats.sparql_gate import gate
from argmap.model import ArgumentMap

SECONDS = 5  # of CPU, for the question itself
LOADING = 25  # seconds more until the worker is given up
MEGABYTES = 800
MOST_ROWS = 1_000
MOST_BYTES = 64 * 2**20

JSON = "application/sparql-results+json"
TURTLE = "text/turtle"
WORKER = Path(__file__).with_name("sparql_worker.py")
PREFIXES = vocabulary.PREFIXES | {"sioc": "http://rdfs.org/sioc/ns#"}


@dataclass(frozen=True)
class Answer:
    """What a query gave.

    Args:
        columns: variable names of a SELECT; empty for other forms.
        rows: a SELECT's rows, None where a variable is unbound.
        turtle: the triples of a CONSTRUCT or DESCRIBE.
        truth: the answer to an ASK.
        cut: there were more rows than the limit.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()
    turtle: str | None = None
    truth: bool | None = None
    cut: bool = False


def query(argument_map: ArgumentMap, sparql: str) -> Answer:
    """The answer to a SPARQL 1.1 query over the map's RDF; the prefixes of `PREFIXES` are known.

    Raises:
        QueryError: the query is wrong, is over its limits, or wants to write or reach another place.
    """
    from argmap.formats import dump

    return ask(dump(argument_map, "nquads")[0], sparql)


def ask(quads: bytes, sparql: str) -> Answer:
    """The answer to a SPARQL query over N-Quads. Raises as `query`."""
    reply = replied(quads, sparql)
    if reply.kind == "triples":
        return Answer(turtle=reply.data.decode())
    body = json.loads(reply.data)
    if reply.kind == "truth":
        return Answer(truth=body["boolean"])
    columns = body["head"]["vars"]
    rows = (tuple(_text(row.get(name)) for name in columns) for row in body["results"]["bindings"])
    return Answer(columns=tuple(columns), rows=tuple(rows), cut=reply.cut)


def _text(term: dict[str, Any] | None) -> str | None:
    if term is None:
        return None
    value: str | dict[str, Any] = term["value"]
    if isinstance(value, str):
        return value
    return f"<<( {' '.join(_text(part) or '' for part in value.values())} )>>"


@dataclass(frozen=True)
class Reply:
    """What the worker gave.

    Args:
        kind: ``rows``, ``truth`` or ``triples``.
        data: the answer in the media type that was asked for.
        cut: there were more rows than the limit.
    """

    kind: str
    data: bytes
    cut: bool = False


def replied(quads: bytes, sparql: str, *, rows: str = JSON, triples: str = TURTLE) -> Reply:
    """The answer to a SPARQL query over N-Quads in a media type. Raises as `query`.

    Args:
        rows, triples: media types of SPARQL results and of RDF that pyoxigraph knows.
    """
    gate(sparql)
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    limits = map(str, (MEGABYTES, SECONDS, MOST_ROWS, MOST_BYTES))
    try:
        worker = subprocess.run(
            [sys.executable, "-I", str(WORKER), *limits, rows, triples],
            input=len(quads).to_bytes(8, "big") + quads + (prologue + sparql).encode("utf-8", "replace"),
            capture_output=True,
            timeout=SECONDS + LOADING,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        # The question itself is ended by the worker.
        raise QueryError("the map takes too long to load for each query; publish it to a server") from error
    return _reply(worker)


def _reply(worker: subprocess.CompletedProcess[bytes]) -> Reply:
    if -worker.returncode in (SIGXCPU, SIGALRM, SIGKILL):
        raise QueryError(f"the query took more than {SECONDS} seconds; make it narrower")
    if worker.returncode != 0:
        raise QueryError("the query needs too much memory; make it narrower")
    head, _, data = worker.stdout.partition(b"\n")
    about: dict[str, Any] = json.loads(head)
    if "error" in about:
        raise QueryError(f"the query cannot be answered: {about['error']}")
    return Reply(data=data, **about)


def table(answer: Answer) -> Iterator[str]:
    """The answer as lines of text."""
    if answer.turtle is not None:
        yield from answer.turtle.splitlines()
    elif answer.truth is not None:
        yield "yes" if answer.truth else "no"
    else:
        yield "\t".join(answer.columns)
        for row in answer.rows:
            yield "\t".join("" if cell is None else " ".join(cell.split()) for cell in row)


def written(answer: Answer, form: str) -> str:
    """The answer as ``table``, ``json``, ``csv`` or ``ttl`` text.

    Raises:
        QueryError: ``ttl`` of an answer that is not triples, ``csv`` of one that is not rows.
    """
    if form == "ttl":
        if answer.turtle is None:
            raise QueryError("only CONSTRUCT and DESCRIBE give Turtle")
        return answer.turtle
    if form == "json":
        return json.dumps(_as_json(answer), ensure_ascii=False, indent=2)
    if form == "csv":
        if answer.truth is not None or answer.turtle is not None:
            raise QueryError("only SELECT gives CSV")
        return "\n".join(_csv_line(row) for row in (answer.columns, *answer.rows))
    return "\n".join(table(answer))


def _as_json(answer: Answer) -> dict[str, Any]:
    if answer.truth is not None:
        return {"boolean": answer.truth}
    if answer.turtle is not None:
        return {"turtle": answer.turtle}
    return {"columns": answer.columns, "rows": answer.rows, "cut": answer.cut}


def _csv_line(cells: tuple[str | None, ...]) -> str:
    """Cells that a spreadsheet would run as formulas get an apostrophe in front."""
    safe = (("'" + cell if cell[:1] in "=+-@\t\r" and cell else cell) for cell in (c or "" for c in cells))
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in safe)
