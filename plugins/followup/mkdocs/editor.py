"""The owner's editor: which program opens a file at a line, and how it is started."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from threading import Thread
from typing import Any, Final

VARIABLE: Final = "FOLLOWUP_EDITOR"

_GOTO: Final = ("--goto", "{file}:{line}")
_COLON: Final = ("{file}:{line}",)
_LINE: Final = ("--line", "{line}", "{file}")
_PLUS: Final = ("+{line}", "{file}")
_FILE: Final = ("{file}",)

# Editors with a window of their own, and how each is told the line.
_WINDOWED: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys("code code-insiders codium vscodium cursor windsurf".split(), _GOTO),
    **dict.fromkeys("zed zeditor subl sublime_text atom pulsar".split(), _COLON),
    **dict.fromkeys("kate kwrite geany mate idea idea64 pycharm pycharm64".split(), _LINE),
    **dict.fromkeys("webstorm webstorm64 charm".split(), _LINE),
    **dict.fromkeys("gedit pluma xed gvim mvim bbedit".split(), _PLUS),
    "mousepad": ("--line={line}", "{file}"),
    "notepad++": ("-n{line}", "{file}"),
    **dict.fromkeys("gnome-text-editor notepad leafpad featherpad".split(), _FILE),
}
_IN_A_TERMINAL: Final = frozenset("vi vim nvim nano pico micro hx helix kak joe ne mcedit".split())
_OPENERS: Final = {"darwin": "open"}
_OPENER: Final = "xdg-open"

_HINT: Final = f"Say in {VARIABLE} which program to open notes with, and start the preview again."
_PLACE: Final = re.compile(r"\{(file|line)\}")
# What a command script of Windows would take for more than a letter of a name.
_MEANS_MORE: Final = re.compile(r'[%&|<>^!"()]')
_MOMENT: Final = 1.0
"""Seconds in which a program that cannot start says so; one with a window goes on."""


class EditorError(Exception):
    """Why the editor did not open, as sentences for the owner."""


@dataclass(frozen=True, slots=True)
class Editor:
    """A program and its arguments; `{file}` and `{line}` stand for what is to be opened."""

    words: tuple[str, ...]

    @property
    def takes_lines(self) -> bool:
        """Whether it can be told the line."""
        return any("{line}" in word for word in self.words)

    def command(self, file: Path, line: int) -> list[str]:
        """The program and its arguments for a file; nothing in its name means anything."""
        values = {"file": str(file), "line": str(line)}
        return [_PLACE.sub(lambda place: values[place[1]], word) for word in self.words]


def choose_editor(environment: Mapping[str, str], platform: str) -> Editor | None:
    """The owner's editor: $FOLLOWUP_EDITOR, else $VISUAL or $EDITOR if it has a window of its own.

    Else what the system opens files with; on Windows that is no program, hence None. Raises
    EditorError where $FOLLOWUP_EDITOR cannot be followed.
    """
    own = _split(environment.get(VARIABLE, ""), platform)
    if own:
        return _own_editor(own, platform)
    for name in ("VISUAL", "EDITOR"):
        words = _split(environment.get(name, ""), platform, strict=False)
        if words and (arguments := _WINDOWED.get(_name(words[0], platform))):
            return Editor((*words, *arguments))
    if platform == "win32":
        return None
    return Editor((_OPENERS.get(platform, _OPENER), *_FILE))


def open_in_editor(file: Path, line: int, environment: Mapping[str, str]) -> str:
    """What was opened, as a sentence; the program runs on by itself.

    Raises EditorError where it cannot be started, or ends at once with a fault.
    """
    editor = choose_editor(environment, sys.platform)
    if editor is None:
        _start_default(file)
    else:
        _start(editor.command(file, line), environment)
    if editor and editor.takes_lines:
        return f"Opened line {line} in {_name(editor.words[0], sys.platform)}."
    return f"Opened the note; go to line {line}." if line > 1 else "Opened the note."


def _own_editor(words: tuple[str, ...], platform: str) -> Editor:
    if any("{file}" in word for word in words):
        return Editor(words)
    name = _name(words[0], platform)
    if name in _IN_A_TERMINAL:
        raise EditorError(
            f"{name} needs a terminal, and the preview has none. Start one with it: "
            f'{VARIABLE}="xterm -e {name} +{{line}} {{file}}".'
        )
    return Editor((*words, *_WINDOWED.get(name, _FILE)))


def _split(text: str, platform: str, *, strict: bool = True) -> tuple[str, ...]:
    """The words of a command, none where nothing is given; no shell ever sees it."""
    windows = platform == "win32"
    try:
        words = shlex.split(text, posix=not windows)
    except ValueError:
        if not strict:
            return ()
        raise EditorError(f"In {VARIABLE} a quotation mark is not closed. Correct it.") from None
    return tuple(word.strip('"') for word in words) if windows else tuple(words)


def _name(program: str, platform: str) -> str:
    """`code` for `/usr/bin/code` and for `code.cmd`."""
    path = PureWindowsPath(program) if platform == "win32" else PurePosixPath(program)
    return re.sub(r"\.(exe|cmd|bat|com)$", "", path.name.lower())


def _start(command: list[str], environment: Mapping[str, str]) -> None:
    program = shutil.which(command[0], path=environment.get("PATH"))
    if program is None:
        raise EditorError(f"The editor {command[0]} was not found. {_HINT}")
    if program.lower().endswith((".cmd", ".bat")) and any(map(_MEANS_MORE.search, command[1:])):
        raise EditorError(
            f"{program} is a command script, which could take this file's name for a command. "
            f"Name the program itself in {VARIABLE}, one that ends in .exe."
        )
    try:
        process = subprocess.Popen([program, *command[1:]], **_detached(sys.platform))
    except OSError as error:
        raise EditorError(f"The editor {program} did not start: {error.strerror}.") from error
    try:
        code = process.wait(_MOMENT)
    except subprocess.TimeoutExpired:
        Thread(target=process.wait, daemon=True).start()
        return
    if code != 0:
        raise EditorError(f"The editor {program} ended at once, with code {code}. {_HINT}")


def _detached(platform: str) -> dict[str, Any]:
    """What keeps the editor open when the preview ends, and out of its terminal."""
    quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    if platform == "win32":
        return {**quiet, "creationflags": 0x00000008 | 0x00000200}  # DETACHED, NEW_PROCESS_GROUP
    return {**quiet, "start_new_session": True}


def _start_default(file: Path) -> None:
    """Open a file with whatever Windows opens such files with."""
    if sys.platform == "win32":
        try:
            os.startfile(file)
        except OSError as error:
            raise EditorError(f"No program opened the note: {error.strerror}.") from error
