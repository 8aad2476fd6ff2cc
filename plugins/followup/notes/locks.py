"""One process at a time in a folder."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

_BUSY: Final = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


class BusyError(Exception):
    """Another process holds the folder."""


def hold_folder(folder: Path, *, wait: bool) -> int:
    """An open file that nobody else holds: the folder itself or, where folders have no locks, a file.

    That file lies outside the folder, where a preview would see it come. Closing the open file gives
    the lock back. Raises OSError where there is none to be had and, unless it is to `wait` for the
    other process, BusyError.
    """
    if os.name == "posix":
        try:
            return _held(os.open(folder, os.O_RDONLY), wait=wait)
        except OSError:
            pass
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    file = Path(tempfile.gettempdir()) / f"followup-{user}-{name}.lock"
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    return _held(os.open(file, flags, 0o600), wait=wait)


def _held(number: int, *, wait: bool) -> int:
    """The open file once the lock on it is ours."""
    try:
        if os.name == "nt":
            import msvcrt

            mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined,unused-ignore]
            msvcrt.locking(number, mode, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(number)
        if not wait and error.errno in _BUSY:
            raise BusyError from error
        raise
    return number
