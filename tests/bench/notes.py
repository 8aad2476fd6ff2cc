"""A search of any size, the same every time: companies with one to three rounds, and long notes.

Each note depends on its number alone, so that a larger search begins with the smaller one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice
from random import Random
from typing import Final

from tests.bench.sentences import (
    FAMILY,
    FIRST,
    GAPS,
    GIVEN,
    HOOKS,
    JOBS,
    LEADS,
    PARTS,
    PROSE,
    SECOND,
    TITLES,
    Part,
)

TODAY: Final = date(2026, 11, 22)
_SEED: Final = "followup"
_SPREAD: Final = 200
"""So many days back the first rounds go, whatever the size of the search."""
_ROUNDS: Final = (1, 2, 2, 3)
_FORMATS: Final = ("video", "onsite", "panel")
_ROLES: Final = ("hiring_manager", "recruiter", "interviewer", "coordinator")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is met; `email` is where they can be written to."""

    id: str
    honorific: str
    name: str
    role: str
    job_title: str
    email: str


@dataclass(frozen=True, slots=True)
class Company:
    """A company, the people there, the days of its rounds, and whether it ended with a no."""

    name: str
    slug: str
    title: str
    people: tuple[Person, ...]
    rounds: tuple[date, ...]
    is_over: bool


def make_notes(size: int, start: int = 0) -> Iterator[tuple[str, bytes]]:
    """`size` notes by path, from the one with number `start` on."""
    every = (
        (company, number)
        for company in map(_make_company, count())
        for number in range(len(company.rounds))
    )
    for company, number in islice(every, start, start + size):
        day = company.rounds[number]
        yield f"{day}-{company.slug}-{_FORMATS[number]}.md", _note(company, number).encode()


def _make_company(number: int) -> Company:
    chance = Random(f"{_SEED} {number}")
    again, place = divmod(number, len(FIRST) * len(SECOND))
    first, second = divmod(place * 7 % (len(FIRST) * len(SECOND)), len(SECOND))
    name = f"{FIRST[first]} {SECOND[second]}{f' {again + 1}' if again else ''}"
    slug = name.lower().replace(" ", "-")
    day = TODAY + timedelta(days=10 - chance.randrange(_SPREAD))
    rounds = []
    for _ in range(chance.choice(_ROUNDS)):
        rounds.append(_weekday(day))
        day += timedelta(days=chance.randrange(7, 15))
    return Company(
        name=name,
        slug=slug,
        title=chance.choice(TITLES),
        people=_make_people(slug, chance),
        rounds=tuple(rounds),
        is_over=chance.random() < 0.7,
    )


def _make_people(slug: str, chance: Random) -> tuple[Person, ...]:
    people = []
    for role, family in zip(_ROLES, chance.sample(FAMILY, len(_ROLES)), strict=True):
        honorific, given = chance.choice(GIVEN)
        key = family.lower()
        job = chance.choice(JOBS[role])
        people.append(
            Person(key, honorific, f"{given} {family}", role, job, f"{key}@{slug}.example")
        )
    return tuple(people)


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _note(company: Company, number: int) -> str:
    chance = Random(f"{_SEED} {company.name} {number}")
    met = company.people[: chance.randrange(2, len(_ROLES) + 1)]
    return "\n".join([*_front(company, number, met, chance), *_body(met, chance)])


def _front(company: Company, number: int, met: tuple[Person, ...], chance: Random) -> Iterator[str]:
    day = company.rounds[number]
    decided = _weekday(day + timedelta(days=chance.randrange(8, 25)))
    yield "---"
    yield f"company: {company.name}"
    yield f"title: {company.title}"
    yield f"applied_on: {company.rounds[0] - timedelta(days=21)}"
    yield f"source: {chance.choice(('Referral', 'Job board', 'Company site', 'Fair'))}"
    yield f"job_url: https://jobs.{company.slug}.example/analyst"
    yield f"workplace: {chance.choice(('onsite', 'hybrid', 'remote'))}"
    yield "salary: {min: 52000, max: 60000, currency: USD, period: year}"
    yield f"resume: resume-{company.rounds[0]:%Y-%m}.pdf"
    yield "interview:"
    yield f"  format: {_FORMATS[number]}"
    yield f"  round: {number + 1}"
    yield f"  start: {day} {chance.randrange(9, 17):02}:{chance.choice(('00', '30'))}"
    yield "people:"
    for person in met:
        yield from _person(person, chance)
    if number + 1 < len(company.rounds):
        yield f"next_step: {{what: next_round, by: {_weekday(day + timedelta(days=5))}}}"
    else:
        yield f"next_step: {{what: decision, by: {decided}, said: We will call you.}}"
    yield f"decision: {{by: {decided}, said: In about two or three weeks.}}"
    yield f"other_candidates: {{answer: yes, count: {chance.randrange(2, 6)}}}"
    sent_by = _weekday(day + timedelta(days=3))
    yield f"promises: [{{what: Send the forecast notebook, by: {sent_by}, to: {met[0].id}}}]"
    log = [line for on, line in _log(company, number, met, chance) if on <= TODAY]
    if log:
        yield "log:"
        yield from log
    yield "---"


def _person(person: Person, chance: Random) -> Iterator[str]:
    yield f"  - id: {person.id}"
    yield f"    name: {person.name}"
    yield f"    honorific: {person.honorific}"
    yield f"    job_title: {person.job_title}"
    yield f"    role: {person.role}"
    yield f"    email: {person.email}"
    if chance.random() < 0.5:
        yield f"    hook: {json.dumps(_fill(chance.choice(HOOKS), chance))}"


def _log(
    company: Company, number: int, met: tuple[Person, ...], chance: Random
) -> Iterator[tuple[date, str]]:
    """What happened, each with its day."""
    day = company.rounds[number]

    def event(days: int, text: str) -> tuple[date, str]:
        on = _weekday(day + timedelta(days=days))
        return on, f"  - {{on: {on}, event: {text}}}"

    recruiter = company.people[1].id
    if number:
        yield event(-5, f"invited, from: {recruiter}")
        yield event(-5, f"sent, touch: confirm_invitation, to: {recruiter}")
    if chance.random() < 0.8:
        for person in met:
            if person.role != "coordinator":
                yield event(1, f"sent, touch: thank_you, to: {person.id}")
    if chance.random() < 0.6:
        yield event(3, f"sent, touch: deliver_promise, to: {met[0].id}")
    if number == len(company.rounds) - 1 and company.is_over:
        yield event(16, f"rejected, from: {recruiter}, note: They took somebody with more years.")


def _body(met: tuple[Person, ...], chance: Random) -> Iterator[str]:
    yield ""
    yield _fill(" ".join(LEADS), chance)
    for part in PARTS:
        yield ""
        yield f"## {part.heading}"
        yield from _bullets(part, met, chance)
    yield ""
    yield "## On the way home"
    for _ in range(3):
        yield _fill(" ".join(chance.sample(PROSE, 4)), chance)
        yield ""


def _bullets(part: Part, met: tuple[Person, ...], chance: Random) -> Iterator[str]:
    for bullet in chance.sample(part.bullets, part.count):
        text = _fill(bullet, chance)
        end = chance.choice(part.ends)
        if text == "none":
            yield text
            continue
        yield f"- {text}{f' @{chance.choice(met).id}' if end == '@' else end}"
        if part.below and chance.random() < 0.6:
            yield f"  - {_fill(chance.choice(part.below), chance)}"


def _fill(text: str, chance: Random) -> str:
    return text.format(**{gap: chance.choice(words) for gap, words in GAPS.items()})
