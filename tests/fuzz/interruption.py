"""Calls of the system that fail or are broken off, one at a time."""

from __future__ import annotations

import errno
import fcntl
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Self
from unittest import mock

# Every way in which writing a note talks to the system.
CALLS: tuple[tuple[Any, str], ...] = (
    *((os, name) for name in ("open", "close", "fdopen", "fsync", "replace", "unlink", "chmod")),
    *((os, name) for name in ("chown", "stat", "lstat", "scandir", "listdir", "access")),
    (io, "open"),
    (fcntl, "flock"),
)


class Interruption:
    """Counts calls of the system and breaks off one of them: before it happens, or just after.

    A write that is broken off has written half; a file that is closed with an error is closed.
    """

    def __init__(self, at: int | None, error: type[BaseException], *, late: bool = False) -> None:
        self.at, self.error, self.late = at, error, late
        self.seen: list[str] = []

    def wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """`call`, counted."""

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.seen.append(name)
            here = len(self.seen) - 1 == self.at
            if here and not self.late and name != "close":
                raise self.error(errno.EIO, "broken off")
            result = call(*args, **kwargs)
            if here:
                raise self.error(errno.EIO, "broken off")
            return _Stream(result, self) if name == "fdopen" else result

        return counted

    @contextmanager
    def active(self) -> Iterator[None]:
        """Count and break off within."""
        with ExitStack() as patches:
            for module, name in CALLS:
                call = self.wrap(name, getattr(module, name))
                patches.enter_context(mock.patch.object(module, name, call))
            yield


class _Stream:
    """A stream whose writes are counted too, and break off half way."""

    def __init__(self, stream: Any, interruption: Interruption) -> None:
        self._stream, self._interruption = stream, interruption

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._interruption.wrap("close", self._stream.close)()

    def write(self, data: bytes) -> None:
        self._stream.write(data[: len(data) // 2])
        self._stream.flush()
        self._interruption.wrap("write", self._stream.write)(data[len(data) // 2 :])

    def flush(self) -> None:
        self._interruption.wrap("flush", self._stream.flush)()

    def fileno(self) -> int:
        return int(self._stream.fileno())


def calls_of(action: Callable[[], object]) -> list[str]:
    """The calls that it makes where nothing goes wrong."""
    counter = Interruption(None, OSError)
    with counter.active():
        action()
    return counter.seen
