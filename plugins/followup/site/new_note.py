"""The form for a new note: its questions, and what is known already and can be offered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, get_args

from pydantic_core import PydanticCustomError

from followup.notes.blank import render_note
from followup.notes.categories import CATEGORIES, Category
from followup.notes.scalars import parse_person_id
from followup.notes.schema import Format, Honorific, Role
from followup.portal.known import find_application, next_round, usual_timezone
from followup.portal.model import Company, Person, Portal
from followup.site.lookup import Lookup
from followup.site.wording import FORMATS, NEXT_STEPS, ROLES, sentence

_LINES: Final = "One thing per line."
_ONE: Final = "One thing at a time."
_HINTS: Final = {
    "the_job": _LINES,
    "why_i_can_do_it": _LINES,
    "typical_problems": _LINES,
    "first_projects": _LINES,
    "what_went_right": _ONE,
    "what_went_wrong": _ONE,
    "royal_screw_up": _ONE,
    "personal_topics": "One per line. What you talked about with one person only goes to that person, above.",
    "closing_words": "As they said it, one sentence per line.",
}
_GROUPS: Final = (
    ("who", "Who and when", (1,)),
    ("learned", "What you learned", (2, 3, 4, 5)),
    ("went", "How it went", (6, 7, 8, 9)),
    ("next", "What comes next", (10, 11, 12, 13)),
)
_WITH_WHY: Final = (6, 7, 8)
_WITH_BETTER: Final = (7, 8)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: what the note says, and what the reader is shown."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One of the thirteen as the form asks it.

    `kind` is the key in the front matter, `lines` for a text, or `items` for things that each have
    a reason (`why`) and, where something went wrong, a `better` answer.
    """

    number: int
    key: str
    text: str
    title: str
    hint: str
    kind: str
    better: bool


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions under one heading."""

    anchor: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class NewNote:
    """What the form shows.

    `timezones` are those of other places, as far as notes name them, and `timezone` the usual one.
    `known` and `sections` are JSON for the script: the companies with their jobs and people, and
    what the note's text is made of. `template` is an empty note, for a reader without the script.
    """

    groups: tuple[QuestionGroup, ...]
    companies: tuple[str, ...]
    formats: tuple[Choice, ...]
    honorifics: tuple[str, ...]
    roles: tuple[Choice, ...]
    next_steps: tuple[Choice, ...]
    timezone: str
    timezones: tuple[str, ...]
    known: str
    sections: str
    template: str


def build_new_note(lookup: Lookup) -> NewNote:
    """The form, with the companies, jobs and people of all notes to choose from."""
    companies = tuple(lookup.portal.companies.values())
    zone = lookup.portal.options.timezone
    zones = {interview.timezone for interview in lookup.portal.interviews.values()}
    return NewNote(
        groups=tuple(_group(*group) for group in _GROUPS),
        companies=tuple(company.name for company in companies),
        formats=tuple(Choice(form.value, FORMATS[form].title) for form in Format),
        honorifics=get_args(Honorific),
        roles=tuple(Choice(role.value, sentence(ROLES[role])) for role in Role),
        next_steps=tuple(Choice(value, text) for value, text in NEXT_STEPS.items()),
        timezone=zone,
        timezones=tuple(sorted(zones - {zone})),
        known=_json([_known(lookup, company) for company in companies]),
        sections=_json([_section(category) for category in CATEGORIES]),
        template=render_note("Company", "Job title"),
    )


def _group(anchor: str, title: str, numbers: tuple[int, ...]) -> QuestionGroup:
    questions = tuple(_question(CATEGORIES[number - 1]) for number in numbers)
    return QuestionGroup(anchor, title, questions)


def _question(category: Category) -> Question:
    kind = category.key
    if category.heading is not None:
        kind = "items" if category.number in _WITH_WHY else "lines"
    return Question(
        number=category.number,
        key=category.key,
        text=category.question,
        title=category.title,
        hint=_HINTS.get(category.key, ""),
        kind=kind,
        better=category.number in _WITH_BETTER,
    )


def _section(category: Category) -> dict[str, str | None]:
    """What stands in a note for a category: a heading, or the lines that would answer it."""
    return {
        "key": category.key,
        "heading": category.heading,
        "question": category.question,
        "example": category.example,
    }


def _known(lookup: Lookup, company: Company) -> dict[str, Any]:
    portal = lookup.portal
    titles = dict.fromkeys(portal.applications[name].title for name in company.applications)
    return {
        "name": company.name,
        "jobs": [dict(_job(portal, company, title)) for title in titles if title],
        "ids": sorted(company.ids),
        "people": [
            dict(_facts(company, person)) for person in lookup.people(company.people) if person.name
        ],
    }


def _job(portal: Portal, company: Company, title: str) -> Iterator[tuple[str, str]]:
    """A job applied for, which round the next interview would be, and in which time zone."""
    yield "title", title
    application = find_application(portal, company, title)
    if application is None:
        return
    if number := next_round(portal, application, portal.today):
        yield "round", str(number)
    if zone := usual_timezone(portal, application):
        yield "timezone", zone


def _facts(company: Company, person: Person) -> Iterator[tuple[str, str]]:
    """What a note says of somebody who is met again."""
    if (written := _id(company, person)) is not None:
        yield "id", written
    for name in ("name", "honorific", "role", "job_title", "email"):
        if value := getattr(person, name):
            yield name, str(value)


def _id(company: Company, person: Person) -> str | None:
    """An id that joins a new note's person to this one, or None where only the name can.

    A slug may be longer than an id, or begin with a digit; then another that a note uses may do.
    """
    others = (written for written, found in company.ids.items() if found == person.id)
    return next((written for written in (person.slug, *others) if _can_be_id(written)), None)


def _can_be_id(written: str) -> bool:
    try:
        return bool(parse_person_id(written))
    except PydanticCustomError:
        return False


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
