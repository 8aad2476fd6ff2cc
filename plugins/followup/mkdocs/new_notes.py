"""A note that a page of the local preview has made, put among the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from followup.mkdocs.serving import RefusedError
from followup.notes.entry import Entry
from followup.notes.entry_parser import parse_entry
from followup.notes.folder import MARKDOWN_ENDINGS
from followup.notes.problems import Problem, Severity
from followup.notes.render import problems_json
from followup.notes.save import save_new_note
from followup.portal.build import build_portal
from followup.portal.options import Options
from followup.site.addresses import note_link

LARGEST: Final = 64 * 1024
"""Bytes of a note that is made in one go."""
LONGEST_REQUEST: Final = 2 * LARGEST + 1024
"""In JSON every character of a note may need another before it."""

_NAME: Final = re.compile(r"20\d\d-\d\d-\d\d(?:-[a-z0-9]+)+\.md", re.ASCII)
_LONGEST_NAME: Final = 120
_STALE: Final = "The page sent no note. Reload it, then try again."

Address = Callable[[str], str]
"""From the key of a page to where it stands in the preview: `/notes/2026-11-19-acme/`."""


def save_note(notes: Path, address: Address, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Write the note `text` under its `name`, and say where it lies and where its page will be.

    Raises RefusedError, and writes nothing, for a name that is none or is taken, and for a text
    that has an error or is no note.
    """
    name, text = asked.get("name"), asked.get("text")
    if not isinstance(name, str) or not isinstance(text, str):
        raise RefusedError(_STALE)
    _check_name(name)
    data = _encode(text)
    file = notes / name
    _refuse_taken(file, address)
    _check_note(name, data)
    try:
        save_new_note(file, text)
    except FileExistsError:
        raise _taken(file, address) from None
    except OSError as error:
        raise RefusedError(f"The note could not be written: {error.strerror}.") from error
    return {
        "said": f"Saved as {notes.name}/{name}.",
        "path": name,
        "address": address(note_link(name).key),
    }


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise RefusedError(
            "A note cannot have this name. One looks like 2026-11-19-acme-panel.md: the day, then "
            "small letters, digits and hyphens."
        )


def _encode(text: str) -> bytes:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise RefusedError("The note holds half a character. Type the text again.") from None
    if len(data) > LARGEST:
        raise RefusedError(
            f"The note has {len(data):,} bytes, more than {LARGEST:,}. "
            "Put long texts into a file of their own, and link to it."
        )
    if "\r" in text or not text.endswith("\n"):
        raise RefusedError(_STALE)
    return data


def _refuse_taken(file: Path, address: Address) -> None:
    """A note beside it that differs in the ending alone would have the same page."""
    for ending in MARKDOWN_ENDINGS:
        beside = file.with_suffix(ending)
        if beside.exists() or beside.is_symlink():
            raise _taken(beside, address)


def _taken(file: Path, address: Address) -> RefusedError:
    said = f"{file.name} is there already, and stays as it is. Nothing was written."
    where = {"address": address(note_link(file.name).key)} if _is_note(file) else {}
    return RefusedError(said, taken=True, **where)


def _is_note(file: Path) -> bool:
    """Whether the file has a page of its own among the notes."""
    try:
        return parse_entry(file.name, file.read_bytes())[0] is not None
    except OSError:
        return False


def _check_note(name: str, data: bytes) -> None:
    entry, problems = parse_entry(name, data)
    if entry is not None:
        problems += _among_people(entry)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise RefusedError(
            "The note would have an error, so nothing was written.", problems=problems_json(errors)
        )
    if entry is None:
        raise RefusedError("This is no note: it names no company. Nothing was written.")


def _among_people(entry: Entry) -> tuple[Problem, ...]:
    """What is wrong between the parts of the note, such as two people who would be one."""
    any_day = date(2100, 1, 1)
    return build_portal([entry], any_day, Options()).problems
