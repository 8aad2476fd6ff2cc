"""Work that a second process does, or was to do."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from followup.beside import Beside, may_divide

pytestmark = pytest.mark.skipif(
    not hasattr(os, "memfd_create"), reason="only Linux divides a process"
)


def test_another_process_does_the_work() -> None:
    """What it gives arrives here."""
    found = Beside(lambda: (os.getpid(), "x" * 1_000_000)).take()
    assert found[0] != os.getpid()
    assert found[1] == "x" * 1_000_000


def test_what_goes_wrong_there_is_told_here(capfd: pytest.CaptureFixture[str]) -> None:
    """The work is tried once more, and nothing is printed by whoever failed first."""

    def fail() -> None:
        raise ValueError("no such page")

    work = Beside(fail)
    with pytest.raises(ValueError, match="no such page"):
        work.take()
    assert capfd.readouterr() == ("", "")


def test_a_process_that_is_ended_from_outside_costs_only_time() -> None:
    """Its work is done here."""
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done here"

    assert Beside(work).take() == "done here"


def test_what_is_given_up_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a process nor a file stays."""
    begun: list[int] = []
    fork = os.fork

    def noted() -> int:
        begun.append(fork())
        return begun[-1]

    monkeypatch.setattr(os, "fork", noted)
    before = set(Path("/proc/self/fd").iterdir())
    pipe, end = os.pipe()
    work = Beside(lambda: os.read(pipe, 1))
    work.drop()
    work.drop()
    os.close(pipe)
    os.close(end)
    assert set(Path("/proc/self/fd").iterdir()) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(begun[0], os.WNOHANG)


def test_where_no_end_is_told_the_work_is_done_here() -> None:
    """Some programs start others so that nobody hears when a process ends."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert Beside(lambda: "done").take() == "done"
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_one_processor_is_not_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes would take turns."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert not may_divide()
