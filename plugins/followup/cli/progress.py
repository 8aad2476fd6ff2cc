"""How far a long run has come, once it lasts over a second, and only for somebody who is looking."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Final, TypeVar

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

T = TypeVar("T")

_PATIENCE: Final = 1.0


def tracked(items: Iterable[T], what: str) -> Iterator[T]:
    """The items one by one, with a bar on standard error that is gone again afterwards."""
    todo = list(items)
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from todo
        return
    began = time.monotonic()
    progress = Progress(console=console, transient=True)
    task = progress.add_task(what, total=len(todo))
    try:
        for item in todo:
            if not progress.live.is_started and time.monotonic() - began > _PATIENCE:
                progress.start()
            yield item
            progress.advance(task)
    finally:
        progress.stop()


@contextmanager
def working() -> Iterator[Callable[[str], None]]:
    """What hears which step is under way, and shows it on standard error from the second second on."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    progress = Progress(*columns, console=console, transient=True)
    task = progress.add_task("", total=None)
    waiting = Timer(_PATIENCE, progress.start)
    waiting.daemon = True
    waiting.start()
    try:
        yield lambda step: progress.update(task, description=step)
    finally:
        waiting.cancel()
        waiting.join()
        progress.stop()
