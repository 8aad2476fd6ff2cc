"""Which program opens a note at a line, and how it is started."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from followup.mkdocs.editor import Editor, EditorError, choose_editor, open_in_editor

FILE = Path("/notes/a b.md")


def command(platform: str = "linux", **environment: str) -> list[str]:
    """What would be started for line 12 of a note."""
    editor = choose_editor(environment, platform)
    assert editor
    return editor.command(FILE, 12)


@pytest.mark.parametrize(
    ("template", "arguments"),
    [
        ("ed {file}", ["ed", "/notes/a b.md"]),
        ("ed -l {line} -- {file}", ["ed", "-l", "12", "--", "/notes/a b.md"]),
        ("ed {file}:{line}:{line}", ["ed", "/notes/a b.md:12:12"]),
        ("'/my editor/ed' '+{line} x' {file}", ["/my editor/ed", "+12 x", "/notes/a b.md"]),
        ("ed {column} {file}", ["ed", "{column}", "/notes/a b.md"]),
        ("code", ["code", "--goto", "/notes/a b.md:12"]),
        ("code --new-window", ["code", "--new-window", "--goto", "/notes/a b.md:12"]),
        ("/opt/x/subl", ["/opt/x/subl", "/notes/a b.md:12"]),
        ("own-editor --quiet", ["own-editor", "--quiet", "/notes/a b.md"]),
        ("xterm -e vim +{line} {file}", ["xterm", "-e", "vim", "+12", "/notes/a b.md"]),
    ],
)
def test_the_owners_command_is_followed(template: str, arguments: list[str]) -> None:
    """$FOLLOWUP_EDITOR wins over all others; without `{file}` it is completed as the editor wants."""
    assert command(FOLLOWUP_EDITOR=template, VISUAL="kate", EDITOR="gedit") == arguments


@pytest.mark.parametrize(
    ("editor", "arguments"),
    [
        ("codium", ["--goto", "/notes/a b.md:12"]),
        ("cursor", ["--goto", "/notes/a b.md:12"]),
        ("subl", ["/notes/a b.md:12"]),
        ("zed", ["/notes/a b.md:12"]),
        ("kate", ["--line", "12", "/notes/a b.md"]),
        ("idea", ["--line", "12", "/notes/a b.md"]),
        ("mate", ["--line", "12", "/notes/a b.md"]),
        ("gedit", ["+12", "/notes/a b.md"]),
        ("gvim", ["+12", "/notes/a b.md"]),
        ("mousepad", ["--line=12", "/notes/a b.md"]),
        ("gnome-text-editor", ["/notes/a b.md"]),
    ],
)
def test_editors_with_a_window_are_known(editor: str, arguments: list[str]) -> None:
    """Each is told the line in its own way."""
    assert command(EDITOR=editor) == [editor, *arguments]


@pytest.mark.parametrize(
    ("environment", "program"),
    [
        ({}, "xdg-open"),
        ({"EDITOR": "vim"}, "xdg-open"),
        ({"VISUAL": "emacs -nw", "EDITOR": "nano"}, "xdg-open"),
        ({"EDITOR": "code '"}, "xdg-open"),
        ({"EDITOR": "  ", "FOLLOWUP_EDITOR": " "}, "xdg-open"),
        ({"VISUAL": "vim", "EDITOR": "code --wait"}, "code"),
        ({"VISUAL": "kate", "EDITOR": "code"}, "kate"),
    ],
)
def test_what_needs_a_terminal_is_passed_over(environment: dict[str, str], program: str) -> None:
    """$VISUAL, then $EDITOR, if one has a window of its own; else what the system opens files with."""
    assert command(**environment)[0] == program


def test_other_systems_have_their_own_ways() -> None:
    """A Mac has `open`, Windows no program for it; there the programs end in `.exe` or `.cmd`."""
    assert command("darwin", EDITOR="vim") == ["open", "/notes/a b.md"]
    assert choose_editor({"EDITOR": "vim"}, "win32") is None
    own = r'"C:\My Programs\Code.exe" --goto {file}:{line}'
    editor = choose_editor({"FOLLOWUP_EDITOR": own}, "win32")
    assert editor == Editor((r"C:\My Programs\Code.exe", "--goto", "{file}:{line}"))
    known = choose_editor({"EDITOR": r"C:\bin\code.cmd"}, "win32")
    assert known == Editor((r"C:\bin\code.cmd", "--goto", "{file}:{line}"))


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("vim", 'FOLLOWUP_EDITOR="xterm -e vim +{line} {file}"'),
        ("/usr/bin/nano -w", "nano needs a terminal"),
        ("code 'x", "a quotation mark is not closed"),
    ],
)
def test_a_command_that_cannot_work_is_explained(template: str, told: str) -> None:
    """The page shows what to write instead."""
    with pytest.raises(EditorError) as caught:
        choose_editor({"FOLLOWUP_EDITOR": template}, "linux")
    assert told in str(caught.value)


@pytest.mark.parametrize("name", ["{line}.md", "{file}{line}.md", "-n.md", "a'b\"c.md", "$(x).md"])
def test_a_name_is_only_a_name(name: str) -> None:
    """Nothing in the name of a note is filled in, split or taken for an option."""
    editor = Editor(("ed", "{file}:{line}", "{file}"))
    file = Path("/notes") / name
    assert editor.command(file, 3) == ["ed", f"/notes/{name}:3", f"/notes/{name}"]


def script(folder: Path, name: str, text: str) -> str:
    """A program of a few lines."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(file)


def test_a_program_that_fails_at_once_is_reported(tmp_path: Path) -> None:
    """An editor that ends with a fault has not opened anything."""
    failing = script(tmp_path, "failing", "exit 3")
    with pytest.raises(EditorError, match="failing ended at once, with code 3"):
        open_in_editor(FILE, 1, {"FOLLOWUP_EDITOR": failing})


def test_a_program_that_goes_on_is_let_go(tmp_path: Path) -> None:
    """An editor with a window stays open, in a session of its own; nobody waits for its end."""
    told, end = tmp_path / "told", tmp_path / "end"
    os.mkfifo(end)
    lasting = script(tmp_path, "lasting", f"echo $$ > '{told}'; read line < '{end}'")
    assert open_in_editor(FILE, 1, {"FOLLOWUP_EDITOR": lasting}) == "Opened the note."
    assert os.getsid(int(told.read_text(encoding="utf-8"))) != os.getsid(0)
    end.write_text("now\n", encoding="utf-8")


@pytest.mark.parametrize("program", ["no-such-editor-anywhere", "/no/such/editor"])
def test_a_program_that_is_not_there_is_named(program: str) -> None:
    """The page says what was looked for, and where to say otherwise."""
    with pytest.raises(EditorError, match=f"{program} was not found. Say in FOLLOWUP_EDITOR"):
        open_in_editor(FILE, 1, {"FOLLOWUP_EDITOR": program})


def test_a_program_that_cannot_run_is_reported(tmp_path: Path) -> None:
    """A file that is no program is not run by a shell instead."""
    broken = tmp_path / "broken"
    broken.write_bytes(b"touch told\n")
    broken.chmod(0o755)
    with pytest.raises(EditorError, match="did not start"):
        open_in_editor(FILE, 1, {"FOLLOWUP_EDITOR": str(broken)})


@pytest.mark.parametrize("name", ["a&b.md", "%PATH%.md", "a^b.md", "a(b).md"])
def test_a_command_script_gets_no_name_that_it_would_run(tmp_path: Path, name: str) -> None:
    """What Windows runs as a script takes some letters of a name for commands; these are refused."""
    told = tmp_path / "told"
    code = script(tmp_path, "code.cmd", f"touch '{told}'")
    with pytest.raises(EditorError, match="which could take this file's name for a command"):
        open_in_editor(Path("/notes") / name, 1, {"FOLLOWUP_EDITOR": code})
    assert not told.exists()
    open_in_editor(Path("/notes/plain.md"), 1, {"FOLLOWUP_EDITOR": code})
    assert told.exists()
