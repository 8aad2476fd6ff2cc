"""How far a long run has come, on standard error, for somebody who is looking at a terminal."""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING, Any, Final, TypeVar

# A run that is quick, or that nobody looks at, has no use for rich: it is loaded where it is needed.
if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

T = TypeVar("T")

_PATIENCE: Final = 1.0
"""Seconds that a run may take before it is worth a word."""
_WIDTH: Final = 24
_LOGGERS: Final = ("mkdocs", "properdocs")


class Progress:
    """What is under way, stage by stage; shown once it has lasted over a second.

    Nothing is ever shown where it is not wanted or standard error is no terminal, and nothing stays
    after the `end`. What MkDocs logs meanwhile stands above it. A stage after the end begins anew.
    """

    def __init__(self, *, wanted: bool = True) -> None:
        self._wanted = wanted
        self._what = ""
        self._done = 0
        self._total: int | None = None
        self._began = 0.0
        self._timer: Timer | None = None
        self._live: Live | None = None
        self._aside: tuple[logging.StreamHandler[Any], ...] = ()

    def stage(self, what: str, total: int | None = None) -> None:
        """Begin a stage, of so many steps if that is known."""
        self._what, self._total, self._done = what, total, 0
        if self._timer is None and self._wanted and sys.stderr.isatty():
            self._began = time.monotonic()
            self._timer = Timer(_PATIENCE, self._show)
            self._timer.daemon = True
            self._timer.start()

    def step(self) -> None:
        """Count one step of the stage."""
        self._done += 1

    def end(self) -> None:
        """Take everything away again; there may be nothing."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
            self._timer = None
        if self._live is not None:
            # The terminal may have been closed; what is to be done after this is done all the same.
            with suppress(OSError):
                self._live.stop()
            self._live = None
            for handler in self._aside:
                handler.setStream(sys.stderr)

    def _show(self) -> None:
        from rich.console import Console
        from rich.live import Live

        console = Console(stderr=True)
        if not console.is_terminal or console.is_dumb_terminal:
            return
        self._aside = tuple(_handlers())
        for handler in self._aside:
            handler.setStream(_Above(console))
        # Standard output is for what a command is asked for, and may go elsewhere.
        self._live = Live(
            console=console, get_renderable=self._render, transient=True, redirect_stdout=False
        )
        self._live.start(refresh=True)

    def _render(self) -> RenderableType:
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        minutes, seconds = divmod(int(time.monotonic() - self._began), 60)
        count = f"{self._done:,} of {self._total:,}" if self._total else ""
        line = Table.grid(padding=(0, 1))
        for _ in range(4):
            line.add_column(no_wrap=True)
        bar = ProgressBar(self._total or None, self._done, width=_WIDTH)
        line.add_row(self._what, bar, count, f"{minutes}:{seconds:02}")
        return line


def tracked(items: Iterable[T], what: str) -> Iterator[T]:
    """The items one by one, each a step of a run."""
    todo = list(items)
    with working() as progress:
        progress.stage(what, len(todo))
        for item in todo:
            yield item
            progress.step()


@contextmanager
def working() -> Iterator[Progress]:
    """The progress of one run, which ends with it."""
    progress = Progress()
    try:
        yield progress
    finally:
        progress.end()


def _handlers() -> Iterator[logging.StreamHandler[Any]]:
    """What writes the log to standard error."""
    for name in _LOGGERS:
        for handler in logging.getLogger(name).handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.stderr:
                yield handler


class _Above(io.TextIOBase):
    """A stream whose lines stand above what moves, as they are: neither wrapped nor coloured."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def write(self, text: str) -> int:
        """Write a whole line."""
        self._console.out(text.removesuffix("\n"), highlight=False)
        return len(text)
