"""The one vocabulary of every RDF export: AIF, PROV-O, Web Annotation, SKOS, and the little that they lack.

Terms of the ``argmap`` namespace (``https://w3id.org/argmap/vocabulary#``):

- classes ``Claim Rebuttal Evidence Question`` (kinds of aif:I-node), ``Supports Attacks Undercuts
  Rephrases Questions Answers`` (kinds of aif:S-node), ``Document Turn Quote ArgumentMap``;
- ``supports attacks undercuts rephrases questions answers``: straight from source to target, for short
  queries; they follow from the links and are not read back;
- ``source target``: ends of a link whose AIF class names no roles (MA, YA); ``order``: JSON list of a
  link's sources, where their order is not that of their ids;
- ``status confidence cue attributes`` (JSON text) of nodes and links; ``mention``: from a node to an
  oa:SpecificResource;
- ``text`` (of a document; ``part`` resources hold it where it is long), ``genre original url turn quote
  index start end replyTo repeatOf begin finish of``.

Items have IRIs ``urn:argmap:ID``; there are no blank nodes, so two exports are the same bytes.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

ARGMAP = "https://w3id.org/argmap/vocabulary#"
AIF = "http://www.arg.dundee.ac.uk/aif#"
AIF_TECH = "http://www.arg.tech/aif#"
BASE = "urn:argmap:"

PREFIXES = {
    "aif": AIF,
    "argmap": ARGMAP,
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

NODE_CLASSES = {
    "claim": "argmap:Claim",
    "rebuttal": "argmap:Rebuttal",
    "evidence": "argmap:Evidence",
    "question": "argmap:Question",
}
# kind -> AIF class, class of ours, role of a source, role of the target
LINK_CLASSES = {
    "supports": ("aif:RA-node", "argmap:Supports", "aif:Premise", "aif:Conclusion"),
    "attacks": ("aif:CA-node", "argmap:Attacks", "aif:ConflictingElement", "aif:ConflictedElement"),
    "undercuts": ("aif:CA-node", "argmap:Undercuts", "aif:ConflictingElement", "aif:ConflictedElement"),
    "rephrases": ("aif:MA-node", "argmap:Rephrases", "argmap:source", "argmap:target"),
    "questions": ("aif:YA-node", "argmap:Questions", "argmap:source", "argmap:target"),
    "answers": ("aif:YA-node", "argmap:Answers", "argmap:source", "argmap:target"),
}


def expanded(name: str) -> str:
    """The full IRI of a prefixed name: ``aif:Premise`` -> ``http://www.arg.dundee.ac.uk/aif#Premise``."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def shortened(iri: str) -> str:
    """The prefixed name of an IRI, or the IRI itself where no prefix fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def iri(*parts: str) -> str:
    """The IRI of an item: ``d1``, ``turn``, ``t2`` -> ``urn:argmap:d1/turn/t2``, parts percent-encoded."""
    return BASE + "/".join(map(part, parts))


def part(name: str) -> str:
    """A name as a part of an IRI, percent-encoded."""
    return name if name.isalnum() and name.isascii() else quote(name, safe="")


def parts(item: str) -> list[str]:
    """The parts that `iri` put together."""
    return [unquote(part) for part in item.removeprefix(BASE).split("/")]
