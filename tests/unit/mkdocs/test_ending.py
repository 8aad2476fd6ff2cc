"""What ends a preview from outside."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from threading import Thread

import pytest

from followup.mkdocs.ending import end_as_interrupt, end_at_once

ENDS = [signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = [signal.signal(number, signal.SIG_DFL) for number in ENDS]
    yield
    for number, handler in zip(ENDS, before, strict=True):
        signal.signal(number, handler)


def handlers() -> list[object]:
    """How each of the signals is taken now."""
    return [signal.getsignal(number) for number in ENDS]


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize("second", ENDS)
def test_the_first_interrupts(number: int, second: int) -> None:
    """What comes while the first is seen to stops nothing, nor does it when all is as before."""
    end_as_interrupt()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    signal.raise_signal(second)
    end_at_once()
    signal.raise_signal(second)


def test_all_is_as_before_at_the_end() -> None:
    """A process that goes on after its preview ends as any other."""
    end_as_interrupt()
    assert signal.SIG_DFL not in handlers()
    end_at_once()
    assert handlers() == [signal.SIG_DFL, signal.SIG_DFL]


def test_what_is_ignored_stays_so() -> None:
    """`nohup` lets a program outlive its terminal."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    end_as_interrupt()
    signal.raise_signal(signal.SIGHUP)
    end_at_once()
    assert handlers() == [signal.SIG_DFL, signal.SIG_IGN]


def test_beside_the_main_thread_nothing_changes() -> None:
    """Python lets no other thread say how a signal is taken; a preview there works all the same."""
    found: list[object] = []

    def serve() -> None:
        end_as_interrupt()
        found.extend(handlers())
        end_at_once()

    thread = Thread(target=serve)
    thread.start()
    thread.join()
    assert found == [signal.SIG_DFL, signal.SIG_DFL]
