"""What the run before has worked out, for a run that finds most notes as they were."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

RUNS_KEPT: Final = 16

T = TypeVar("T")


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
        self._kept: dict[Hashable, Any] = {}
        self._asked: dict[Hashable, int] = {}
        self._run = 0

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result kept for `key`, else the one that `make` gives, which is kept."""
        if key not in self._kept:
            self._kept[key] = make()
        self._asked[key] = self._run
        found: T = self._kept[key]
        return found

    def settle(self, name: Hashable, value: T) -> T:
        """The value settled last under `name` if that equals `value`, else `value` from now on."""
        key = ("settled", name)
        last = self._kept.get(key)
        if type(last) is not type(value) or last != value:
            self._kept[key] = value
        self._asked[key] = self._run
        found: T = self._kept[key]
        return found

    def end_run(self) -> None:
        """Forget what nobody has asked for in the last runs; of a note that changes, little remains."""
        self._run += 1
        for key in [key for key, run in self._asked.items() if self._run - run > RUNS_KEPT]:
            del self._asked[key], self._kept[key]
