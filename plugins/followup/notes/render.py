"""Problems as text for people, as JSON for programs, and as annotations for GitHub."""

from __future__ import annotations

from collections.abc import Iterable

from followup.notes.problems import Problem
from followup.notes.wording import show_controls


def render_problem(problem: Problem, prefix: str = "") -> str:
    """Two lines, the second with the hint, without a line break at the end.

    `prefix` is what leads from where the reader is to the notes folder, such as `entries/`.
    """
    place = f"{prefix}{problem.path}:{problem.line}:{problem.column}"
    text = show_controls(f"{place}: {problem.severity}: {problem.message}")
    return f"{text}\n  hint: {show_controls(problem.hint)}" if problem.hint else text


def problems_json(problems: Iterable[Problem]) -> list[dict[str, str | int]]:
    """The problems as the export shows them."""
    return [
        {
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity.value,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]


def render_github(problem: Problem, prefix: str = "") -> str:
    """One workflow command, which GitHub shows beside the line."""
    properties = {
        "file": f"{prefix}{problem.path}",
        "line": str(problem.line),
        "col": str(problem.column),
        "title": problem.code,
    }
    listed = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    message = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    return show_controls(f"::{problem.severity} {listed}::{_escape_data(message)}")


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
