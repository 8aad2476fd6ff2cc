"""Changes of the notes, heard from the system at once instead of at MkDocs's next look at them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any, Final

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    DirDeletedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingEmitter

LOOKS_EVERY: Final = 2.0
"""Seconds between two looks: the system does not tell of every folder's changes.

MkDocs looks four times as often, which of a thousand notes keeps a processor busy for a twentieth
of the time, builds too.
"""
_SETTLES: Final = 0.03
"""Seconds without a change after which the writing of notes is over."""
_CHANGES: Final = (FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent)
"""What is listened for. Of every look at a file, thousands in a build, the system would tell too."""

_State = tuple[int, int, int] | None


def hear_changes(server: LiveReloadServer) -> None:
    """Let `server` hear of a change in what it watches already as soon as it is made."""
    # A path is watched as often as somebody asked for it.
    watched = [path for path, times in server._watched_paths.items() for _ in range(times)]  # noqa: SLF001
    for path in watched:
        server.unwatch(path)
    server.observer = QuickObserver(LOOKS_EVERY)  # type: ignore[assignment]  # any observer will do
    server.build_delay = _SETTLES
    for path in watched:
        server.watch(path)


class QuickObserver(BaseObserver):
    """Is told of changes by the system, and looks every so many seconds for those it was not told.

    A folder of another computer, or one that several systems share, changes without a word. What is
    both told and seen is passed on once.
    """

    def __init__(self, looks_every: float) -> None:
        super().__init__(_PatientEmitter, timeout=looks_every)
        self._system = Observer()
        self._told: dict[ObservedWatch, ObservedWatch] = {}

    def schedule(
        self, event_handler: FileSystemEventHandler, path: str | Path, **wanted: Any
    ) -> ObservedWatch:
        """Pass changes below `path` on to `event_handler`."""
        once = _Once(event_handler)
        watch = super().schedule(once, path, **wanted)
        told: _Once | _Only = once
        # The system follows a file, not its name, and editors put a new file in the old one's place.
        if not Path(path).is_dir():
            told, path, wanted = _Only(str(path), once), Path(path).parent, {"recursive": False}
        # It has no more room for watches, or none at all for such a folder.
        with suppress(OSError):
            self._told[watch] = self._system.schedule(
                told, str(path), **wanted, event_filter=[*_CHANGES, DirDeletedEvent]
            )
        return watch

    def unschedule(self, watch: ObservedWatch) -> None:
        """Pass on no more of `watch`."""
        super().unschedule(watch)
        if told := self._told.pop(watch, None):
            self._system.unschedule(told)

    def start(self) -> None:
        """Begin to listen and to look."""
        super().start()
        with suppress(OSError):
            self._system.start()

    def stop(self) -> None:
        """Listen and look no more."""
        super().stop()
        self._system.stop()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end of it."""
        super().join(timeout)
        if self._system.is_alive():
            self._system.join(timeout)


class _PatientEmitter(PollingEmitter):
    """Goes on looking where there is nothing yet, or not any more: some write a whole folder anew."""

    def on_thread_start(self) -> None:
        """Look for the first time."""
        with suppress(OSError):
            super().on_thread_start()

    def queue_events(self, timeout: float) -> None:
        """Wait, then tell of what has changed, once there is something to look at."""
        if not self.stopped_event.wait(timeout) and Path(os.fsdecode(self.watch.path)).exists():
            super().queue_events(0)


class _Only(FileSystemEventHandler):
    """Passes on what happens to one file of a folder."""

    def __init__(self, place: str, once: _Once) -> None:
        self._place = place
        self._once = once

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass an event on that has to do with the file."""
        if self._place in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
            self._once.dispatch(event)


class _Once(FileSystemEventHandler):
    """Passes on what happens to files, and each state of a file once."""

    def __init__(self, handler: FileSystemEventHandler) -> None:
        self._handler = handler
        self._known: dict[str, _State] = {}
        self._lock = Lock()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass an event on, unless it was merely a look at a file or nothing is new by now."""
        if isinstance(event, DirDeletedEvent):
            self._lose(os.fsdecode(event.src_path))
        if not isinstance(event, _CHANGES):
            return
        places = [os.fsdecode(place) for place in (event.src_path, event.dest_path) if place]
        with self._lock:
            states = {place: _state(place) for place in places}
            news = any(self._known.get(place, 0) != state for place, state in states.items())
            self._known |= states
        if news:
            self._handler.dispatch(event)

    def _lose(self, folder: str) -> None:
        """Pass on what is gone with a folder: of one that is moved away the system tells no more.

        What came and went between two looks is not seen either.
        """
        below = os.path.join(folder, "")  # noqa: PTH118
        with self._lock:
            known = [place for place, state in self._known.items() if state]
        for place in known:
            if place.startswith(below):
                self.on_any_event(FileDeletedEvent(place))


def _state(place: str) -> _State:
    """What changes with the content of a file; None where there is none."""
    try:
        found = Path(place).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
