"""Zip files: written the same every time, read only within limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from argmap.errors import FormatError

MAX_FILES = 10_000
MAX_TOTAL = 256 * 1024 * 1024
MAX_RATIO = 200
_EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files, sorted, without dates."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return data.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of a zip by name, in memory; nothing is written to disk.

    Raises:
        FormatError: not a zip, or one that grows beyond all measure.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            total = sum(info.file_size for info in members)
            if len(members) > MAX_FILES or total > MAX_TOTAL or total > MAX_RATIO * max(len(data), 4096):
                raise FormatError("a zip that unpacks to far more than it is")
            files = {info.filename: _bounded(archive, info) for info in members}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FormatError(f"not a readable zip: {error}") from error
    return _bare({name: file for name, file in files.items() if not name.startswith("__MACOSX/")})


def _bare(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same files without the one folder that all of them are in, as file managers pack them."""
    top = {name.partition("/")[0] for name in files}
    if len(top) != 1 or not all("/" in name for name in files):
        return files
    return {name.partition("/")[2]: file for name, file in files.items()}


def _bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as file:
        content = file.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise FormatError(f"'{info.filename:.60}' in the zip is not as long as it says")
    return content
