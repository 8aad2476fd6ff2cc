"""What the run before has worked out, for a run that finds most notes as they were."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol, TypeVar

RUNS_KEPT: Final = 16

T = TypeVar("T")


class DoAll(Protocol):
    """Does tasks; for so many that it is worth while, it may know of help."""

    def __call__(self, tasks: Sequence[Callable[[], T]], *, worth_help: int) -> Sequence[T]:
        """What the tasks give, in their order; from `worth_help` on they are many."""


def do_alone(tasks: Sequence[Callable[[], T]], *, worth_help: int) -> Sequence[T]:  # noqa: ARG001
    """What the tasks give, in their order."""
    return [do() for do in tasks]


@dataclass(frozen=True, slots=True, eq=False)
class Same:
    """A part of a key: this very object, not one that equals it, and kept for as long as the key."""

    what: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.what is other.what

    def __hash__(self) -> int:
        return id(self.what)


class Memory:
    """Results by all that they are made of; a new one remembers nothing, and changes no result.

    Whoever recalls a result names in its key everything that it depends on. Large values stand there
    as `Same`; `settle` makes equal ones the same.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, _Kept] = {}
        self._run = 0

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result kept for `key`, else the one that `make` gives, which is kept."""
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = _Kept(make())
        kept.asked_in = self._run
        found: T = kept.result
        return found

    def recall_all(
        self, makes: Mapping[Hashable, Callable[[], T]], do_all: DoAll, *, worth_help: int
    ) -> list[T]:
        """The results for all these keys; those that are not kept, `do_all` makes."""
        new = [make for key, make in makes.items() if key not in self._kept]
        made = iter(do_all(new, worth_help=worth_help))
        return [self.recall(key, partial(next, made)) for key in makes]

    def settle(self, name: Hashable, value: T) -> T:
        """The value settled last under `name` if that equals `value`, else `value` from now on."""
        key = ("settled", name)
        kept = self._kept.get(key)
        if kept is None or type(kept.result) is not type(value) or kept.result != value:
            kept = self._kept[key] = _Kept(value)
        kept.asked_in = self._run
        found: T = kept.result
        return found

    def end_run(self) -> None:
        """Forget what nobody has asked for in the last runs; of a note that changes, little remains."""
        self._run += 1
        oldest = self._run - RUNS_KEPT
        for key in [key for key, kept in self._kept.items() if kept.asked_in < oldest]:
            del self._kept[key]


@dataclass(slots=True)
class _Kept:
    """A result, and the number of the run that asked for it last."""

    result: Any
    asked_in: int = 0
