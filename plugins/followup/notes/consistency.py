"""What the values of one note must not say together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from followup.notes.entry import Location
from followup.notes.name_titles import title_in
from followup.notes.places import is_subdivision
from followup.notes.problems import Severity
from followup.notes.schema import (
    Decision,
    Event,
    Format,
    FrontMatter,
    LogItem,
    NextStep,
    NotApplicable,
    Salary,
)
from followup.notes.wording import quote

_IN_QUOTES = re.compile(r"[“”„«»‹›‘’‚].+[“”«»‹›‘’]")
_BRINGS_A_DATE = (Event.RECEIVED, Event.CALL, Event.DATE_CHANGED, Event.INVITED)


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction or a slip, and the value that shows it; `at_key` points at the key instead."""

    location: Location
    code: str
    message: str
    hint: str
    at_key: bool = False
    severity: Severity = Severity.ERROR


def check_consistency(front: FrontMatter) -> Iterator[Finding]:
    """Every contradiction in one note's front matter."""
    yield from _check_title(front)
    for key, text in (("company", front.company), ("title", front.title)):
        yield from _check_quotes(text or "", (key,))
    yield from _check_subdivision(front)
    yield from _check_dates(front)
    yield from _check_people(front)
    yield from _check_pay(front.salary, ("salary",))
    yield from _check_offer(front)
    for number, item in enumerate(front.log):
        yield from check_log_item(item, ("log", number))


def _check_title(front: FrontMatter) -> Iterator[Finding]:
    networking = front.interview is not None and front.interview.format is Format.NETWORKING
    if front.title is None and not networking:
        yield Finding(
            ("title",),
            "missing_title",
            "`title` is missing",
            "add the job title applied for, such as `title: Data Analyst`",
            at_key=True,
        )


def _check_subdivision(front: FrontMatter) -> Iterator[Finding]:
    part, country = front.subdivision, front.country
    if part and country and not is_subdivision(country, part):
        yield Finding(
            ("subdivision",),
            "unknown_subdivision",
            f"{quote(part)} is no part of {quote(country)} with holidays of its own",
            "leave it out, or use a code such as `HH` for Hamburg",
        )


def _check_dates(front: FrontMatter) -> Iterator[Finding]:
    """A date that was learned in the interview cannot lie before it."""
    if front.interview is None:
        return
    day = front.interview.start.day
    if isinstance(front.decision, Decision):
        yield from _before(("decision", "by"), "decision", front.decision.by, day)
    if isinstance(front.next_step, NextStep):
        yield from _before(("next_step", "by"), "next_step", front.next_step.by, day)
        yield from _before(("next_step", "ask_on"), "ask_on", front.next_step.ask_on, day)


def _before(location: Location, name: str, on: date | None, day: date) -> Iterator[Finding]:
    if on is not None and on < day:
        yield Finding(
            location,
            f"{name}_before_interview",
            f"`{on}` is before the interview on `{day}`",
            "mend one of the two dates",
        )


def _check_people(front: FrontMatter) -> Iterator[Finding]:
    if isinstance(front.people, NotApplicable):
        return
    first: dict[str, int] = {}
    for number, person in enumerate(front.people):
        if person.id is None:
            continue
        if person.id in first:
            yield Finding(
                ("people", number, "id"),
                "duplicate_person",
                f"two people here have the id {quote(person.id)}",
                "give each an id of their own",
            )
        first.setdefault(person.id, number)
    for number, person in enumerate(front.people):
        if person.name and not person.salutation:
            yield from _check_name(person.name, ("people", number, "name"))


def _check_quotes(text: str, location: Location) -> Iterator[Finding]:
    """A phone writes quotes that are none to YAML: they become a part of the name."""
    if _IN_QUOTES.fullmatch(text):
        yield Finding(
            location,
            "quotes_in_name",
            f"the quotation marks are a part of {quote(text)}",
            f"leave them out: `{location[-1]}: {text[1:-1].strip()}`",
            severity=Severity.WARNING,
        )


def _check_name(name: str, location: Location) -> Iterator[Finding]:
    yield from _check_quotes(name, location)
    """A title, or the family name first: a letter could not tell which part is which."""
    title = title_in(name)
    if title:
        key, value = title
        yield Finding(
            location,
            "title_in_name",
            f"{quote(name)} begins with a title",
            f"put it into `{key}: {value}` and only the name into `name:`",
            severity=Severity.WARNING,
        )
    elif "," in name:
        yield Finding(
            location,
            "comma_in_name",
            f"{quote(name)} has a comma in it",
            "write the given name first, without a comma: `name: Ngozi Okafor`",
            severity=Severity.WARNING,
        )


def _check_pay(pay: Salary | None, location: Location) -> Iterator[Finding]:
    if pay is None:
        return
    if pay.currency is None and (pay.min is not None or pay.max is not None):
        yield Finding(
            location,
            "missing_currency",
            "a salary needs its `currency`",
            "three capital letters, such as `currency: EUR`",
            at_key=True,
        )
    if pay.min is not None and pay.max is not None and pay.min > pay.max:
        yield Finding(
            (*location, "max"),
            "salary_range_reversed",
            f"`max` {pay.max} is less than `min` {pay.min}",
            "put the smaller sum in `min`",
        )


def _check_offer(front: FrontMatter) -> Iterator[Finding]:
    offer = front.offer
    if offer is None:
        return
    yield from _check_pay(offer.salary, ("offer", "salary"))
    if offer.deadline is not None and offer.deadline < offer.received_on:
        yield Finding(
            ("offer", "deadline"),
            "deadline_before_offer",
            f"`{offer.deadline}` is before the offer of `{offer.received_on}`",
            "mend one of the two dates",
        )


def check_log_item(item: LogItem, location: Location) -> Iterator[Finding]:
    """Every contradiction in one event; `location` is where its note has it."""
    if item.event is Event.SNOOZED:
        yield from _check_snooze(item, location)
    elif item.until is not None:
        yield _misplaced(location, "until", item.event, (Event.SNOOZED,))
    for name, value in (("decision_by", item.decision_by), ("next_step_by", item.next_step_by)):
        if value is not None and item.event not in _BRINGS_A_DATE:
            yield _misplaced(location, name, item.event, _BRINGS_A_DATE)


def _check_snooze(item: LogItem, location: Location) -> Iterator[Finding]:
    for name, value in (("touch", item.touch), ("until", item.until)):
        if value is None:
            yield Finding(
                location,
                f"missing_{name}",
                f"a snooze needs `{name}`",
                "`- {on: 2026-11-20, event: snoozed, touch: thank_you, until: 2026-11-23}`",
                at_key=True,
            )
    if item.until is not None and item.until < item.on:
        yield Finding(
            (*location, "until"),
            "until_before_on",
            f"`{item.until}` is before `{item.on}`, the day of the snooze",
            "mend one of the two dates",
        )


def _misplaced(location: Location, name: str, event: Event, fitting: tuple[Event, ...]) -> Finding:
    return Finding(
        (*location, name),
        "misplaced_key",
        f"`{name}` does not go with the event `{event}`",
        f"it goes with {', '.join(fitting)}",
        at_key=True,
    )
