"""A folder of notes and all that is derived, worked out by one process and by two."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from followup.beside import InTurn
from followup.notes.memory import Memory
from followup.portal.options import Options
from followup.reading import Reading, read_notes

T = TypeVar("T")

pytestmark = pytest.mark.skipif(
    not hasattr(os, "memfd_create"), reason="only Linux divides a process"
)


def _let_two_do_all(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Two processes do whatever two may do; how many tasks there are each time."""
    done: list[int] = []

    def do_all(tasks: Sequence[Callable[[], T]], *, worth_help: int) -> Sequence[T]:
        assert worth_help > 1
        done.append(len(tasks))
        return InTurn(tasks).finish()

    monkeypatch.setattr("followup.notes.folder.do_all", do_all)
    monkeypatch.setattr("followup.reading.do_all", do_all)
    return done


def _read(root: Path, memory: Memory | None = None) -> Reading:
    options = Options.model_validate({"me": {"name": "Alex Kim"}})
    return read_notes(root / "entries", None, options, date(2026, 11, 22), memory=memory)


def test_two_processes_find_what_one_does(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same entries, follow-ups, letters and problems, to the last value."""
    alone = _read(root)
    assert len(alone.campaign.drafts) > 100
    done = _let_two_do_all(monkeypatch)
    assert _read(root) == alone
    notes, companies = done
    assert notes > companies > 10


def test_nothing_is_done_again_for_who_remembers(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run has no task left for anybody."""
    memory = Memory()
    done = _let_two_do_all(monkeypatch)
    letters = dict(_read(root, memory).campaign.drafts)
    again = _read(root, memory).campaign.drafts
    assert all(again[uid] is letter for uid, letter in letters.items())
    assert done[2:] == [0, 0]
