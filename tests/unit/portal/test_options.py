"""The plugin's options."""

from __future__ import annotations

import subprocess
import sys
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
            "me": {
                "name": "Alex Kim",
                "email": "alex@example.org",
                "phone": 15550100,
                "signature": "Alex Kim\r\n+1 555 0100  \n",
            },
            "country": False,
            "subdivision": None,
            "timezone": "Europe/Oslo",
            "language": "en",
            "profile": "gentle",
            "salutation_policy": "first_name",
            "templates": "mine",
            "touches": {"status_check_1": {"after_promise": 3}},
            "phrases": {"en": {"sign_off": "Best,"}},
            "feed": "kJ3x9QvT2mZr8LwPq7NcYb",
            "today": date(2026, 11, 22),
        }
    )
    assert not problems
    assert options.me.phone == "15550100"
    assert options.me.signature == "Alex Kim\n+1 555 0100"
    assert options.phrases == {"en": {"sign_off": "Best,"}}
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
        ({"language": "english"}, "language", "as `en`"),
        ({"profile": "pushy"}, "profile", "'gentle', 'standard' or 'persistent'"),
        ({"today": "2026-13-01"}, "today", "write it as"),
        ({"templates": "../other"}, "templates", "beside"),
        (
            {"touches": {"thank_you": {"welcome": -1}}},
            "touches.thank_you.welcome",
            "a whole number",
        ),
        ({"me": {"name": "Alex\r\nBcc: x"}}, "me.name", "one line"),
        ({"me": {"email": "alex at example.org"}}, "me.email", "like `ngozi@acme.example`"),
        ({"me": {"name": "a\ud800"}}, "me.name", "one line"),
        ({"me": {"phone": "1\u20282"}}, "me.phone", "one line"),
        ({"me": {"name": "a\x85b"}}, "me.name", "one line"),
        ({"me": {"signature": "Alex\tKim"}}, "me.signature", "control characters"),
        ({"me": {"signature": "Alex\x00Kim"}}, "me.signature", "control characters"),
        ({"me": {"signature": "Alex\rKim"}}, "me.signature", "control characters"),
        ({"me": {"signature": "Alex\u2028Kim"}}, "me.signature", "control characters"),
        ({"me": {"signature": "Alex\x0bKim"}}, "me.signature", "control characters"),
        ({"me": {"signature": "\ud800"}}, "me.signature", "control characters"),
        ({"me": {"signature": "x\n" * 13}}, "me.signature", "at most 12 lines"),
        ({"me": {"signature": "x" * 601}}, "me.signature", "600 characters"),
        ({"me": {"signature": {"name": "x"}}}, "me.signature", "in double quotes"),
        ({"me": {"signatur": "x"}}, "me.signatur", "did you mean `signature`?"),
        ({"phrase": {}}, "phrase", "did you mean `phrases`?"),
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


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Alex Kim\n\nBrooklyn\n", "Alex Kim\n\nBrooklyn"),
        (["Alex Kim", 15550100], "Alex Kim\n15550100"),
        (15550100, "15550100"),
        ("{name} 100 % <b>&</b> “x”", "{name} 100 % <b>&</b> “x”"),
        ("", ""),
        ("  \n ", ""),
    ],
)
def test_signature(written: object, read: str) -> None:
    """A signature may be any lines of text; nothing in it is filled in."""
    options, problems = parse_options({"me": {"signature": written}})
    assert (options.me.signature, problems) == (read, ())


@pytest.mark.parametrize(
    "token",
    [
        "kJ3x9QvT2mZr8LwPq7NcYb",
        "-_3x9QvT2mZr8LwPq7NcYb",
        "9f86d081884c7d659a2feaa0c55ad015",
        "k3x9qvt2mzr8lwpq7ncyb5h4d",
        123456789098765432123456789098765432123,
    ],
)
def test_a_random_token_makes_a_feed(token: object) -> None:
    """A token drawn by lot is taken as it is, whatever it was drawn from."""
    options, problems = parse_options({"feed": token})
    assert (options.feed, problems) == (str(token), ())


@pytest.mark.parametrize(
    "token",
    [
        "",
        True,
        "secret",
        "kJ3x9QvT2mZr8LwPq7NcY",
        "9f86d081884c7d659a2feaa0c55ad01",
        "550e8400-e29b-41d4-a716-446655440000",
        "a" * 40,
        "abcabcabcabcabcabcabcabcabc",
        "my-job-search-calendar-of-2026",
        "pleasefindnobodythiscalendarever",
        "kJ3x9QvT2mZr8LwPq7NcYb/../x",
        "kJ3x9QvT2mZr8LwPq7NcYb\r\n",
        "kJ3x9QvT2mZr8LwPq7NcYb" * 6,
        1234567890,
    ],
)
def test_a_weak_token_is_refused(token: object) -> None:
    """What can be guessed, or is no part of an address, is refused, with the way to a better one."""
    options, problems = parse_options({"feed": token})
    assert options.feed is None
    assert [problem.key for problem in problems] == ["feed"]
    assert "secrets.token_urlsafe(16)" in problems[0].hint
    assert len(str(token)) < 8 or str(token) not in problems[0].message + problems[0].hint


def test_the_hint_makes_a_token() -> None:
    """What the hint says to run prints a token that is taken."""
    _, problems = parse_options({"feed": "weak"})
    code = problems[0].hint.split(" -c ")[1].strip("'")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert parse_options({"feed": done.stdout.strip()})[1] == ()


def test_a_wrong_option_cannot_steer_the_terminal() -> None:
    """What does not print is shown as its code."""
    _, problems = parse_options({"profile": "a\x1b[2J"})
    assert problems[0].message == r"unknown value `a\u001b[2J`"
