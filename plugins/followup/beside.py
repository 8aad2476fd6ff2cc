"""Work that a second process does while this one goes on."""

from __future__ import annotations

import os
import pickle
import signal
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")


def may_divide() -> bool:
    """Whether there is a second processor, and a way to let it go on from here.

    Elsewhere than on Linux a divided process may not use what the system's own libraries have begun.
    """
    return hasattr(os, "memfd_create") and len(os.sched_getaffinity(0)) > 1


class Beside(Generic[T]):
    """What `work` gives, worked out by a second process that knows all that this one knows.

    It has to give something that can be pickled, and to leave everything else as it is: what it
    writes down, prints or logs may be lost.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        # In memory alone: what is worked out are pages made of private notes.
        self._answer = os.memfd_create("followup")
        with warnings.catch_warnings():
            # Python warns of locks that another thread may hold. The work asks for none of them.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process: int | None = os.fork()
        if self._process == 0:
            self._do()

    def take(self) -> T:
        """The result, once it is there.

        If the second process did not get to it, the work is done here, with whatever it raises.
        """
        done = self._wait()
        with os.fdopen(self._answer, "rb") as answer:
            answer.seek(0)
            found: T = pickle.load(answer) if done else self._work()  # noqa: S301  # by our own hand
        return found

    def drop(self) -> None:
        """Give it up, where it is still under way."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            self._wait()
            os.close(self._answer)

    def _wait(self) -> bool:
        """Wait for the second process, and say whether it has done the work."""
        assert self._process is not None
        try:
            return os.waitpid(self._process, 0)[1] == 0
        except ChildProcessError:  # whoever started this process wants to hear of no ends
            return False
        finally:
            self._process = None

    def _do(self) -> None:
        """Do the work and end, without a word whatever happens: nothing here is this process's own."""
        failed = True
        try:
            with os.fdopen(self._answer, "wb") as answer:
                pickle.dump(self._work(), answer, pickle.HIGHEST_PROTOCOL)
            failed = False
        finally:
            os._exit(failed)
