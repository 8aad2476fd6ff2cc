"""Something that a letter may say, and how a language writes its days and lists of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from followup.campaign.model import FollowUp, State
from followup.campaign.phrasebook import Phrasebook, fill
from followup.notes.entry import Source

_SOON: Final = 7
_LONGEST_MARK: Final = 60
_GENDER: Final = r"(?:[mwdfxhi]|gn|div|männlich|weiblich|divers)"
_FOR_ALL: Final = re.compile(
    rf"\s*(?:[-–,|]\s*)?(?:[(\[]\s*(?:{_GENDER}(?:\s*[/|*,]\s*{_GENDER}){{1,3}}|all genders)\s*[)\]]"
    rf"|\s(?:h/f|f/h|(?:m/w|w/m|m/f|f/m)(?:/[dx])?))\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a letter may say, and the lines it stands on."""

    text: str
    sources: tuple[Source, ...] = ()


def title_as_said(title: str) -> str:
    """A job title as people write it in a letter: `Leiterin Netzplanung (m/w/d)` without the mark.

    Advertisements in German and French have to say that the opening is for everybody.
    """
    # Looked for at the end alone: of a title as long as a note it would take minutes.
    return title[:-_LONGEST_MARK] + _FOR_ALL.sub("", title[-_LONGEST_MARK:]) or title


def day_of_writing(follow_up: FollowUp, today: date) -> date:
    """The day a letter speaks from: when it was sent, else when it is due, but not before today.

    One that is not needed any more stays as it was planned.
    """
    if follow_up.state is State.DONE:
        return follow_up.closed_on or follow_up.due_on
    waits = follow_up.state in (State.OPEN, State.MISSED)
    return max(follow_up.due_on, today) if waits else follow_up.due_on


def write_date(day: date, year: int, book: Phrasebook) -> str:
    """`19 November`, with the year where it is not `year`."""
    dates = book.dates
    return _write(dates.date if day.year == year else dates.date_other_year, day, book)


def write_on_day(day: date, written_on: date, book: Phrasebook) -> str:
    """`on Thursday` within a week before `written_on`, else `on 19 November`.

    A day ahead is `on Tuesday, 24 November`.
    """
    dates = book.dates
    same_year = day.year == written_on.year
    if 0 <= (written_on - day).days < _SOON:
        return _write(dates.on_day_soon, day, book)
    if day > written_on:
        pattern = dates.on_day_ahead if same_year else dates.on_day_ahead_other_year
    else:
        pattern = dates.on_day if same_year else dates.on_day_other_year
    return _write(pattern, day, book)


def _write(pattern: str, day: date, book: Phrasebook) -> str:
    values = {
        "weekday": book.weekdays[day.weekday()],
        "day": book.dates.days.get(day.day, str(day.day)),
        "month": book.months[day.month - 1],
        "year": str(day.year),
    }
    return fill(pattern, values)


def write_time(at: time, book: Phrasebook) -> str:
    """`14:00`, or `2:00 p.m.`, as the language writes it."""
    dates = book.dates
    halves = dates.halves
    values = {
        "hour": str(at.hour),
        "two_digit_hour": f"{at.hour:02}",
        "hour_12": str(at.hour % 12 or 12),
        "minute": f"{at.minute:02}",
    }
    if halves:
        values["half"] = halves.before_noon if at.hour < 12 else halves.after_noon
    full = None if at.minute else dates.time_on_the_hour
    return fill(full or dates.time, values)


def join_names(names: Sequence[str], book: Phrasebook) -> str:
    """`Ms. Rivera, Mr. Oduya and Ms. Dahl`, as the language lists them."""
    if len(names) < 2:
        return "".join(names)
    return book.series.between.join(names[:-1]) + book.series.last + names[-1]


def yes(answer: bool) -> str:
    """An answer as the phrasebook's conditions write it."""
    return "yes" if answer else "no"
