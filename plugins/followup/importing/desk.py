"""The notes as they would be after the steps so far: everything is tried here before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from followup.importing.moving import move_interview
from followup.importing.naming import fold_paths
from followup.importing.quotation import append_quotation
from followup.importing.steps import Moved, NewEvent, NewMessage, NewNote
from followup.notes.append import Refusal, append_event
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.memory import Memory
from followup.notes.problems import Problem, first_error
from followup.portal.build import build_portal
from followup.portal.model import Portal

Change = NewEvent | NewMessage | Moved
"""A step that changes a note which is there already."""


def apply_change(step: Change, data: bytes) -> bytes | Refusal:
    """The note in `data` after a step, or why it must stay as it is."""
    if isinstance(step, Moved):
        return move_interview(step.path, data, step.differences, step.key, step.version)
    if step.item is not None:
        done = append_event(step.path, data, step.item)
        if isinstance(done, Refusal):
            return done
        data = done.data
    if isinstance(step, NewEvent):
        return data
    quoted = append_quotation(step.path, data, step.heading, step.mark, step.lines)
    return quoted if isinstance(quoted, Refusal) else quoted.data


def _refuse(problems: Iterable[Problem]) -> Refusal:
    """What is wrong with a note as it would be."""
    fault = first_error(problems)
    if fault is None:
        return Refusal("this would be no note", "write it yourself")
    return Refusal(fault.message, fault.hint)


class Desk:
    """Notes under change: `read` gives the bytes of one that is there already."""

    def __init__(self, portal: Portal, paths: Iterable[str], read: Callable[[str], bytes]) -> None:
        self._portal = portal
        self._entries = dict(portal.entries)
        self._stale = False
        self._memory = Memory()
        self._read = read
        self._changed: dict[str, bytes] = {}
        self.taken = fold_paths(paths)

    @property
    def portal(self) -> Portal:
        """What the notes would say together."""
        if self._stale:
            before = self._portal
            notes = self._entries.values()
            self._portal = build_portal(notes, before.today, before.options, self._memory)
            self._stale = False
        return self._portal

    def add(self, step: NewNote) -> Refusal | None:
        """Put a new note with the others, unless it would be wrong; a warning is for its owner to see."""
        data = step.text.encode()
        entry, problems = parse_entry(step.path, data)
        if entry is None:
            return _refuse(problems)
        self._keep(step.path, entry, data)
        return None

    def change(self, step: Change) -> Refusal | None:
        """Change a note, unless it must stay as it is."""
        known = self._changed.get(step.path)
        data = self._read(step.path) if known is None else known
        done = apply_change(step, data)
        if isinstance(done, Refusal):
            return done
        entry, problems = parse_entry(step.path, done)
        if entry is None:
            return _refuse(problems)
        self._keep(step.path, entry, done)
        return None

    def _keep(self, path: str, entry: Entry, data: bytes) -> None:
        self._entries[path] = entry
        self._changed[path] = data
        self._stale = True
