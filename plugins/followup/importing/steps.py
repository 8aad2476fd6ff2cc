"""What an import would do, as values: one step for each thing that a file holds."""

from __future__ import annotations

from dataclasses import dataclass

from followup.importing.moving import Difference
from followup.notes.schema import LogItem


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to be made; `what` is what it is about."""

    path: str
    text: str
    what: str


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be added to the log of a note."""

    path: str
    item: LogItem
    what: str


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to be quoted at the end of a note, with its event unless the log has it already."""

    path: str
    item: LogItem | None
    heading: str
    mark: str
    lines: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An interview that is now at another time or place than its note says."""

    path: str
    differences: tuple[Difference, ...]
    version: int
    key: str
    what: str


@dataclass(frozen=True, slots=True)
class Known:
    """Something that a note says already; `further` is what the file says beyond it."""

    what: str
    where: str
    further: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that cannot become a note, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing at all is written, and what to do; `choices` are what may have been meant.

    `unclear` says that the owner has to say more, not that something is wrong.
    """

    message: str
    hint: str
    choices: tuple[str, ...] = ()
    unclear: bool = False


Step = NewNote | NewEvent | NewMessage | Moved | Known | Skipped | Refused
