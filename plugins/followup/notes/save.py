"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

# What a file system without hard links says, such as the one of a USB stick.
_NO_LINKS: Final = (
    errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS,
)  # fmt: skip
# A new file, and the new bytes of a note. Only one process at a time replaces notes.
_NEW, _REPLACING, _SUFFIX = ".followup-new-", ".followup-note-", ".tmp"
# So long nobody writes one file: what is older was left behind by a run that was killed.
_STRAY_AFTER: Final = 600.0


class ChangedMeanwhileError(Exception):
    """Somebody changed a note between its reading and its writing; nothing was written."""


def save_new_note(file: Path, text: str) -> None:
    """Write `text` to `file`, which must not exist.

    The note appears in one step with all its bytes. Raises FileExistsError where something is
    there already, and OSError where the disk refuses; then nothing is left behind.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with _written_beside(file, text.encode()) as draft:
        try:
            file.hardlink_to(draft)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _write_new(file, text)
    settle_folder(file.parent)


def _write_new(file: Path, text: str) -> None:
    """Write `text` to `file`, which must not exist, where it cannot appear in one step."""
    with file.open("xb") as stream:
        try:
            _write(stream, text.encode())
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
    with _written_beside(target, text.encode()) as draft:
        draft.replace(target)


def replace_note(file: Path, data: bytes, digest: str) -> None:
    """Put `data` in the place of the note whose bytes had the SHA-256 `digest` when it was read.

    It happens in one step; a link stays one, and the permissions stay as they are. The caller sees
    to it that nobody else replaces notes in this folder meanwhile. Raises ChangedMeanwhileError
    where the note is another by now, and OSError where it is write-protected or the disk refuses;
    then it is left as it is.
    """
    target = Path(os.path.realpath(file))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    _sweep(target.parent)
    with _written_beside(target, data, _REPLACING) as draft:
        _keep_rights(target, draft)
        if hashlib.sha256(target.read_bytes()).hexdigest() != digest:
            raise ChangedMeanwhileError
        draft.replace(target)
    settle_folder(target.parent)


def _keep_rights(old: Path, new: Path) -> None:
    """Give a file the permissions of another, and where that is allowed its owner."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(new, old.stat().st_uid, old.stat().st_gid)
    shutil.copymode(old, new)


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed left in `folder`."""
    oldest = time.time() - _STRAY_AFTER
    with suppress(OSError):
        for stray in folder.glob(f".followup-*{_SUFFIX}"):
            with suppress(OSError):
                if stray.name.startswith(_REPLACING) or stray.stat().st_mtime < oldest:
                    stray.unlink()


def settle_folder(folder: Path) -> None:
    """Let the disk keep the folder's own record of a file that was written.

    Where it cannot, the file is there all the same; only a power cut now could bring the old one
    back, and that would be whole.
    """
    if os.name != "posix":  # other systems cannot open a folder
        return
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


@contextmanager
def _written_beside(file: Path, data: bytes, prefix: str = _NEW) -> Iterator[Path]:
    """A file in the same folder that holds `data` and is gone afterwards, whatever happens."""
    number, name = tempfile.mkstemp(prefix=prefix, suffix=_SUFFIX, dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            _write(stream, data)
        yield draft
    finally:
        # Once it stands in the place of another, there is nothing to take away.
        with suppress(OSError):
            draft.unlink()


def _write(stream: BinaryIO, data: bytes) -> None:
    stream.write(data)
    stream.flush()
    os.fsync(stream.fileno())
