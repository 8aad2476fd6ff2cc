"""`followup export` in the formats of other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Run
from tests.cli.test_cli import BROKEN, CONFIG, GOOD


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with one good note."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "acme.md").write_text(GOOD, encoding="utf-8")
    return tmp_path


FORMATS = pytest.mark.parametrize(
    ("form", "words"),
    [
        ("csv", "\r\napplication,Acme,Clerk,interviewing,2026-11-19,"),
        ("vcard", "\r\nFN:Carla Weber\r\nN:Weber;Carla;;;\r\n"),
    ],
)


@FORMATS
def test_printed_and_written(workspace: Path, run: Run, form: str, words: str) -> None:
    """What is printed is what a file gets, to the byte."""
    target = workspace / "people and plans"
    printed = run("export", form, "--workspace", str(workspace))
    assert printed.exit_code == 0
    assert words in printed.stdout_bytes.decode()
    written = run("export", form, "--workspace", str(workspace), "--output", str(target))
    assert written.stdout == ""
    assert target.read_bytes() == printed.stdout_bytes


@FORMATS
def test_beside_a_broken_note(workspace: Path, run: Run, form: str, words: str) -> None:
    """The good notes are exported all the same, and the exit code tells of the broken one."""
    (workspace / "entries" / "broken.md").write_text(BROKEN, encoding="utf-8")
    result = run("export", form, "--workspace", str(workspace))
    assert result.exit_code == 1
    assert words in result.stdout_bytes.decode()
    assert "entries/broken.md:4:21: error" in result.stderr
