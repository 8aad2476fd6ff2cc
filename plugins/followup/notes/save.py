"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

# What a file system without hard links says, such as the one of a USB stick.
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP)


def save_new_note(file: Path, text: str) -> None:
    """Write `text` to `file`, which must not exist.

    The note appears in one step with all its bytes. Raises FileExistsError where something is
    there already, and OSError where the disk refuses; then nothing is left behind.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with _written_beside(file, text) as draft:
        try:
            file.hardlink_to(draft)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _write_new(file, text)


def _write_new(file: Path, text: str) -> None:
    """Write `text` to `file`, which must not exist, where it cannot appear in one step."""
    with file.open("xb") as stream:
        try:
            _write(stream, text)
        except OSError:
            file.unlink()
            raise


def save_whole(file: Path, text: str) -> None:
    """Write `text` to `file` in one step; where that fails, what was there before stays.

    A pipe or a device is written to, and a link stays one: the file that it leads to is replaced.
    Raises OSError where the disk refuses.
    """
    if file.exists() and not file.is_file():
        file.write_bytes(text.encode())
        return
    target = Path(os.path.realpath(file))
    with _written_beside(target, text) as draft:
        draft.replace(target)


@contextmanager
def _written_beside(file: Path, text: str) -> Iterator[Path]:
    """A file in the same folder that holds `text` and is gone afterwards, whatever happens."""
    number, name = tempfile.mkstemp(prefix=".followup-", suffix=".tmp", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            _write(stream, text)
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _write(stream: BinaryIO, text: str) -> None:
    stream.write(text.encode())
    stream.flush()
    os.fsync(stream.fileno())
