"""What a page of the local preview can ask the program to do."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from followup.mkdocs.editor import EditorError, open_in_editor
from followup.mkdocs.new_notes import LONGEST_REQUEST, Address, save_note
from followup.mkdocs.serving import Action, RefusedError
from followup.notes.folder import MARKDOWN_ENDINGS

LONGER: Final[Mapping[str, int]] = {"new": LONGEST_REQUEST}
"""Bytes that an action takes where that is more than usual."""


def build_actions(notes: Path, address: Address = "/{}/".format) -> Mapping[str, Action]:
    """Every action by its name; each takes what the page has sent and says what it did.

    `address` says where the page of a key stands in the preview.
    """
    return {
        "open": partial(open_note, notes),
        "new": partial(save_note, notes, address),
    }


def open_note(notes: Path, asked: Mapping[str, Any]) -> str:
    """Open a note at a line in the owner's editor."""
    file = find_note(notes, asked.get("path"))
    line = asked.get("line")
    try:
        last = file.read_bytes().count(b"\n") + 1
        # In JSON `true` is no number; in Python it is.
        if not isinstance(line, int) or isinstance(line, bool) or not 1 <= line <= last:
            raise RefusedError(
                "The note has no such line any more. Reload the page, then try again."
            )
        return open_in_editor(file, line, os.environ)
    except OSError as error:
        raise RefusedError(f"The note cannot be read: {error.strerror}.") from error
    except EditorError as error:
        raise RefusedError(str(error)) from error


def find_note(notes: Path, path: object) -> Path:
    """The file of a note, by its path as the pages name it.

    Raises RefusedError for whatever is no Markdown file, or leads out of the notes folder.
    """
    gone = RefusedError("There is no such note any more. Reload the page, then try again.")
    if not isinstance(path, str) or not path.endswith(MARKDOWN_ENDINGS):
        raise gone
    parts = path.split("/")
    if any(part.startswith(".") or not part for part in parts):
        raise gone
    file = notes.absolute().joinpath(*parts)
    try:
        inside = file.resolve(strict=True).is_relative_to(notes.resolve())
    except (OSError, RuntimeError, ValueError):  # nothing there, a loop of links, no name at all
        raise gone from None
    if not inside or not file.is_file():
        raise gone
    return file
