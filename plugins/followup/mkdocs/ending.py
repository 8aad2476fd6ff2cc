"""What ends a preview from outside, a closed terminal or a plain `kill`, taken as Ctrl-C is."""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import current_thread, main_thread
from types import FrameType
from typing import Final

_Handler = Callable[[int, FrameType | None], None]

# Windows knows of no terminal that is closed.
_ENDS: Final = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def end_as_interrupt() -> None:
    """From now on what would end this process at once interrupts it, so that it clears up first.

    What is ignored stays so: under `nohup` a closed terminal ends nothing.
    """
    _change(signal.SIG_DFL, _interrupt)


def end_at_once() -> None:
    """From now on it ends this process as before, unless it has interrupted it already."""
    _change(_interrupt, signal.SIG_DFL)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    # The system and the shell may both tell of a closed terminal: the second must not stop the
    # clearing up that the first began.
    _change(_interrupt, signal.SIG_IGN)
    raise KeyboardInterrupt


def _change(old: _Handler | signal.Handlers, new: _Handler | signal.Handlers) -> None:
    """Take each of these signals that was taken as `old` as `new`; Python lets the main thread alone."""
    if current_thread() is main_thread():
        for number in _ENDS:
            if signal.getsignal(number) == old:
                signal.signal(number, new)
