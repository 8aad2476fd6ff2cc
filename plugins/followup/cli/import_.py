"""`followup import`: what other programs know, as notes and events."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

import click

from followup.campaign.selecting import fitting_applications
from followup.cli.import_report import show_plans, show_refusals, summarize
from followup.cli.import_writing import Written, write_steps
from followup.cli.place import Place, placed
from followup.cli.selector import note_paths
from followup.cli.showing import REFUSED, examples, show_problems, shown
from followup.importing.columns import FIELDS
from followup.importing.dates import DateOrder
from followup.importing.desk import Desk
from followup.importing.files import Kind, Plan, Wishes, find_kind, plan_file
from followup.importing.foreign import LARGEST_FILE, FileFault
from followup.importing.plan_invitation import Told
from followup.importing.plan_message import Target
from followup.importing.steps import Moved, Refused
from followup.mkdocs.progress import tracked, working
from followup.mkdocs.schema_file import refer_to_schema
from followup.mkdocs.workspace import Workspace
from followup.notes.append import Refusal
from followup.notes.note_schema import SCHEMA_PLACE, render_note_schema
from followup.notes.problems import Severity
from followup.notes.schema import Format
from followup.notes.wording import quote
from followup.reading import Reading, read_notes
from followup.recording import RecordError, read_note

_WRONG_USAGE: Final = 2


class _Mapping(click.ParamType[tuple[str, str]]):
    """A column of a table, as `company="Company Name"`."""

    name = "FIELD=COLUMN"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        field, equals, column = str(value).partition("=")
        if not (equals and column.strip()):
            self.fail('write it as company="Company Name"', param, ctx)
        if field.strip() not in FIELDS:
            message = f"{quote(field)} is none of {', '.join(FIELDS)}"
            self.fail(message, param, ctx)
        return field.strip(), column.strip()


@click.command(
    "import",
    epilog=examples(
        "followup import invitation.ics --dry-run",
        'followup import invitation.ics --company "Acme Logistics" --title "Data Analyst"',
        'followup import reply.eml --to "acme analyst"',
        'followup import "Job Applications.csv" "Saved Jobs.csv"',
        'followup import my-list.csv --map company="Company Name" --date-order dmy',
    ),
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@click.option("--company", metavar="NAME", help="The company an invitation (.ics) is from.")
@click.option("--title", metavar="TITLE", help="The job that an invitation is about.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="How the interview of an invitation is held.",
)
@click.option("--to", metavar="SELECTOR", help="The application that a message (.eml) belongs to.")
@click.option(
    "--map",
    "columns",
    type=_Mapping(),
    multiple=True,
    help='Which column of a table (.csv) holds what: company="Company Name". Repeat it for others.',
)
@click.option(
    "--date-order",
    "order",
    type=click.Choice([order.value for order in DateOrder]),
    help="Whether 3/7 is 3 July (dmy) or 7 March (mdy), where a table does not tell.",
)
@click.option("--yes", is_flag=True, help="Change the date of an interview without asking.")
@placed
@click.pass_obj
def import_(
    place: Place,
    /,
    files: tuple[Path, ...],
    company: str | None,
    title: str | None,
    form: str | None,
    to: str | None,
    columns: tuple[tuple[str, str], ...],
    order: str | None,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """Take in what other programs know: invitations, messages, and tables of applications.

    An invitation (.ics) becomes an interview note, a message (.eml) a received event of its
    application with the text quoted, each row of a table (.csv; LinkedIn's and JobSync's are known)
    a note. What your notes say already is left alone, so a file can be taken in twice. Everything is
    tried before the first byte is written: where something is wrong, nothing is.
    """
    workspace = place.load()
    reading = _read_all(place, workspace)
    read = [(file, _read_file(file)) for file in files]
    kinds = {kind for _, (kind, _) in read if isinstance(kind, Kind)}
    _check_options(
        kinds, company=company, title=title, form=form, to=to, columns=columns, order=order
    )
    wishes = Wishes(
        Told(_stated(company), _stated(title), Format(form) if form else None),
        _find_target(reading, workspace, to) if to else None,
        dict(columns),
        DateOrder(order) if order else None,
        _find_schema(workspace, dry_run=dry_run),
    )
    folder = reading.folder
    paths = (*folder.notes, *folder.pages, *folder.files)
    desk = Desk(reading.campaign.portal, paths, lambda path: read_note(workspace.notes, path))
    try:
        plans = _plan(read, desk, wishes)
        moves = _decide_moves(plans, desk, workspace, yes=yes, dry_run=dry_run)
        steps = [step for _, plan in plans for step in plan.steps]
        written = Written() if dry_run else write_steps(workspace.notes, steps, moves)
    except RecordError as error:
        _refuse(error.message, error.hint)
    show_plans(plans, written, workspace.prefix, dry_run=dry_run)
    click.echo(summarize(plans, written, dry_run=dry_run))


def _stated(text: str | None) -> str | None:
    """What was typed, on one line; nothing where it is empty."""
    return " ".join(text.split()) or None if text else None


def _refuse(message: str, hint: str) -> NoReturn:
    raise click.ClickException(f"{shown(message)}; nothing was written\n  hint: {shown(hint)}")


def _read_all(place: Place, workspace: Workspace) -> Reading:
    """All notes, those too that are kept out of the site; ends the run where one cannot be read.

    What stands in such a note is not known, and might come in a second time.
    """
    with working() as progress:
        reading = read_notes(
            workspace.notes,
            workspace.templates,
            workspace.options,
            place.day(workspace),
            tell=progress.stage,
        )
    broken = tuple(
        problem
        for problem in reading.folder.problems
        if problem.severity is Severity.ERROR and not workspace.left_out(problem.path)
    )
    if broken:
        show_problems(broken, workspace.prefix)
        _refuse("notes with errors cannot be compared with what is to come in", "mend them first")
    return reading


def _read_file(file: Path) -> tuple[Kind | FileFault, bytes]:
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise click.ClickException(f"{shown(file)} could not be read: {error.strerror}") from error
    return find_kind(file.name, data), data


def _find_schema(workspace: Workspace, *, dry_run: bool) -> str | None:
    """The way from a new note to the schema; a dry run does not bring an old copy up to date."""
    file = workspace.root / SCHEMA_PLACE
    try:
        if dry_run and file.is_file() and file.read_bytes() != render_note_schema().encode():
            return None
        return refer_to_schema(workspace)
    except OSError as error:
        _refuse(f"{SCHEMA_PLACE} could not be brought up to date: {error.strerror}", "delete it")


def _check_options(kinds: set[Kind], **given: object) -> None:
    """End the run where something is told of a kind of file that is not among them."""
    about = {
        "company": Kind.CALENDAR, "title": Kind.CALENDAR, "form": Kind.CALENDAR,
        "to": Kind.MESSAGE, "columns": Kind.TABLE, "order": Kind.TABLE,
    }  # fmt: skip
    options = {"form": "--format", "columns": "--map", "order": "--date-order"}
    for name, value in given.items():
        if value and kinds and about[name] not in kinds:
            option = options.get(name, f"--{name}")
            raise click.UsageError(f"{option} is about {about[name].value}, and no file is one")


def _find_target(reading: Reading, workspace: Workspace, text: str) -> Target:
    """The application that is meant by a note's path or by words; ends the run where it is unclear."""
    portal = reading.campaign.portal
    notes = [
        path for path in note_paths(text, workspace.notes, Path.cwd()) if path in portal.entries
    ]
    if notes:
        owner = next(a for a in portal.applications.values() if notes[0] in a.entries)
        return Target((owner.id,), notes[0])
    found = fitting_applications(portal, text)
    if not found:
        raise click.UsageError(
            f"--to {quote(text)} fits no application\n"
            "  hint: type a note's path, or words of the company or job title"
        )
    if len(found) > 1:
        click.echo(f"Error: --to {quote(text)} fits {len(found)} applications", err=True)
        for application in found:
            company = portal.companies[application.company].name
            click.echo(f"  {shown(company)}, {shown(application.title or 'no title')}", err=True)
        click.echo("  hint: add words of the job title, or name a note's path", err=True)
        sys.exit(_WRONG_USAGE)
    return Target((found[0].id,))


def _plan(
    read: Sequence[tuple[Path, tuple[Kind | FileFault, bytes]]], desk: Desk, wishes: Wishes
) -> list[tuple[Path, Plan]]:
    """What each file asks for; ends the run, with every reason, where one cannot be taken in."""
    plans: list[tuple[Path, Plan]] = []
    faults: list[tuple[Path, FileFault | Refused]] = []
    for file, (kind, data) in read:
        plan = (
            kind
            if isinstance(kind, FileFault)
            else plan_file(kind, data, desk, wishes, lambda steps: tracked(steps, "Reading"))
        )
        if isinstance(plan, FileFault):
            faults.append((file, plan))
            continue
        plans.append((file, plan))
        faults += [(file, step) for step in plan.steps if isinstance(step, Refused)]
    if faults:
        show_refusals(faults)
        unclear = all(isinstance(fault, Refused) and fault.unclear for _, fault in faults)
        sys.exit(_WRONG_USAGE if unclear else REFUSED)
    return plans


def _decide_moves(
    plans: Sequence[tuple[Path, Plan]],
    desk: Desk,
    workspace: Workspace,
    *,
    yes: bool,
    dry_run: bool,
) -> frozenset[Moved]:
    """The changes of a date that are to be made: those that can be, and that the owner wants."""
    decided = set()
    for _, plan in plans:
        for step in plan.steps:
            if not isinstance(step, Moved):
                continue
            _show_move(step, workspace.prefix)
            refusal = desk.change(step)
            if isinstance(refusal, Refusal):
                click.echo("  " + ": ".join(filter(None, (shown(refusal.message), refusal.hint))))
            elif dry_run:
                click.echo(
                    "  Without --dry-run you are asked whether to change this; --yes does it."
                )
            elif yes or (sys.stdin.isatty() and click.confirm("  Change it in the note?")):
                decided.add(step)
            elif not sys.stdin.isatty():
                click.echo("  Nothing is changed; --yes changes it.")
    return frozenset(decided)


def _show_move(step: Moved, prefix: str) -> None:
    click.echo(f"Changed: {shown(step.what)}")
    for difference in step.differences:
        where = f"{shown(prefix + step.path)}:{difference.line}"
        if difference.old is None:
            click.echo(f"  {where}: to add: {difference.key}: {shown(difference.new)}")
        else:
            old, new = shown(difference.old), shown(difference.new)
            click.echo(f"  {where}: {difference.key}: {old} → {new}")
