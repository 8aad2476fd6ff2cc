"""Whatever a file holds, reading it ends in an entry or in problems at places that exist."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from followup.notes.categories import answers
from followup.notes.entry_parser import parse_entry
from followup.notes.render import render_github, render_problem
from followup.notes.schema import FrontMatter, keys_of

KEYS = [*keys_of(FrontMatter), "by", "on", "event", "name", "id", "min", "start", "x", "<<", "?"]
VALUES = [
    "", "~", "n/a", "yes", "2026-11-19", "2026-13-40", "2026-11-19 14:00", "[a, b]", "{by: x}",
    "[{on: 2026-11-19, event: sent}]", "{min: 5, max: 4}", "&a x", "*a", "!!int 5", "'q", '"\\x07"',
    "🦄", "@", "|", "{format: video, start: 2026-11-19}", "a: b", "[[[[[[[[[[", "- x", "\u2028", "0",
]  # fmt: skip

LINE = st.builds(
    "{}{}: {}".format,
    st.sampled_from(["", "", "", "  ", "  - ", "\t", "- "]),
    st.sampled_from(KEYS),
    st.one_of(st.sampled_from(VALUES), st.text(max_size=12)),
)
FRONT = st.lists(LINE, max_size=8).map("\n".join)
MARKDOWN = st.text(st.sampled_from("-*# @#ab:`[]()<>!\n\t.…"), max_size=80)
NOTE = st.builds("---\ncompany: Acme\n{}\n---\n{}".format, FRONT, MARKDOWN)


def check(data: bytes) -> None:
    """Read twice with one result; every problem lies in the file; an entry has its answers."""
    entry, problems = parse_entry("a.md", data)
    assert parse_entry("a.md", data) == (entry, problems)
    assert problems == tuple(sorted(problems))
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert problem.message
        assert "\n" not in render_github(problem)
        assert render_problem(problem).count("\n") == 1
    if entry is not None:
        assert len(answers(entry)) == 13
        assert all(1 <= section.line <= len(lines) for section in entry.sections)
        assert not any(problem.severity == "error" for problem in problems)


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf")
@example(b"---\n---\n")
@example(b"---\r---\r")
def test_any_bytes_can_be_read(data: bytes) -> None:
    """No bytes raise an exception."""
    check(data)


@given(st.text(max_size=200))
@example("---\ncompany: \x85\n---\n")
@example("---\n\ufeffcompany: x\n---\n")
def test_any_text_can_be_read(text: str) -> None:
    """No text raises an exception, inside a fence or outside."""
    check(text.encode())
    check(f"---\n{text}\n---\n{text}".encode())
    check(f"---\ncompany: {text}\n---\n".encode())


@settings(max_examples=300)
@given(NOTE)
def test_anything_like_a_note_can_be_read(text: str) -> None:
    """Keys and values of the format in any mixture give problems at their places."""
    check(text.encode())
