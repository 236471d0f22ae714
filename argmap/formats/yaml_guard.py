"""YAML from uploads: no aliases, no tags, at most 16 deep; texts and numbers only, so ``no`` stays a word."""

from __future__ import annotations

from typing import Any

from argmap.errors import FormatError
from argmap.formats.guards import refuse_half_characters

MAX_YAML = 64 * 1024 * 1024
MAX_EVENTS = 400_000  # what costs time is how many things there are, not how long they are
MAX_DEPTH = 16


def yaml_value(text: str, *, line: int | None = None) -> Any:
    """The value of a YAML text; dates, ``yes`` and ``12:30`` stay the texts they are.

    Args:
        line: where the text begins in its file, for errors.

    Raises:
        FormatError: not YAML, larger than 64 MiB, of more than 400,000 entries, nested deeper than 16, or
            with aliases.
    """
    import yaml

    if len(text) > MAX_YAML:
        raise FormatError(f"more than {MAX_YAML >> 20} MiB of YAML", line=line)
    try:
        _refuse_hostile(text)
        value = _named(yaml.load(text, Loader=_loader()))  # a SafeLoader with fewer types
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = (line or 1) + mark.line if mark is not None else line
        raise FormatError(f"not YAML: {getattr(error, 'problem', None) or error}", line=at) from error
    if "\\" in text:
        refuse_half_characters(value)
    return value


def _named(value: Any) -> Any:
    """The same with texts for keys, as JSON has them; at most `MAX_DEPTH` deep."""
    if isinstance(value, dict):
        return {str(key): _named(item) for key, item in value.items()}
    return [_named(item) for item in value] if isinstance(value, list) else value


def _safe_loader() -> Any:
    """The one in C where there is one: ten times as fast."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refuse_hostile(text: str) -> None:
    """Go through the events, which are flat, before anything is built from them."""
    import yaml

    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_safe_loader())):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FormatError("YAML aliases are not allowed", line=line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if count > MAX_EVENTS:
            raise FormatError(f"more than {MAX_EVENTS:,} entries of YAML", line=line)
        if depth > MAX_DEPTH:
            raise FormatError(f"YAML nested deeper than {MAX_DEPTH} levels", line=line)


def _loader() -> Any:
    safe_loader = _safe_loader()

    class PlainLoader(safe_loader):  # type: ignore[misc,valid-type]
        """Texts, whole and decimal numbers, true, false and null."""

    plain = {f"tag:yaml.org,2002:{name}" for name in ("int", "float", "null")}
    PlainLoader.yaml_implicit_resolvers = {
        letter: [
            (tag, pattern)
            for tag, pattern in pairs
            if tag in plain or (tag.endswith(":bool") and letter in ("t", "T", "f", "F"))
        ]
        for letter, pairs in safe_loader.yaml_implicit_resolvers.items()
    }
    return PlainLoader
