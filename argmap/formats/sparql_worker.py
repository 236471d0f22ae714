"""The process that answers one SPARQL question; run by `argmap.formats.sparql`, which says how.

In: arguments MEGABYTES SECONDS ROWS BYTES and the media types of the answer (rows, triples); on stdin the
length of the N-Quads in eight bytes, the N-Quads, the question. Out: a line of JSON, then the answer.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def shut(megabytes: int, seconds: int) -> None:
    """Give up files and network, and all but so much more memory and time, of the CPU and of the clock.

    No descriptor can be opened from now on: that is what keeps SERVICE and LOAD from reaching anything.
    """
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if sys.platform == "linux" else 0
    memory = pages * resource.getpagesize() + megabytes * 2**20
    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, used + seconds))
    signal.alarm(seconds + 2)  # nobody waits for it, so it ends this process, whatever the engine is at
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def answered(store: Any, question: str, most: int, media: list[str]) -> tuple[dict[str, Any], bytes]:
    """What the answer is, and the answer in one of the media types."""
    found = store.query(question, use_default_graph_as_union=True)
    if isinstance(found, ox.QueryTriples):
        return {"kind": "triples"}, ox.serialize(found, format=ox.RdfFormat.from_media_type(media[1])) or b""
    form = ox.QueryResultsFormat.from_media_type(media[0])
    if isinstance(found, ox.QueryBoolean):
        return {"kind": "truth"}, found.serialize(format=form) or b""
    rows = list(islice(found, most + 1))
    about = {"kind": "rows", "cut": len(rows) > most}
    standard = as_json([variable.value for variable in found.variables], rows[:most])
    if form == ox.QueryResultsFormat.JSON:
        return about, standard
    again = ox.parse_query_results(standard, ox.QueryResultsFormat.JSON)
    return about, again.serialize(format=form) or b""


def as_json(names: list[str], rows: list[Any]) -> bytes:
    """Rows as SPARQL 1.1 Query Results JSON; pyoxigraph writes only results that it has made itself."""
    bindings = [{name: term(row[name]) for name in names if row[name] is not None} for row in rows]
    return json.dumps(
        {"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False
    ).encode()


def term(value: Any) -> dict[str, Any]:
    """An RDF term in that JSON."""
    if isinstance(value, ox.Triple):
        parts = {name: term(getattr(value, name)) for name in ("subject", "predicate", "object")}
        return {"type": "triple", "value": parts}
    if not isinstance(value, ox.Literal):
        return {"type": "uri" if isinstance(value, ox.NamedNode) else "bnode", "value": value.value}
    found = {"type": "literal", "value": value.value}
    if value.language:
        return found | {"xml:lang": value.language}
    return found if value.datatype.value == _STRING else found | {"datatype": value.datatype.value}


def main() -> None:
    """Answer the question on stdin."""
    *limits, rows_type, triples_type = sys.argv[1:]
    megabytes, seconds, most, largest = map(int, limits)
    stdin = sys.stdin.buffer
    store = ox.Store()
    store.bulk_load(stdin.read(int.from_bytes(stdin.read(8), "big")), ox.RdfFormat.N_QUADS)
    question = stdin.read().decode()
    shut(megabytes, seconds)
    try:
        about, data = answered(store, question, most, [rows_type, triples_type])
        if len(data) > largest:
            about, data = {"error": f"the answer has more than {largest:,} bytes; make it narrower"}, b""
    except Exception as error:  # whatever the engine says; what it cannot say ends this process alone
        about, data = {"error": " ".join(str(error).split())[:300]}, b""
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
