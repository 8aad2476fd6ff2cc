"""A folder put in the place of another: the old one is there whole, or the new one, at every moment.

Where the platform can exchange two names in one step, it does. Elsewhere the old folder is renamed, then
the new one; a run that ends in between is completed by the next.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from followup.notes.locks import hold_folder
from followup.notes.save import settle_folder

_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2
_DARWIN_AT_FDCWD: Final = -2
_NOT_THERE: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM)


@contextmanager
def locked(*folders: Path) -> Iterator[None]:
    """Keep every other publish away from `folders`; raises BusyError where one is under way.

    The system lets go of the locks when a process ends, however it ends.
    """
    with ExitStack() as held:
        for folder in sorted({folder.resolve() for folder in folders}):
            held.callback(os.close, hold_folder(folder, wait=False))
        yield


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """An empty folder beside `target`, to be filled and then given to `swap_in`; gone afterwards.

    What a run that was killed left beside it is completed or taken away first.
    """
    complete_swap(target)
    new = _beside(target, "new")
    target.parent.mkdir(parents=True, exist_ok=True)
    new.mkdir()
    try:
        yield new
    finally:
        _remove(new)


def swap_in(new: Path, target: Path) -> None:
    """Put the folder `new` in the place of `target`; where that fails, `target` is as it was."""
    _settle(new)
    ready = _beside(target, "ready")
    new.rename(ready)
    settle_folder(target.parent)
    try:
        if not target.exists():
            ready.rename(target)
        elif not _exchange(ready, target):
            _rename_both(ready, target)
    except OSError:
        with suppress(OSError):
            complete_swap(target)
        raise
    settle_folder(target.parent)
    # It is in place by now; what is left of the old one can wait for the next run.
    with suppress(OSError):
        complete_swap(target)


def complete_swap(target: Path) -> None:
    """Finish what a run that was killed began, and take away what it left behind."""
    ready = _beside(target, "ready")
    if not target.exists() and ready.exists():
        ready.rename(target)
        settle_folder(target.parent)
    old = _beside(target, "old")
    _remove(old)
    if ready.exists():
        # First out of the name under which the next run would take it for a whole site.
        ready.rename(old)
        _remove(old)
    _remove(_beside(target, "new"))


def _rename_both(ready: Path, target: Path) -> None:
    old = _beside(target, "old")
    target.rename(old)
    try:
        ready.rename(target)
    except OSError:
        old.rename(target)
        raise


def _exchange(one: Path, other: Path) -> bool:
    """Give two folders each other's name in one step; False where the platform has none for that."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            here, call = _DARWIN_AT_FDCWD, library.renameatx_np
        else:
            here, call = _AT_FDCWD, library.renameat2
    except (OSError, AttributeError, TypeError):
        return False
    call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    if call(here, names[0], here, names[1], _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_THERE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _beside(target: Path, part: str) -> Path:
    """A name that no program but this one uses, on the same file system as `target`."""
    return target.with_name(f".{target.name}.followup-{part}")


def _remove(folder: Path) -> None:
    """Take a folder away; what is left of it where the system refuses is in nobody's way."""
    shutil.rmtree(folder, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Let the disk keep every file below `folder` before anybody is led to it."""
    for place, _, names in os.walk(folder):
        for name in names:
            number = os.open(Path(place) / name, os.O_RDWR)
            try:
                os.fsync(number)
            finally:
                os.close(number)
        settle_folder(Path(place))
