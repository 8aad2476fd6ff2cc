"""The command `followup`: what a terminal shows of the portal."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any, Final

import click

import followup
from followup.cli.place import Place, placed
from followup.cli.showing import examples

_COMMANDS: Final = (
    "check", "draft", "export", "import", "init", "log", "new", "publish", "today", "verify",
)  # fmt: skip


class _Commands(click.Group):
    """Commands that say so where what they write finds no place, such as on a full disk.

    Only the one that is called is imported: nobody who asks what to do today waits for the parts
    that encrypt a site.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's own
        """Their names, sorted."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command in the module of its name; `import` is a word of Python's own."""
        if cmd_name not in _COMMANDS:
            return None
        name = "import_" if cmd_name == "import" else cmd_name
        command: click.Command = getattr(import_module(f"{__name__}.{name}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """The command's own end, once all it wrote has arrived."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except OSError as error:
            # Who closes a pipe has seen enough, as in `followup today | head`: click ends quietly.
            if error.filename is not None or isinstance(error, BrokenPipeError):
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
