"""Python's search for cycles among values, and when there is nothing in it for us."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = 20_000
"""So many more values than before, a search begins; Python's own number is 700."""


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """While many values are built that are kept and cannot hold each other, as frozen ones cannot.

    Python would look through all of them again and again, for a quarter of the whole time.
    """
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()


class SeldomSearch:
    """Python's search for cycles while a site is made of many values that are there already.

    It comes seldom and passes over those: it would take an eighth of the time. Only for the first
    build of a preview: what each edit leaves behind has to be found, or it stays for ever.
    """

    def __init__(self) -> None:
        self._before: tuple[int, int, int] | None = None
        self._is_over = False

    def begin(self) -> None:
        """Search seldom, and among all that there is once more."""
        if not self._is_over and self._before is None:
            gc.unfreeze()
            self._before = gc.get_threshold()
            gc.set_threshold(_SELDOM, *self._before[1:])

    def pass_over(self) -> None:
        """From now on pass over what there is."""
        if self._before is not None:
            gc.freeze()

    def end(self) -> None:
        """Search as often as before, and never seldom again."""
        if self._before is not None:
            gc.set_threshold(*self._before)
            self._before = None
            self._is_over = True
