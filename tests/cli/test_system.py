"""What can be told of an owner from their computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup.cli.system import Home, guess_home

LANGUAGES = ("de", "en", "en-GB", "fr")


@pytest.mark.parametrize(
    ("environment", "home"),
    [
        ({"TZ": "Europe/Berlin", "LANG": "de_DE.UTF-8"}, ("DE", "Europe/Berlin", "de")),
        ({"TZ": "Europe/Berlin", "LANG": "en_US.UTF-8"}, ("DE", "Europe/Berlin", "en")),
        ({"TZ": ":Europe/Berlin", "LANG": "en_GB"}, ("DE", "Europe/Berlin", "en-GB")),
        ({"TZ": "America/Chicago", "LANG": "C.UTF-8"}, ("US", "America/Chicago", None)),
        ({"TZ": "UTC", "LANG": "de_AT.UTF-8@euro"}, ("AT", "Europe/Vienna", "de")),
        ({"TZ": "UTC", "LANG": "de_DE"}, ("DE", "Europe/Berlin", "de")),
        ({"TZ": "UTC", "LANG": "en_AU"}, ("AU", "UTC", "en")),
        ({"TZ": "UTC"}, (None, "UTC", None)),
        ({"TZ": "EST5EDT4,M3", "LANG": "fr_FR"}, ("FR", "Europe/Paris", "fr")),
        ({"TZ": "/etc/localtime", "LANG": "pt_BR"}, ("BR", None, None)),
        ({"LC_ALL": "fr_FR", "LANG": "de_DE"}, ("FR", "Europe/Paris", "fr")),
        ({"LC_ALL": "", "LANG": "de_DE"}, ("DE", "Europe/Berlin", "de")),
        ({"LANG": "../../etc\0"}, (None, None, None)),
        ({}, (None, None, None)),
    ],
)
def test_home(environment: dict[str, str], home: tuple[str | None, ...], tmp_path: Path) -> None:
    """The time zone tells the country, else the locale; a country's only zone is taken for it."""
    assert guess_home(environment, LANGUAGES, localtime=tmp_path / "none") == Home(*home)


@pytest.mark.parametrize(
    ("target", "zone"),
    [
        ("/usr/share/zoneinfo/Europe/Berlin", "Europe/Berlin"),
        ("../usr/share/zoneinfo/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("/var/db/timezone/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("/usr/share/zoneinfo/posix/Mars", None),
    ],
)
def test_zone_of_the_system(tmp_path: Path, target: str, zone: str | None) -> None:
    """Where the link to the zone's file leads says its name."""
    link = tmp_path / "localtime"
    link.symlink_to(target)
    assert guess_home({}, LANGUAGES, localtime=link).timezone == zone


def test_a_copy_of_the_zone_says_nothing(tmp_path: Path) -> None:
    """A file without a name of its own is not guessed at."""
    file = tmp_path / "localtime"
    file.write_bytes(b"TZif2")
    assert guess_home({}, LANGUAGES, localtime=file) == Home(None, None, None)


def test_what_is_known_counts_more(tmp_path: Path) -> None:
    """A country that was given brings its zone, and a zone that was given stays."""
    nowhere = tmp_path / "none"
    found = guess_home({"TZ": "UTC"}, LANGUAGES, country="JP", localtime=nowhere)
    assert (found.country, found.timezone) == ("JP", "Asia/Tokyo")
    found = guess_home({"LANG": "de_DE"}, LANGUAGES, timezone="Europe/Vienna", localtime=nowhere)
    assert (found.country, found.timezone) == ("AT", "Europe/Vienna")
    found = guess_home({"TZ": "Europe/Rome"}, LANGUAGES, country="DE", localtime=nowhere)
    assert (found.country, found.timezone) == ("DE", "Europe/Rome")
