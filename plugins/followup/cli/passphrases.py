"""Where the passphrase of a publish comes from: a file, the environment, a prompt, or chance.

Never the command line, which every program on the computer can read, nor a file of settings.
"""

from __future__ import annotations

import os
import secrets
import stat
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from followup.cli.showing import shown
from followup.publish.passphrase import find_weakness, make_passphrase
from followup.publish.vault import normalize_passphrase

VARIABLE: Final = "FOLLOWUP_PASSPHRASE"
_MADE_HINT: Final = (
    "six words drawn by lot are strong and easy to type: --save-passphrase makes them"
)
_REPLACE: Final = "Make a new one? Every device that opens your published site has to be told it."
_TRIES: Final = 3
_LARGEST_FILE: Final = 4096


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A passphrase that is good enough, and whether it was made just now."""

    text: str
    made: bool = False


def find_passphrase(
    file: Path | None, environment: Mapping[str, str], opens: Callable[[str], bool | None]
) -> Passphrase:
    """The passphrase from `file`, the environment, or whoever sits at the terminal.

    `opens` says whether one opens what is published now. Ends the run where there is none, or a
    weak one.
    """
    if file is not None:
        return _checked(_read(file), shown(file))
    if given := environment.get(VARIABLE):
        return _checked(given, VARIABLE)
    if not is_somebody_there():
        raise click.ClickException(
            "no passphrase, and nobody to ask; nothing was published\n"
            f"  hint: set {VARIABLE}, or name a file with --passphrase-file or --save-passphrase"
        )
    return _ask(opens)


def is_somebody_there() -> bool:
    """Whether there is a terminal, to ask on and to show something that nobody else keeps."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def save_new_passphrase(file: Path) -> Passphrase:
    """A new passphrase that stands in `file`, which only its owner can read."""
    passphrase = make_passphrase(secrets.choice)
    try:
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as stream:
            stream.write(passphrase + "\n")
    except FileExistsError:
        raise click.ClickException(
            f"{shown(file)} exists already; nothing was published\n"
            "  hint: if it holds your passphrase, name it with --passphrase-file"
        ) from None
    except OSError as error:
        raise click.ClickException(
            f"{shown(file)} could not be written: {error.strerror}; nothing was published"
        ) from error
    return Passphrase(passphrase, made=True)


def _checked(text: str, where: str) -> Passphrase:
    if weakness := find_weakness(text):
        raise click.ClickException(
            f"the passphrase in {where} is too weak: {weakness}; nothing was published\n"
            f"  hint: {_MADE_HINT}"
        )
    return Passphrase(normalize_passphrase(text))


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            text = stream.read(_LARGEST_FILE + 1).decode("utf-8-sig")
            mode = os.fstat(stream.fileno()).st_mode
    except UnicodeDecodeError:
        raise _unreadable(file, "it is not UTF-8") from None
    except OSError as error:
        raise _unreadable(file, error.strerror or "") from error
    if len(text) > _LARGEST_FILE or len(text.strip().splitlines()) > 1:
        raise _unreadable(file, "it holds more than one line")
    if os.name == "posix" and stat.S_ISREG(mode) and mode & (stat.S_IRGRP | stat.S_IROTH):
        click.echo(
            f"Warning: others on this computer can read {shown(file)}\n  hint: chmod 600", err=True
        )
    return text


def _unreadable(file: Path, why: str) -> click.ClickException:
    return click.ClickException(f"{shown(file)} could not be read: {why}; nothing was published")


def _ask(opens: Callable[[str], bool | None]) -> Passphrase:
    """What is typed, twice unless it opens what is published now; nothing typed has one made."""
    for _ in range(_TRIES):
        text = _prompt("Passphrase (Enter alone makes a new one for you)", optional=True)
        if not text:
            if opens("") is None or click.confirm(_REPLACE, err=True):
                return Passphrase(make_passphrase(secrets.choice), made=True)
            continue
        if weakness := find_weakness(text):
            click.echo(f"Too weak: {weakness}.", err=True)
            continue
        known = opens(text)
        if known or (_is_meant(known) and _is_repeated(text)):
            return Passphrase(normalize_passphrase(text))
    raise click.ClickException("no passphrase; nothing was published")


def _is_meant(known: bool | None) -> bool:
    return known is None or click.confirm(
        "This is another passphrase than the one of your published site. Change it?", err=True
    )


def _is_repeated(text: str) -> bool:
    again = _prompt("The same again", optional=False)
    if normalize_passphrase(again) == normalize_passphrase(text):
        return True
    click.echo("These two differ.", err=True)
    return False


def _prompt(question: str, *, optional: bool) -> str:
    default = "" if optional else None
    return str(
        click.prompt(question, default=default, show_default=False, hide_input=True, err=True)
    )
