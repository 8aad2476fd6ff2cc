"""`followup export`: what is derived from the notes, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from followup.cli.place import Place, placed
from followup.cli.saving import save
from followup.cli.showing import REFUSED, examples, render_json, show_problems
from followup.mkdocs.progress import working
from followup.mkdocs.taken import check_addresses
from followup.mkdocs.workspace import Workspace
from followup.notes.save import save_whole
from followup.reading import Reading
from followup.site.calendar_files import render_whole_calendar
from followup.site.csv import render_csv
from followup.site.export import build_export
from followup.site.lookup import build_lookup
from followup.site.vcard import render_vcard


def _export_json(reading: Reading, workspace: Workspace) -> str:
    data = build_export(reading.campaign, reading.problems, directory_urls=workspace.directory_urls)
    return render_json(data, sort=True)


def _export_ics(reading: Reading, _: Workspace) -> str:
    return render_whole_calendar(build_lookup(reading.campaign)).decode()


def _export_csv(reading: Reading, _: Workspace) -> str:
    return render_csv(build_lookup(reading.campaign))


def _export_vcard(reading: Reading, _: Workspace) -> str:
    return render_vcard(build_lookup(reading.campaign))


_EXPORTS: Final[Mapping[str, Callable[[Reading, Workspace], str]]] = {
    "json": _export_json,
    "csv": _export_csv,
    "ics": _export_ics,
    "vcard": _export_vcard,
}


@click.command(
    epilog=examples(
        "followup export json",
        "followup export json --output portal.json",
        "followup export csv --output followup.csv",
        "followup export ics --output followup.ics",
        "followup export vcard --output people.vcf",
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
def export(place: Place, form: str, output: Path | None) -> None:
    """Write what is derived from the notes to standard output.

    FORMAT is json, for all of it; csv, for applications and follow-ups in a spreadsheet; ics, for
    the calendar; or vcard, for people in an address book. Notes with errors are left out and shown;
    the exit code is then 1.
    """
    workspace = place.load()
    reading = check_addresses(workspace, place.read(workspace))
    with working() as progress:
        progress.stage("Putting the export together")
        text = _EXPORTS[form](reading, workspace)
    if output:
        save(save_whole, output, text)
    else:
        sys.stdout.buffer.write(text.encode())
    if reading.has_errors:
        show_problems(reading.problems, workspace.prefix)
        sys.exit(REFUSED)
