"""The command `followup`: what a terminal shows of the portal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console

import followup
from followup.mkdocs.today import read_today
from followup.mkdocs.workspace import (
    Workspace,
    WorkspaceError,
    check_addresses,
    find_workspace,
    load_workspace,
)
from followup.notes.blank import NewPerson, note_name, parse_person, render_note
from followup.notes.categories import CATEGORIES
from followup.notes.problems import Problem
from followup.notes.render import problems_json, render_github, render_problem
from followup.notes.save import save_new_note, save_whole
from followup.notes.scalars import parse_day
from followup.notes.schema import Format
from followup.notes.wording import quote, show_controls
from followup.portal.model import Interview, Portal
from followup.reading import Reading, read_notes
from followup.site.calendar_files import render_whole_calendar
from followup.site.export import build_export
from followup.site.lookup import build_lookup
from followup.site.terminal import render_today

REFUSED: Final = 1
"""The exit code where notes have errors or a command refused; click's own for wrong usage is 2."""


class _Day(click.ParamType[date]):
    """A day as `YYYY-MM-DD`."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(f"{error}; write it as 2026-11-22", param, ctx)


class _Person(click.ParamType[NewPerson]):
    """Somebody as `Ngozi Okafor <n.okafor@acme.example>`."""

    name = '"NAME <ADDRESS>"'

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> NewPerson:
        try:
            return value if isinstance(value, NewPerson) else parse_person(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


@dataclass(slots=True)
class _Place:
    """Where and for which day a command works; filled from before or after its name."""

    workspace: Path | None = None
    today: date | None = None

    def load(self) -> Workspace:
        """The workspace; ends the run with wrong usage where there is none."""
        try:
            root = self.workspace or find_workspace(Path.cwd())
            return load_workspace(root)
        except WorkspaceError as error:
            raise click.UsageError(str(error)) from error

    def day(self, workspace: Workspace) -> date:
        """Today: the argument, else the environment, the plugin option, the system's day."""
        if self.today:
            return self.today
        try:
            return read_today(os.environ, workspace.options.today)
        except ValueError as error:
            raise click.UsageError(str(error)) from error

    def read(self, workspace: Workspace) -> Reading:
        """All notes of the workspace with all that is derived from them."""
        return read_notes(
            workspace.notes,
            workspace.templates,
            workspace.options,
            self.day(workspace),
            workspace.left_out,
        )


def _keep(name: str, ctx: click.Context, _: click.Parameter, value: object) -> None:
    if value is not None:
        setattr(ctx.ensure_object(_Place), name, value)


def placed(command: Callable[..., Any]) -> Callable[..., Any]:
    """`command` with the options that every command takes, before its name as well as after it."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path, resolve_path=True)
    workspace = click.option(
        "--workspace",
        type=folder,
        expose_value=False,
        callback=partial(_keep, "workspace"),
        help="The folder with mkdocs.yml; otherwise looked for from here upward.",
    )
    today = click.option(
        "--today",
        type=_Day(),
        expose_value=False,
        callback=partial(_keep, "today"),
        help="Work as if it were this day.",
    )
    return workspace(today(command))


def _examples(*lines: str) -> str:
    """The end of a help text; the backspace tells click to keep the lines as they are."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


@click.group(
    epilog=_examples(
        'followup new "Acme Logistics" "Data Analyst" --start "2026-11-19 14:00"',
        "followup check",
        "followup today",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(followup.__version__, prog_name="followup")
@placed
@click.pass_context
def main(ctx: click.Context) -> None:
    """Whom to write to after an interview, when, why, and what to say."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal without Unicode shows a question mark rather than nothing at all.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    ctx.ensure_object(_Place)


@main.command(
    epilog=_examples(
        'followup new "Acme Logistics" "Data Analyst"',
        'followup new Acme "Data Analyst" --format panel --start "2026-11-19 14:00" \\',
        '    --person "Ngozi Okafor <n.okafor@acme.example>" --person "Jonas Lind"',
        'followup new "Thai Cooks" --format networking --start 2026-11-19',
    )
)
@click.argument("company")
@click.argument("title", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="How the interview is held.",
)
@click.option("--start", metavar='"YYYY-MM-DD HH:MM"', help="When it starts, or only the day.")
@click.option(
    "--person",
    "people",
    type=_Person(),
    multiple=True,
    help="Whom you meet, as `Name <address>`; may be given several times.",
)
@placed
@click.pass_obj
def new(
    place: _Place,
    company: str,
    title: str | None,
    form: str | None,
    start: str | None,
    people: tuple[NewPerson, ...],
) -> None:
    """Make a note with all thirteen categories to fill in.

    COMPANY is the employer, TITLE the job (a networking chat needs none). On a terminal the note
    opens in $EDITOR. A note that exists already is never touched.
    """
    workspace = place.load()
    if title is None and form != Format.NETWORKING:
        raise click.UsageError("the job's TITLE is missing; only --format networking needs none")
    held = Format(form) if form else None
    try:
        text = render_note(company, title, interview_format=held, start=start, people=people)
        day = date.fromisoformat(start.strip()[:10]) if start else place.day(workspace)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    file = workspace.notes / note_name(company, form or title or "note", day)
    _save(save_new_note, file, text)
    click.echo(f"Wrote {_shown(file)}")
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if editor and sys.stdin.isatty() and sys.stdout.isatty():
        _open(file, editor)


def _open(file: Path, editor: str) -> None:
    try:
        click.edit(filename=str(file), editor=editor)
    except (ValueError, click.ClickException) as error:
        raise click.ClickException(
            f"the note is saved, but the editor {quote(editor)} failed\n"
            "  hint: correct $VISUAL or $EDITOR"
        ) from error


def _save(save: Callable[[Path, str], None], file: Path, text: str) -> None:
    try:
        save(file, text)
    except FileExistsError:
        message = f"{_shown(file)} exists already; nothing was written"
        raise click.ClickException(f"{message}\n  hint: open it, or give another --start") from None
    except OSError as error:
        raise click.ClickException(
            f"{_shown(file)} could not be written: {error.strerror}"
        ) from error


def _shown(path: object) -> str:
    """A path as a terminal may show it: a name may hold anything."""
    return show_controls(str(path))


@main.command(
    epilog=_examples(
        "followup check",
        "followup check --format github",
    )
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How problems are written.",
)
@placed
@click.pass_obj
def check(place: _Place, form: str) -> None:
    """Show every problem in every note, then what is missing from the thirteen.

    The exit code is 1 where a note has an error.
    """
    workspace = place.load()
    reading = check_addresses(workspace, place.read(workspace))
    if form == "json":
        data = {"problems": problems_json(reading.problems)}
        sys.stdout.buffer.write(_json(data, sort=False).encode())
    elif form == "github":
        for problem in reading.problems:
            click.echo(render_github(problem, workspace.prefix))
    else:
        _show_check(reading, workspace.prefix)
    sys.exit(REFUSED if reading.has_errors else 0)


def _json(data: object, *, sort: bool) -> str:
    """`data` as JSON; written as bytes, since it is UTF-8 whatever the terminal speaks."""
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=sort) + "\n"


def _show_check(reading: Reading, prefix: str) -> None:
    _show_problems(reading.problems, prefix)
    missing = _missing(reading.campaign.portal)
    for interview in missing:
        click.echo(_render_missing(interview, prefix))
    notes = len(reading.folder.notes)
    found = f"{_count(len(reading.problems), 'problem')}, {_count(len(missing), 'unfinished note')}"
    click.echo(f"{_count(notes, 'note')}: {found}")


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def _missing(portal: Portal) -> list[Interview]:
    return [
        interview
        for interview in portal.interviews.values()
        if interview.completeness and interview.completeness.missing
    ]


def _render_missing(interview: Interview, prefix: str) -> str:
    complete = interview.completeness
    if complete is None:
        raise ValueError(f"{interview.path} has no completeness yet")
    questions = "\n".join(
        f"  {number}. {CATEGORIES[number - 1].question}" for number in complete.missing
    )
    head = f"{_shown(prefix + interview.path)}: {complete.answered} of {complete.of} answered"
    return f"{head}\n{questions}"


def _show_problems(problems: tuple[Problem, ...], prefix: str) -> None:
    for problem in problems:
        click.echo(render_problem(problem, prefix), err=True)


@main.command(
    epilog=_examples(
        "followup today",
        "followup today --today 2026-11-30",
    )
)
@placed
@click.pass_obj
def today(place: _Place) -> None:
    """Show what is late, due today and coming, as the Today page does.

    Notes with errors are left out and shown first; the exit code is then 1.
    """
    workspace = place.load()
    reading = place.read(workspace)
    _show_problems(reading.problems, workspace.prefix)
    console = Console(highlight=False)
    console.print(render_today(reading.campaign))
    sys.exit(REFUSED if reading.has_errors else 0)


def _export_json(reading: Reading, workspace: Workspace) -> str:
    data = build_export(reading.campaign, reading.problems, directory_urls=workspace.directory_urls)
    return _json(data, sort=True)


def _export_ics(reading: Reading, _: Workspace) -> str:
    return render_whole_calendar(build_lookup(reading.campaign)).decode()


_EXPORTS: Final[Mapping[str, Callable[[Reading, Workspace], str]]] = {
    "json": _export_json,
    "ics": _export_ics,
}


@main.command(
    epilog=_examples(
        "followup export json",
        "followup export json --output portal.json",
        "followup export ics --output followup.ics",
    )
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(_EXPORTS)))
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file instead of standard output.",
)
@placed
@click.pass_obj
def export(place: _Place, form: str, output: Path | None) -> None:
    """Write what is derived from the notes to standard output.

    FORMAT is json, for all of it, or ics, for the calendar. Notes with errors are left out and
    shown; the exit code is then 1.
    """
    workspace = place.load()
    reading = check_addresses(workspace, place.read(workspace))
    text = _EXPORTS[form](reading, workspace)
    if output:
        _save(save_whole, output, text)
    else:
        sys.stdout.buffer.write(text.encode())
    if reading.has_errors:
        _show_problems(reading.problems, workspace.prefix)
        sys.exit(REFUSED)
