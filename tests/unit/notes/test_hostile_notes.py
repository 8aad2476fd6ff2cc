"""Notes that would be slow or dangerous to read."""

from __future__ import annotations

import time
from pathlib import Path

import markdown
import pytest

from followup.notes.entry_parser import LARGEST_NOTE, parse_entry
from followup.notes.folder import load_entries
from followup.notes.front_matter import LARGEST
from followup.notes.prose import finish_prose, prepare_body

FRONT = "---\ncompany: Acme\ntitle: Analyst\n"
SECONDS = 1.0


def codes(text: str) -> list[str]:
    """The codes of a note's problems, found in under a second."""
    begin = time.process_time()
    _, problems = parse_entry("a.md", text.encode())
    assert time.process_time() - begin < SECONDS
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("x: " + "[" * 20_000, ["nested_too_deeply"]),
        ("x: " + "{a: " * 10_000, ["nested_too_deeply"]),
        ("".join(f"{' ' * n}a:\n" for n in range(300)), ["nested_too_deeply"]),
        ("- " * 20_000, ["yaml_syntax"]),
        ("source: " + "x" * 200_000, ["front_matter_too_large"]),
        ("".join(f"k{n}: v\n" for n in range(30_000)), ["front_matter_too_large"]),
        ("source: '" + "x" * 60_000, ["yaml_syntax"]),
        ("a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]", ["anchor", "unknown_key"]),
        ("source: " + "x" * 60_000, []),
        ("tags: [" + "a, " * 20_000 + "a]", []),
    ],
    ids=[
        "brackets", "braces", "steps", "dashes", "one long value", "many keys", "open quote",
        "laughs", "long value", "long list",
    ],
)  # fmt: skip
def test_hostile_front_matter_is_refused_at_once(yaml: str, expected: list[str]) -> None:
    """Size, depth and references are limits with clear errors, not traps."""
    found = codes(f"{FRONT}{yaml}\n---\n")
    assert set(expected) <= set(found)
    assert bool(found) == bool(expected)


@pytest.mark.parametrize("line", ["a{n}: &a{n} {{<<: [{used}]}}", "a{n}: &a{n} [{used}]"])
def test_an_ordinary_page_cannot_stand_for_more_than_it_holds(line: str) -> None:
    """Aliases, with which a page of 500 bytes could hold a thousand million values, are errors."""
    lines = [line.format(n=n, used=", ".join([f"*a{n - 1}"] * 9)) for n in range(1, 10)]
    assert codes("\n".join(["---", "a0: &a0 {k: v}", *lines, "---", ""])) == ["alias"] * 81


def test_the_size_limit_is_exact() -> None:
    """64 KiB of front matter are read, one byte more is an error."""
    head = "company: Acme\ntitle: Analyst\ndescription: "
    text = head + "é" * ((LARGEST - len(head) - 1) // 2)
    text += "x" * (LARGEST - len(text.encode()) - 1)
    assert codes(f"---\n{text}\n---\n") == []
    assert codes(f"---\n{text}x\n---\n") == ["front_matter_too_large"]


BODIES = {
    "open brackets": "[" * 20_000,
    "open images": "![" * 10_000,
    "nested brackets": "[" * 10_000 + "]" * 10_000,
    "open links": "[a](" * 5_000,
    "backticks": "a " + "`" * 20_000,
    "backtick runs": " ".join("`" * n for n in range(1, 190)),
    "asterisks": "*" * 20_000,
    "asterisks and words": "*a " * 6_000,
    "angles": "<" * 20_000,
    "open tags": "<a " * 6_000,
    "open comments": "a <!-- " * 3_000,
    "quotations": ">" * 20_000,
    "entities": "&" * 20_000,
    "backslashes": "\\" * 20_000,
    "one long bullet": "- " + "word " * 2_000 + "@okafor #evidence",
    "ids": "- " + "@a " * 5_000,
    "tags with commas": "- " + "#a, " * 5_000,
    "dashes": "- " * 10_000,
    "steps": "\n".join(" " * (2 * n) + "- a" for n in range(100)),
    "definitions": "[x]: y\n" * 3_000,
    "spaces": "a" + " " * 20_000 + "b",
    "tables": "a|" * 5_000 + "\n" + "-|" * 5_000,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_hostile_body_is_read_and_shown_at_once(body: str) -> None:
    """Signs without an end are text, in time that grows with the text and no faster."""
    assert codes(f"{FRONT}---\n## The job\n{body}\n") == []
    begin = time.process_time()
    prose = prepare_body(body, 1)
    html = markdown.markdown(prose.text, extensions=["toc", "tables", "fenced_code"])
    finish_prose(html, prose, person=lambda _: None, tag=str)
    assert time.process_time() - begin < SECONDS


def test_a_note_larger_than_any_note_is_refused() -> None:
    """More than 256 KiB are an error, and the body is not even looked at."""
    assert codes(f"{FRONT}---\n" + "- a\n" * LARGEST_NOTE) == ["note_too_large"]


def test_a_folder_of_hostile_notes_is_reported_in_one_run(tmp_path: Path) -> None:
    """All of them together give one clear error each, and the good note is still read."""
    notes: dict[str, bytes] = {
        "alias.md": f"{FRONT}source: &a b\nlocation: *a\n---\n".encode(),
        "brackets.md": f"{FRONT}x: {'[' * 20_000}\n---\n".encode(),
        "date.md": f"{FRONT}applied_on: 2026-13-40\n---\n".encode(),
        "double.md": f"{FRONT}title: Clerk\n---\n".encode(),
        "good.md": "---\ncompany: NO\ntitle: 🦄 ../../etc CON\n---\n".encode(),
        "large.md": f"{FRONT}source: {'x' * 200_000}\n---\n".encode(),
        "latin.md": f"{FRONT}source: caf\xe9\n---\n".encode("latin-1"),
    }
    folder = tmp_path / "entries"
    folder.mkdir()
    for name, data in notes.items():
        (folder / name).write_bytes(data)
    (folder / "out.md").symlink_to("/etc/passwd")
    begin = time.process_time()
    found = load_entries(folder)
    assert time.process_time() - begin < SECONDS
    assert [(p.path, p.line, p.column, p.code) for p in found.problems] == [
        ("alias.md", 4, 9, "anchor"),
        ("alias.md", 5, 11, "alias"),
        ("brackets.md", 4, 11, "nested_too_deeply"),
        ("date.md", 4, 13, "not_a_date"),
        ("double.md", 4, 1, "duplicate_key"),
        ("large.md", 2, 1, "front_matter_too_large"),
        ("latin.md", 4, 12, "not_utf8"),
        ("out.md", 1, 1, "link_leads_out"),
    ]
    assert [entry.front.company for entry in found.entries] == ["NO"]
