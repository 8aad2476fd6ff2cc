"""Problems as text for people, as JSON for programs, and as annotations for GitHub."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from followup.notes.problems import Problem
from followup.notes.wording import show_controls


def render_problem(problem: Problem, prefix: str = "") -> str:
    """Two lines, the second with the hint, without a line break at the end.

    `prefix` is what leads from where the reader is to the notes folder, such as `entries/`.
    """
    place = f"{_file(problem, prefix)}:{problem.line}:{problem.column}"
    text = show_controls(f"{place}: {problem.severity}: {problem.message}")
    return f"{text}\n  hint: {show_controls(problem.hint)}" if problem.hint else text


def _file(problem: Problem, prefix: str) -> str:
    """The file from where the reader is, by the shortest way: one beside the notes has `../`."""
    file = f"{prefix}{problem.path}"
    return posixpath.normpath(file) if problem.path.startswith("../") else file


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
        "file": _file(problem, prefix),
        "line": str(problem.line),
        "col": str(problem.column),
        "title": problem.code,
    }
    message = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    return _command(problem.severity, properties, message)


def render_notice(path: str, line: int, title: str, message: str) -> str:
    """A workflow command for what is no problem."""
    return _command("notice", {"file": path, "line": str(line), "title": title}, message)


def _command(name: str, properties: Mapping[str, str], message: str) -> str:
    listed = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return show_controls(f"::{name} {listed}::{_escape_data(message)}")


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
