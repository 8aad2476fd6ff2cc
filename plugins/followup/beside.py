"""Work that a second process does while this one goes on, or that both do together."""

from __future__ import annotations

import os
import pickle
import signal
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import IO, Any, Final, Generic, TypeVar

T = TypeVar("T")

_SIZE: Final = 4
"""Bytes of the number of a task."""


def may_divide() -> bool:
    """Whether there is a second processor, and a way to let it go on from here.

    Elsewhere than on Linux a divided process may not use what the system's own libraries have begun.
    """
    return hasattr(os, "memfd_create") and len(os.sched_getaffinity(0)) > 1


def _new_file() -> int:
    """A file in memory alone, since what it is for are private notes; -1 where there are too many."""
    try:
        return os.memfd_create("followup")
    except OSError:
        return -1


class Beside(Generic[T]):
    """What `work` gives, one after another, worked out by a second process that knows all this one knows.

    That has to be something that can be pickled, and to leave everything else as it is: what it
    writes down, prints or logs may be lost.
    """

    def __init__(self, work: Callable[[], Iterable[T]]) -> None:
        self._work = work
        self._answer = _new_file()
        self._process: int | None = None
        try:
            if self._answer >= 0:
                self._begin()
        except BaseException:
            self.drop()
            raise

    def take(self) -> list[T]:
        """All of it, once it is there.

        If there is no second process, or it did not get to it, the work is done here, with whatever
        it raises.
        """
        if not self._wait():
            self.drop()
            return list(self._work())
        place, self._answer = self._answer, -1
        with os.fdopen(place, "rb") as answer:
            answer.seek(0)
            return list(_load(answer))

    def drop(self) -> None:
        """Give it up, where it is still under way."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._wait()
        if self._answer >= 0:
            os.close(self._answer)
            self._answer = -1

    def _begin(self) -> None:
        """Start the second process, where the system lets it; an interrupt waits meanwhile."""
        waiting = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:
            with warnings.catch_warnings():
                # Python warns of locks that another thread may hold. The work asks for none of them.
                warnings.simplefilter("ignore", DeprecationWarning)
                with suppress(OSError):
                    self._process = os.fork()
            if self._process == 0:
                self._do(waiting)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, waiting)

    def _wait(self) -> bool:
        """Wait for the second process, if there is one, and say whether it has done the work."""
        if self._process is None:
            return False
        try:
            done = os.waitpid(self._process, 0)[1] == 0
        except ChildProcessError:  # whoever started this process wants to hear of no ends
            done = False
        self._process = None
        return done

    def _do(self, waiting: Iterable[int]) -> None:
        """Do the work and end, without a word whatever happens: nothing here is this process's own."""
        failed = True
        try:
            # Nobody here is to hear of an interrupt: what is to be done then, the other one does.
            for number in signal.valid_signals():
                if callable(signal.getsignal(number)):
                    signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
            with os.fdopen(self._answer, "wb") as answer:
                for found in self._work():
                    pickle.dump(found, answer, pickle.HIGHEST_PROTOCOL)
            failed = False
        finally:
            os._exit(failed)


def _load(answer: IO[bytes]) -> Iterator[Any]:
    with suppress(EOFError):
        while True:
            yield pickle.load(answer)  # noqa: S301  # written by our own hand


class InTurn(Generic[T]):
    """Many tasks that two processes do: a second one begins at once, and this one in `finish`.

    Each takes the next task when it is ready for it, so that none waits for the other. Of the tasks
    holds what holds of the work of `Beside`.
    """

    def __init__(self, tasks: Sequence[Callable[[], T]]) -> None:
        self._tasks = tasks
        self._first = os.getpid()
        # Where the next number stands in this file, both processes know from the system.
        self._numbers = _new_file()
        with suppress(OSError):  # what does not stand there is done here in the end
            os.write(self._numbers, b"".join(n.to_bytes(_SIZE, "big") for n in range(len(tasks))))
            os.lseek(self._numbers, 0, os.SEEK_SET)
        self._there = Beside(self._take_turns)

    def finish(self) -> list[T]:
        """What the tasks give, in their order, once all are done."""
        try:
            done = dict(self._take_turns())
            done.update(self._there.take())
        finally:
            self.drop()
        # What the second process had taken when it failed is done here.
        return [done[number] if number in done else do() for number, do in enumerate(self._tasks)]

    def drop(self) -> None:
        """Give up what is still under way."""
        self._there.drop()
        if self._numbers >= 0:
            os.close(self._numbers)
            self._numbers = -1

    def _take_turns(self) -> Iterator[tuple[int, T]]:
        """Do the next task as long as there is one: its number, and what it gives.

        What the first process has locked stays locked until the second has ended, too: that one stops
        when it is alone.
        """
        if self._numbers < 0:
            return
        while len(taken := os.read(self._numbers, _SIZE)) == _SIZE:
            if self._first not in (os.getpid(), os.getppid()):
                break
            number = int.from_bytes(taken, "big")
            yield number, self._tasks[number]()


def do_all(tasks: Sequence[Callable[[], T]], *, worth_help: int) -> list[T]:
    """What the tasks give, in their order; from `worth_help` on two processes do them."""
    if len(tasks) >= worth_help and may_divide():
        return InTurn(tasks).finish()
    return [do() for do in tasks]
