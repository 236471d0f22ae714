"""Measurements of formats, as ratios within one run: ``argmap bench formats``.

Our RDF exports start from a map, pyoxigraph's from the same statements as a ready list of its own objects,
which is the least that any program has to do. CPU time, the works taking turns. ARGMAP_BENCH_NODES sets the
size.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial

import pyoxigraph

from argmap.bench import Figure
from argmap.bench_reasoning import cpu
from argmap.bench_store import debate, whole
from argmap.formats import dump
from argmap.formats.rdf import to_quads
from argmap.formats.vocabulary import PREFIXES


def suite() -> Iterator[Figure]:
    """Turtle and N-Quads beside pyoxigraph's serialiser."""
    size = int(os.environ.get("ARGMAP_BENCH_NODES", "100000"))
    argument_map = whole(list(debate(size)))
    quads = list(to_quads(argument_map))
    yield Figure(f"{size:,} nodes, statements", len(quads), "")
    works = {  # TriG of one graph is Turtle
        "turtle": partial(pyoxigraph.serialize, quads, format=pyoxigraph.RdfFormat.TRIG, prefixes=PREFIXES),
        "nquads": partial(pyoxigraph.serialize, quads, format=pyoxigraph.RdfFormat.N_QUADS),
    }
    for name, theirs in works.items():
        ours, bare = cpu(partial(dump, argument_map, name), theirs, runs=7)
        yield Figure(f"{size:,} nodes, {name}", ours, "CPU s")
        yield Figure(f"{size:,} nodes, {name} / pyoxigraph from a list", ours / bare, "times")
