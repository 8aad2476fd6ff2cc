"""Writing the steps of an import: all of them or, where the disk refuses, none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from followup.importing.desk import Change, apply_change
from followup.importing.steps import Moved, NewEvent, NewMessage, NewNote, Step
from followup.mkdocs.progress import tracked
from followup.notes.append import Refusal
from followup.notes.save import save_new_note
from followup.recording import RecordError, change


@dataclass(slots=True)
class Written:
    """The steps that were written."""

    steps: set[Step] = field(default_factory=set)


def write_steps(notes: Path, steps: Sequence[Step], moves: Collection[Moved]) -> Written:
    """Write every new note, every event, and those changes of a date.

    Raises RecordError where the disk refuses, after what was written was taken back.
    """
    todo = [
        step
        for step in steps
        if isinstance(step, NewNote | NewEvent | NewMessage)
        or (isinstance(step, Moved) and step in moves)
    ]
    written = Written()
    undo: list[Callable[[], None]] = []
    try:
        for step in tracked(todo, "Writing"):
            undo.append(_write(notes, step))
            written.steps.add(step)
    except (RecordError, KeyboardInterrupt):
        for take_back in reversed(undo):
            with suppress(RecordError, OSError):
                take_back()
        raise
    return written


def _write(notes: Path, step: NewNote | Change) -> Callable[[], None]:
    """Write one step; what is returned takes it back, unless somebody changed it since."""
    if isinstance(step, NewNote):
        return _write_note(notes / step.path, step)
    both: list[bytes] = []

    def turn(data: bytes) -> bytes | Refusal:
        done = apply_change(step, data)
        both[:] = [data, done] if isinstance(done, bytes) else []
        return done

    change(notes, step.path, turn)
    old, new = both

    def turn_back(data: bytes) -> bytes | Refusal:
        return old if data == new else Refusal("the note was changed since", "")

    return partial(change, notes, step.path, turn_back)


def _write_note(file: Path, step: NewNote) -> Callable[[], None]:
    try:
        save_new_note(file, step.text)
    except FileExistsError as error:
        raise RecordError(f"`{file.name}` exists already", "import once more") from error
    except OSError as error:
        message = f"`{file.name}` could not be written: {error.strerror}"
        raise RecordError(message, "is the disk full, or the folder write-protected?") from error

    def take_back() -> None:
        if file.read_bytes() == step.text.encode():
            file.unlink()

    return take_back
