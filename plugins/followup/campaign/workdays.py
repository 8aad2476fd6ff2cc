"""Business days of a country: no weekend, no public holiday."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from holidays import HolidayBase, country_holidays

Place = tuple[str, str | None]
"""A country, or a part of it."""


class Workdays:
    """The business days of one country, or of one part of it.

    Weekends are the country's own (Friday and Saturday in some); names of holidays are English
    where the library has them.
    """

    __slots__ = ("_holidays", "_place")

    def __init__(self, country: str, subdivision: str | None = None) -> None:
        self._place = (country, subdivision)
        self._holidays = _calendar_of(self._place)

    def is_business_day(self, day: date) -> bool:
        """Whether people are at work on that day."""
        return _is_business_day(self._place, day)

    def holiday(self, day: date) -> str | None:
        """The name of the public holiday on that day."""
        return self._holidays.get(day)

    def add(self, day: date, count: int) -> date:
        """The `count`-th business day strictly after `day`, or before it where `count` is negative.

        For none, `day` itself, rolled forward to a business day.
        """
        return _nth_business_day(self._place, day, count)

    def between(self, after: date, until: date) -> int:
        """How many business days lie after `after`, up to and with `until`."""
        days = (after + timedelta(days=number) for number in range(1, (until - after).days + 1))
        return sum(map(self.is_business_day, days))

    def on_or_before(self, day: date) -> date:
        """`day`, rolled back to a business day."""
        return day if self.is_business_day(day) else self.add(day, -1)

    def on_or_after(self, day: date) -> date:
        """`day`, rolled forward to a business day."""
        return self.add(day, 0)


@cache
def _calendar_of(place: Place) -> HolidayBase:
    country, subdivision = place
    native = country_holidays(country, subdiv=subdivision)
    if "en_US" not in native.supported_languages:
        return native
    return country_holidays(country, subdiv=subdivision, language="en_US")


# A plan asks about the same few days again and again.
@cache
def _is_business_day(place: Place, day: date) -> bool:
    return _calendar_of(place).is_working_day(day)


@cache
def _nth_business_day(place: Place, day: date, count: int) -> date:
    return _calendar_of(place).get_nth_working_day(day, count)
