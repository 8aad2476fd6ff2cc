"""The plugin's options."""

from __future__ import annotations

from datetime import date
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
        ({"me": {"email": "alex at example.org"}}, "me.email", "address"),
    ],
)
def test_wrong_options(raw: dict[str, Any], key: str, words: str) -> None:
    """A wrong option is named by its key, with what would be right."""
    _, problems = parse_options(raw)
    assert [problem.key for problem in problems] == [key]
    assert words in problems[0].hint
