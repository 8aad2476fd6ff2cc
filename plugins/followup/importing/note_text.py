"""The text of a note that is made from something foreign, as a person would have written it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final

from followup.importing.names import parse_name
from followup.importing.openings import Opening
from followup.importing.quotation import render_quote
from followup.notes.append import render_item
from followup.notes.categories import CATEGORIES
from followup.notes.schema import Format, LogItem
from followup.notes.yaml_text import render_text

_WEB: Final = re.compile(r"https?://[!-~]*[!-9;-~]")


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody to name in a note; `id` only where the name alone would not join their notes."""

    name: str | None
    email: str | None = None
    id: str | None = None
    honorific: str | None = None
    academic_title: str | None = None
    family_name: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The facts of an interview, as its note has them; without `clock` only the day is known."""

    day: date
    clock: time | None = None
    minutes: int | None = None
    timezone: str | None = None
    place: str | None = None
    link: str | None = None

    @property
    def start(self) -> str:
        """`2026-11-19 14:00`, or the day alone."""
        return f"{self.day} {self.clock:%H:%M}" if self.clock else f"{self.day}"


@dataclass(frozen=True, slots=True)
class InterviewNote:
    """All that a note of an interview says before anybody wrote in it."""

    company: str
    title: str | None
    application: str | None
    format: Format
    meeting: Meeting
    mark: str
    people: Sequence[Attendee] = ()
    log: Sequence[LogItem] = field(default=())


def build_attendee(written: str | None, email: str | None) -> Attendee:
    """Somebody whose name stands as another program writes it."""
    named = parse_name(written) if written else None
    if named is None:
        return Attendee(None, email)
    return Attendee(
        named.name,
        email,
        honorific=named.honorific,
        academic_title=named.academic_title,
        family_name=named.family_name,
    )


def render_opening(opening: Opening) -> str:
    """The note of an opening or application without an interview."""
    people = (
        [build_attendee(opening.contact, opening.contact_email)]
        if opening.contact or opening.contact_email
        else []
    )
    facts = [
        ("company", opening.company),
        ("title", opening.title),
        ("status", opening.status),
        ("applied_on", opening.applied_on),
        ("source", opening.source),
        ("job_url", opening.job_url),
        ("location", opening.location),
        ("workplace", opening.workplace),
        ("resume", opening.resume),
    ]
    lines = ["---", *_facts(facts), *_people(people), "---"]
    if opening.notes:
        lines += ["", *render_quote(opening.notes)]
    return "\n".join(lines) + "\n"


def render_interview(note: InterviewNote) -> str:
    """The note of an interview, with the thirteen to fill in."""
    meeting = note.meeting
    facts = [("company", note.company), ("title", note.title), ("application", note.application)]
    details = [
        ("format", note.format),
        ("start", meeting.start),
        ("minutes", meeting.minutes),
        ("timezone", meeting.timezone),
        ("place", meeting.place),
        ("link", meeting.link),
    ]
    log = ["log:", *(f"  - {render_item(item)}" for item in note.log)] if note.log else []
    lines = [
        "---",
        *_facts(facts),
        "interview:",
        *(f"  {line}" for line in _facts(details)),
        *_people(note.people),
        *log,
        "---",
        note.mark,
        *_questions(),
    ]
    return "\n".join(lines) + "\n"


def place_schema(text: str, schema: str) -> str:
    """A new note with the line by which editors find the schema, as `followup new` writes it."""
    return text.replace("---\n", f"---\n# yaml-language-server: $schema={schema}\n", 1)


def render_scalar(value: object) -> str:
    """A value as YAML reads it back unchanged, in quotes only where it needs them."""
    text = str(value)
    if isinstance(value, date | int) or _is_start(text) or _WEB.fullmatch(text):
        return text
    return render_text(text)


def _is_start(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?", text))


def _facts(facts: Iterable[tuple[str, object]]) -> Iterator[str]:
    return (f"{key}: {render_scalar(value)}" for key, value in facts if value is not None)


def _people(people: Sequence[Attendee]) -> Iterator[str]:
    if people:
        yield "people:"
    for person in people:
        facts = [
            ("id", person.id),
            ("name", person.name),
            ("honorific", person.honorific),
            ("academic_title", person.academic_title),
            ("family_name", person.family_name),
            ("email", person.email),
        ]
        first, *others = _facts(facts)
        yield f"  - {first}"
        yield from (f"    {line}" for line in others)


def _questions() -> Iterator[str]:
    for category in CATEGORIES:
        if category.heading is not None:
            yield from ("", f"## {category.heading}", f"<!-- {category.question} -->", "", "- ")
