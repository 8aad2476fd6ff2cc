"""What a page can ask the preview to do, and what it cannot get at."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup.mkdocs.actions import build_actions, find_note
from followup.mkdocs.serving import RefusedError, allowed_hosts, make_token, refuse_network


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A notes folder with everything that must not be opened, in it and beside it."""
    folder = tmp_path / "entries"
    (folder / "2026").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "folder.md").mkdir()
    for name in ("acme.md", "2026/beta.markdown", "cv.pdf", ".secret.md", ".hidden/x.md"):
        (folder / name).write_text("one\ntwo\n", encoding="utf-8")
    (tmp_path / "outside.md").write_text("outside\n", encoding="utf-8")
    (folder / "out.md").symlink_to(tmp_path / "outside.md")
    (folder / "up").symlink_to(tmp_path)
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "inside.md").symlink_to(folder / "acme.md")
    return folder


@pytest.mark.parametrize("path", ["acme.md", "2026/beta.markdown", "inside.md"])
def test_a_note_is_found(notes: Path, path: str) -> None:
    """By the path that the pages name it by, also through a link that stays in the folder."""
    assert find_note(notes, path) == notes / path


@pytest.mark.parametrize(
    "path",
    [
        "gone.md",
        "cv.pdf",
        "folder.md",
        ".secret.md",
        ".hidden/x.md",
        "out.md",
        "up/outside.md",
        "loop.md",
        "../outside.md",
        "2026/../acme.md",
        "2026/../../outside.md",
        "./acme.md",
        "/acme.md",
        "//acme.md",
        "2026//beta.markdown",
        "acme.md/",
        "acme.md\0.md",
        "acme.md/x.md",
        "\ud800.md",
        "a" * 5_000 + ".md",
        "",
        ".md",
        None,
        7,
        ["acme.md"],
    ],
)
def test_nothing_else_is_found(notes: Path, path: object) -> None:
    """Neither what leads out of the folder, nor what is hidden, nor what is no note."""
    with pytest.raises(RefusedError, match="no such note"):
        find_note(notes, path)


def test_an_absolute_path_is_no_note(notes: Path) -> None:
    """Not even that of a note."""
    with pytest.raises(RefusedError, match="no such note"):
        find_note(notes, str(notes / "acme.md"))


@pytest.mark.parametrize("line", [0, -1, 4, 10**40, True, 1.0, "1", None, [1]])
def test_a_line_is_a_number_within_the_note(
    notes: Path, line: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything else is refused before an editor is looked for."""
    monkeypatch.setenv("FOLLOWUP_EDITOR", "no-such-editor")
    with pytest.raises(RefusedError, match="no such line"):
        build_actions(notes)["open"]({"path": "acme.md", "line": line})


@pytest.mark.parametrize("line", [1, 2, 3])
def test_every_line_of_the_note_can_be_opened(
    notes: Path, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The empty one after the last too, where something is to be added."""
    monkeypatch.setenv("FOLLOWUP_EDITOR", "true {file} {line}")
    said = build_actions(notes)["open"]({"path": "acme.md", "line": line})
    assert said == f"Opened line {line} in true."


def test_a_missing_editor_is_no_fault_of_ours(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page gets the reason as a sentence."""
    monkeypatch.setenv("FOLLOWUP_EDITOR", "no-such-editor")
    with pytest.raises(RefusedError, match="The editor no-such-editor was not found"):
        build_actions(notes)["open"]({"path": "acme.md", "line": 1})


def test_a_browser_can_mean_the_preview_by_these_names() -> None:
    """The address it listens on and the names of this computer, each with the port."""
    assert allowed_hosts("127.0.0.1", 8000) == {"127.0.0.1:8000", "localhost:8000", "[::1]:8000"}
    assert allowed_hosts("127.0.0.5", 8000) - allowed_hosts("127.0.0.1", 8000) == {"127.0.0.5:8000"}
    assert allowed_hosts("::1", 8000) == allowed_hosts("127.0.0.1", 8000)


def test_the_webs_own_port_need_not_be_said() -> None:
    """A browser leaves `:80` out."""
    assert {"localhost", "localhost:80"} <= allowed_hosts("localhost", 80)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.5", "::1"])
def test_this_computer_is_not_the_network(host: str) -> None:
    """Every address that only this computer reaches can be served."""
    refuse_network(host)


def test_a_token_is_made_for_each_start() -> None:
    """Two are never equal, and none is short enough to be guessed."""
    assert make_token() != make_token()
    assert len(make_token()) >= 43
