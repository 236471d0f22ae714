"""Bytes to canonical text: one newline, no control characters, no lone surrogates."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from argmap.errors import ReadError

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "a rich text document; save it as plain text"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"RIFF", "a sound or picture file"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"PAR1", "a Parquet table"),
)
# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_VISIBLE = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: 0x2421}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNENCODABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_FEW_CONTROLS = 16
_MANY_CONTROLS = 0.05


@dataclass(frozen=True, slots=True)
class Decoded:
    """Canonical text, the encoding it came in, and what had to be changed, in words."""

    text: str
    encoding: str
    notices: tuple[str, ...] = ()


def decode(data: bytes, *, path: str) -> Decoded:
    """The canonical text in these bytes: ``\\n`` newlines, no byte order mark, visible control characters.

    Raises:
        ReadError: the file is empty or is not a text.
    """
    _refuse_binary(data, path)
    raw, encoding, notices = _decoded(data)
    _refuse_noise(raw, path)
    text, changes = canonical(raw)
    if not text.strip():
        raise ReadError("the file holds no text", path=path, line=1)
    return Decoded(text, encoding, (*notices, *changes))


def canonical(raw: str) -> tuple[str, tuple[str, ...]]:
    """Text in the one form documents keep, and notices of what was replaced."""
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    notices = []
    if _UNENCODABLE.search(text):
        # UTF-16 joins pairs of surrogates, so that only lone ones are lost.
        joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        before, text = text.count("\ufffd"), _UNENCODABLE.sub("\ufffd", joined)
        if text.count("\ufffd") > before:
            notices.append("characters that no text can hold were replaced by U+FFFD")
    if _CONTROL.search(text):
        text = text.translate(_VISIBLE)
        notices.append("control characters were made visible")
    return text, tuple(notices)


def _refuse_binary(data: bytes, path: str) -> None:
    if not data:
        raise ReadError("the file is empty", path=path, line=1)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"not a text but {kind}", path=path, line=1)
    if data[4:8] == b"ftyp":
        raise ReadError("not a text but a film or sound file", path=path, line=1)


def _refuse_noise(raw: str, path: str) -> None:
    found = [match.start() for match in _CONTROL.finditer(raw)]
    if len(found) > _FEW_CONTROLS and len(found) > _MANY_CONTROLS * len(raw):
        line = raw.count("\n", 0, found[0]) + 1
        raise ReadError("not a text: too many control characters", path=path, line=line)


def _decoded(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    data = data.removeprefix(codecs.BOM_UTF8)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding, ()
    wide = _wide_encoding(data)
    if wide:
        return data.decode(wide, "replace"), wide, (f"read as {wide}: it has no byte order mark",)
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _not_utf8(data)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: Western text has a NUL in every second byte, and in no other."""
    sample = data[:4096]
    units = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * units and even < 0.05 * units + 1 and units > 1:
        return "utf-16-le"
    if even > 0.4 * units and odd < 0.05 * units + 1 and units > 1:
        return "utf-16-be"
    return None


def _not_utf8(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    try:
        return data.decode("utf-8", "surrogatepass"), "utf-8", ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        notice = f"read as Windows-1252: line {line} is not UTF-8"
        return data.decode("cp1252", "replace"), "cp1252", (notice,)
