"""How far our Argdown reader agrees with the official one: ``python -m argmap.formats.conformance
FOLDER [JSON]``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from argmap.errors import FormatError
from argmap.formats import guards
from argmap.formats.argdown.model import Argdown, End, Inference, Member
from argmap.formats.argdown.parser import parsed

Facts = set[tuple[Any, ...]]


def facts(model: Argdown) -> Facts:
    """What the text says, each as one fact: statements, arguments, relations, roles in structures."""
    found: Facts = set()
    for statement in model.statements.values():
        texts = [member.text.strip() for member in statement.members if not member.is_reference]
        found.add(("statement", statement.title, len(statement.members), *texts))
    for argument in model.arguments.values():
        texts = [member.text.strip() for member in argument.members if not member.is_reference]
        found.add(("argument", argument.title, len(argument.members), *texts))
        found |= {("pcs", argument.title, place, *_role(m)) for place, m in enumerate(argument.pcs)}
    found |= {("relation", r.kind, *_end(r.source), *_end(r.target)) for r in model.relations}
    return found


def _role(member: Member) -> tuple[str, ...]:
    return (member.title, member.role, *(member.inference.rules if member.inference else ()))


def _end(end: End) -> tuple[Any, ...]:
    return (end.type, end.argument, end.index) if isinstance(end, Inference) else (end.type, end.title)


def official_facts(value: dict[str, Any]) -> Facts:
    """The same facts from the official parser's JSON."""
    found: Facts = set()
    for word, items in (("statement", value["statements"]), ("argument", value["arguments"])):
        for title, item in items.items():
            members = item.get("members") or []
            texts = [(m.get("text") or "").strip() for m in members if not m.get("isReference")]
            found.add((word, title, len(members), *texts))
            for place, member in enumerate(item.get("pcs") or ()):
                rules = (member.get("inference") or {}).get("inferenceRules") or ()
                found.add(("pcs", title, place, member["title"], member["role"], *rules))
    for relation in value["relations"]:
        source = (relation["fromType"], relation["from"])
        target = (relation["toType"], relation["to"])
        target += (relation["conclusionIndex"],) if relation["toType"] == "inference" else ()
        found.add(("relation", relation["relationType"], *source, *target))
    return found


def compared(folder: Path, answers: Path) -> Iterator[tuple[str, Facts, Facts]]:
    """Every Argdown file that has an answer, with what only we say and what only the official parser says."""
    for path in sorted(folder.rglob("*.argdown")):
        answer = answers / path.relative_to(folder).with_suffix(".json")
        if answer.exists():
            expected = official_facts(json.loads(answer.read_text("utf-8")))
            try:
                actual = facts(parsed(guards.decoded(path.read_bytes())))
            except FormatError as error:
                actual = {("error", str(error))}
            yield str(path.relative_to(folder)), actual - expected, expected - actual


def report(folder: Path, answers: Path) -> str:
    """The share of files that agree in everything, and the differences of those that do not."""
    rows = list(compared(folder, answers))
    same = sum(not ours and not theirs for _, ours, theirs in rows)
    lines = [f"{same} of {len(rows)} files agree in everything ({100 * same / max(1, len(rows)):.1f} %)"]
    for name, ours, theirs in rows:
        lines += [f"{name}: only ours {fact}" for fact in sorted(map(str, ours))]
        lines += [f"{name}: only theirs {fact}" for fact in sorted(map(str, theirs))]
    return "\n".join(lines)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    beside = Path(sys.argv[2]) if len(sys.argv) > 2 else place.parent / f"{place.name}_json"
    sys.stdout.write(report(place, beside) + "\n")
