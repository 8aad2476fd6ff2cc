"""Tags that `followup check` suggests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import Run

CONFIG = """
site_name: Search
docs_dir: entries
theme: {name: material, font: false}
plugins:
  - followup: {me: {name: Alex Kim}, today: 2026-11-22}
"""
NOTE = """---
company: Acme
title: Clerk
interview: {format: video, start: 2026-11-19 14:00}
people: [{name: Carla Weber, role: recruiter, email: c.weber@acme.example}]
---
## What went wrong
- I rambled about the capstone, the printer, the second printer, and the summer after.
- I rambled. #conciseness
"""


@pytest.fixture
def untagged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one bullet that asks for a tag."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "acme.md").write_text(NOTE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_suggestion_in_the_terminal(untagged: Path, run: Run) -> None:
    """It stands after the unfinished notes, is no problem, and the note stays as it is."""
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
    *_, suggestion, summary = result.stdout.splitlines()
    assert suggestion == (
        "entries/acme.md:8: #conciseness?"
        " “I rambled about the capstone, the printer, the second printer, and …”"
    )
    assert summary == "1 note: no problems, 1 unfinished note, 1 tag to consider"
    assert (untagged / "entries" / "acme.md").read_text(encoding="utf-8") == NOTE


@pytest.mark.usefixtures("untagged")
def test_suggestion_as_json(run: Run) -> None:
    """It is beside the problems, and not in the export's."""
    data = json.loads(run("check", "--format", "json").stdout)
    assert data["problems"] == []
    assert [(s["path"], s["line"], s["tag"]) for s in data["suggestions"]] == [
        ("acme.md", 8, "conciseness")
    ]
    assert json.loads(run("export", "json").stdout)["problems"] == []


@pytest.mark.usefixtures("untagged")
def test_suggestion_for_github(run: Run) -> None:
    """A forge shows it as a notice at its line."""
    result = run("check", "--format", "github")
    assert result.stdout.startswith(
        "::notice file=entries/acme.md,line=8,title=tag::this bullet may be about #conciseness: I"
    )


def test_tagged_bullets_get_none(untagged: Path, run: Run) -> None:
    """Once the bullet is tagged there is nothing to suggest."""
    note = NOTE.replace("after.\n", "after. #conciseness\n")
    (untagged / "entries" / "acme.md").write_text(note, encoding="utf-8")
    assert run("check").stdout.endswith("1 note: no problems, 1 unfinished note\n")
