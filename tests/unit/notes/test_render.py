"""How problems are shown to people and programs."""

from __future__ import annotations

import json

from followup.notes.problems import Problem, Severity
from followup.notes.render import problems_json, render_github, render_problem

PROBLEM = Problem(
    "2026-11-19-acme.md",
    14,
    11,
    Severity.ERROR,
    "unknown_interview_format",
    "unknown interview format `pannel`",
    "one of phone_screen, video",
)


def test_the_text_form_has_place_fault_and_hint() -> None:
    """Two lines, as the house style shows them."""
    assert render_problem(PROBLEM, "entries/") == (
        "entries/2026-11-19-acme.md:14:11: error: unknown interview format `pannel`\n"
        "  hint: one of phone_screen, video"
    )


def test_the_text_form_without_a_hint_is_one_line() -> None:
    """An empty hint leaves no line behind."""
    problem = Problem("a.md", 1, 1, Severity.WARNING, "x", "it is so")
    assert render_problem(problem) == "a.md:1:1: warning: it is so"


def test_no_file_name_can_move_the_cursor() -> None:
    """Escape sequences and line breaks in a name are shown as their codes."""
    problem = Problem("a\x1b[2J\nb.md", 1, 1, Severity.ERROR, "x", "it is so")
    assert render_problem(problem) == r"a\u001b[2J\u000ab.md:1:1: error: it is so"
    assert render_github(problem) == (
        r"::error file=a\u001b[2J%0Ab.md,line=1,col=1,title=x::it is so"
    )


def test_the_json_form_has_exactly_the_names_of_the_export() -> None:
    """Seven names, with plain values."""
    assert json.loads(json.dumps(problems_json([PROBLEM]))) == [
        {
            "path": "2026-11-19-acme.md",
            "line": 14,
            "column": 11,
            "severity": "error",
            "code": "unknown_interview_format",
            "message": "unknown interview format `pannel`",
            "hint": "one of phone_screen, video",
        }
    ]


def test_the_github_form_is_one_escaped_command() -> None:
    """Nothing in a path or a message can end the command or begin another."""
    problem = Problem("a,b:c\n%.md", 1, 2, Severity.WARNING, "x", "100 %\n::error::", "so")
    assert render_github(problem, "e/") == (
        "::warning file=e/a%2Cb%3Ac%0A%25.md,line=1,col=2,title=x::100 %25%0A::error::%0Ahint: so"
    )
