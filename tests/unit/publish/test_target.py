"""The folder that is published into: what is not ours stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup.publish.errors import PublishError
from followup.publish.state import Publication, save_published, sum_of
from followup.publish.target import check_target, find_publication
from tests.unit.publish.test_vault import seal

VAULT = {"index.html": b"locked", "vault.json": seal().metadata, seal().name: seal().blob}


def plant(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder with these files."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def check(root: Path, target: Path, *published: Publication) -> None:
    """Check a target of the workspace at `root`."""
    (root / "entries").mkdir(exist_ok=True)
    check_target(root, root / "entries", target, published)


def publication(files: dict[str, bytes]) -> Publication:
    """The record of a publish of these files."""
    return Publication("plain", 1, {name: sum_of(data) for name, data in files.items()})


@pytest.mark.parametrize("name", ["public", "deep/er/public"])
def test_new_or_empty_folder_is_taken(tmp_path: Path, name: str) -> None:
    """A folder that does not exist, or is empty, can be published into."""
    check(tmp_path, tmp_path / name)
    (tmp_path / name).mkdir(parents=True)
    check(tmp_path, tmp_path / name)


def test_own_files_are_replaced(tmp_path: Path) -> None:
    """What was published may go, also where somebody changed it."""
    target = plant(tmp_path / "public", {"index.html": b"changed", "a/b.html": b"x"})
    check(tmp_path, target, publication({"index.html": b"", "a/b.html": b""}))


def test_vault_of_another_computer_is_replaced(tmp_path: Path) -> None:
    """A folder that holds a vault and nothing else is known without a record."""
    check(tmp_path, plant(tmp_path / "public", VAULT | {"calendar/feed-x1.ics": b""}))


@pytest.mark.parametrize(
    "files",
    [
        {"index.html": b"somebody's own page"},
        {"vault.json": b"{}"},
        VAULT | {"thesis.docx": b"x"},
        VAULT | {".git/config": b"x"},
        VAULT | {"CNAME": b"x"},
    ],
)
def test_foreign_files_are_never_replaced(tmp_path: Path, files: dict[str, bytes]) -> None:
    """A folder with anything else in it is refused, and what is in it is named."""
    target = plant(tmp_path / "public", files)
    with pytest.raises(PublishError, match="were not published by this command: `"):
        check(tmp_path, target, publication({"a/b.html": b""}))


def test_links_are_refused(tmp_path: Path) -> None:
    """A link as target, or in it, is not followed."""
    target = plant(tmp_path / "public", VAULT)
    (tmp_path / "link").symlink_to(target)
    with pytest.raises(PublishError, match="is a link"):
        check(tmp_path, tmp_path / "link")
    (target / "sw.js").symlink_to(tmp_path)
    with pytest.raises(PublishError, match=r"`sw\.js`"):
        check(tmp_path, target)


def test_file_is_refused(tmp_path: Path) -> None:
    """A file is no folder to publish into."""
    (tmp_path / "public").write_bytes(b"")
    with pytest.raises(PublishError, match="is a file"):
        check(tmp_path, tmp_path / "public")


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("entries", "lies in the notes folder"),
        ("entries/public", "lies in the notes folder"),
        (".followup", "lies in `.followup`"),
        (".followup/public", "lies in `.followup`"),
        (".", "holds your notes"),
        ("..", "holds your notes"),
    ],
)
def test_notes_are_safe(tmp_path: Path, target: str, why: str) -> None:
    """No folder is taken that lies in the notes or holds them, by whatever way it is named."""
    root = tmp_path / "search"
    root.mkdir()
    with pytest.raises(PublishError, match=why):
        check(root, (root / target).resolve())
    (tmp_path / "way").symlink_to(root)
    if target not in (".", ".."):
        with pytest.raises(PublishError, match=why):
            check(root, tmp_path / "way" / target)


def test_publication_is_the_one_that_lies_there(tmp_path: Path) -> None:
    """Of two that a killed run left, the one is meant whose files are in the folder."""
    old, new = {"index.html": b"old"}, {"index.html": b"new"}
    target = plant(tmp_path / "public", old)
    save_published(tmp_path, target, (publication(new), publication(old)))
    assert find_publication(tmp_path, target) == publication(old)
    plant(target, new)
    assert find_publication(tmp_path, target) == publication(new)


def test_changed_folder_is_told(tmp_path: Path) -> None:
    """A file that was changed here cannot be what the host is compared with."""
    target = plant(tmp_path / "public", {"index.html": b"mine"})
    save_published(tmp_path, target, (publication({"index.html": b"theirs"}),))
    with pytest.raises(PublishError, match=r"`public/index\.html` is not as it was published"):
        find_publication(tmp_path, target)


def test_without_a_publish_there_is_nothing_to_compare(tmp_path: Path) -> None:
    """A folder that nothing was published to is told as such."""
    with pytest.raises(PublishError, match="nothing was published to `public`"):
        find_publication(tmp_path, tmp_path / "public")
