"""Days as the portal writes them in English, the year only where it changes."""

from __future__ import annotations

from datetime import date

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_name(month: int) -> str:
    """`November` for 11."""
    return _MONTHS[month - 1]


def weekday_name(day: date) -> str:
    """`Friday`."""
    return _LONG_DAYS[day.weekday()]


def day_in_list(day: date, year: int) -> str:
    """`Fri 20 Nov`, or `Fri 1 Jan 2027` where the year is not `year`."""
    return f"{_DAYS[day.weekday()]} {day_in_cell(day, year)}"


def day_in_cell(day: date, year: int) -> str:
    """`20 Nov`, or `1 Jan 2027` where the year is not `year`: for places without room."""
    text = f"{day.day} {_MONTHS[day.month - 1][:3]}"
    return text if day.year == year else f"{text} {day.year}"


def day_in_sentence(day: date, year: int) -> str:
    """`Fri 4 December`, or `Fri 1 January 2027` where the year is not `year`."""
    text = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return text if day.year == year else f"{text} {day.year}"


def day_in_full(day: date) -> str:
    """`Sunday 22 November 2026`."""
    return f"{_LONG_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
