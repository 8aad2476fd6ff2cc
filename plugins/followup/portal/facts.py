"""Which note has the last word: facts of several notes about one thing, the latest dated first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from followup.notes.entry import Entry

T = TypeVar("T")

_DAY_IN_NAME = re.compile(r"(?:.*/)?(\d{4}-\d{2}-\d{2})(?!\d)[^/]*")


def entry_day(entry: Entry) -> date | None:
    """The day a note is about: its interview, else the application, the last event, its file name."""
    front = entry.front
    if front.interview:
        return front.interview.start.day
    if front.applied_on:
        return front.applied_on
    if front.log:
        return max(item.on for item in front.log)
    return _day_in_name(entry.path)


def _day_in_name(path: str) -> date | None:
    match = _DAY_IN_NAME.fullmatch(path)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def latest_first(entries: Iterable[Entry]) -> list[Entry]:
    """The notes by their day, the latest first and undated ones last; by path within a day."""
    return sorted(
        entries, key=lambda entry: (entry_day(entry) or date.min, entry.path), reverse=True
    )


def latest(entries: Iterable[Entry], fact: Callable[[Entry], T | None]) -> T | None:
    """`fact` of the latest dated note that has it."""
    return first_of(latest_first(entries), fact)


def first_of(entries: Iterable[Entry], fact: Callable[[Entry], T | None]) -> T | None:
    """`fact` of the first of these notes that has it."""
    facts = (fact(entry) for entry in entries)
    return next((value for value in facts if value is not None), None)
