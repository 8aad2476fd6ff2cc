"""Reading a whole folder of notes, whatever lies in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from followup.notes import folder
from followup.notes.folder import NotesFolder, load_entries
from followup.notes.memory import Memory

NOTE = "---\ncompany: Acme\ntitle: Analyst\n---\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    """The folder with these files in it."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="")
    return folder


def codes(found: NotesFolder) -> list[tuple[str, str]]:
    """Path and code of every problem."""
    return [(problem.path, problem.code) for problem in found.problems]


def test_a_folder_is_sorted_into_notes_pages_and_files(tmp_path: Path) -> None:
    """Notes may lie anywhere, hidden things are passed over, and everything is in order."""
    write(
        tmp_path,
        {
            "z.md": NOTE,
            "deep/er/a.markdown": NOTE,
            "index.md": "# Hello",
            "about.md": "---\ntitle: x\n---\n",
            "broken.md": "---\ncompany: Acme\n---\n",
            "deep/offer.pdf": "x",
            ".obsidian/x.md": NOTE,
            ".draft.md": NOTE,
            "templates/note.md": NOTE,
            "deep/templates/b.md": NOTE,
        },
    )
    found = load_entries(tmp_path)
    assert [entry.path for entry in found.entries] == [
        "deep/er/a.markdown",
        "deep/templates/b.md",
        "z.md",
    ]
    assert found.pages == ("about.md", "index.md")
    assert found.files == ("deep/offer.pdf",)
    assert "broken.md" in found.notes
    assert codes(found) == [("broken.md", "missing_title")]
    assert {e.path: e.front.company for e in found.entries}["z.md"] == "Acme"


def test_every_problem_of_every_file_is_reported_in_order(tmp_path: Path) -> None:
    """One run finds the faults of all files, sorted by place."""
    write(
        tmp_path,
        {
            "b.md": "---\ncompany: A\ntitle: B\nx: 1\ny: 2\n---\n",
            "a.md": "---\ncompany: [\n---\n",
            "c.md": NOTE,
        },
    )
    (tmp_path / "d.md").write_bytes(b"\xff")
    found = load_entries(tmp_path)
    assert codes(found) == [
        ("a.md", "yaml_syntax"),
        ("b.md", "unknown_key"),
        ("b.md", "unknown_key"),
        ("d.md", "not_utf8"),
    ]
    assert [entry.path for entry in found.entries] == ["c.md"]


def test_a_link_out_of_the_folder_is_an_error_and_is_not_read(tmp_path: Path) -> None:
    """Neither a file nor a folder outside is reached through a link."""
    outside = write(tmp_path / "outside", {"secret.md": NOTE, "more/x.md": NOTE})
    inside = write(tmp_path / "entries", {"a.md": NOTE})
    (inside / "file.md").symlink_to(outside / "secret.md")
    (inside / "folder").symlink_to(outside)
    (inside / "up").symlink_to("..")
    found = load_entries(inside)
    assert codes(found) == [
        ("file.md", "link_leads_out"),
        ("folder", "link_leads_out"),
        ("up", "link_leads_out"),
    ]
    assert [entry.path for entry in found.entries] == ["a.md"]


def test_a_link_inside_the_folder_is_followed_and_a_loop_is_not(tmp_path: Path) -> None:
    """A link may point at a neighbour; one that leads back into itself is an error."""
    write(tmp_path, {"real/a.md": NOTE})
    (tmp_path / "alias").symlink_to("real")
    (tmp_path / "real" / "loop").symlink_to("..")
    found = load_entries(tmp_path)
    assert [entry.path for entry in found.entries] == ["alias/a.md", "real/a.md"]
    assert codes(found) == [("alias/loop", "link_loop"), ("real/loop", "link_loop")]


def test_a_link_that_leads_nowhere_is_an_error(tmp_path: Path) -> None:
    """Broken links, and links that only point at each other, are named."""
    (tmp_path / "gone.md").symlink_to("nothing.md")
    (tmp_path / "one.md").symlink_to("two.md")
    (tmp_path / "two.md").symlink_to("one.md")
    found = load_entries(tmp_path)
    assert codes(found) == [
        ("gone.md", "broken_link"),
        ("one.md", "broken_link"),
        ("two.md", "broken_link"),
    ]


@pytest.mark.parametrize("link", [False, True])
def test_a_path_longer_than_the_system_takes_is_a_problem(tmp_path: Path, link: bool) -> None:
    """A file that can only be reached step by step, as another program made it, is named."""
    write(tmp_path, {"z.md": NOTE})
    part = "x" * 200
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir(part, dir_fd=here)
        below = os.open(part, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    if link:
        os.symlink("nowhere", "y" * 200 + ".md", dir_fd=here)
    else:
        os.close(os.open("y" * 200 + ".md", os.O_CREAT, dir_fd=here))
    os.close(here)
    found = load_entries(tmp_path)
    assert [problem.code for problem in found.problems] == ["unreadable"]
    assert found.problems[0].message.endswith("cannot be read: file name too long")
    assert found.problems[0].hint == "shorten the names above it"
    assert [entry.path for entry in found.entries] == ["z.md"]


def test_folders_lie_in_each_other_only_so_deep(tmp_path: Path) -> None:
    """32 folders are read, whatever is in the one below them is not, and it is named."""
    deepest = "/".join(["d"] * 32)
    found = load_entries(write(tmp_path, {f"{deepest}/a.md": "x", f"{deepest}/e/b.md": "x"}))
    assert found.pages == (f"{deepest}/a.md",)
    assert codes(found) == [(f"{deepest}/e", "nested_too_deeply")]


def test_a_name_is_only_so_long_that_its_page_has_one(tmp_path: Path) -> None:
    """With `.html` for `.md` a name of 251 bytes would be one of 256, which no system takes."""
    fits, long = "x" * 250 + ".md", "é" * 125 + "x.md"
    found = load_entries(write(tmp_path, {fits: NOTE, long: "# A page"}))
    assert codes(found) == [(long, "name_too_long")]


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    """A named pipe, which would block for ever, is an error."""
    os.mkfifo(tmp_path / "pipe.md")
    assert codes(load_entries(tmp_path)) == [("pipe.md", "not_a_file")]


def test_what_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file and a folder that the system refuses are named, and the rest is read."""
    write(tmp_path, {"a.md": NOTE, "locked.md": NOTE, "shut/b.md": NOTE})
    scandir = os.scandir

    def refuse_file(path: str, *how: Any, **more: Any) -> Any:
        if Path(path).name == "locked.md":
            raise PermissionError(13, "Permission denied")
        return open(path, *how, **more)  # noqa: PTH123  # as it is called

    def refuse_folder(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(folder, "open", refuse_file, raising=False)
    monkeypatch.setattr(os, "scandir", refuse_folder)
    found = load_entries(tmp_path)
    assert codes(found) == [("locked.md", "unreadable"), ("shut", "unreadable")]
    assert found.problems[0].message == "this file cannot be read: permission denied"
    assert [entry.path for entry in found.entries] == ["a.md"]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """A missing notes folder is named, not raised."""
    assert codes(load_entries(tmp_path / "none")) == [(".", "unreadable")]


def test_a_name_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    """A file name in another encoding is shown with its bytes."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")).write_text(NOTE, encoding="utf-8")
    found = load_entries(tmp_path)
    assert codes(found) == [("caf\\xe9.md", "name_not_utf8")]
    assert found.entries == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme.md", "acme.md"),
        ("caf\u00e9.md", "cafe\u0301.md"),
        ("acme.markdown", "acme.md"),
        ("x/Straße.md", "x/STRASSE.md"),
    ],
)
def test_notes_that_would_meet_at_one_address_are_an_error(
    tmp_path: Path, one: str, other: str
) -> None:
    """Names that differ only in case, normalisation or ending are told apart nowhere else."""
    found = load_entries(write(tmp_path, {one: NOTE, other: NOTE}))
    (problem,) = found.problems
    assert problem.code == "same_address"
    assert problem.path == max(one, other)


def test_an_ending_in_capital_letters_is_an_error(tmp_path: Path) -> None:
    """`NOTE.MD` would be published as a file: the hint says how to rename it."""
    (problem,) = load_entries(write(tmp_path, {"NOTE.MD": NOTE})).problems
    assert (problem.code, problem.hint) == ("ending_not_lower_case", "rename it to `NOTE.md`")


@pytest.mark.parametrize("name", ["CON.md", "🦄.md", "a b.md", "..md", "-.md", "a#b?.md"])
def test_any_name_a_file_can_have_is_the_path_of_its_note(tmp_path: Path, name: str) -> None:
    """Odd names are read as they are; only a leading dot hides."""
    found = load_entries(write(tmp_path, {name: NOTE}))
    assert [entry.path for entry in found.entries] == ([] if name.startswith(".") else [name])
    assert found.problems == ()


@pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="only Linux divides a process")
def test_two_processes_read_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every other note is parsed elsewhere; what the run before has parsed, nowhere."""
    broken = NOTE.replace("company", "compani")
    texts = {f"{number}.md": broken if number % 3 == 0 else NOTE for number in range(9)}
    write(tmp_path, {**texts, "page.md": "# A page", "a.pdf": "x"})
    alone = load_entries(tmp_path)
    assert len(alone.entries) == 6
    monkeypatch.setattr(folder, "WORTH_HELP", 1)
    monkeypatch.setattr("followup.beside.may_divide", lambda: True)
    memory = Memory()
    assert load_entries(tmp_path, memory) == alone
    monkeypatch.delattr("followup.beside.InTurn")
    assert load_entries(tmp_path, memory) == alone
