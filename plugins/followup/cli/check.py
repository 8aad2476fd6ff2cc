"""`followup check`: every problem, what is missing from the thirteen, and tags that fit."""

from __future__ import annotations

import sys
import textwrap
from typing import Final

import click

from followup.campaign.suggestions import Suggestion, build_suggestions
from followup.cli.place import Place, placed
from followup.cli.showing import REFUSED, examples, render_json, show_problems, shown
from followup.mkdocs.taken import check_addresses
from followup.notes.categories import CATEGORIES
from followup.notes.render import problems_json, render_github, render_notice
from followup.portal.model import Interview, Portal
from followup.reading import Reading

_WIDTH: Final = 70
"""How much of a bullet is shown beside its tag."""


@click.command(
    epilog=examples(
        "followup check",
        "followup check --format github",
    )
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How problems are written.",
)
@placed
@click.pass_obj
def check(place: Place, form: str) -> None:
    """Show every problem in every note, then what is missing from the thirteen.

    Last come tags for bullets that clearly ask for one; no note is changed. The exit code is 1
    where a note has an error.
    """
    workspace = place.load()
    reading = check_addresses(workspace, place.read(workspace))
    suggestions = build_suggestions(reading.campaign.portal.entries.values())
    if form == "json":
        data = {
            "problems": problems_json(reading.problems),
            "suggestions": [_as_values(suggestion) for suggestion in suggestions],
        }
        sys.stdout.buffer.write(render_json(data, sort=False).encode())
    elif form == "github":
        for problem in reading.problems:
            click.echo(render_github(problem, workspace.prefix))
        for suggestion in suggestions:
            click.echo(_render_notice(suggestion, workspace.prefix))
    else:
        _show_check(reading, suggestions, workspace.prefix)
    sys.exit(REFUSED if reading.has_errors else 0)


def _show_check(reading: Reading, suggestions: tuple[Suggestion, ...], prefix: str) -> None:
    show_problems(reading.problems, prefix)
    missing = _missing(reading.campaign.portal)
    for interview in missing:
        click.echo(_render_missing(interview, prefix))
    for suggestion in suggestions:
        click.echo(_render_suggestion(suggestion, prefix))
    notes = len(reading.folder.notes)
    found = f"{_count(len(reading.problems), 'problem')}, {_count(len(missing), 'unfinished note')}"
    fitting = f", {_count(len(suggestions), 'tag')} to consider" if suggestions else ""
    click.echo(f"{_count(notes, 'note')}: {found}{fitting}")


def _count(number: int, thing: str) -> str:
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def _missing(portal: Portal) -> list[Interview]:
    return [
        interview
        for interview in portal.interviews.values()
        if interview.completeness and interview.completeness.missing
    ]


def _render_missing(interview: Interview, prefix: str) -> str:
    complete = interview.completeness
    if complete is None:
        raise ValueError(f"{interview.path} has no completeness yet")
    questions = "\n".join(
        f"  {number}. {CATEGORIES[number - 1].question}" for number in complete.missing
    )
    head = f"{shown(prefix + interview.path)}: {complete.answered} of {complete.of} answered"
    return f"{head}\n{questions}"


def _render_suggestion(suggestion: Suggestion, prefix: str) -> str:
    """`entries/acme.md:41: #conciseness? “I talked for five minutes.”`."""
    source = suggestion.source
    words = textwrap.shorten(suggestion.text, _WIDTH, placeholder=" …")
    return shown(f"{prefix}{source.path}:{source.line}: #{suggestion.tag}? “{words}”")


def _render_notice(suggestion: Suggestion, prefix: str) -> str:
    source, tag = suggestion.source, suggestion.tag
    message = f"this bullet may be about #{tag}: {suggestion.text}"
    return render_notice(f"{prefix}{source.path}", source.line, "tag", message)


def _as_values(suggestion: Suggestion) -> dict[str, str | int]:
    source = suggestion.source
    return {
        "path": source.path,
        "line": source.line,
        "tag": suggestion.tag,
        "text": suggestion.text,
    }
