"""What the notes mean together, as frozen values; built by `portal.build`, read by everything after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from followup.notes.entry import Entry, Source
from followup.notes.problems import Problem
from followup.notes.schema import Decision, Event, Format, NextStep, Offer, Role, Salary, Stage
from followup.portal.options import Options


@dataclass(frozen=True, slots=True)
class StageChange:
    """A stage that an application reached, since when, and the line that says so."""

    stage: Stage
    on: date
    source: Source


@dataclass(frozen=True, slots=True)
class Happening:
    """One item of a log with its place; `entry` is the path of the note it stands in.

    `to` and `sender` are person ids where they name a person of the company, else None.
    """

    on: date
    event: Event
    entry: str
    source: Source
    touch: str | None
    to: str | None
    sender: str | None
    note: str | None
    until: date | None
    decision_by: date | None
    next_step_by: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a company, with the latest facts of all notes that name them.

    `id` is `<company slug>/<person slug>`. `sources` are the lines that name the person, by entry
    path; `hooks` the owner's sentences for them, by entry path. `last_contact_on` is the last day
    of a meeting or message up to today.
    """

    id: str
    slug: str
    company: str
    name: str | None
    honorific: str | None
    academic_title: str | None
    family_name: str | None
    salutation: str | None
    job_title: str | None
    role: Role | None
    email: str | None
    phone: str | None
    sources: Mapping[str, Source]
    hooks: Mapping[str, tuple[str, Source]]
    interviews: tuple[str, ...]
    last_contact_on: date | None


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the thirteen categories a note answers; `missing` are numbers in order."""

    answered: int
    of: int
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """A meeting, planned or over.

    `start` and `end` carry the employer's time zone; where only a day is known `has_clock` is
    false and both are midnight of that day. `people` are person ids in the order of the note.
    `over` says that its day is today or past and it was not called off; only then is there a
    `completeness`.
    """

    path: str
    application: str
    company: str
    title: str | None
    format: Format
    round: int | None
    start: datetime
    end: datetime
    has_clock: bool
    minutes: int
    timezone: str
    country: str
    subdivision: str | None
    language: str
    place: str | None
    link: str | None
    first_names_used: bool
    people: tuple[str, ...]
    next_step: NextStep | None
    decision: Decision | None
    over: bool
    cancelled: bool
    completeness: Completeness | None
    source: Source

    @property
    def day(self) -> date:
        """The day of I, the end of the interview, in the employer's time zone."""
        return self.end.date()


ENDS = frozenset(
    {Stage.ACCEPTED, Stage.DECLINED, Stage.REJECTED, Stage.WITHDRAWN, Stage.NO_RESPONSE}
)
"""The stages in which nothing more is to come."""


@dataclass(frozen=True, slots=True)
class Application:
    """One opening at one company, with all notes about it.

    Where facts of its notes conflict, the latest dated note wins. `events` are all log items of its
    notes up to today, by day and the order of `Event`; `interviews` are paths by start.
    """

    id: str
    company: str
    title: str | None
    stage: Stage
    history: tuple[StageChange, ...]
    entries: tuple[str, ...]
    interviews: tuple[str, ...]
    people: tuple[str, ...]
    events: tuple[Happening, ...]
    applied_on: date | None
    applied_source: Source | None
    found_through: str | None
    job_url: str | None
    location: str | None
    workplace: str | None
    salary: Salary | None
    resume: str | None
    country: str
    subdivision: str | None
    language: str
    offer: Offer | None
    offer_source: Source | None

    @property
    def live(self) -> bool:
        """Whether it has not ended."""
        return self.stage not in ENDS


@dataclass(frozen=True, slots=True)
class Company:
    """An employer, with the name as its latest note writes it.

    `ids` gives the person id for every id that a note of the company may use after `@`, `to` or
    `from`.
    """

    slug: str
    name: str
    applications: tuple[str, ...]
    people: tuple[str, ...]
    ids: Mapping[str, str]

    def person(self, written: str | None) -> str | None:
        """The id of the person that a note means by `written`, or None."""
        return None if written is None else self.ids.get(written.casefold())


@dataclass(frozen=True, slots=True)
class Portal:
    """All that is derived from the notes for one day; mappings are in a stable order."""

    today: date
    options: Options
    entries: Mapping[str, Entry]
    companies: Mapping[str, Company]
    applications: Mapping[str, Application]
    interviews: Mapping[str, Interview]
    people: Mapping[str, Person]
    problems: tuple[Problem, ...]
