"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def save_new_note(file: Path, text: str) -> None:
    """Write `text` to `file`, which must not exist.

    The note appears in one step with all its bytes. Raises FileExistsError where something is
    there already, and OSError where the disk refuses; then nothing is left behind.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with _written_beside(file, text) as draft:
        file.hardlink_to(draft)


def save_whole(file: Path, text: str) -> None:
    """Write `text` to `file` in one step; where that fails, what was there before stays.

    Raises OSError where the disk refuses.
    """
    with _written_beside(file, text) as draft:
        draft.replace(file)


@contextmanager
def _written_beside(file: Path, text: str) -> Iterator[Path]:
    """A file in the same folder that holds `text` and is gone afterwards, whatever happens."""
    number, name = tempfile.mkstemp(prefix=".followup-", suffix=".tmp", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
