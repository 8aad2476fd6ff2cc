"""`followup new`: a note with all thirteen categories to fill in."""

from __future__ import annotations

import os
import sys
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from followup.cli.place import Place, placed
from followup.cli.saving import save
from followup.cli.showing import examples, shown
from followup.importing.names import Named, parse_name
from followup.mkdocs.schema_file import refer_to_schema
from followup.mkdocs.workspace import Workspace
from followup.notes.blank import NewPerson, note_name, parse_person, render_note
from followup.notes.entry_parser import parse_entry
from followup.notes.name_titles import title_of
from followup.notes.note_schema import SCHEMA_PLACE
from followup.notes.problems import Severity
from followup.notes.save import save_new_note
from followup.notes.scalars import parse_start
from followup.notes.schema import Format
from followup.notes.wording import quote
from followup.portal.build import build_portal
from followup.portal.known import (
    find_application,
    find_company,
    find_people,
    near_names,
    next_round,
    same_name,
    usual_timezone,
)
from followup.portal.model import Company, Person, Portal
from followup.portal.slugs import slug_of


class _Person(click.ParamType[NewPerson]):
    """Somebody as `Ngozi Okafor <n.okafor@acme.example>`, or as mail programs write names."""

    name = '"NAME <ADDRESS>"'

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> NewPerson:
        if isinstance(value, NewPerson):
            return value
        try:
            person = parse_person(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
        # Whoever types `Dr. Jane Doe` need not know that a title has a line of its own.
        named = parse_name(person.name)
        if named.name != person.name and title_of(named.name):
            self.fail(f"{quote(person.name)} is all title; write a name behind it", param, ctx)
        return replace(person, **{fact.name: getattr(named, fact.name) for fact in fields(Named)})


@click.command(
    epilog=examples(
        'followup new "Acme Logistics" "Data Analyst"',
        'followup new Acme "Data Analyst" --format panel --start "2026-11-19 14:00" \\',
        '    --person "Ngozi Okafor <n.okafor@acme.example>" --person "Jonas Lind"',
        'followup new acme "Data Analyst" --format final --start 2026-11-30 --person okafor',
        'followup new "Thai Cooks" --format networking --start 2026-11-19',
    )
)
@click.argument("company")
@click.argument("title", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="How the interview is held.",
)
@click.option("--start", metavar='"YYYY-MM-DD HH:MM"', help="When it starts, or only the day.")
@click.option(
    "--person",
    "people",
    type=_Person(),
    multiple=True,
    help="Whom you meet, as `Name <address>`; of somebody known, an id or the family name. "
    "May be given several times.",
)
@placed
@click.pass_obj
def new(
    place: Place,
    company: str,
    title: str | None,
    form: str | None,
    start: str | None,
    people: tuple[NewPerson, ...],
) -> None:
    """Make a note with all thirteen categories to fill in.

    COMPANY is the employer, TITLE the job (a networking chat needs none). What your notes know of
    the two is filled in: how they are written, the round of the interview, and who PEOPLE are, of
    whom an id or a family name is enough. On a terminal the note opens in $EDITOR. A note that
    exists already is never touched.
    """
    workspace = place.load()
    portal = place.read(workspace).campaign.portal
    company = _settle_company(portal, company)
    known = find_company(portal, company)
    if title is None and form != Format.NETWORKING:
        raise click.UsageError(f"the job's TITLE is missing\n  hint: {_title_hint(portal, known)}")
    if title and known:
        title = _settle_title(portal, known, title)
    held = Format(form) if form else None
    named = _fill_in(portal, known, people)
    try:
        day = parse_start(start)[0] if start else portal.today
        text = render_note(
            company,
            title,
            interview_format=held,
            start=start,
            people=named,
            known=_others(portal, known, named),
            schema=_refer_to_schema(workspace),
            **_suggest(portal, known, title, day),
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    file = workspace.notes / note_name(company, form or title or "note", day)
    _check_together(portal, workspace.prefix, file.name, text)
    save(save_new_note, file, text, otherwise="open it, or give another --start")
    click.echo(f"Wrote {shown(file)}")
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if editor and _on_a_terminal():
        _open(file, editor)


def _on_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _settle_company(portal: Portal, written: str) -> str:
    """The company as the notes write it, where it is one of theirs; else as it was typed."""
    names = [company.name for company in portal.companies.values()]
    if same := same_name(names, written):
        return same
    near = near_names(names, written)
    if len(near) == 1 and _on_a_terminal():
        question = f"There are notes about {shown(near[0])}. Do you mean that company?"
        return near[0] if click.confirm(question, default=True) else written
    _hint_at(near, written, "there are notes about")
    return written


def _settle_title(portal: Portal, company: Company, written: str) -> str:
    """The job title as the company's notes write it, where it is one of theirs."""
    titles = _titles(portal, company)
    if same := same_name(titles, written):
        return same
    _hint_at(near_names(titles, written), written, f"at {quote(company.name)} there is")
    return written


def _hint_at(near: tuple[str, ...], written: str, what: str) -> None:
    if near:
        names = " and ".join(map(quote, near))
        click.echo(
            f"note: {what} {names}; this note says {quote(written)}, which is another\n"
            "  hint: if you mean the same, write it into the new note as it stands there",
            err=True,
        )


def _titles(portal: Portal, company: Company) -> list[str]:
    titles = (portal.applications[id_].title for id_ in company.applications)
    return [title for title in titles if title]


def _title_hint(portal: Portal, company: Company | None) -> str:
    titles = _titles(portal, company) if company else []
    if company and titles:
        return f"at {quote(company.name)} there is {' and '.join(map(quote, titles))}"
    return "only `--format networking` needs none"


def _suggest(
    portal: Portal, company: Company | None, title: str | None, day: date
) -> dict[str, Any]:
    """Round and time zone of an interview on that day, as far as earlier ones tell."""
    application = find_application(portal, company, title) if company else None
    if application is None:
        return {}
    return {
        "number": next_round(portal, application, day),
        "timezone": usual_timezone(portal, application),
    }


def _fill_in(
    portal: Portal, company: Company | None, people: tuple[NewPerson, ...]
) -> tuple[NewPerson, ...]:
    """The people, each with what the company's notes know of them; nobody twice."""
    if company is None:
        return tuple(dict.fromkeys(people))
    return tuple(dict.fromkeys(_recognise(portal, company, person) for person in people))


def _recognise(portal: Portal, company: Company, person: NewPerson) -> NewPerson:
    found = find_people(portal, company, person.name, person.email)
    if len(found) > 1:
        names = ", ".join(quote(f"{one.name} ({one.slug})") for one in found)
        raise click.UsageError(
            f"{quote(person.name)} fits several people of {quote(company.name)}: {names}\n"
            "  hint: give the id that stands in brackets"
        )
    if not found:
        return person
    facts = _as_new(found[0])
    return replace(facts, email=person.email or facts.email)


def _others(
    portal: Portal, company: Company | None, named: tuple[NewPerson, ...]
) -> tuple[NewPerson, ...]:
    """Everybody else of the company whom the notes know by name."""
    people = [portal.people[id_] for id_ in company.people] if company else []
    known = (_as_new(person) for person in people if person.name)
    there = {person.name for person in named}
    return tuple(person for person in known if person.name not in there)


def _as_new(person: Person) -> NewPerson:
    """A known person for a new note; the id only where it does not follow from the name."""
    facts = {fact.name: getattr(person, fact.name) for fact in fields(NewPerson)}
    name = person.name or ""
    return NewPerson(**{**facts, "id": None if slug_of(name) == person.slug else person.slug})


def _refer_to_schema(workspace: Workspace) -> str | None:
    try:
        return refer_to_schema(workspace)
    except OSError as error:
        raise click.ClickException(
            f"{SCHEMA_PLACE} could not be brought up to date: {error.strerror}\n"
            "  hint: delete it, if editors need not check your notes"
        ) from error


def _check_together(portal: Portal, prefix: str, path: str, text: str) -> None:
    """End the run where the note is fine alone, but would be an error among the others."""
    entry, _ = parse_entry(path, text.encode())
    if entry is None or path in portal.entries:
        return
    entries = (*portal.entries.values(), entry)
    faults = set(build_portal(entries, portal.today, portal.options).problems)
    for problem in sorted(faults - set(portal.problems)):
        if problem.severity is Severity.ERROR:
            where = shown(prefix + problem.path)
            raise click.ClickException(
                f"with this note there would be an error in {where}: {problem.message}\n"
                f"  hint: {problem.hint}"
            )


def _open(file: Path, editor: str) -> None:
    try:
        click.edit(filename=str(file), editor=editor)
    except (ValueError, click.ClickException) as error:
        raise click.ClickException(
            f"the note is saved, but the editor {quote(editor)} failed\n"
            "  hint: correct $VISUAL or $EDITOR"
        ) from error
