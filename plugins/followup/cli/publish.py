"""`followup publish`: the private site, ready for a host."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path

import click

from followup.cli.passphrases import VARIABLE, Passphrase, find_passphrase, save_new_passphrase
from followup.cli.place import Place, placed
from followup.cli.publish_report import render_report
from followup.cli.showing import REFUSED, examples, show_problems, shown
from followup.mkdocs.progress import working
from followup.mkdocs.taken import check_addresses
from followup.mkdocs.workspace import Workspace
from followup.publish.build import (
    PLAIN,
    VAULT,
    Report,
    Workplace,
    check_place,
    opens_published,
    publish_plain,
    publish_vault,
)
from followup.publish.errors import PublishError
from followup.publish.target import DEFAULT


@click.command(
    epilog=examples(
        "followup publish",
        "followup publish --to www/site --mode plain",
        "followup publish --passphrase-file ~/secrets/search.txt",
    )
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder to publish into; otherwise public, beside mkdocs.yml.",
)
@click.option(
    "--mode",
    type=click.Choice([VAULT, PLAIN]),
    default=VAULT,
    show_default=True,
    help="Encrypted, for any host; or as it is, for a host that asks for a login.",
)
@click.option(
    "--passphrase-file",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"Take the passphrase from this file; otherwise from {VARIABLE}, or you are asked.",
)
@click.option(
    "--save-passphrase",
    "save",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Make a new passphrase, and write it to this new file instead of showing it.",
)
@placed
@click.pass_obj
def publish(
    place: Place, /, target: Path | None, mode: str, file: Path | None, save: Path | None
) -> None:
    """Build the site, encrypt it, and put it into a folder that any static host can serve.

    Nobody without the passphrase can read a word of it, the host included. The old site stays as
    it is until the new one is whole; where anything is wrong, nothing changes.
    """
    _check_options(mode, file, save)
    workspace = place.load()
    target = Path(os.path.abspath(target or workspace.root / DEFAULT))  # noqa: PTH100  # keeps links
    work = Workplace(workspace.root, workspace.notes, workspace.templates, target, place.today)
    try:
        check_place(work)
        _check_notes(place, workspace)
        if mode == PLAIN:
            with working() as progress:
                report = publish_plain(work, progress)
            _show(report, work, None, changed=False)
        else:
            _publish_vault(work, file, save)
    except PublishError as error:
        raise click.ClickException(
            f"{error.message}; nothing was published\n  hint: {error.hint}"
        ) from error
    except OSError as error:
        raise click.ClickException(
            f"{shown(error.filename or target)}: {error.strerror}; nothing was published"
        ) from error


def _check_options(mode: str, file: Path | None, save: Path | None) -> None:
    if mode == PLAIN and (file or save):
        raise click.UsageError("a plain site has no passphrase\n  hint: leave --mode plain out")
    if save and (file or os.environ.get(VARIABLE)):
        other = "--passphrase-file" if file else VARIABLE
        raise click.UsageError(
            f"--save-passphrase makes a new passphrase, and {other} gives one\n  hint: take one"
        )


def _check_notes(place: Place, workspace: Workspace) -> None:
    """End the run where a note has an error, before anybody is asked anything."""
    reading = check_addresses(workspace, place.read(workspace))
    if reading.has_errors:
        show_problems(reading.problems, workspace.prefix)
        click.echo("Error: the notes have errors; nothing was published", err=True)
        sys.exit(REFUSED)


def _publish_vault(work: Workplace, file: Path | None, save: Path | None) -> None:
    opens = partial(opens_published, work.target)
    passphrase = save_new_passphrase(save) if save else find_passphrase(file, os.environ, opens)
    try:
        changed = opens(passphrase.text) is False
        with working() as progress:
            report = publish_vault(work, passphrase.text, progress)
    except BaseException:
        if save:
            # It opens nothing.
            with suppress(OSError):
                save.unlink()
        raise
    _show(report, work, passphrase if passphrase.made and not save else None, changed=changed)
    if save:
        click.echo(f"\nThe passphrase is in {shown(save)}. Without it nobody can open the site.")


def _show(report: Report, work: Workplace, made: Passphrase | None, *, changed: bool) -> None:
    for warning in report.warnings:
        click.echo(f"Warning: {warning}", err=True)
    click.echo(render_report(report, _shown_target(work), changed=changed))
    if made:
        # Not to standard output, which may be kept somewhere.
        click.echo(
            f"\nYour new passphrase, shown this once:\n\n    {made.text}\n\n"
            "Put it into a password manager now, or write it down. "
            "Without it nobody can open the site.",
            err=True,
        )


def _shown_target(work: Workplace) -> str:
    inside = work.target.is_relative_to(Path.cwd())
    return shown(work.target.relative_to(Path.cwd()) if inside else work.target)
