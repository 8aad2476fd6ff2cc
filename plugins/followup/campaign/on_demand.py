"""Values that many a command has no use for, made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class OnDemand(Mapping[str, T]):
    """What `make` gives, made when it is first asked for.

    Where its keys are `known` already, to ask for one of them makes nothing.
    """

    make: Callable[[], Mapping[str, T]]
    known: frozenset[str] | None = None

    @cached_property
    def _made(self) -> Mapping[str, T]:
        return self.make()

    def __contains__(self, key: object) -> bool:
        return key in (self._made if self.known is None else self.known)

    def __getitem__(self, key: str) -> T:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
