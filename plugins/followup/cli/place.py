"""Where and for which day a command works."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from followup.mkdocs.progress import working
from followup.mkdocs.today import read_today
from followup.mkdocs.workspace import Workspace, WorkspaceError, find_workspace, load_workspace
from followup.notes.scalars import parse_day
from followup.reading import Reading, read_notes


class Day(click.ParamType[date]):
    """A day as `YYYY-MM-DD`."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day; anything else is wrong usage."""
        try:
            return parse_day(value)
        except ValueError as error:
            self.fail(f"{error}; write it as 2026-11-22", param, ctx)


@dataclass(slots=True)
class Place:
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
        with working() as progress:
            return read_notes(
                workspace.notes,
                workspace.templates,
                workspace.options,
                self.day(workspace),
                workspace.left_out,
                tell=progress.stage,
            )


def _keep(name: str, ctx: click.Context, _: click.Parameter, value: object) -> None:
    if value is not None:
        setattr(ctx.ensure_object(Place), name, value)


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
        type=Day(),
        expose_value=False,
        callback=partial(_keep, "today"),
        help="Work as if it were this day.",
    )
    return workspace(today(command))
