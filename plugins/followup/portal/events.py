"""What the logs say happened, with the people they name; what lies ahead is left out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from followup.notes.entry import Bullet, Entry, Location
from followup.notes.problems import Problem, Severity
from followup.portal.model import Happening
from followup.portal.stages import event_order


def build_events(
    entries: Sequence[Entry], ids: Mapping[str, str], today: date
) -> tuple[tuple[Happening, ...], list[Problem]]:
    """All log items of these notes up to `today`, in the order they apply, and what is wrong.

    `ids` are the company's: an id that nobody has is an error, since what it was to close would
    stay open; an event after `today` is ignored with a warning.
    """
    found = []
    problems: list[Problem] = []
    for entry in entries:
        for place, item in enumerate(entry.front.log):
            problems += _unknown_people(entry, place, ids)
            if item.on > today:
                problems.append(_ahead(entry, place, today))
                continue
            found.append(
                Happening(
                    on=item.on,
                    event=item.event,
                    entry=entry.path,
                    source=entry.source("log", place),
                    touch=item.touch,
                    to=_person(ids, item.to),
                    sender=_person(ids, item.sender),
                    note=item.note,
                    until=item.until,
                    decision_by=item.decision_by,
                    next_step_by=item.next_step_by,
                )
            )
    return tuple(sorted(found, key=event_order)), problems


def _person(ids: Mapping[str, str], written: str | None) -> str | None:
    return ids.get(written.casefold()) if written else None


def _ahead(entry: Entry, place: int, today: date) -> Problem:
    return _problem(
        entry, ("log", place, "on"), Severity.WARNING, "event_ahead",
        f"`{entry.front.log[place].on}` is after today, {today}; the event is ignored until then",
        "a log holds what has happened; correct the date, or leave it until that day",
    )  # fmt: skip


def facts_ahead(entry: Entry, today: date) -> Iterator[Problem]:
    """A warning for an application or offer that is dated after `today`; it does not count yet."""
    front = entry.front
    facts: list[tuple[Location, date | None]] = [(("applied_on",), front.applied_on)]
    if front.offer:
        facts.append((("offer", "received_on"), front.offer.received_on))
    for location, on in facts:
        if on and on > today:
            yield _problem(
                entry, location, Severity.WARNING, "event_ahead",
                f"`{on}` is after today, {today}; it does not count until then",
                "correct the date, or leave it until that day",
            )  # fmt: skip


def _unknown_people(entry: Entry, place: int, ids: Mapping[str, str]) -> Iterator[Problem]:
    item = entry.front.log[place]
    for key, written in (("to", item.to), ("from", item.sender)):
        if written and written.casefold() not in ids:
            yield unknown_person(entry, ("log", place, key), written, ids)


def unknown_person(
    entry: Entry, location: Location, written: str, ids: Mapping[str, str]
) -> Problem:
    """The error for an id in the front matter that nobody at the company has."""
    return _problem(
        entry, location, Severity.ERROR, "unknown_person",
        f"nobody at {entry.front.company} has the id `{written}`", known_ids(written, ids),
    )  # fmt: skip


def known_ids(written: str, ids: Mapping[str, str]) -> str:
    """The hint for an id that nobody at the company has: the nearest, else all there are."""
    near = difflib.get_close_matches(written.casefold(), ids, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if not ids:
        return "name the person under `people:` first"
    return f"one of {', '.join(sorted(ids))}"


def unknown_speakers(entry: Entry, ids: Mapping[str, str]) -> Iterator[Problem]:
    """A warning for every `@id` in the body that nobody at the company has."""
    for section in entry.sections:
        for bullet in _all_bullets(section.bullets):
            for written in bullet.ids:
                if written.casefold() not in ids:
                    yield Problem(
                        entry.path, bullet.line, 1, Severity.WARNING, "unknown_person",
                        f"nobody at {entry.front.company} has the id `{written}`",
                        known_ids(written, ids),
                    )  # fmt: skip


def _all_bullets(bullets: Sequence[Bullet]) -> Iterator[Bullet]:
    for bullet in bullets:
        yield bullet
        yield from _all_bullets(bullet.children)


def _problem(
    entry: Entry, location: Location, severity: Severity, code: str, message: str, hint: str
) -> Problem:
    mark = entry.marks.get(location) or entry.marks[location[:-1]]
    return Problem(entry.path, mark.line, mark.column, severity, code, message, hint)
