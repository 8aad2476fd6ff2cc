"""The swap: whole folders, whatever fails in between."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from followup.notes.locks import BusyError
from followup.publish import swap
from followup.publish.swap import complete_swap, locked, new_folder, swap_in

NEW, OLD = {"index.html": b"new", "a/b.html": b"new too"}, {"index.html": b"old", "c.html": b"old"}


@pytest.fixture(params=["one step", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways in which a platform may swap folders."""
    if request.param == "two renames":
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    return request.param  # type: ignore[no-any-return]


def fill(folder: Path, files: dict[str, bytes]) -> None:
    """Write `files` into a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def read(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def beside(target: Path) -> list[str]:
    """Everything else in the target's folder."""
    return sorted(file.name for file in target.parent.iterdir() if file != target)


@pytest.mark.usefixtures("way")
def test_new_takes_the_place_of_old(tmp_path: Path) -> None:
    """Afterwards the new files are there, none of the old ones, and nothing beside them."""
    target = tmp_path / "public"
    fill(target, OLD)
    with new_folder(target) as new:
        fill(new, NEW)
        swap_in(new, target)
    assert read(target) == NEW
    assert beside(target) == []


@pytest.mark.usefixtures("way")
def test_first_one_needs_no_old(tmp_path: Path) -> None:
    """Where nothing was, the new folder appears, with those that it lies in."""
    target = tmp_path / "a" / "public"
    with new_folder(target) as new:
        fill(new, NEW)
        swap_in(new, target)
    assert read(target) == NEW


@pytest.mark.usefixtures("way")
def test_failure_before_the_swap_changes_nothing(tmp_path: Path) -> None:
    """Where filling the new folder fails, the old one is as it was and nothing is left beside it."""
    target = tmp_path / "public"
    fill(target, OLD)
    with suppress(ZeroDivisionError), new_folder(target) as new:
        fill(new, NEW)
        raise ZeroDivisionError
    assert read(target) == OLD
    assert beside(target) == []


def test_platform_here_swaps_in_one_step(tmp_path: Path) -> None:
    """On Linux the tests of one step are tests of one step."""
    if sys.platform == "linux":
        fill(tmp_path / "a", NEW)
        fill(tmp_path / "b", OLD)
        assert swap._exchange(tmp_path / "a", tmp_path / "b")
        assert (read(tmp_path / "a"), read(tmp_path / "b")) == (OLD, NEW)


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_failed_rename_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """Whichever rename the system refuses, the old folder stands there afterwards."""
    target = tmp_path / "public"
    fill(target, OLD)
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    rename, calls = Path.rename, iter(range(100))

    def refuse(self: Path, other: Path) -> Path:
        if next(calls) == failing:
            raise OSError(errno.EACCES, "refused", str(self))
        return rename(self, other)

    with new_folder(target) as new:
        fill(new, NEW)
        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(OSError, match="refused"):
            swap_in(new, target)
    assert read(target) == OLD
    monkeypatch.undo()
    complete_swap(target)
    assert beside(target) == []


def test_run_killed_between_two_renames_is_completed(tmp_path: Path) -> None:
    """Where the old folder was moved away and the new one not yet in, the next run moves it in."""
    target = tmp_path / "public"
    fill(tmp_path / ".public.followup-ready", NEW)
    fill(tmp_path / ".public.followup-old", OLD)
    complete_swap(target)
    assert read(target) == NEW
    assert beside(target) == []


@pytest.mark.parametrize("part", ["new", "ready", "old"])
def test_what_a_killed_run_left_is_taken_away(tmp_path: Path, part: str) -> None:
    """Where the target stands, nothing that was left beside it takes its place."""
    target = tmp_path / "public"
    fill(target, OLD)
    fill(tmp_path / f".public.followup-{part}", NEW)
    complete_swap(target)
    assert read(target) == OLD
    assert beside(target) == []


@pytest.mark.parametrize("part", ["new", "old"])
def test_half_a_folder_is_never_taken(tmp_path: Path, part: str) -> None:
    """What may not be whole becomes no site, even where there is none."""
    fill(tmp_path / f".public.followup-{part}", NEW)
    complete_swap(tmp_path / "public")
    assert list(tmp_path.iterdir()) == []


def test_a_drive_that_locks_no_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a folder cannot be locked, a file outside of it is, for one publish at a time."""
    lock = fcntl.flock

    def only_files(number: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            raise OSError(errno.EBADF, "no locks on folders")
        lock(number, how)

    monkeypatch.setattr(fcntl, "flock", only_files)
    with locked(tmp_path):
        with pytest.raises(BusyError), locked(tmp_path):
            pass
        assert list(tmp_path.iterdir()) == []
    with locked(tmp_path):
        pass


def test_second_publish_is_kept_away(tmp_path: Path) -> None:
    """Two locks on one folder do not go together, in one process or two, until the first is gone."""
    hold = "import sys; from pathlib import Path; from followup.publish.swap import locked\n"
    hold += "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    other = subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert other.stdin
    assert other.stdout
    with other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(BusyError), locked(tmp_path):
            pass
        other.kill()
    with locked(tmp_path, tmp_path / ".." / tmp_path.name):
        pass
