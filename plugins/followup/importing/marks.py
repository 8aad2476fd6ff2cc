"""What a note was made from, remembered in a comment of its body: no page shows it.

The front matter has no key for it, and a note of an owner's own needs none. A comment moves with
the note, whatever its name, its date or its people become.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from followup.notes.entry import Entry

_LONGEST: Final = 160
_MARK: Final = re.compile(
    r"^<!-- (invitation|message): (\S+?)(?: version (\d{1,9}))? -->[ \t]*$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a comment says: `kind` and `key` of a foreign thing, and which version of it."""

    kind: str
    key: str
    version: int
    start: int
    """The offset of the version's digits in the body, -1 where there are none."""


def key_of(identity: str) -> str:
    """An identity from a file as it can stand in a comment: one word without `--`."""
    safe = quote(identity.strip(), safe="@.:+=_~!$,;()*").replace("--", "-%2D")
    if len(safe) <= _LONGEST and not safe.endswith("-"):
        return safe
    return hashlib.sha256(identity.strip().encode("utf-8", "surrogatepass")).hexdigest()


def render_mark(kind: str, key: str, version: int | None = None) -> str:
    """The comment: `<!-- invitation: 3f2a@acme.example version 0 -->`."""
    told = "" if version is None else f" version {version}"
    return f"<!-- {kind}: {key}{told} -->"


def find_marks(entry: Entry) -> Iterator[Mark]:
    """The comments of a note; a quoted line begins with `>` and is none."""
    if "<!--" not in entry.body:
        return
    for found in _MARK.finditer(entry.body):
        version = int(found[3]) if found[3] else 0
        yield Mark(found[1], found[2], version, found.start(3) if found[3] else -1)
