"""What this computer says about its owner: country, time zone, language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from followup.notes.places import is_country, is_timezone

_LOCALTIME: Final = Path("/etc/localtime")
_LOCALE: Final = re.compile(r"([a-z]{2,3})(?:_([A-Z]{2}))?(?:[.@].*)?")
_LOCALE_NAMES: Final = ("LC_ALL", "LC_TIME", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody is looking for work, and the language of their messages; None is not known."""

    country: str | None
    timezone: str | None
    language: str | None


def guess_home(
    environment: Mapping[str, str],
    languages: Iterable[str],
    *,
    country: str | None = None,
    timezone: str | None = None,
    localtime: Path = _LOCALTIME,
) -> Home:
    """What the system's time zone and locale say; `country` and `timezone` are known already.

    A time zone says more about where somebody is than a locale: many work in another language. One
    of no country, such as UTC, gives way to that of the country.
    """
    language, territory = _locale(environment)
    zone = timezone or _timezone(environment, localtime)
    places = _zones()
    nearby = (country, places.get(zone or ""), territory)
    home = next((place for place in nearby if place and is_country(place)), None)
    if zone is None or not (timezone or zone in places):
        zone = _only_zone([name for name, place in places.items() if place == home]) or zone
    known = set(languages)
    spoken = (f"{language}-{territory}", language)
    return Home(home, zone, next((name for name in spoken if name in known), None))


def _locale(environment: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Language and country of the locale in the environment."""
    name = next((value for key in _LOCALE_NAMES if (value := environment.get(key))), "")
    found = _LOCALE.fullmatch(name)
    return (found[1], found[2]) if found else (None, None)


def _timezone(environment: Mapping[str, str], localtime: Path) -> str | None:
    """The name of the system's time zone, where it has one."""
    given = environment.get("TZ", "").removeprefix(":")
    if given:
        return given if is_timezone(given) else None
    try:
        name = localtime.readlink().as_posix().rpartition("zoneinfo/")[2]
    except OSError:  # no such link: Windows, or a copy of the zone's file
        return None
    return name if is_timezone(name) else None


def _only_zone(names: Sequence[str]) -> str | None:
    """The first of a country's zones, where its clocks agree in winter and in summer."""
    days = (datetime(2026, 1, 15), datetime(2026, 7, 15))  # noqa: DTZ001  # in each zone in turn
    clocks = {tuple(ZoneInfo(name).utcoffset(day) for day in days) for name in names}
    return names[0] if len(clocks) == 1 else None


def _zones() -> Mapping[str, str]:
    """The country of each time zone that has one."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
