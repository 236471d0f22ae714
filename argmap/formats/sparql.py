"""SPARQL over a map's RDF: in a worker process with limits, reading only, without network or files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from argmap.errors import QueryError
from argmap.formats import vocabulary
from argmap.model import ArgumentMap

LONGEST_QUERY = 20_000
DEEPEST_NESTING = 24
MOST_OPERATORS = 200
SECONDS = 5
MEGABYTES = 800
MOST_ROWS = 1_000

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
    gate(sparql)
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    try:
        worker = subprocess.run(
            [sys.executable, "-I", "-c", _WORKER, str(MEGABYTES), str(SECONDS), str(MOST_ROWS)],
            input=len(quads).to_bytes(8, "big") + quads + (prologue + sparql).encode("utf-8", "replace"),
            capture_output=True,
            timeout=SECONDS + 25,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"the query took more than {SECONDS} seconds; make it narrower") from error
    return _answer(worker)


def gate(sparql: str) -> None:
    """Refuse a query that could harm the engine: too long, too deep, too many operators, not plain reading.

    This is the first wall only; the worker process has no files, no network and little memory.
    """
    if len(sparql) > LONGEST_QUERY:
        raise QueryError(f"a query has at most {LONGEST_QUERY:,} characters")
    if "\\u" in sparql.lower():
        raise QueryError(r"write characters as they are, not as \u escapes")
    depth = deepest = operators = 0
    for sign in sparql:
        depth += (sign in "({[") - (sign in ")}]")
        deepest = max(deepest, depth)
        operators += sign in "!+-*/|^<>="
    if deepest > DEEPEST_NESTING:
        raise QueryError(f"a query is nested at most {DEEPEST_NESTING} deep")
    if operators > MOST_OPERATORS * 4 or _words(sparql, "OPTIONAL", "UNION") > 50:
        raise QueryError("the query has too many operators")
    if _words(sparql, "SERVICE", "LOAD", "FROM"):
        raise QueryError("SERVICE, LOAD and FROM are not allowed: a query reads this map only")


def _words(sparql: str, *words: str) -> int:
    """How often these keywords occur; strings and names that hold them count too, to be safe."""
    tokens = "".join(sign if sign.isalnum() or sign == "_" else " " for sign in sparql.upper()).split()
    return sum(token in words for token in tokens)


def _answer(worker: subprocess.CompletedProcess[bytes]) -> Answer:
    if worker.returncode in (-24, -9):
        raise QueryError(f"the query took more than {SECONDS} seconds; make it narrower")
    if worker.returncode != 0:
        raise QueryError("the query needs too much memory; make it narrower")
    body: dict[str, Any] = json.loads(worker.stdout)
    if "error" in body:
        raise QueryError(f"the query cannot be answered: {body['error']}")
    rows = tuple(tuple(row) for row in body.pop("rows", ()))
    return Answer(columns=tuple(body.pop("columns", ())), rows=rows, **body)


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
        QueryError: ``ttl`` of an answer that is not triples.
    """
    if form == "ttl":
        if answer.turtle is None:
            raise QueryError("only CONSTRUCT and DESCRIBE give Turtle")
        return answer.turtle
    if form == "json":
        return json.dumps(_as_json(answer), ensure_ascii=False, indent=2)
    if form == "csv":
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


# RLIMIT_NOFILE = 0 after loading is what keeps SERVICE and LOAD from reaching anything.
_WORKER = """
import json, resource, sys
megabytes, seconds, most = map(int, sys.argv[1:])
import pyoxigraph as ox
size = int.from_bytes(sys.stdin.buffer.read(8), "big")
store = ox.Store()
store.bulk_load(sys.stdin.buffer.read(size), ox.RdfFormat.N_QUADS)
sparql = sys.stdin.buffer.read().decode()
linux = sys.platform == "linux"
held = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize() if linux else 0
limit = held + megabytes * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, used + seconds))
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
def text(term):
    return None if term is None else getattr(term, "value", str(term))
try:
    found = store.query(sparql, use_default_graph_as_union=True)
    if isinstance(found, ox.QueryBoolean):
        body = {"truth": bool(found)}
    elif isinstance(found, ox.QueryTriples):
        body = {"turtle": ox.serialize(found, format=ox.RdfFormat.TURTLE).decode()}
    else:
        rows = []
        for row in found:
            rows.append([text(term) for term in row])
            if len(rows) > most:
                break
        body = {"columns": [v.value for v in found.variables], "rows": rows[:most], "cut": len(rows) > most}
except Exception as error:
    body = {"error": " ".join(str(error).split())[:300]}
sys.stdout.write(json.dumps(body))
sys.stdout.flush()
"""
