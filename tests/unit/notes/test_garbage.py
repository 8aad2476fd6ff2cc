"""Python's search for cycles, which comes seldom during a build."""

from __future__ import annotations

import gc
from weakref import ref

from followup.notes.garbage import SeldomSearch


class _Cycle:
    def __init__(self) -> None:
        self.itself = self


def test_a_build_is_searched_seldom_and_then_as_often_as_before() -> None:
    """Ended twice too, or never begun."""
    before = gc.get_threshold()
    search = SeldomSearch()
    search.end()
    search.begin()
    search.begin()
    assert gc.get_threshold()[0] > before[0]
    search.end()
    search.end()
    assert gc.get_threshold() == before


def test_what_an_edit_leaves_behind_is_found() -> None:
    """A preview that is open for a day does not grow with each edit."""
    search = SeldomSearch()
    lost = []
    for _ in range(2):
        search.begin()
        lost.append(ref(_Cycle()))
        search.pass_over()
        search.end()
    gc.collect()
    assert lost[1]() is None
    another = SeldomSearch()
    another.begin()
    another.end()
    gc.collect()
    assert lost[0]() is None
