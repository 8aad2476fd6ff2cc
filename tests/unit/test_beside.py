"""Work that a second process does, or was to do."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from select import select

import pytest

from followup.beside import Beside, InTurn, do_all, may_divide

PATIENCE = 30.0

pytestmark = pytest.mark.skipif(
    not hasattr(os, "memfd_create"), reason="only Linux divides a process"
)


def test_another_process_does_the_work() -> None:
    """What it gives arrives here."""
    found = Beside(lambda: [os.getpid(), "x" * 1_000_000]).take()
    assert found[0] != os.getpid()
    assert found[1:] == ["x" * 1_000_000]


def test_what_goes_wrong_there_is_told_here(capfd: pytest.CaptureFixture[str]) -> None:
    """The work is tried once more, and nothing is printed by whoever failed first."""

    def fail() -> Iterator[int]:
        yield 1
        raise ValueError("no such page")

    work = Beside(fail)
    with pytest.raises(ValueError, match="no such page"):
        work.take()
    assert capfd.readouterr() == ("", "")


def test_a_process_that_is_ended_from_outside_costs_only_time() -> None:
    """Its work is done here."""
    here = os.getpid()

    def work() -> Iterator[str]:
        yield "begun"
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        yield "done here"

    assert Beside(work).take() == ["begun", "done here"]


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
    work = Beside(lambda: [os.read(pipe, 1)])
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
        assert Beside(lambda: ["done"]).take() == ["done"]
    finally:
        signal.signal(signal.SIGCHLD, before)


@pytest.mark.parametrize("name", ["fork", "memfd_create"])
def test_where_no_more_is_allowed_the_work_is_done_here(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a limit of processes nor one of files ends a build."""

    def refuse(*_: object) -> int:
        raise BlockingIOError(name)

    before = set(Path("/proc/self/fd").iterdir())
    monkeypatch.setattr(os, name, refuse)
    assert Beside(lambda: [os.getpid()]).take() == [os.getpid()]
    assert InTurn([os.getpid] * 3).finish() == [os.getpid()] * 3
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_an_interrupt_while_waiting_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process is ended, not forgotten."""
    pipe, end = os.pipe()
    before = set(Path("/proc/self/fd").iterdir())
    begun: list[int] = []
    wait = os.waitpid

    def interrupted(process: int, options: int) -> tuple[int, int]:
        begun.append(process)
        if len(begun) == 1:
            raise KeyboardInterrupt
        return wait(process, options)

    monkeypatch.setattr(os, "waitpid", interrupted)
    work = Beside(lambda: [os.read(pipe, 1)])
    with pytest.raises(KeyboardInterrupt):
        work.take()
    work.drop()
    assert set(Path("/proc/self/fd").iterdir()) == before
    os.close(pipe)
    os.close(end)
    with pytest.raises(ChildProcessError):
        wait(begun[0], os.WNOHANG)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_is_heard_here_alone(
    capfd: pytest.CaptureFixture[str], number: signal.Signals
) -> None:
    """The second process ends at once, without a word and without what is done then here."""
    here = os.getpid()
    before = signal.signal(number, _interrupt)

    def work() -> Iterator[int]:
        if os.getpid() != here:
            signal.raise_signal(number)
        yield os.getpid()

    try:
        assert Beside(work).take() == [here]
        assert signal.getsignal(number) is _interrupt
    finally:
        signal.signal(number, before)
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == set()
    assert capfd.readouterr() == ("", "")


def test_who_is_left_alone_stops() -> None:
    """Whatever the first process has locked is free again once the second has ended its task."""
    pipe, end = os.pipe()  # only who goes on has the end
    begun, begins = os.pipe()
    gate, opens = os.pipe()

    def task() -> None:
        os.write(begins, b"x")
        os.read(gate, 1)

    def first() -> Iterator[None]:
        InTurn([task, task])
        os.read(pipe, 1)
        yield

    work = Beside(first)
    os.close(end)
    os.read(begun, 1)
    work.drop()
    os.write(opens, b"x")
    try:
        assert select([pipe], [], [], PATIENCE)[0], "somebody still has the other end"
    finally:
        os.write(opens, b"x")
    for place in (pipe, begun, begins, gate, opens):
        os.close(place)


def test_tasks_are_done_in_turn() -> None:
    """Each once, by whoever is ready for it, and what they give stands in their order."""
    before = set(Path("/proc/self/fd").iterdir())
    here = os.getpid()
    pipe, end = os.pipe()

    def other() -> int:
        """Wait for this process to have done something, where it is not this process."""
        if os.getpid() != here:
            os.read(pipe, 1)
        return os.getpid()

    def last() -> int:
        os.write(end, b"x" * 100)
        return os.getpid()

    work = InTurn([other, *[lambda: 0] * 50, last])
    found = work.finish()
    os.close(pipe)
    os.close(end)
    assert found[1:-1] == [0] * 50
    assert here in (found[0], found[-1])
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_what_was_taken_elsewhere_and_not_done_is_done_here() -> None:
    """A second process that ends costs only time."""
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert InTurn([partial(work, number) for number in range(20)]).finish() == [*range(20)]


def test_a_task_that_fails_ends_both(capfd: pytest.CaptureFixture[str]) -> None:
    """Wherever it is done, it is this process that says so, and nothing is left behind."""
    before = set(Path("/proc/self/fd").iterdir())

    def fail(number: int) -> int:
        return 1 // (number - 7)

    work = InTurn([partial(fail, number) for number in range(20)])
    with pytest.raises(ZeroDivisionError):
        work.finish()
    work.drop()
    assert capfd.readouterr() == ("", "")
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_no_tasks_give_nothing() -> None:
    """Neither by two processes nor by one."""
    assert InTurn([]).finish() == do_all([], worth_help=1) == []


def test_small_tasks_are_done_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process would be there too late."""
    monkeypatch.setattr("followup.beside.may_divide", lambda: True)
    tasks = [os.getpid] * 3
    assert do_all(tasks, worth_help=4) == [os.getpid()] * 3
    monkeypatch.setattr("followup.beside.InTurn", _Refused)
    with pytest.raises(AssertionError):
        do_all(tasks, worth_help=3)


class _Refused:
    def __init__(self, tasks: object) -> None:
        raise AssertionError(tasks)


def test_one_processor_is_not_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes would take turns."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert not may_divide()
