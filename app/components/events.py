"""Events in words."""

from __future__ import annotations

from argmap.model import Event

_WORDS = {
    "DocumentAdded": "added the source",
    "TurnsCorrected": "corrected who said what",
    "Suggested": "suggested it",
    "NodeAdded": "added it",
    "LinkAdded": "linked it",
    "Accepted": "accepted it",
    "Rejected": "rejected it",
    "Adjudicated": "settled it",
    "Revised": "changed it",
    "Merged": "merged claims into it",
    "Unmerged": "took a merge apart",
    "Commented": "noted",
    "Described": "described the map",
    "Frozen": "froze a gold version",
    "RoleGranted": "gave a role",
    "SharesSet": "set the shares",
    "Undone": "took a step back",
}


def moment(event: Event) -> str:
    """When it was, to the minute."""
    return event.at[:16].replace("T", " ")


def described(event: Event) -> str:
    """What an event did, in words."""
    change = event.change
    word = _WORDS.get(type(change).__name__, type(change).__name__)
    fields = getattr(change, "changes", {})
    values = "; ".join(f"{name}: {value}" for name, value in fields.items() if isinstance(value, str))
    text = getattr(change, "text", "") or " ".join(
        value for name in ("name", "role") if isinstance(value := getattr(change, name, None), str)
    )
    return " ".join(filter(None, [word, f"({values})" if values else "", f"“{text}”" if text else ""]))
