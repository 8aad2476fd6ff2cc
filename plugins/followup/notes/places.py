"""Which countries, parts of countries and time zones there are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones


@cache
def _countries() -> Mapping[str, frozenset[str]]:
    # Asked for late: the library takes a while to load and many a run needs no holiday.
    from holidays import list_supported_countries

    supported = list_supported_countries(include_aliases=True)
    return {code: frozenset(parts) for code, parts in supported.items() if len(code) == 2}


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_country(code: str) -> bool:
    """Whether public holidays are known for the country with this ISO 3166 alpha-2 code."""
    return code in _countries()


def is_subdivision(country: str, code: str) -> bool:
    """Whether public holidays are known for this part of the country."""
    return code in _countries().get(country, frozenset())


def subdivisions(country: str) -> tuple[str, ...]:
    """The parts of a country with public holidays of their own, sorted."""
    return tuple(sorted(_countries().get(country, ())))


def is_timezone(name: str) -> bool:
    """Whether this is the name of a time zone; a set of names is asked, never the file system."""
    return name in _timezones()
