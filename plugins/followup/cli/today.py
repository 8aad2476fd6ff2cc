"""`followup today`: the Today page in the terminal."""

from __future__ import annotations

import sys

import click

from followup.cli.place import Place, placed
from followup.cli.showing import REFUSED, examples, show_problems, show_rendered
from followup.site.terminal import render_today


@click.command(
    epilog=examples(
        "followup today",
        "followup today --today 2026-11-30",
    )
)
@placed
@click.pass_obj
def today(place: Place) -> None:
    """Show what is late, due today and coming, as the Today page does.

    Notes with errors are left out and shown first; the exit code is then 1.
    """
    workspace = place.load()
    reading = place.read(workspace)
    show_problems(reading.problems, workspace.prefix)
    if reading.has_errors and not reading.campaign.portal.entries:
        click.echo("No note could be read: mend what is told above.")
    else:
        show_rendered(render_today(reading.campaign))
    sys.exit(REFUSED if reading.has_errors else 0)
