"""A fault before it knows which file it is in."""

from __future__ import annotations

from dataclasses import dataclass

from followup.notes.entry import Mark
from followup.notes.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of a text; becomes a `Problem` with a path."""

    mark: Mark
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def at(self, path: str) -> Problem:
        """The problem that this fault is in the file at `path`."""
        place = self.mark
        return Problem(
            path, place.line, place.column, self.severity, self.code, self.message, self.hint
        )
