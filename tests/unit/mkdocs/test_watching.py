"""Changes of notes that the system tells of, that are only seen, and that are both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from watchdog.events import (
    FileClosedNoWriteEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import EventQueue, ObservedWatch

from followup.mkdocs import watching
from followup.mkdocs.watching import QuickObserver

NEVER = 3600.0
SOON = 0.05
PATIENCE = 30.0


class Listener(FileSystemEventHandler):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.heard: Queue[FileSystemEvent] = Queue()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Keep it."""
        self.heard.put(event)

    @property
    def names(self) -> list[str]:
        """The files of all that was heard, each once."""
        return sorted({Path(str(event.src_path)).name for event in self.heard.queue})


@contextmanager
def _observing(folder: Path, looks_every: float) -> Iterator[Listener]:
    listener = Listener()
    observer = QuickObserver(looks_every)
    observer.schedule(listener, str(folder), recursive=True)
    observer.start()
    try:
        yield listener
    finally:
        observer.stop()
        observer.join()


def test_a_change_is_heard_without_a_look(tmp_path: Path) -> None:
    """Nobody waits for the next look."""
    with _observing(tmp_path, NEVER) as listener:
        (tmp_path / "a.md").write_text("new")
        event = listener.heard.get(timeout=PATIENCE)
    assert event.src_path == str(tmp_path / "a.md")


@pytest.mark.parametrize("refused", ["schedule", "start"])
def test_a_change_is_seen_where_the_system_tells_nothing(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full table of watches, or a folder that cannot be watched, costs only time."""

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(Observer, refused, refuse)
    with _observing(tmp_path, SOON) as listener:
        (tmp_path / "a.md").write_text("new")
        event = listener.heard.get(timeout=PATIENCE)
    assert event.src_path == str(tmp_path / "a.md")


@pytest.mark.parametrize("looks_every", [SOON, NEVER])
def test_a_file_whose_place_another_takes_is_still_watched(
    looks_every: float, tmp_path: Path
) -> None:
    """Editors put a new file in the old one's place; what lies beside it is of no interest."""
    config, new = tmp_path / "mkdocs.yml", tmp_path / "new"
    config.write_text("old")
    with _observing(config, looks_every) as listener:
        for number in range(3):
            new.write_text(f"new {number}")
            new.replace(config)
            event = listener.heard.get(timeout=PATIENCE)
            assert str(config) in (event.src_path, event.dest_path)
    assert listener.heard.empty()


def test_a_folder_that_is_made_anew_is_still_watched(tmp_path: Path) -> None:
    """Programs that synchronise or restore folders take them away for a moment."""
    notes = tmp_path / "notes"
    notes.mkdir()
    queue = EventQueue()
    emitter = watching._PatientEmitter(queue, ObservedWatch(notes, recursive=True))
    emitter.on_thread_start()
    notes.rmdir()
    emitter.queue_events(0)
    notes.mkdir()
    (notes / "a.md").write_text("text")
    emitter.queue_events(0)
    told = [queue.get(block=False)[0] for _ in range(queue.qsize())]
    assert str(notes / "a.md") in [event.src_path for event in told]


def test_a_folder_that_is_made_later_is_watched(tmp_path: Path) -> None:
    """Nothing is there to look at when the watch begins."""
    later = tmp_path / "later"
    with _observing(later, SOON) as listener:
        later.mkdir()
        (later / "en.yml").write_text("new")
        event = listener.heard.get(timeout=PATIENCE)
    assert event.src_path == str(later / "en.yml")


def _note_and_once(folder: Path) -> tuple[Path, Listener, watching._Once]:
    """A note, and a listener behind what passes each of its states on once."""
    note = folder / "a.md"
    note.write_text("text")
    listener = Listener()
    return note, listener, watching._Once(listener)


def test_what_is_heard_and_seen_is_told_once(tmp_path: Path) -> None:
    """A build follows a change, not each of its echoes."""
    note, listener, once = _note_and_once(tmp_path)
    once.dispatch(FileModifiedEvent(str(note)))
    once.dispatch(FileCreatedEvent(str(note)))
    assert listener.heard.qsize() == 1
    note.write_text("another text")
    once.dispatch(FileModifiedEvent(str(note)))
    assert listener.heard.qsize() == 2
    note.unlink()
    once.dispatch(FileDeletedEvent(str(note)))
    once.dispatch(FileDeletedEvent(str(note)))
    assert listener.heard.qsize() == 3


def test_a_new_name_is_told_and_a_look_at_a_file_is_not(tmp_path: Path) -> None:
    """The build itself opens every note."""
    note, listener, once = _note_and_once(tmp_path)
    once.dispatch(FileOpenedEvent(str(note)))
    once.dispatch(FileClosedNoWriteEvent(str(note)))
    assert listener.heard.empty()
    other = note.rename(tmp_path / "b.md")
    once.dispatch(FileMovedEvent(str(note), str(other)))
    assert listener.names == ["a.md"]


def test_what_came_and_went_with_its_folder_between_two_looks_is_told(tmp_path: Path) -> None:
    """Of a folder that is moved away the system tells, and not of what lies in it."""
    notes, away = tmp_path / "notes", tmp_path / "away"
    notes.mkdir()
    away.mkdir()
    (away / "a.md").write_text("text")
    with _observing(notes, NEVER) as listener:
        away.rename(notes / "new")
        assert Path(str(listener.heard.get(timeout=PATIENCE).src_path)).name == "a.md"
        while not listener.heard.empty():
            listener.heard.get()
        (notes / "new").rename(away)
        event = listener.heard.get(timeout=PATIENCE)
    assert (event.event_type, event.src_path) == ("deleted", str(notes / "new" / "a.md"))
