"""What all commands write alike: examples, problems, paths, JSON."""

from __future__ import annotations

import json
import re
import sys
from typing import Final

import click
from rich.console import Console, RenderableType

from followup.notes.problems import Problem
from followup.notes.render import render_problem
from followup.notes.wording import show_controls

_WIDTH: Final = 80
# Blanks at the end of a line, with the codes for colours among them.
_BLANKS: Final = re.compile(r" +((?:\x1b\[[0-9;]*m)*)$")
REFUSED: Final = 1
"""The exit code where notes have errors or a command refused; click's own for wrong usage is 2."""


def examples(*lines: str) -> str:
    """The end of a help text; the backspace tells click to keep the lines as they are."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


def shown(path: object) -> str:
    """A path as a terminal may show it: a name may hold anything."""
    return show_controls(str(path))


def render_json(data: object, *, sort: bool) -> str:
    """`data` as JSON; written as bytes, since it is UTF-8 whatever the terminal speaks."""
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=sort) + "\n"


def show_rendered(what: RenderableType, *, err: bool = False) -> None:
    """Write what rich lays out: never wider than a page, and without blanks at the ends of lines."""
    console = Console(stderr=err, highlight=False)
    console.width = min(console.width, _WIDTH)
    with console.capture() as captured:
        console.print(what)
    # By the stream itself, which shows a question mark for what a terminal without Unicode lacks.
    stream = sys.stderr if err else sys.stdout
    stream.writelines(_BLANKS.sub(r"\1", line) + "\n" for line in captured.get().splitlines())


def show_problems(problems: tuple[Problem, ...], prefix: str) -> None:
    """Write problems to standard error, each with its hint."""
    for problem in problems:
        click.echo(render_problem(problem, prefix), err=True)
