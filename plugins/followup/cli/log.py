"""`followup log`: one event into the log of a note, and what that changes in the plan."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

import click
from pydantic import ValidationError
from rich.console import Console

from followup.campaign.events_to_log import (
    Choice,
    ToLog,
    of_applications,
    of_follow_ups,
    of_note,
    of_people,
)
from followup.campaign.foresight import Foresight, foresee
from followup.campaign.model import Campaign
from followup.campaign.selecting import (
    fitting_applications,
    fitting_notes,
    fitting_people,
    fitting_short_uids,
    fitting_uids,
    uid_length,
)
from followup.campaign.touches import TOUCHES
from followup.cli.place import Day, Place, placed
from followup.cli.selector import explain_nothing, note_paths
from followup.cli.showing import examples, show_problems, shown
from followup.mkdocs.workspace import Workspace
from followup.notes.append import Refusal, render_item
from followup.notes.consistency import check_log_item
from followup.notes.problems import Severity
from followup.notes.schema import Event, LogItem
from followup.notes.wording import quote
from followup.reading import Reading
from followup.recording import RecordError, read_note, record
from followup.site.changes import describe_changes
from followup.site.lookup import build_lookup
from followup.site.terminal_drafts import render_choice

_WRONG_USAGE: Final = 2
_HINTS: Final = {"missing_until": "add the day, such as --until 2026-11-30"}
"""What to type where a note would want a line."""


@click.command(
    epilog=examples(
        "followup log 3f2a sent",
        "followup log acme sent --touch thank_you --to okafor",
        "followup log okafor received",
        "followup log acme analyst received --from okafor --decision-by 2026-12-04",
        "followup log 3f2a snoozed --until 2026-11-30",
        'followup log entries/2026-11-19-acme.md rejected --note "By e-mail."',
    )
)
@click.argument("selector", nargs=-1, required=True)
@click.argument("event", type=click.Choice([event.value for event in Event]), metavar="EVENT")
@click.option("--touch", type=click.Choice(list(TOUCHES)), metavar="TOUCH", help="Which follow-up.")
@click.option("--to", metavar="ID", help="Who got it.")
@click.option("--from", "sender", metavar="ID", help="Who it came from.")
@click.option("--note", metavar="TEXT", help="Anything else to remember of it.")
@click.option("--on", type=Day(), help="The day it happened; otherwise today.")
@click.option("--until", type=Day(), help="The day a follow-up is put off to.")
@click.option("--decision-by", type=Day(), help="The day by which they will decide now.")
@click.option("--next-step-by", type=Day(), help="The day by which the next step comes now.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written and change.")
@placed
@click.pass_obj
def log(
    place: Place,
    /,
    selector: tuple[str, ...],
    event: str,
    on: date | None,
    *,
    dry_run: bool,
    **values: str | date | None,
) -> None:
    """Write one event into the log of a note, and say what it changes in the plan.

    SELECTOR is the first characters of a follow-up's uid, a note's path, words of the company and
    the job title, or somebody's name: what you did is then to them, what came is from them. Where
    it fits several they are listed, nothing is written, and the exit code is 2. EVENT is one of
    those that the log of a note has, such as sent, received, snoozed or rejected. Only the bytes of
    the new line change; what would make the note wrong is refused. Other notes with errors are
    shown, and keep nothing from being written.
    """
    workspace = place.load()
    item = _parse_item({"on": on or place.day(workspace), "event": event, **values})
    reading = place.read(workspace)
    errors = tuple(found for found in reading.problems if found.severity is Severity.ERROR)
    show_problems(errors, workspace.prefix)
    to_log = _find(reading, workspace, " ".join(selector), item)
    try:
        foresight = foresee(reading.campaign, to_log, read_note(workspace.notes, to_log.path))
        if isinstance(foresight, Refusal):
            _refuse(foresight.message, foresight.hint)
        line = foresight.insertion.line
        if not dry_run:
            line = record(workspace.notes, to_log.path, to_log.item).line
    except RecordError as error:
        _refuse(error.message, error.hint)
    where = shown(f"{workspace.prefix}{to_log.path}:{line}")
    verb = "Would write" if dry_run else "Wrote"
    click.echo(f"{verb} {where}: {shown(render_item(to_log.item))}")
    _show(foresight, to_log.path)
    if errors:
        click.echo("warning: other notes have errors; `followup check` shows them", err=True)


def _parse_item(values: dict[str, str | date | None]) -> LogItem:
    """The event that was typed; ends the run with wrong usage where its values do not fit."""
    try:
        item = LogItem.model_validate({key: v for key, v in values.items() if v is not None})
    except ValidationError as error:
        fault = error.errors()[0]
        hint = fault.get("ctx", {}).get("hint", "")
        message = f"--{fault['loc'][0]}: {fault['msg']}".replace("sender", "from")
        raise click.UsageError(f"{message}\n  hint: {hint}" if hint else message) from error
    if not all(map(_is_unicode, (item.note, item.to, item.sender))):
        raise click.UsageError("the text is not UTF-8\n  hint: type it again")
    for finding in check_log_item(item, ()):
        # Which follow-up is put off may be known from the selector.
        if finding.code != "missing_touch":
            hint = _HINTS.get(finding.code, finding.hint)
            raise click.UsageError(f"{finding.message}\n  hint: {hint}")
    return item


def _is_unicode(text: str | None) -> bool:
    """Whether a text that was typed has no stray bytes, which Python keeps as halves of characters."""
    return not re.search("[\ud800-\udfff]", text or "")


def _find(reading: Reading, workspace: Workspace, text: str, item: LogItem) -> ToLog:
    """Where the event goes; ends the run where that is not clear."""
    campaign = reading.campaign
    paths = note_paths(text, workspace.notes, Path.cwd())
    faulty = {*reading.folder.notes, *(problem.path for problem in reading.problems)}
    found: ToLog | Refusal | Choice
    if notes := fitting_notes(campaign.portal, paths):
        found = of_note(campaign, notes[0], item) if len(notes) == 1 else Choice(notes=notes)
    elif broken := set(paths) & faulty:
        note = shown(f"{workspace.prefix}{min(broken)}")
        _refuse(f"{note} has errors", "mend it first: `followup check` says how")
    elif uids := fitting_uids(campaign, text):
        # `cafe` and `beef` are words as well; what is written must not depend on chance.
        known = {follow_up.application for follow_up in uids}
        if any(a.id not in known for a in fitting_applications(campaign.portal, text)):
            hint = "type more of one of the two, or a note's path"
            raise click.UsageError(f"{quote(text)} begins a uid and a word\n  hint: {hint}")
        found = of_follow_ups(campaign, uids, item)
    elif applications := fitting_applications(campaign.portal, text):
        found = of_applications(campaign, applications, item)
    elif people := fitting_people(campaign.portal, text):
        found = of_people(campaign, people, item)
    elif uids := fitting_short_uids(campaign, text):
        found = of_follow_ups(campaign, uids, item)
    else:
        why, hint = explain_nothing(reading, workspace, text, paths)
        raise click.UsageError(f"{why}\n  hint: {hint}")
    if isinstance(found, Refusal):
        _refuse(found.message, found.hint)
    if isinstance(found, Choice):
        _list(campaign, workspace, found, text)
    return found


def _refuse(message: str, hint: str) -> NoReturn:
    raise click.ClickException(f"{shown(message)}; nothing was written\n  hint: {shown(hint)}")


def _list(campaign: Campaign, workspace: Workspace, choice: Choice, text: str) -> NoReturn:
    """Show what the words may mean, and end the run."""
    number = len(choice.follow_ups) + len(choice.notes)
    kind = "follow-ups" if choice.follow_ups else "notes"
    click.echo(f"Error: {quote(text)} fits {number} {kind}; nothing was written", err=True)
    if choice.follow_ups:
        lookup = build_lookup(campaign)
        ordered = sorted(choice.follow_ups, key=lookup.follow_ups.index)
        Console(stderr=True, highlight=False).print(render_choice(lookup, ordered))
        first = ordered[0].uid[: uid_length(campaign)]
        hint = f"name one by its first characters, such as {first}"
    else:
        for path in choice.notes:
            click.echo(f"  {shown(workspace.prefix + path)}", err=True)
        hint = "name one by its path"
    click.echo(f"  hint: {hint}", err=True)
    sys.exit(_WRONG_USAGE)


def _show(foresight: Foresight, path: str) -> None:
    """What it changed in the plan, and what it did not."""
    lookup = build_lookup(foresight.after)
    about = lookup.application_of[path]
    lines: Sequence[str] = describe_changes(lookup, foresight.changes, about)
    for line in lines or ("Nothing in the plan changes.",):
        click.echo(shown(line))
    for warning in foresight.warnings:
        click.echo(f"warning: {shown(warning)}", err=True)
