"""How far a run is, on a real terminal: seen while it lasts, gone afterwards, and nowhere else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from followup.mkdocs.progress import Progress
from tests.building import plant
from tests.terminal import read_screen, run_on_terminal

AT_ONCE = "import followup.mkdocs.progress as p; p._PATIENCE = {patience}; "
BUILD = "from mkdocs.__main__ import cli; cli({arguments}, prog_name='mkdocs')"
FOLLOWUP = "from followup.cli import main; main({arguments})"
STAGES = "Reading notes|Planning|Laying out pages|Rendering pages|Writing pages"
SHOWN = "\x1b[?25l"
GONE = "\x1b[?25h"


def python(code: str, *arguments: str, patience: float = 0.0) -> list[str]:
    """A command that counts as long after so many seconds."""
    whole = AT_ONCE.format(patience=patience) + code.format(arguments=list(arguments))
    return [sys.executable, "-c", whole]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A workspace of two notes, one of them with something to warn of."""
    tree = "== entries/acme.md\n<NOTE>\n== entries/beta.md\n<NOTE>\n== entries/loose.txt\nx\n"
    return plant(tmp_path / "work", tree)


def lines(log: str) -> list[str]:
    """What MkDocs logs, without the seconds."""
    return [re.sub(r"[\d.]+ seconds", "", line) for line in log.splitlines()]


def test_a_build_shows_how_far_it_is(notes: Path) -> None:
    """While it lasts there is a line; the log stands above it whole, and is all that stays."""
    piped = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=notes,
        env={"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\x1b" not in piped.stderr
    assert not re.search(STAGES, piped.stderr)
    seen = run_on_terminal(python(BUILD, "build"), notes)
    assert seen.code == 0
    assert seen.output == ""
    assert re.search(STAGES, seen.sent)
    assert "Documentation built in" in seen.screen[-1]
    assert lines("\n".join(seen.screen)) == lines(piped.stderr)


def test_a_quick_build_shows_nothing(notes: Path) -> None:
    """Before its time the line is not there, nor is anything that would show one."""
    seen = run_on_terminal(python(BUILD, "build", patience=600), notes)
    assert seen.code == 0
    assert SHOWN not in seen.sent
    assert not re.search(STAGES, seen.sent)


@pytest.mark.parametrize("broken", [True, False])
def test_the_line_goes_before_the_last_word(notes: Path, broken: bool) -> None:
    """A build that errors in the notes end leaves the terminal to them; so does Ctrl-C."""
    if broken:
        note = notes / "entries" / "acme.md"
        note.write_text(note.read_text(encoding="utf-8").replace("panel", "pannel"), "utf-8")
    seen = run_on_terminal(python(BUILD, "build"), notes, interrupt_at=None if broken else SHOWN)
    assert seen.code != 0
    assert seen.sent.count(SHOWN) == seen.sent.count(GONE) == 1
    last = seen.sent.rpartition(GONE)[2]
    assert ("unknown interview format `pannel`" if broken else "Aborted!") in last
    assert not re.search(STAGES, "\n".join(seen.screen))


def test_silence_is_kept(notes: Path) -> None:
    """`--quiet` is meant for this too."""
    seen = run_on_terminal(python(BUILD, "build", "--quiet"), notes)
    assert (seen.code, seen.sent) == (0, "")


def test_standard_output_stays_clean(notes: Path) -> None:
    """What a command is asked for goes where it is sent, and the line to the terminal."""
    seen = run_on_terminal(python(FOLLOWUP, "export", "json"), notes)
    assert seen.code == 0
    assert json.loads(seen.output)["schema"] == 1
    assert re.search(STAGES, seen.sent)
    assert seen.screen == []


def test_a_stage_says_how_many_of_how_many() -> None:
    """The line has the stage, the count where it is known, and the time."""
    progress = Progress()
    progress.stage("Rendering pages", 2_400)
    for _ in range(1_203):
        progress.step()
    assert re.fullmatch(r"Rendering pages \S+ 1,203 of 2,400 \d+:\d\d", drawn(progress))
    progress.stage("Reading notes")
    assert re.fullmatch(r"Reading notes \S+ +\d+:\d\d", drawn(progress))


def drawn(progress: Progress) -> str:
    """The line as it would stand on the terminal."""
    console = Console(width=80, force_terminal=True, color_system="standard")
    with console.capture() as captured:
        console.print(progress._render())
    (line,) = read_screen(captured.get())
    return line
