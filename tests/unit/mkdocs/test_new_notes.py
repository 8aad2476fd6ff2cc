"""A note that a page sends to the preview: what is written, and everything that is not."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from followup.mkdocs.actions import LONGER, build_actions
from followup.mkdocs.new_notes import LARGEST, LONGEST_REQUEST, save_note
from followup.mkdocs.serving import RefusedError
from followup.notes.folder import MARKDOWN_ENDINGS

NAME = "2026-11-19-acme-panel.md"
TEXT = (
    "---\ncompany: Acme\ntitle: Clerk\n---\n\n## The job\n- Trucks: \u00fc, \u05e9, \U0001f600.\n"
)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """An empty notes folder."""
    folder = tmp_path / "entries"
    folder.mkdir()
    return folder


def save(notes: Path, name: object = NAME, text: object = TEXT) -> Mapping[str, Any]:
    """What the page is told of a note that it sends."""
    return save_note(notes, "/search/{}/".format, {"name": name, "text": text})


def refused(notes: Path, name: object = NAME, text: object = TEXT) -> RefusedError:
    """Why nothing was done; the folder is as it was."""
    before = contents(notes.parent)
    with pytest.raises(RefusedError) as caught:
        save(notes, name, text)
    assert contents(notes.parent) == before
    return caught.value


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_note_is_written_as_it_is(notes: Path) -> None:
    """The file has the bytes of the text, and the page is told where it lies and will be shown."""
    assert save(notes) == {
        "said": f"Saved as entries/{NAME}.",
        "path": NAME,
        "address": "/search/notes/2026-11-19-acme-panel/",
    }
    assert contents(notes) == {str(notes / NAME): TEXT.encode()}


def test_it_is_an_action_of_the_preview(notes: Path) -> None:
    """Under the name `new`, with room for the longest note."""
    build_actions(notes)["new"]({"name": NAME, "text": TEXT})
    assert (notes / NAME).read_bytes() == TEXT.encode()
    assert LONGER == {"new": LONGEST_REQUEST}


@pytest.mark.parametrize("ending", MARKDOWN_ENDINGS)
def test_no_note_is_overwritten(notes: Path, ending: str) -> None:
    """A note of the same name, or with the same page, stays; the page is told how to get there."""
    there = (notes / NAME).with_suffix(ending)
    there.write_text(TEXT.replace("Clerk", "Mine"), encoding="utf-8")
    error = refused(notes)
    assert str(error) == f"{there.name} is there already, and stays as it is. Nothing was written."
    assert error.more == {"taken": True, "address": "/search/notes/2026-11-19-acme-panel/"}


def test_whatever_has_the_name_keeps_it(notes: Path, tmp_path: Path) -> None:
    """A page that is no note, and a link that leads nowhere, are not replaced either."""
    (notes / NAME).write_text("# A page\n", encoding="utf-8")
    assert refused(notes).more == {"taken": True}
    (notes / NAME).unlink()
    (notes / NAME).symlink_to(tmp_path / "nowhere.md")
    assert refused(notes).more == {"taken": True}
    assert not (tmp_path / "nowhere.md").exists()


def test_a_note_that_comes_in_between_stays(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who makes the same file after it was looked for is not overwritten."""
    theirs = TEXT.replace("Clerk", "Theirs")
    check = "followup.mkdocs.new_notes._check_note"
    monkeypatch.setattr(check, lambda *_: (notes / NAME).write_text(theirs, encoding="utf-8"))
    with pytest.raises(RefusedError, match="is there already"):
        save(notes)
    assert (notes / NAME).read_text(encoding="utf-8") == theirs


@pytest.mark.parametrize(
    "name",
    [
        "acme.md",
        "2026-11-19.md",
        "2026-11-19-acme",
        "2026-11-19-acme.MD",
        "2026-11-19-Acme.md",
        "2026-11-19-acme.html",
        "2026-11-19-acme-.md",
        "2026-11-19--acme.md",
        "2026-11-19-a/b.md",
        "2026-11-19-a\\b.md",
        "../2026-11-19-acme.md",
        "/2026-11-19-acme.md",
        ".2026-11-19-acme.md",
        "2026-11-19-acme.md\n",
        "2026-11-19-acme.md\0",
        "2026-11-19-größe.md",
        "\u0662026-11-19-acme.md",
        "2026-11-19-\u0661.md",
        "1999-11-19-acme.md",
        f"2026-11-19-{'a' * 120}.md",
        "index.md",
        "",
    ],
)
def test_a_name_is_one(notes: Path, name: str) -> None:
    """Nothing leads out of the folder, hides, or has letters that another system would change."""
    assert "A note cannot have this name." in str(refused(notes, name))


@pytest.mark.parametrize(("name", "text"), [(None, TEXT), (7, TEXT), (NAME, None), (NAME, ["x"])])
def test_what_is_no_note_at_all_is_refused(notes: Path, name: object, text: object) -> None:
    """A request without a name or a text is that of an old page."""
    assert "The page sent no note." in str(refused(notes, name, text))


@pytest.mark.parametrize("text", [TEXT.replace("\n", "\r\n"), TEXT.rstrip()])
def test_a_note_has_lines(notes: Path, text: str) -> None:
    """Each ends in a line feed, the last one too."""
    assert "The page sent no note." in str(refused(notes, NAME, text))


def test_errors_are_told_with_their_lines(notes: Path) -> None:
    """All of them, as `followup check` would, and nothing is written."""
    text = TEXT.replace("title: Clerk", "interview: {format: pannel, start: soon}\nlog: [{on: x}]")
    error = refused(notes, NAME, text)
    found = {(problem["line"], problem["code"]) for problem in error.more["problems"]}
    assert {(3, "not_a_start"), (4, "not_a_date")} <= found
    assert all(problem["hint"] and problem["message"] for problem in error.more["problems"])


def test_people_who_would_be_one_are_an_error(notes: Path) -> None:
    """What the preview could not be built with is not let in."""
    people = "people:\n  - {id: lee, name: A Lee}\n  - {name: lee}\n"
    text = TEXT.replace("---\n\n", f"{people}---\n\n")
    (problem,) = refused(notes, NAME, text).more["problems"]
    assert problem["code"] == "duplicate_person"


def test_a_page_is_no_note(notes: Path) -> None:
    """A text without a company would be published as it is."""
    assert "This is no note" in str(refused(notes, NAME, "# Hello\n"))


def test_half_a_character_cannot_be_written(notes: Path) -> None:
    """JSON can hold one, a file cannot."""
    assert "half a character" in str(refused(notes, NAME, TEXT.replace("Trucks", "\ud800")))


def test_a_note_has_room_and_an_end(notes: Path) -> None:
    """64 KiB are written to the last byte; one more is refused."""
    longest = TEXT.rstrip() + "x" * (LARGEST - len(TEXT.encode())) + "\n"
    assert len(longest.encode()) == LARGEST
    assert "more than 65,536" in str(refused(notes, NAME, longest.replace("x\n", "xx\n")))
    save(notes, NAME, longest)
    assert (notes / NAME).stat().st_size == LARGEST


def test_a_disk_that_refuses_is_told_of(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is the system's own, and nothing is left behind."""

    def full(file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), file)

    monkeypatch.setattr(os, "fsync", full)
    assert "could not be written: No space left on device" in str(refused(notes))
