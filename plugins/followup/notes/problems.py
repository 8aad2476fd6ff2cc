"""A fault in a note, as a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is: an error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault at one place; sorts by place.

    `path` is relative to the notes folder, with `/`; `line` and `column` count from 1, columns in
    characters. `message` is lower case without a full stop and puts the owner's text in backticks;
    `hint` says what would be right, and may be empty.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str = ""


def first_error(problems: Iterable[Problem]) -> Problem | None:
    """The first of these that stops a build, or None."""
    return next((found for found in problems if found.severity is Severity.ERROR), None)
