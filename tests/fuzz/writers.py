"""Writers that are killed, and many writers at once: a program of its own, since it forks.

`python -m tests.fuzz.writers killed FOLDER KILLS recorded` prints how many kills left something
behind, or the first note that was neither old nor new.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from followup.notes.append import Insertion, append_event
from followup.notes.schema import LogItem
from followup.recording import record, undo
from tests.fuzz.interruption import Interruption, calls_of

NOTE = b"---\ncompany: Acme\ntitle: Analyst\nlog: # what happened\n---\n## The job\n- A bullet\n"
NAMES = ("a.md", "b.md", "c.md")
LONGEST_LIFE = 0.025
"""Seconds; in so long a writer writes a few notes."""

Write = Callable[[Path, str, LogItem], None]


def event(note: str) -> LogItem:
    """A call, with something to tell it from others."""
    return LogItem.model_validate({"on": "2026-11-20", "event": "call", "note": note})


CALL = event("They call.")


def write_recorded(notes: Path, name: str, item: LogItem) -> None:
    """Log an event in the way of the program; every third is taken back."""
    recorded = record(notes, name, item)
    if recorded.line % 3 == 0:
        undo(notes, recorded)


def write_in_place(notes: Path, name: str, item: LogItem) -> None:
    """Log an event in the way that loses notes, to show that the test can see it."""
    data = after(name, (notes / name).read_bytes(), item)
    with (notes / name).open("wb") as stream:
        for line in data.splitlines(keepends=True):
            stream.write(line)
            stream.flush()


WRITERS: dict[str, Write] = {"recorded": write_recorded, "in-place": write_in_place}


def after(name: str, data: bytes, item: LogItem) -> bytes:
    """The note with one event more."""
    done = append_event(name, data, item)
    assert isinstance(done, Insertion), done
    return done.data


def kill_in_a_loop(notes: Path, kills: int, write: Write) -> int:
    """Kill a writer again and again, and look at all notes each time: how many kills left a file.

    Raises ValueError for a note that holds anything but whole events.
    """
    valid = [NOTE]
    left_behind = 0
    for number in range(kills):
        if number % 10 == 0:  # a note that only grows is slower to read each time
            for name in NAMES:
                (notes / name).write_bytes(NOTE)
        _kill_one(notes, write)
        for name in NAMES:
            data = (notes / name).read_bytes()
            while len(valid[-1]) < len(data):
                valid.append(after(name, valid[-1], CALL))
            if data not in valid:
                raise ValueError(f"after {number} kills {name} is {data!r}")
        left_behind += bool(_strays(notes))
        record(notes, NAMES[0], CALL)
        if strays := _strays(notes):
            raise ValueError(f"after {number} kills {strays} stayed")
    return left_behind


def _strays(notes: Path) -> set[str]:
    return {file.name for file in notes.iterdir()} - set(NAMES)


def _kill_one(notes: Path, write: Write) -> None:
    child = os.fork()
    if child == 0:
        for name in cycle(NAMES):
            write(notes, name, CALL)
    time.sleep(random.uniform(0, LONGEST_LIFE))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def break_off_each_call(notes: Path, *, late: bool) -> tuple[int, int]:
    """Break a writer off at each call of the system: how many notes stayed old, how many are new.

    Raises ValueError for a note that is neither.
    """
    name, new = NAMES[0], after(NAMES[0], NOTE, CALL)
    (notes / name).write_bytes(NOTE)
    found = {NOTE: 0, new: 0}
    for number in range(len(calls_of(lambda: record(notes, name, CALL)))):
        (notes / name).write_bytes(NOTE)
        child = os.fork()
        if child == 0:
            try:
                with Interruption(number, KeyboardInterrupt, late=late).active():
                    record(notes, name, CALL)
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        data = (notes / name).read_bytes()
        if data not in found:
            raise ValueError(f"broken off at call {number} {name} is {data!r}")
        found[data] += 1
        record(notes, name, CALL)
        if {file.name for file in notes.iterdir()} != {name}:
            raise ValueError(f"broken off at call {number} a file stayed")
    return found[NOTE], found[new]


def record_at_once(notes: Path, writers: int) -> None:
    """Let many processes log one event each, all of them in a few notes, and wait for the last."""
    for name in NAMES:
        (notes / name).write_bytes(NOTE)
    start, go = os.pipe()
    children = []
    for number in range(writers):
        child = os.fork()
        if child == 0:
            os.close(go)
            os.read(start, 1)  # returns for all of them when the parent closes its end
            record(notes, NAMES[number % len(NAMES)], event(f"Call {number}."))
            os._exit(0)
        children.append(child)
    os.close(go)
    failed = [child for child in children if os.waitpid(child, 0)[1]]
    if failed:
        raise ValueError(f"{len(failed)} writers failed")


def main() -> None:
    """Do what the arguments say."""
    what, folder, *how = sys.argv[1:]
    if what == "killed":
        print(kill_in_a_loop(Path(folder), int(how[0]), WRITERS[how[1]]))  # noqa: T201
    elif what == "interrupted":
        print(*break_off_each_call(Path(folder), late=how[0] == "after"))  # noqa: T201
    else:
        record_at_once(Path(folder), int(how[0]))


if __name__ == "__main__":
    main()
