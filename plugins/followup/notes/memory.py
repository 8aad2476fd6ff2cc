"""What the run before has worked out, for a run that finds most notes as they were."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

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
        self._results: dict[Hashable, Any] = {}
        self._asked: dict[Hashable, Any] = {}

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result kept for `key`, else the one that `make` gives, which is kept."""
        if key in self._asked:
            found: T = self._asked[key]
            return found
        found = self._results[key] if key in self._results else make()
        self._asked[key] = found
        return found

    def settle(self, name: Hashable, value: T) -> T:
        """The value settled last under `name` if that equals `value`, else `value` from now on."""
        key = ("settled", name)
        last = self._asked.get(key, self._results.get(key))
        found = last if type(last) is type(value) and last == value else value
        self._asked[key] = found
        return found

    def forget_the_rest(self) -> None:
        """Keep only what was asked for since the last time; said at the end of a run."""
        self._results, self._asked = self._asked, {}
