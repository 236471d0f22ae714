"""Questions to a server that speaks OpenAI's chat protocol: retries, limits, a budget and a cache."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from argmap.errors import MiningError, MissingExtra
from argmap.mining.llm.settings import KEY, Settings
from argmap.model.codec import canonical

MOST_BYTES = 4_000_000
"""Bytes of an answer that are read."""
ASKED_AGAIN = 2
"""How often a model is told that its answer was none."""
LONGEST_WAIT = 30.0
_LETTERS_A_TOKEN = 3
_PASSING = frozenset((408, 409, 425, 429, 500, 502, 503, 504))

Message = Mapping[str, str]
Check = Callable[[str], Any]


class Unusable(MiningError):
    """A model gave no answer of use to this question; another may do."""


class _Passing(MiningError):
    """The server did not answer this time; ``wait`` are the seconds it asks for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class Asker:
    """Asks one model, and keeps count.

    Args:
        settings: which model, where, within which limits.
        schema: JSON Schema that the server is asked to keep to.
        sleep: waits between tries.

    Raises:
        MissingExtra: httpx is not installed.
    """

    def __init__(
        self, settings: Settings, schema: Mapping[str, Any], *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        try:
            import httpx
        except ImportError as error:
            raise MissingExtra("miner", "llm", "llm") from error
        self.settings, self.schema = settings, schema
        self.tokens = self.requests = self.remembered = 0
        self._sleep, self._http = sleep, httpx
        self._is_plain = False

    def ask(self, messages: Sequence[Message], check: Check) -> Any:
        """What ``check`` makes of the answer; it raises ValueError where the answer is none.

        Raises:
            Unusable: the answer is cut off, or none after it was asked for again.
            MiningError: the server cannot be used, or the budget is spent.
        """
        path = self._path(messages)
        if path is not None:
            with suppress(OSError, ValueError):  # a damaged answer is asked for again
                found = check(path.read_text(encoding="utf-8"))
                self.remembered += 1
                return found
        for _ in range(1 + ASKED_AGAIN):
            content = self._content(messages)
            try:
                found = check(content)
            except ValueError as error:
                problem = f"That is no valid answer: {str(error)[:300]}. Give nothing but the JSON object."
                messages = [*messages[:2], {"role": "user", "content": problem}]
                continue
            _keep(path, content)
            return found
        raise Unusable("no valid answer")

    def _path(self, messages: Sequence[Message]) -> Path | None:
        if self.settings.cache is None:
            return None
        asked = canonical([self.settings.base_url, self.settings.model, list(messages), dict(self.schema)])
        return (
            self.settings.cache / f"{hashlib.sha256(asked.encode('utf-8', 'surrogatepass')).hexdigest()}.json"
        )

    def _content(self, messages: Sequence[Message]) -> str:
        """The words of the model's answer, after as many tries as it takes."""
        last: _Passing | None = None
        for number in range(self.settings.tries):
            if self.tokens >= self.settings.budget:
                raise MiningError(
                    f"the budget of {self.settings.budget:,} tokens is spent; what was answered is kept, so "
                    "the same command with a larger --budget goes on from here"
                )
            try:
                return self._answered(messages)
            except _Passing as error:
                last = error
                if number + 1 < self.settings.tries:
                    wait = 0.5 * 2**number if error.wait is None else error.wait
                    self._sleep(min(LONGEST_WAIT, max(0.0, wait)))
        raise MiningError(f"{self.settings.base_url} did not answer ({last}); what was answered is kept")

    def _answered(self, messages: Sequence[Message]) -> str:
        body = self._body(messages)
        self.requests += 1
        status, headers, data = self._post(body)
        if status == 400 and not self._is_plain:
            self._is_plain = True  # not every server knows of schemas
            return self._answered(messages)
        if status in _PASSING:
            raise _Passing(f"status {status}", _seconds(headers.get("retry-after")))
        if status != 200:
            raise MiningError(f"{self.settings.base_url} refuses (status {status}): {_hint(status)}")
        value = _json(data)
        self._count(value, len(body) + len(data))
        return _words(value)

    def _body(self, messages: Sequence[Message]) -> bytes:
        body: dict[str, Any] = {"model": self.settings.model, "messages": list(messages), "stream": False}
        if not self._is_plain:
            shape = {"name": "argument_map", "strict": True, "schema": dict(self.schema)}
            body |= {"temperature": 0, "response_format": {"type": "json_schema", "json_schema": shape}}
        return json.dumps(body).encode()

    def _post(self, body: bytes) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body of one request: no redirects, no more bytes or seconds than allowed."""
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if self.settings.key:
            headers["Authorization"] = f"Bearer {self.settings.key}"
        url = self.settings.base_url.rstrip("/") + "/chat/completions"
        end = time.monotonic() + self.settings.timeout
        data = bytearray()
        try:
            with (
                self._http.Client(timeout=self.settings.timeout, follow_redirects=False) as client,
                client.stream("POST", url, content=body, headers=headers) as response,
            ):
                for chunk in response.iter_raw():
                    data += chunk
                    if len(data) > MOST_BYTES:
                        raise Unusable("the answer is too long")
                    if time.monotonic() > end:
                        raise _Passing("too slow")
                return response.status_code, response.headers, bytes(data)
        except (self._http.HTTPError, self._http.InvalidURL, OSError) as error:
            raise _Passing(type(error).__name__) from error

    def _count(self, value: Any, size: int) -> None:
        usage = value.get("usage") if isinstance(value, dict) else None
        told = usage.get("total_tokens") if isinstance(usage, dict) else None
        is_count = isinstance(told, int) and not isinstance(told, bool) and told > 0
        self.tokens += told if is_count and told is not None else size // _LETTERS_A_TOKEN


def _keep(path: Path | None, content: str) -> None:
    """Keep an answer, whole or not at all; without room for it, it is asked for again some day."""
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_suffix(".partial")
        partial.write_text(content, encoding="utf-8", errors="replace")
        partial.replace(path)


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _Passing("no JSON") from error


def _words(value: Any) -> str:
    """The words of the first choice."""
    try:
        choice = value["choices"][0]
        content = choice["message"]["content"]
    except (LookupError, TypeError) as error:
        raise _Passing("no answer in it") from error
    if choice.get("finish_reason") == "length":
        raise Unusable("the answer is cut off")
    if not isinstance(content, str):
        raise Unusable("the model refuses")
    return content


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _hint(status: int) -> str:
    if status in (401, 403):
        return f"it wants a key in {KEY}, or another one"
    if 300 <= status < 400:
        return "it sends elsewhere; name that address as --base-url"
    return "is the model's name right, and does the address end as it should (often /v1)?"
