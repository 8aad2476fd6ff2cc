"""Writing events into notes: the one way that every command and every button goes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from followup.notes.append import Insertion, Refusal, append_event, take_back
from followup.notes.locks import hold_folder
from followup.notes.save import ChangedMeanwhileError, replace_note
from followup.notes.schema import LogItem

_TRIES = 5


class RecordError(Exception):
    """Why nothing was written, and what the owner can do; the note is as it was."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written: the note, the line, and the run of bytes that undoing takes back."""

    path: str
    insertion: Insertion

    @property
    def line(self) -> int:
        """The line of the note on which the event stands."""
        return self.insertion.line


def read_note(notes: Path, path: str) -> bytes:
    """The bytes of the note at `path` below `notes`; raises RecordError where it cannot be read."""
    try:
        return (notes / path).read_bytes()
    except OSError as error:
        raise RecordError(
            f"`{path}` could not be read: {error.strerror}", "is it there?"
        ) from error


def record(notes: Path, path: str, item: LogItem) -> Recorded:
    """Append `item` to the log of the note at `path` below `notes`.

    An editor that saves the note in between is not overwritten: the note is read again, a few
    times. Raises RecordError where nothing was written.
    """
    file = notes / path
    with _alone(notes):
        for _ in range(_TRIES):
            data = read_note(notes, path)
            done = append_event(path, data, item)
            if isinstance(done, Refusal):
                raise RecordError(done.message, done.hint)
            if _replaced(file, data, done.data):
                return Recorded(path, done)
    raise _restless(path)


def change(notes: Path, path: str, turn: Callable[[bytes], bytes | Refusal]) -> None:
    """Give the note at `path` below `notes` the bytes that `turn` makes of those it has.

    As with `record`, what an editor saves in between is read, not overwritten. Raises RecordError
    where nothing was written.
    """
    with _alone(notes):
        for _ in range(_TRIES):
            data = read_note(notes, path)
            done = turn(data)
            if isinstance(done, Refusal):
                raise RecordError(done.message, done.hint)
            if _replaced(notes / path, data, done):
                return
    raise _restless(path)


def undo(notes: Path, recorded: Recorded) -> None:
    """Take back exactly the bytes that were written, if they are still there.

    Raises RecordError where they are not, or the disk refuses.
    """
    file = notes / recorded.path
    with _alone(notes):
        for _ in range(_TRIES):
            data = read_note(notes, recorded.path)
            rest = take_back(recorded.path, data, recorded.insertion)
            if isinstance(rest, Refusal):
                raise RecordError(rest.message, rest.hint)
            if _replaced(file, data, rest):
                return
    raise _restless(recorded.path)


def _replaced(file: Path, old: bytes, new: bytes) -> bool:
    """Whether the note got its new bytes; not so where somebody changed it meanwhile."""
    try:
        replace_note(file, new, hashlib.sha256(old).hexdigest())
    except ChangedMeanwhileError:
        return False
    except OSError as error:
        message = f"`{file.name}` could not be written: {error.strerror}"
        raise RecordError(message, "is the disk full, or the file write-protected?") from error
    return True


def _restless(path: str) -> RecordError:
    return RecordError(
        f"`{path}` keeps changing while it is being written",
        "save it in your editor, then try again",
    )


@contextmanager
def _alone(notes: Path) -> Iterator[None]:
    """Keep every other writer of this folder's notes waiting, in other processes too.

    The system lets go of the lock when a process ends, however it ends.
    """
    try:
        number = hold_folder(notes, wait=True)
    except OSError as error:
        raise RecordError(
            f"the notes folder could not be locked: {error.strerror}",
            "is another program busy with it? Try again",
        ) from error
    try:
        yield
    finally:
        # Even where this fails the lock is gone, and what was written stands.
        with suppress(OSError):
            os.close(number)
