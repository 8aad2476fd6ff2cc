"""Python's search for cycles among values, and when there is nothing in it for us."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
