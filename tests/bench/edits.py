"""What an owner changes in a note while the preview runs, as data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tests.bench.notes import make_notes
from tests.bench.workspaces import Kind, Workspace

_DECISION: Final = re.compile(r"^decision: \{by: ([\d-]+)", re.M)


@dataclass(frozen=True, slots=True)
class Change:
    """A note's file name, its new text, and the words by which its page tells that it is new.

    Where a site does not show what was changed there are no words.
    """

    name: str
    text: str
    words: str


def _edit(workspace: Workspace, run: int) -> Change:
    """One word of the text is another."""
    name, content = list(make_notes(workspace.size))[workspace.size // 2]
    word = f"bright{run}"
    return Change(name, content.decode().replace("bright", word, 1), word)


def _move(workspace: Workspace, run: int) -> Change:
    """The latest of all decisions comes some weeks later."""
    notes = [(name, content.decode()) for name, content in make_notes(workspace.size)]
    name, text = max(notes, key=lambda note: _decided(note[1]))
    later = date.fromisoformat(_decided(text)) + timedelta(weeks=run + 1)
    words = "" if workspace.kind is Kind.PLAIN else f"By {later:%a} {later.day} {later:%b}"
    return Change(name, text.replace(_decided(text), later.isoformat()), words)


def _add(workspace: Workspace, run: int) -> Change:
    """There is one note more."""
    ((name, content),) = make_notes(1, start=workspace.size + run)
    return Change(name, content.decode(), "bright")


def _decided(text: str) -> str:
    found = _DECISION.search(text)
    assert found
    return found[1]


EDITS: Final[dict[str, Callable[[Workspace, int], Change]]] = {
    "edited": _edit,
    "moved": _move,
    "added": _add,
}
