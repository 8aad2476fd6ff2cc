"""`followup init`: a new private workspace that previews at once."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from followup.campaign.phrasebook import base_language
from followup.cli.place import Place, placed
from followup.cli.showing import examples, shown
from followup.cli.starter import Settings, render_starter
from followup.cli.system import guess_home
from followup.mkdocs.today import read_today
from followup.notes.note_schema import SCHEMA_PLACE
from followup.notes.scalars import is_one_line, parse_country, parse_email, parse_timezone
from followup.portal.options import Options
from followup.resources import load_phrasebooks

# What publishing keeps there later is its owner's alone.
_STATE: Final = Path(SCHEMA_PLACE).parent.name
_EMPTY_HINT: Final = "name a folder that does not exist yet, or an empty one"


class _Read(click.ParamType[str]):
    """A text that one of the readers of notes takes."""

    def __init__(self, name: str, parse: Callable[[str], str]) -> None:
        self.name = name
        self._parse = parse

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The text as it was read; what cannot be read is wrong usage, with a hint."""
        text = str(value).strip()
        try:
            return self._parse(text) if text else ""
        except ValueError as error:
            hint = getattr(error, "context", {}).get("hint", "")
            self.fail(f"{error}; {hint}" if hint else str(error), param, ctx)


def _one_line(text: str) -> str:
    if not is_one_line(text):
        raise ValueError("a name is one line without control characters")
    return text


def _language(text: str) -> str:
    known = load_phrasebooks(None)[0]
    if not {text, base_language(text)} & set(known):
        raise ValueError(f"there is no phrasebook for it; one of {', '.join(sorted(known))}")
    return text


# How each setting is read, and how the owner is asked for it.
_SETTINGS: Final[Mapping[str, tuple[_Read, str]]] = {
    "name": (_Read("NAME", _one_line), "Your name, as it signs your messages"),
    "email": (_Read("ADDRESS", parse_email), "Your e-mail address"),
    "country": (_Read("CODE", parse_country), "Country, two letters"),
    "timezone": (_Read("ZONE", parse_timezone), "Time zone"),
    "language": (_Read("CODE", _language), "Language of your messages"),
}


@click.command(
    epilog=examples(
        "followup init my-search",
        'followup init my-search --name "Alex Kim" --email alex@example.org',
        "followup init my-search --country DE --timezone Europe/Berlin --language de",
    )
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", type=_SETTINGS["name"][0], help="Who signs the messages.")
@click.option(
    "--email", type=_SETTINGS["email"][0], help="Your e-mail address, the sender of mail files."
)
@click.option(
    "--country",
    type=_SETTINGS["country"][0],
    help="Whose public holidays count, such as US or DE; otherwise the system's.",
)
@click.option(
    "--timezone",
    type=_SETTINGS["timezone"][0],
    help="Where you live, such as Europe/Berlin; otherwise the system's.",
)
@click.option(
    "--language",
    type=_SETTINGS["language"][0],
    help="Of your messages, such as en or de; otherwise the system's.",
)
@placed
@click.pass_obj
def init(place: Place, /, folder: Path, **given: str | None) -> None:
    """Make a private workspace in DIR, with one example, that previews at once.

    DIR is a folder that does not exist yet, or an empty one; anything else is left as it is. On a
    terminal you are asked for what no option says; Enter takes what stands in brackets.
    """
    if place.workspace:
        hint = "hint: name the new folder alone: `followup init my-search`"
        raise click.UsageError(f"--workspace does not go with init\n  {hint}")
    try:
        today = place.today or read_today(os.environ, None)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    _check_free(folder)
    settings = _settings({key: value for key, value in given.items() if value})
    _save_all(folder, render_starter(settings, today))
    _tell(folder, settings)


def _check_free(folder: Path) -> None:
    """End the run where something is in the way, before anybody is asked anything."""
    try:
        for path in (folder, *folder.parents):
            if path.exists() and not path.is_dir():
                raise _refusal(path, "is a file, not a folder; nothing was written", _EMPTY_HINT)
        if folder.exists() and next(folder.iterdir(), None) is not None:
            raise _refusal(folder, "is not empty; nothing was written", _EMPTY_HINT)
    except OSError as error:
        raise _failure(folder, error) from error


def _settings(given: Mapping[str, str]) -> Settings:
    """What was given, what the owner types, and else what the system says."""
    country, timezone = given.get("country"), given.get("timezone")
    home = guess_home(os.environ, load_phrasebooks(None)[0], country=country, timezone=timezone)
    usual = Options()
    found = Settings(
        name=given.get("name", ""),
        email=given.get("email", ""),
        country=country or home.country or usual.country,
        timezone=timezone or home.timezone or usual.timezone,
        language=given.get("language") or home.language or usual.language,
    )
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return found
    answers: dict[str, Any] = {
        key: click.prompt(
            question, default=getattr(found, key), type=kind, show_default=bool(getattr(found, key))
        )
        for key, (kind, question) in _SETTINGS.items()
        if key not in given
    }
    return replace(found, **{key: answer for key, answer in answers.items() if answer})


def _save_all(folder: Path, files: Mapping[str, str]) -> None:
    """Write `files` into `folder`; where one cannot be written, all is as it was before."""
    with ExitStack() as undo:
        for name, text in files.items():
            file = folder / name
            try:
                _make(file.parent, undo)
                with file.open("xb") as stream:
                    undo.callback(_take_away, file.unlink)
                    stream.write(text.encode())
            except OSError as error:
                raise _failure(file, error) from error
        undo.pop_all()


def _make(folder: Path, undo: ExitStack) -> None:
    """Make `folder` and those it lies in, as far as they are missing."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(mode=0o700 if one.name == _STATE else 0o777)
        undo.callback(_take_away, one.rmdir)


def _take_away(remove: Callable[[], None]) -> None:
    with suppress(OSError):
        remove()


def _refusal(path: Path, why: str, hint: str) -> click.ClickException:
    return click.ClickException(f"{shown(path)} {why}\n  hint: {hint}")


def _failure(path: Path, error: OSError) -> click.ClickException:
    why = f"could not be written: {error.strerror}"
    return _refusal(path, f"{why}; nothing is left behind", "name another place")


def _tell(folder: Path, settings: Settings) -> None:
    """What was made, and what to do next."""
    click.echo(f"Made a workspace in {shown(folder)}\n")
    facts = f"country {settings.country}, time zone {settings.timezone}"
    click.echo(f"  {facts}, messages in {settings.language}: all of it stands in mkdocs.yml")
    if not settings.name:
        click.echo("  Put your name in there too: it signs your messages")
    click.echo("\nNext:\n")
    steps = (
        *([] if folder.samefile(Path.cwd()) else [(f"cd {shown(shlex.quote(str(folder)))}", "")]),
        (f"{_program('mkdocs')} serve", "the portal, on http://127.0.0.1:8000"),
        (f'{_program("followup")} new "Company" "Job title"', "your first note"),
    )
    width = max(len(step) for step, _ in steps)
    for step, what in steps:
        click.echo(f"  {step:{width}}  {what}".rstrip())
    click.echo("\nKeep it private: put the folder into no public repository. Its README says more.")


def _program(name: str) -> str:
    """How to call a program that came with this one: by its name where the shell finds it."""
    beside, found = Path(sys.executable).with_name(name), shutil.which(name)
    if not beside.exists() or (found and Path(found).samefile(beside)):
        return name
    return shlex.quote(str(beside))
