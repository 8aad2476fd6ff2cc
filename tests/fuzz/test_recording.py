"""Writing into notes while everything goes wrong: calls that fail, kills, editors, crowds."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from followup.notes.save import ChangedMeanwhileError, replace_note, save_new_note
from followup.recording import Recorded, RecordError, record, undo
from tests.fuzz.interruption import Interruption, calls_of
from tests.fuzz.writers import CALL, NAMES, NOTE, after, event

ROOT = Path(__file__).resolve().parents[2]
NAME = "acme.md"
OLD, NEW = NOTE, after(NAME, NOTE, CALL)


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one note."""
    folder = tmp_path / "entries"
    folder.mkdir()
    (folder / NAME).write_bytes(OLD)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return folder


def others(folder: Path) -> set[str]:
    """What lies in the folder beside its note."""
    return {file.name for file in folder.iterdir()} - {NAME}


def test_every_call_of_the_system_fails_in_turn(notes: Path) -> None:
    """The note has its new bytes where it says so, else the old ones, and the reason is told."""
    calls = calls_of(lambda: record(notes, NAME, CALL))
    assert {"open", "write", "fsync", "replace", "chmod", "flock"} <= set(calls)
    refused = set()
    for number, name in enumerate(calls):
        (notes / NAME).write_bytes(OLD)
        with Interruption(number, OSError).active():
            try:
                record(notes, NAME, CALL)
                expected = NEW
            except RecordError:
                expected = OLD
                refused.add(name)
        assert (notes / NAME).read_bytes() == expected, (number, name)
        assert name == "unlink" or not others(notes), (number, name)
    assert {"write", "fsync", "replace", "open"} <= refused
    record(notes, NAME, CALL)
    assert not others(notes)


def test_undo_fails_in_turn(notes: Path) -> None:
    """Taking back leaves the note with or without the event, as it says."""
    recorded = record(notes, NAME, CALL)
    calls = calls_of(lambda: undo(notes, recorded))
    assert (notes / NAME).read_bytes() == OLD
    for number, name in enumerate(calls):
        (notes / NAME).write_bytes(NEW)
        with Interruption(number, OSError).active():
            try:
                undo(notes, recorded)
                expected = OLD
            except RecordError:
                expected = NEW
        assert (notes / NAME).read_bytes() == expected, (number, name)


def test_a_new_note_fails_in_turn(notes: Path) -> None:
    """A new note is there with all its bytes, or not at all."""
    file = notes / "beta.md"
    calls = calls_of(lambda: save_new_note(file, "whole"))
    for number, name in enumerate(calls):
        file.unlink(missing_ok=True)
        with Interruption(number, OSError).active():
            try:
                save_new_note(file, "whole")
                there = True
            except OSError:
                there = False
        assert file.exists() == there, (number, name)
        assert not there or file.read_text(encoding="utf-8") == "whole"


class Editor:
    """Somebody who saves the note whenever the program has just written its own file beside it."""

    def __init__(self, file: Path, texts: list[bytes], patch: pytest.MonkeyPatch) -> None:
        self.file, self.texts = file, texts
        self._fsync = os.fsync
        patch.setattr(os, "fsync", self._save)

    def _save(self, number: int) -> None:
        self._fsync(number)
        if self.texts and stat.S_ISREG(os.fstat(number).st_mode):
            self.file.write_bytes(self.texts.pop(0))


def test_a_concurrent_edit_is_kept(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an editor saves between the reading and the writing stays, and so does the event."""
    edited = OLD.replace(b"A bullet", b"A better bullet")
    Editor(notes / NAME, [edited, edited + b"- And another\n"], monkeypatch)
    recorded = record(notes, NAME, CALL)
    expected = after(NAME, edited + b"- And another\n", CALL)
    assert (notes / NAME).read_bytes() == expected
    assert recorded.line == 5
    assert not others(notes)


def test_undo_keeps_a_concurrent_edit(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taking back an event keeps what an editor saves meanwhile."""
    recorded = record(notes, NAME, CALL)
    Editor(notes / NAME, [NEW + b"- And another\n"], monkeypatch)
    undo(notes, recorded)
    assert (notes / NAME).read_bytes() == OLD + b"- And another\n"


def test_an_editor_that_never_rests(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that keeps changing is left as its editor has it, and that is told."""
    texts = [OLD + b"- %d\n" % number for number in range(20)]
    editor = Editor(notes / NAME, list(texts), monkeypatch)
    with pytest.raises(RecordError, match="keeps changing"):
        record(notes, NAME, CALL)
    assert (notes / NAME).read_bytes() == texts[len(texts) - len(editor.texts) - 1]
    assert not others(notes)


def test_an_editor_that_breaks_the_note(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that has an error by now is left alone."""
    broken = OLD.replace(b"title", b"titel")
    Editor(notes / NAME, [broken], monkeypatch)
    with pytest.raises(RecordError, match="the note has an error in line"):
        record(notes, NAME, CALL)
    assert (notes / NAME).read_bytes() == broken


def test_a_note_that_is_gone(notes: Path) -> None:
    """A note that was deleted is not made anew."""
    (notes / NAME).unlink()
    with pytest.raises(RecordError, match="could not be read"):
        record(notes, NAME, CALL)
    assert not [*notes.iterdir()]


def test_a_write_protected_note(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that its owner has protected is not replaced behind their back."""
    # Whoever runs the tests may be allowed everything.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(RecordError, match="could not be written: Permission denied"):
        record(notes, NAME, CALL)
    assert (notes / NAME).read_bytes() == OLD


def test_rights_and_links_stay(notes: Path, tmp_path: Path) -> None:
    """The file that a link leads to is replaced, with the permissions it had."""
    target = tmp_path / "elsewhere.md"
    target.write_bytes(OLD)
    target.chmod(0o640)
    (notes / NAME).unlink()
    (notes / NAME).symlink_to(target)
    record(notes, NAME, CALL)
    assert (notes / NAME).is_symlink()
    assert target.read_bytes() == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_what_killed_runs_left_is_swept(notes: Path) -> None:
    """Old files go, the fresh one of a run that may still write a new note stays."""
    for name in (".followup-new-old.tmp", ".followup-new-fresh.tmp", ".followup-note-x.tmp"):
        (notes / name).write_bytes(b"half")
    os.utime(notes / ".followup-new-old.tmp", (0, 0))
    record(notes, NAME, CALL)
    assert others(notes) == {".followup-new-fresh.tmp"}


def test_a_drive_that_locks_no_folders(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a folder cannot be locked, a file outside of it is."""
    lock, locked = fcntl.flock, []

    def only_files(number: int, how: int) -> None:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            raise OSError(errno.EBADF, "no locks on folders")
        locked.append(number)
        lock(number, how)

    monkeypatch.setattr(fcntl, "flock", only_files)
    record(notes, NAME, CALL)
    assert len(locked) == 1
    assert others(notes) == set()
    assert (notes / NAME).read_bytes() == NEW


def logged(notes: Path) -> Counter[str]:
    """How often each event stands in the notes."""
    texts = (file.read_text(encoding="utf-8") for file in notes.glob("*.md"))
    return Counter(found for text in texts for found in re.findall(r'"(Call \d+\.)"', text))


def test_two_hundred_threads_at_once(notes: Path) -> None:
    """Each event is recorded exactly once, in the same note and in different ones."""
    for name in NAMES:
        (notes / name).write_bytes(NOTE)
    barrier = Barrier(200)

    def write(number: int) -> Recorded:
        barrier.wait()
        return record(notes, NAMES[number % len(NAMES)], event(f"Call {number}."))

    with ThreadPoolExecutor(200) as pool:
        recorded = list(pool.map(write, range(200)))
    assert logged(notes) == Counter(f"Call {number}." for number in range(200))
    for number, done in enumerate(recorded):
        assert f"Call {number}." in done.insertion.run.decode()


def run_writers(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The writers, in a process of their own that can fork."""
    path = os.pathsep.join((str(ROOT / "plugins"), str(ROOT)))
    command = [sys.executable, "-m", "tests.fuzz.writers", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )


def test_two_hundred_processes_at_once(tmp_path: Path) -> None:
    """Each event is recorded exactly once, whoever writes."""
    done = run_writers("at-once", tmp_path, 200)
    assert (done.returncode, done.stderr) == (0, "")
    assert logged(tmp_path) == Counter(f"Call {number}." for number in range(200))


def test_five_hundred_kills(tmp_path: Path) -> None:
    """After each kill every note is old or new, and the next write leaves no file behind."""
    done = run_writers("killed", tmp_path, 500, "recorded")
    assert (done.returncode, done.stderr) == (0, "")
    # Kills that hit nothing would prove nothing.
    assert int(done.stdout) > 10


@pytest.mark.parametrize("moment", ["before", "after"])
def test_breaking_off_at_every_call(tmp_path: Path, moment: str) -> None:
    """Ctrl-C before or after any call leaves the old bytes or the new, and the next write works."""
    done = run_writers("interrupted", tmp_path, moment)
    assert (done.returncode, done.stderr) == (0, "")
    old, new = map(int, done.stdout.split())
    assert old > 5
    assert new > 1


def test_kills_find_a_writer_that_is_not_safe(tmp_path: Path) -> None:
    """A control: with a writer that writes in place the same loop finds half a note."""
    done = run_writers("killed", tmp_path, 500, "in-place")
    assert done.returncode != 0
    assert re.search(r"ValueError: after \d+ kills .* is b'", done.stderr)


def test_bytes_that_are_not_those_read(notes: Path) -> None:
    """A note is replaced only while it has the bytes that were read."""
    with pytest.raises(ChangedMeanwhileError):
        replace_note(notes / NAME, NEW, "0" * 64)
    assert (notes / NAME).read_bytes() == OLD
