# ruff: noqa: T201  (what it prints is read)
"""Ten people who edit one knowledge base, as a process of its own that can be killed: PATH SECONDS SEED.

Each line it prints is an operation that was acknowledged, or begins with "ERROR".
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from random import Random

from argmap import KnowledgeBase, formats
from argmap.errors import Conflict, DecisionError
from argmap.store.drafts import Outcome
from tests.security.mutations import small_map

PEOPLE = 10
PAUSE = 12.0  # seconds between two edits of one person: five a minute
VERBS = ("claim", "reply", "reply", "accept", "reject", "revise", "undo", "undo", "redo", "import", "export")


def edit(kb: KnowledgeBase, chance: Random, words: str) -> Outcome | None:
    """One thing that somebody does."""
    verb = chance.choice(VERBS)
    some = chance.choice(kb.nodes(order="newest", limit=50)).id
    if verb == "claim":
        return kb.claim("claim", words)
    if verb == "reply":
        return kb.reply(some, chance.choice(("supports", "attacks", "questions")), words)
    if verb == "revise":
        return kb.revise(some, changes={"text": words}, expected=kb.version)
    if verb == "import":
        return kb.load(formats.dump(small_map(chance.randrange(1, 9)), "json")[0])[0]
    if verb == "export":
        kb.dump(chance.choice(("json", "turtle", "csv", "graphml", "argdown", "html")))
        return None
    return kb.undo() if verb == "undo" else kb.redo() if verb == "redo" else getattr(kb, verb)(some)


def work(place: Path, seconds: float, name: str) -> None:
    """Edit until the time is over."""
    chance, end = Random(name), time.monotonic() + seconds
    time.sleep(chance.random() * min(PAUSE, seconds))
    with KnowledgeBase(place, by=name) as kb:
        number = 0
        while time.monotonic() < end:
            number += 1
            try:
                done = edit(kb, chance, f"{name} says {number}: " + "word " * chance.randrange(40))
                print(done.operation if done else "", flush=True)
            except (Conflict, DecisionError):
                pass  # somebody was faster, or there is nothing to take back
            except Exception as error:
                print(f"ERROR {name} {number}: {error!r}", flush=True)
            time.sleep(PAUSE)


def main() -> None:
    """Let them all work."""
    place, seconds, seed = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    people = [threading.Thread(target=work, args=(place, seconds, f"p{n}-{seed}")) for n in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join()


if __name__ == "__main__":
    main()
