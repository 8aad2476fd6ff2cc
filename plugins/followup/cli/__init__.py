"""The command `followup`: what a terminal shows of the portal."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

import click

import followup
from followup.cli import check, draft, export, import_, init, log, new, publish, today, verify
from followup.cli.place import Place, placed
from followup.cli.showing import examples


class _Commands(click.Group):
    """Commands that say so where what they write finds no place: a full disk, a closed pipe."""

    def invoke(self, ctx: click.Context) -> Any:
        """The command's own end, once all it wrote has arrived."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except OSError as error:
            if error.filename is not None:
                raise
            _take_no_more()
            why = (error.strerror or str(error)).lower()
            raise click.ClickException(f"the output could not be written: {why}") from None


def _take_no_more() -> None:
    """Let the interpreter's last flush of standard output come to nothing instead of to a trace."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=_Commands,
    epilog=examples(
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
    ctx.ensure_object(Place)


for _command in (
    init.init,
    new.new,
    check.check,
    today.today,
    draft.draft,
    log.log,
    import_.import_,
    export.export,
    publish.publish,
    verify.verify,
):
    main.add_command(_command)
