"""The plugin's options."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from followup.portal.options import Options, parse_options


def test_every_option_has_a_default() -> None:
    """No options at all are fine."""
    assert parse_options({}) == (Options(), ())


def test_all_options() -> None:
    """Each option is read as it is meant, whatever YAML made of it."""
    options, problems = parse_options(
        {
            "me": {"name": "Alex Kim", "email": "alex@example.org", "phone": 15550100},
            "country": False,
            "subdivision": None,
            "timezone": "Europe/Oslo",
            "language": "en",
            "profile": "gentle",
            "salutation_policy": "first_name",
            "templates": "mine",
            "touches": {"status_check_1": {"after_promise": 3}},
            "today": date(2026, 11, 22),
        }
    )
    assert not problems
    assert options.me.phone == "15550100"
    assert options.country == "NO"
    assert options.today == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("raw", "key", "words"),
    [
        ({"contry": "US"}, "contry", "did you mean `country`?"),
        ({"me": {"nam": "A"}}, "me.nam", "did you mean `name`?"),
        ({"country": "USA"}, "country", "two-letter"),
        ({"country": "US", "subdivision": "Bavaria"}, "subdivision", "leave it out"),
        ({"timezone": "../../etc/passwd"}, "timezone", "time zone"),
        ({"language": "english"}, "language", "pattern"),
        ({"profile": "pushy"}, "profile", "'gentle', 'standard' or 'persistent'"),
        ({"today": "2026-13-01"}, "today", "write it as"),
        ({"templates": "../other"}, "templates", "beside"),
        ({"touches": {"thank_you": {"welcome": -1}}}, "touches.thank_you.welcome", "greater"),
        ({"me": {"name": "Alex\r\nBcc: x"}}, "me.name", "one line"),
        ({"me": {"email": "alex at example.org"}}, "me.email", "like `ngozi@acme.example`"),
        ({"me": {"name": "a\ud800"}}, "me.name", "one line"),
        ({"me": {"phone": "1\u20282"}}, "me.phone", "one line"),
        ({"me": {"name": "a\x85b"}}, "me.name", "one line"),
        ({"templates": "a\0b"}, "templates", "one line"),
        ({"today": 20261122}, "today", "write it as"),
        ({"today": "20261122"}, "today", "write it as"),
        ({"today": "2026-W47-7"}, "today", "write it as"),
        ({"today": date(9999, 12, 31)}, "today", "write it as"),
        ({"today": datetime(2026, 11, 22, 9, 0, tzinfo=UTC)}, "today", "write it as"),
    ],
)
def test_wrong_options(raw: dict[str, Any], key: str, words: str) -> None:
    """A wrong option is named by its key, with what would be right."""
    _, problems = parse_options(raw)
    assert [problem.key for problem in problems] == [key]
    assert words in problems[0].hint


def test_a_wrong_option_cannot_steer_the_terminal() -> None:
    """What does not print is shown as its code."""
    _, problems = parse_options({"profile": "a\x1b[2J"})
    assert problems[0].message == r"unknown value `a\u001b[2J`"
