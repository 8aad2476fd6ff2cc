"""Something that a letter may say, and how a language writes its days and lists of names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from followup.campaign.phrasebook import Phrasebook, fill
from followup.notes.entry import Source

_SOON: Final = 7


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a letter may say, and the lines it stands on."""

    text: str
    sources: tuple[Source, ...] = ()


def write_date(day: date, year: int, book: Phrasebook) -> str:
    """`19 November`, with the year where it is not `year`."""
    dates = book.dates
    return _write(dates.date if day.year == year else dates.date_other_year, day, book)


def write_on_day(day: date, due_on: date, book: Phrasebook) -> str:
    """`on Thursday` within a week before `due_on`, else `on 19 November`.

    A day ahead is `on Tuesday, 24 November`. Counted from the day the message is due, never from
    today: nobody knows when it is sent.
    """
    dates = book.dates
    same_year = day.year == due_on.year
    if 0 <= (due_on - day).days < _SOON:
        return _write(dates.on_day_soon, day, book)
    if day > due_on:
        pattern = dates.on_day_ahead if same_year else dates.on_day_ahead_other_year
    else:
        pattern = dates.on_day if same_year else dates.on_day_other_year
    return _write(pattern, day, book)


def _write(pattern: str, day: date, book: Phrasebook) -> str:
    values = {
        "weekday": book.weekdays[day.weekday()],
        "day": str(day.day),
        "month": book.months[day.month - 1],
        "year": str(day.year),
    }
    return fill(pattern, values)


def join_names(names: Sequence[str], book: Phrasebook) -> str:
    """`Ms. Rivera, Mr. Oduya and Ms. Dahl`, as the language lists them."""
    if len(names) < 2:
        return "".join(names)
    return book.series.between.join(names[:-1]) + book.series.last + names[-1]


def yes(answer: bool) -> str:
    """An answer as the phrasebook's conditions write it."""
    return "yes" if answer else "no"
