"""The notes folder as it lies on the disk: its notes, pages, other files and all their problems.

The only module here that reads files, and that has a second process parse some of many. What the
site builder passes over is passed over here too, so that both see the same folder: names that begin
with a dot, and a `templates` folder at the top.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from followup.beside import do_all
from followup.notes.entry import Entry
from followup.notes.entry_parser import LARGEST_NOTE, parse_entry
from followup.notes.memory import Memory
from followup.notes.problems import Problem, Severity
from followup.notes.wording import quote

MARKDOWN_ENDINGS = (".markdown", ".mdown", ".mkdn", ".mkd", ".md")
DEEPEST_FOLDER = 32
"""So many folders may lie in each other; the site builder fails over some hundreds."""
LONGEST_NAME = 250
"""Bytes of a page's name without its ending; the site's page has `.html` after it, 255 in all."""


WORTH_HELP = 80
"""So many new notes are sooner read by two processes than by one."""


@dataclass(frozen=True)
class NotesFolder:
    """What a folder holds; all paths are relative to it, with `/`, in order.

    `entries` are the notes without an error, `notes` the paths of all notes that could be told to
    be notes, `pages` the other Markdown files, `files` everything else.
    """

    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    pages: tuple[str, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Found:
    """What a walk has found so far."""

    paths: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, path: str, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(path, 1, 1, Severity.ERROR, code, message, hint))

    def unreadable(self, path: str, what: str, error: OSError) -> None:
        why = (error.strerror or type(error).__name__).lower()
        too_long = error.errno == errno.ENAMETOOLONG
        hint = "shorten the names above it" if too_long else "check who may read it"
        self.fault(path, "unreadable", f"{what} cannot be read: {why}", hint)


def load_entries(folder: Path, memory: Memory | None = None) -> NotesFolder:
    """Everything in `folder`; whatever cannot be read is a problem, never an exception.

    A file with the bytes that it had in the run before is not parsed again but taken from `memory`.
    """
    memory = memory or Memory()
    found = _Found()
    _walk(folder, found)
    markdown = [path for path in found.paths if path.endswith(MARKDOWN_ENDINGS)]
    contents = [
        (path, data) for path in markdown if (data := _read(folder, path, found)) is not None
    ]
    entries: list[Entry] = []
    notes: list[str] = []
    pages: list[str] = []
    parsed = memory.recall_all(
        {("note", *content): partial(parse_entry, *content) for content in contents},
        do_all,
        worth_help=WORTH_HELP,
    )
    for (path, data), (entry, problems) in zip(contents, parsed, strict=True):
        found.problems += problems
        if entry is not None:
            entries.append(entry)
        if entry is not None or problems:
            notes.append(path)
            continue
        pages.append(path)
        if len(data) > LARGEST_NOTE:
            found.fault(
                path,
                "page_too_large",
                f"the page has {len(data):,} bytes, more than {LARGEST_NOTE:,}",
                "divide it, or link to the text as a file",
            )
    found.problems += _meeting_paths(notes)
    return NotesFolder(
        tuple(entries),
        tuple(notes),
        tuple(pages),
        tuple(path for path in found.paths if not path.endswith(MARKDOWN_ENDINGS)),
        tuple(sorted(found.problems)),
    )


def _walk(folder: Path, found: _Found) -> None:
    """Collect the paths of all files below `folder`, sorted."""
    root = os.path.realpath(folder)
    # Folders still to be visited: path in the notes folder, and the real folders it lies in.
    waiting: list[tuple[str, tuple[str, ...]]] = [("", (root,))]
    while waiting:
        path, chain = waiting.pop()
        for name, below, is_folder in _list(folder, path, root, found):
            if not is_folder:
                found.paths.append(below)
                continue
            real = os.path.realpath(folder / below)
            if len(chain) > DEEPEST_FOLDER:
                found.fault(
                    below,
                    "nested_too_deeply",
                    f"this folder lies in more than {DEEPEST_FOLDER} others",
                    "move it further up",
                )
            elif real in chain:
                found.fault(
                    below,
                    "link_loop",
                    f"the link {quote(name)} leads back into its own folder",
                    "delete the link",
                )
            else:
                waiting.append((below, (*chain, real)))
    found.paths.sort()


def _list(folder: Path, path: str, root: str, found: _Found) -> Iterator[tuple[str, str, bool]]:
    """Name, path and kind of what lies in one folder and can be used."""
    try:
        with os.scandir(folder / path) as listing:
            items = sorted(listing, key=lambda item: item.name)
    except OSError as error:
        found.unreadable(path or ".", "this folder", error)
        return
    for item in items:
        name = item.name
        if name.startswith(".") or (not path and name == "templates"):
            continue
        if not _is_utf8(name):
            shown = os.fsencode(name).decode("utf-8", "backslashreplace")
            found.fault(
                f"{path}/{shown}" if path else shown,
                "name_not_utf8",
                "the file name is not UTF-8 text",
                "rename the file",
            )
            continue
        below = f"{path}/{name}" if path else name
        kind = _kind(folder, below, root, found, item)
        if kind is not None:
            yield name, below, kind


def _may_lead_away(item: os.DirEntry[str]) -> bool:
    """Whether it may be a link; on Windows there are others than those that Python calls so."""
    return os.name == "nt" or item.is_symlink()


def _kind(folder: Path, path: str, root: str, found: _Found, item: os.DirEntry[str]) -> bool | None:
    """Whether this is a folder; None, and a problem, for what is neither folder nor file.

    What is no link lies where the folder lies that it is in. Whether a note can be read is found
    when it is.
    """
    place = folder / path
    is_link = _may_lead_away(item)
    if not is_link and path.endswith(MARKDOWN_ENDINGS) and item.is_file():
        _check_name(path, found)
        return False
    try:
        mode = place.stat().st_mode
        inside = not is_link or Path(os.path.realpath(place)).is_relative_to(root)
    except OSError as error:
        if _is_link(place):
            found.fault(path, "broken_link", "the link leads nowhere", "delete the link")
        else:
            found.unreadable(path, "this file", error)
        return None
    if not inside:
        hint = "put the file itself into the notes folder"
        found.fault(path, "link_leads_out", "the link leads out of the notes folder", hint)
        return None
    if stat.S_ISDIR(mode):
        return True
    if stat.S_ISREG(mode):
        _check_name(path, found)
        return False
    found.fault(path, "not_a_file", "this is neither a file nor a folder", "remove it")
    return None


def _check_name(path: str, found: _Found) -> None:
    place = PurePosixPath(path)
    ending = place.suffix
    if ending.lower() in MARKDOWN_ENDINGS and len(place.stem.encode()) > LONGEST_NAME:
        found.fault(
            path,
            "name_too_long",
            "the name of this file is too long for a page",
            f"shorten it to {LONGEST_NAME} bytes before the ending",
        )
    if ending.lower() in MARKDOWN_ENDINGS and ending not in MARKDOWN_ENDINGS:
        found.fault(
            path,
            "ending_not_lower_case",
            f"a file that ends in {quote(ending)} is not read as a note",
            f"rename it to {quote(place.stem + ending.lower())}",
        )


def _read(folder: Path, path: str, found: _Found) -> bytes | None:
    try:
        # As `Path.read_bytes`, in half the time.
        with open(os.path.join(folder, path), "rb", buffering=0) as file:  # noqa: PTH118, PTH123
            return file.readall()
    except OSError as error:
        found.unreadable(path, "this file", error)
        return None


def _is_link(place: Path) -> bool:
    try:
        return stat.S_ISLNK(place.lstat().st_mode)
    except OSError:
        return False


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _meeting_paths(notes: list[str]) -> Iterator[Problem]:
    """Notes that would have the same address, on this computer or on another."""
    first: dict[str, str] = {}
    for path in notes:
        stem = path[: -len(next(end for end in MARKDOWN_ENDINGS if path.endswith(end)))]
        address = unicodedata.normalize("NFC", unicodedata.normalize("NFC", stem).casefold())
        other = first.setdefault(address, path)
        if other != path:
            yield Problem(
                path,
                1,
                1,
                Severity.ERROR,
                "same_address",
                f"this note and {quote(other)} would have the same address",
                "rename one of them so that more than capital letters or the ending differs",
            )
