"""Tokens in linear time: spaCy's tokenizer, kept from long runs without a space."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.vocab import Vocab

LONGEST_RUN = 256
"""spaCy peels affixes off one by one and copies the rest each time: quadratic in a run without a space."""

_RUN = re.compile(rf"\S{{{LONGEST_RUN}}}")
_SURROGATES = re.compile("[\ud800-\udfff]")


class CappedTokenizer:
    """spaCy's tokenizer, with runs of more than `LONGEST_RUN` characters cut before it sees them.

    Args:
        inner: the tokenizer that does the work.
    """

    def __init__(self, inner: Tokenizer) -> None:
        self.inner = inner

    @property
    def vocab(self) -> Vocab:
        """The vocabulary that tokens share."""
        vocab: Vocab = self.inner.vocab
        return vocab

    def __call__(self, text: str) -> Doc:
        """A Doc whose text is this one (lone surrogates become U+FFFD, which spaCy can hold)."""
        clean = _SURROGATES.sub("\ufffd", text)
        if not _RUN.search(clean):
            return self.inner(clean)
        docs = [self.inner(piece) for piece in cut_runs(clean)]
        return Doc.from_docs(docs, ensure_whitespace=False) or self.inner("")

    def to_bytes(self, **others: Any) -> bytes:
        """The inner tokenizer's bytes."""
        return bytes(self.inner.to_bytes(**others))

    def from_bytes(self, data: bytes, **others: Any) -> CappedTokenizer:
        """Load the inner tokenizer."""
        self.inner.from_bytes(data, **others)
        return self

    def to_disk(self, path: str | Path, **others: Any) -> None:
        """Write the inner tokenizer."""
        self.inner.to_disk(path, **others)

    def from_disk(self, path: str | Path, **others: Any) -> CappedTokenizer:
        """Read the inner tokenizer."""
        self.inner.from_disk(path, **others)
        return self


def cut_runs(text: str) -> Iterator[str]:
    """The text in pieces, cut inside each long run and after each, so no piece holds more than one."""
    start = 0
    for match in _RUN.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if start < len(text):
        yield text[start:]


@spacy.registry.tokenizers("argmap.CappedTokenizer.v1")  # type: ignore[untyped-decorator]
def capped_tokenizer() -> Callable[[Language], CappedTokenizer]:
    """spaCy's registered constructor ``argmap.CappedTokenizer.v1``."""
    inner = spacy.registry.tokenizers.get("spacy.Tokenizer.v1")()
    return lambda nlp: CappedTokenizer(inner(nlp))
