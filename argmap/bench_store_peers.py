"""The peers of the store on the same debate: load, neighbourhood, search, and a durable edit."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from argmap.bench import Figure
from argmap.model import ArgumentMap

RUNS = 20
ARGMAP = "https://argmap.org/ns#"


def peers(whole: ArgumentMap) -> Iterator[Figure]:
    """Figures of each peer that is installed, and a line for each that is not."""
    size = f"{len(whole.nodes):,} nodes"
    for name, package, peer in (
        ("argmap", "argmap", Ours),
        ("Oxigraph on disk", "pyoxigraph", Oxigraph),
        ("networkx in JSON", "networkx", Networkx),
        ("arguebuf", "arguebuf", Arguebuf),
    ):
        if find_spec(package) is None:
            yield Figure(f"{size}, {name}: not installed, left out", 0.0, "")
            continue
        with tempfile.TemporaryDirectory(prefix="argmap-bench-") as folder:
            yield from _figures(f"{size}, {name}", peer(Path(folder)), whole)


def _figures(name: str, peer: Any, whole: ArgumentMap) -> Iterator[Figure]:
    start = time.process_time()
    peer.load(whole)
    yield Figure(f"{name}: load", time.process_time() - start, "CPU s")
    some = random.Random(1).sample(sorted(whole.nodes), RUNS)
    words = [whole.nodes[node].text.split()[0] for node in some]
    yield Figure(f"{name}: neighbourhood", _mean(peer.around, some, time.thread_time), "CPU ms")
    yield Figure(f"{name}: search for a word", _mean(peer.search, words, time.thread_time), "CPU ms")
    yield Figure(f"{name}: durable edit", _mean(peer.edit, some[:3], time.perf_counter), "ms")


def _mean(work: Callable[[str], object], values: list[str], clock: Callable[[], float]) -> float:
    """Milliseconds for each value after the first."""
    work(values[0])
    start = clock()
    for value in values[1:]:
        work(value)
    return (clock() - start) / (len(values) - 1) * 1e3


class Ours:
    """The store of argmap."""

    def __init__(self, folder: Path) -> None:
        from argmap.knowledge_base import KnowledgeBase

        self.kb = KnowledgeBase(folder / "kb.db", by="bench")

    def load(self, whole: ArgumentMap) -> None:
        """Everything in."""
        self.kb.bring(whole)

    def around(self, node: str) -> object:
        """What bears on a node."""
        return self.kb.around(node)

    def search(self, word: str) -> object:
        """Nodes with a word."""
        return self.kb.search(word)

    def edit(self, node: str) -> None:
        """One accepted node, on the disk."""
        self.kb.accept(node)


class Oxigraph:
    """An RDF store on disk, one named node for each node and link."""

    def __init__(self, folder: Path) -> None:
        import pyoxigraph as ox

        self.ox, self.store = ox, ox.Store(str(folder / "ox"))

    def _name(self, name: str) -> Any:
        return self.ox.NamedNode(ARGMAP + name)

    def _quads(self, whole: ArgumentMap) -> Iterator[Any]:
        quad, literal, name = self.ox.Quad, self.ox.Literal, self._name
        for node in whole.nodes.values():
            for field in ("kind", "text", "status", "by"):
                yield quad(name(node.id), name(field), literal(str(getattr(node, field))))
            for mention in node.mentions:
                yield quad(name(node.id), name("in"), name(mention.document))
                yield quad(name(node.id), name("speaker"), literal(mention.speaker or ""))
        for link in whole.links.values():
            yield quad(name(link.id), name("kind"), literal(link.kind.value))
            yield quad(name(link.id), name("status"), literal(link.status.value))
            yield quad(name(link.id), name("target"), name(link.target))
            for source in link.sources:
                yield quad(name(link.id), name("source"), name(source))

    def load(self, whole: ArgumentMap) -> None:
        """Everything in."""
        self.store.bulk_extend(self._quads(whole))
        self.store.flush()

    def around(self, node: str) -> object:
        """What bears on a node, with the words of its neighbours."""
        found: list[Any] = []
        for one, other in (("target", "source"), ("source", "target")):
            for at in self.store.quads_for_pattern(None, self._name(one), self._name(node)):
                for end in self.store.quads_for_pattern(at.subject, self._name(other), None):
                    found += self.store.quads_for_pattern(end.object, None, None)  # type: ignore[arg-type]
        return found

    def search(self, word: str) -> object:
        """Nodes with a word."""
        values: Any = {self.ox.Variable("word"): self.ox.Literal(word)}
        asked = f"SELECT ?n ?word WHERE {{ ?n <{ARGMAP}text> ?t FILTER CONTAINS(?t, ?word) }} LIMIT 20"
        found: Any = self.store.query(asked, substitutions=values)
        return list(found)

    def edit(self, node: str) -> None:
        """One accepted node; Oxigraph flushes, but does not sync."""
        old = list(self.store.quads_for_pattern(self._name(node), self._name("status"), None))
        new = self.ox.Quad(self._name(node), self._name("status"), self.ox.Literal("accepted"))
        self.store.extend([new])
        for quad in old:
            self.store.remove(quad)
        self.store.flush()


class Networkx:
    """A graph in memory that is written as one JSON file."""

    def __init__(self, folder: Path) -> None:
        import networkx as nx

        self.nx, self.path = nx, folder / "graph.json"
        self.graph: Any = nx.MultiDiGraph()

    def load(self, whole: ArgumentMap) -> None:
        """Everything in."""
        for node in whole.nodes.values():
            self.graph.add_node(node.id, text=node.text, kind=node.kind.value, status=node.status.value)
        for link in whole.links.values():
            for source in link.sources:
                self.graph.add_edge(source, link.target, key=link.id, kind=link.kind.value)
        self._save()

    def _save(self) -> None:
        self.path.write_text(json.dumps(self.nx.node_link_data(self.graph, edges="links")), "utf-8")

    def around(self, node: str) -> object:
        """What bears on a node."""
        near = {*self.graph.predecessors(node), *self.graph.successors(node)}
        return [self.graph.nodes[one] for one in near]

    def search(self, word: str) -> object:
        """Nodes with a word."""
        return [node for node, text in self.graph.nodes(data="text") if word in text][:20]

    def edit(self, node: str) -> None:
        """One accepted node: the whole file anew."""
        self.graph.nodes[node]["status"] = "accepted"
        self._save()


class Arguebuf:
    """The reference library of argument graphs, written as one JSON file."""

    def __init__(self, folder: Path) -> None:
        import arguebuf  # type: ignore[import-not-found, unused-ignore]

        self.library, self.path = arguebuf, folder / "graph.json"
        self.graph: Any = arguebuf.Graph()

    def load(self, whole: ArgumentMap) -> None:
        """Everything in."""
        library = self.library
        atoms = {node.id: library.AtomNode(node.text, id=node.id) for node in whole.nodes.values()}
        for atom in atoms.values():
            self.graph.add_node(atom)
        for link in whole.links.values():
            scheme = library.SchemeNode(library.Support.DEFAULT, id=link.id)
            self.graph.add_node(scheme)
            for source in link.sources:
                self.graph.add_edge(library.Edge(atoms[source], scheme))
            self.graph.add_edge(library.Edge(scheme, atoms[link.target]))
        self._save()

    def _save(self) -> None:
        self.library.dump.file(self.graph, self.path)

    def around(self, node: str) -> object:
        """What bears on a node."""
        atom = self.graph.nodes[node]
        schemes = self.graph.incoming_nodes(atom)
        return [source for scheme in schemes for source in self.graph.incoming_nodes(scheme)]

    def search(self, word: str) -> object:
        """Nodes with a word."""
        return [atom for atom in self.graph.atom_nodes.values() if word in atom.plain_text][:20]

    def edit(self, node: str) -> None:
        """One changed node: the whole file anew."""
        self.graph.nodes[node].metadata.update()
        self._save()
