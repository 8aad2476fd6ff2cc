"""Writing a file for the owner, or saying why it was not written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from followup.cli.showing import shown


def save(write: Callable[[Path, str], None], file: Path, text: str, *, otherwise: str = "") -> None:
    """Write `text` to `file` with one of `notes.save`, or end the run with the reason.

    `otherwise` is what to do where the file exists and `write` never replaces one.
    """
    try:
        write(file, text)
    except FileExistsError:
        message = f"{shown(file)} exists already; nothing was written"
        raise click.ClickException(f"{message}\n  hint: {otherwise}") from None
    except OSError as error:
        raise click.ClickException(
            f"{shown(file)} could not be written: {error.strerror}"
        ) from error
