"""`followup draft`: a message to copy, to save, or to open in the mail program."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

import click

from followup.campaign.model import Draft, FollowUp, State
from followup.campaign.selecting import uid_length
from followup.cli.place import Place, placed
from followup.cli.saving import save
from followup.cli.selector import find_follow_ups
from followup.cli.showing import REFUSED, examples, show_problems, show_rendered, shown
from followup.notes.problems import Severity
from followup.notes.save import save_new_note, save_whole
from followup.notes.wording import quote
from followup.site.lookup import Lookup, build_lookup
from followup.site.mail import mailto_url, render_eml
from followup.site.rows import count_gaps
from followup.site.terminal_drafts import render_choice, render_waiting, waiting_drafts
from followup.site.terminal_letter import (
    explain_no_draft,
    render_gaps,
    render_letter,
    render_notes,
)

_WRONG_USAGE: Final = 2
_AFTER_THANKS: Final = frozenset({"value_add", "status_check_1", "status_check_2", "closing_note"})
_STDOUT: Final = "-"


@dataclass(frozen=True, slots=True)
class _Message:
    """A draft that somebody chose, and where it stands."""

    lookup: Lookup
    follow_up: FollowUp
    draft: Draft
    prefix: str


@click.command(
    epilog=examples(
        "followup draft",
        "followup draft 3f2a",
        "followup draft acme analyst",
        "followup draft entries/2026-11-19-acme.md --eml thanks.eml",
        "followup draft 3f2a --open",
    )
)
@click.argument("selector", metavar="[SELECTOR]", nargs=-1)
@click.option(
    "--eml",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Write the message to a file that mail programs open unsent; - is standard output.",
)
@click.option("--open", "opening", is_flag=True, help="Open the message in your mail program.")
@placed
@click.pass_obj
def draft(place: Place, selector: tuple[str, ...], eml: Path | None, *, opening: bool) -> None:
    """Show a message to send, or list those that can be written now.

    SELECTOR is a note's path, the first characters of a follow-up's uid, or words of the company,
    the job title or the name of whom you write to; what is due today or late is meant first, then
    what is due next. Where it fits several messages they are listed, and the exit code is 2. What a
    message lacks is told on standard error; until it is filled in, --eml and --open refuse.
    Notes with errors are left out and shown first; the exit code is then 1. Warnings are shown of
    the message's own note; `followup check` has the others.
    """
    text = " ".join(selector)
    _check_usage(text, eml, opening=opening)
    workspace = place.load()
    reading = place.read(workspace)
    errors = tuple(found for found in reading.problems if found.severity is Severity.ERROR)
    show_problems(errors, workspace.prefix)
    lookup = build_lookup(reading.campaign)
    if not selector:
        _show_waiting(lookup)
    else:
        found = find_follow_ups(reading, workspace, text)
        message = _choose(lookup, found, text, workspace.prefix)
        note = message.follow_up.entry
        own = (p for p in reading.problems if p.path == note and p not in errors)
        show_problems(tuple(own), workspace.prefix)
        _deliver(message, eml, opening=opening)
    sys.exit(REFUSED if reading.has_errors else 0)


def _check_usage(text: str, eml: Path | None, *, opening: bool) -> None:
    if eml and opening:
        raise click.UsageError(
            "--eml and --open do not go together\n  hint: do one, then the other"
        )
    if (eml or opening) and not text.strip():
        hint = "hint: `followup draft` lists what can be written; name one of them"
        raise click.UsageError(f"which message is missing\n  {hint}")


def _show_waiting(lookup: Lookup) -> None:
    show_rendered(render_waiting(lookup))
    if waiting := waiting_drafts(lookup):
        click.echo(f"\nTo see one: followup draft {_short_uid(lookup, waiting[0])}")


def _short_uid(lookup: Lookup, follow_up: FollowUp) -> str:
    return follow_up.uid[: uid_length(lookup.campaign)]


def _choose(lookup: Lookup, found: Sequence[FollowUp], text: str, prefix: str) -> _Message:
    """The one message that is meant; ends the run where it is not clear or there is none."""
    by_uid = all(follow_up.uid.startswith(text.lower()) for follow_up in found)
    meant = found if by_uid else _most_likely(lookup, found)
    if len(meant) > 1:
        _list(lookup, meant, text)
    follow_up = meant[0]
    letter = lookup.drafts.get(follow_up.uid)
    if letter is None:
        why, hint = explain_no_draft(lookup, follow_up, prefix)
        raise click.ClickException(f"{shown(why)}\n  hint: {shown(hint)}")
    return _Message(lookup, follow_up, letter, prefix)


def _most_likely(lookup: Lookup, found: Sequence[FollowUp]) -> list[FollowUp]:
    """Of what was found, what is due or late, else what is due next, else the rest.

    Where several applications were found, that is a choice of its own: each keeps its part. A check
    of an interview waits for the thanks for it, where those can still be written.
    """
    written = waiting_drafts(lookup)
    thanks = {follow_up.interview for follow_up in written if follow_up.touch == "thank_you"}
    waiting = {
        follow_up.uid: follow_up.due_on
        for follow_up in written
        if follow_up.touch not in _AFTER_THANKS or follow_up.interview not in thanks
    }
    ahead = {
        application: min(
            waiting[f.uid] for f in found if f.uid in waiting and f.application == application
        )
        for application in {f.application for f in found if f.uid in waiting}
    }
    ranks: tuple[Callable[[FollowUp], bool], ...] = (
        lambda follow_up: waiting.get(follow_up.uid, date.max) <= lookup.today,
        lambda follow_up: waiting.get(follow_up.uid) == ahead.get(follow_up.application, date.max),
        lambda follow_up: follow_up.state is State.OPEN and follow_up.uid in lookup.drafts,
        lambda follow_up: follow_up.state is State.OPEN,
        lambda follow_up: follow_up.state is not State.CANCELLED,
        lambda _: True,
    )
    meant: list[FollowUp] = []
    for application in dict.fromkeys(follow_up.application for follow_up in found):
        own = [follow_up for follow_up in found if follow_up.application == application]
        meant += next(some for rank in ranks if (some := [f for f in own if rank(f)]))
    return sorted(meant, key=lookup.follow_ups.index)


def _list(lookup: Lookup, follow_ups: Sequence[FollowUp], text: str) -> NoReturn:
    uid = _short_uid(lookup, follow_ups[0])
    drafted = any(follow_up.uid in lookup.drafts for follow_up in follow_ups)
    rest = "" if drafted else ", none of them with a message yet"
    click.echo(f"Error: {quote(text)} fits {len(follow_ups)} follow-ups{rest}", err=True)
    show_rendered(render_choice(lookup, follow_ups), err=True)
    click.echo(f"  hint: name one by its first characters: followup draft {uid}", err=True)
    sys.exit(_WRONG_USAGE)


def _deliver(message: _Message, eml: Path | None, *, opening: bool) -> None:
    if not (eml or opening):
        click.echo(render_letter(message.lookup, message.draft))
    _show_notes(message, blank=not (eml or opening))
    if not (eml or opening):
        return
    if not message.draft.ready:
        gaps = count_gaps(message.draft)
        raise click.ClickException(
            f"{gaps} {'gap is' if gaps == 1 else 'gaps are'} to be filled first; nothing was "
            f"{'opened' if opening else 'written'}"
        )
    if eml:
        _write(message, eml)
    else:
        _open(message)


def _show_notes(message: _Message, *, blank: bool) -> None:
    """Tell what is missing and what else is to be known, apart from the message above."""
    lookup, follow_up, letter = message.lookup, message.follow_up, message.draft
    lines = [*render_notes(lookup, follow_up, letter, message.prefix)]
    if follow_up.state is State.OPEN:
        lines = [*render_gaps(letter, message.prefix), *lines]
    if lines and blank:
        click.echo(err=True)
    for line in lines:
        click.echo(line, err=True)


def _write(message: _Message, file: Path) -> None:
    """Save the message; a file that is there already is never replaced."""
    text = render_eml(message.draft, message.lookup.portal).decode()
    if str(file) == _STDOUT:
        sys.stdout.buffer.write(text.encode())
        return
    if _holds(file, text):
        click.echo(f"{shown(file)} holds this message already")
        return
    if not file.parent.is_dir():
        raise click.ClickException(f"{shown(file)} could not be written: there is no such folder")
    # A pipe or a device is written to; there is nothing to lose.
    is_file = file.is_file() or not file.exists()
    save(save_new_note if is_file else save_whole, file, text, otherwise="give another name")
    click.echo(f"Wrote {shown(file)}")


def _holds(file: Path, text: str) -> bool:
    try:
        return file.is_file() and file.read_bytes() == text.encode()
    except OSError:
        return False


def _open(message: _Message) -> None:
    """Hand the message to the mail program, as a link where it fits into one, else as a file."""
    portal = message.lookup.portal
    url = mailto_url(message.draft, portal)
    if url:
        click.echo(f"Opening {quote(message.draft.subject)} in your mail program")
        _launch(url)
        return
    # Only its owner may read it, and the mail program may read it after this command has ended.
    number, name = tempfile.mkstemp(prefix="followup-", suffix=".eml")
    with os.fdopen(number, "wb") as stream:
        stream.write(render_eml(message.draft, portal))
    click.echo(f"Opening {shown(name)} in your mail program, since a link has no room for it all")
    try:
        _launch(name)
    except click.ClickException:
        Path(name).unlink()
        raise


def _launch(what: str) -> None:
    # Elsewhere the status comes without waiting, and waiting would last until the program is closed.
    wait = sys.platform not in ("darwin", "win32")
    if click.launch(what, wait=wait) != 0:
        raise click.ClickException(
            "no program opened the message\n"
            "  hint: choose a mail program in the settings of your desktop, or save it with --eml"
        )
