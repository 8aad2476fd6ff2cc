"""The day a letter speaks from: weekday and year must be right on the day it is sent."""

from __future__ import annotations

from datetime import date

import pytest

from followup.campaign.facts import Correspondence
from followup.campaign.model import Draft
from followup.campaign.schedule import build_follow_ups
from followup.campaign.voice import Voice
from tests.unit.campaign.letters import english, letters_of
from tests.unit.notebook import note, portal_of

PEOPLE = "people: [{id: reed, name: Anna Reed, honorific: Ms., email: a@acme.example}]\n"
BODY = "## Typical problems\n- The stock is wrong.\n## Why I can do it\n- I counted stock.\n"


def thanks(today: date, more: str = "", start: str = "2026-11-19 14:00") -> Draft:
    """The thank-you for an interview on Thursday 19 November, seen on a day."""
    front = f"company: Acme\ntitle: Clerk\ninterview: {{format: video, start: {start}}}\n"
    letters = letters_of(note("a.md", front + PEOPLE + more, BODY), today=today)
    return letters[("thank_you", "reed")]


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 19), "on Thursday"),
        (date(2026, 11, 25), "on Thursday"),
        (date(2026, 11, 26), "on 19 November"),
        (date(2026, 12, 21), "on 19 November"),
        (date(2027, 1, 4), "on 19 November 2026"),
    ],
)
def test_a_weekday_is_named_within_six_days(today: date, day: str) -> None:
    """A letter that waits for weeks does not say “on Thursday”, nor leaves out a year that is over."""
    assert f" {day} about the Clerk position" in thanks(today).body


def test_a_letter_that_was_sent_speaks_from_that_day() -> None:
    """What went out a month ago still reads as it did."""
    sent = "log: [{on: 2026-11-20, event: sent, touch: thank_you}]\n"
    assert " on Thursday about the Clerk position" in thanks(date(2027, 1, 4), sent).body


def test_late_thanks_do_not_look_forward_to_a_day_that_is_past() -> None:
    """The day for an answer is ahead on the day of writing, or is not spoken of."""
    front = "company: Acme\ntitle: Clerk\ninterview: {format: video, start: 2026-11-19 14:00}\n"
    entry = note("a.md", f"{front}{PEOPLE}decision: {{by: 2026-11-30}}\n", BODY)
    known = []
    for today in (date(2026, 11, 30), date(2026, 12, 1)):
        portal = portal_of(entry, today=today)
        plan = build_follow_ups(portal)
        follow_up = next(item for item in plan.values() if item.touch == "thank_you")
        letters = Correspondence(portal, plan, Voice(english(), "formal"))
        known.append("by" in letters.known(follow_up).facts)
    assert known == [True, False]


def test_a_deadline_that_is_past_when_the_letter_is_written() -> None:
    """Late thanks for an offer do not promise an answer by a day that is over."""
    front = f"company: Acme\ntitle: Clerk\n{PEOPLE}"
    offer = "offer: {received_on: 2026-11-16, deadline: 2026-11-20}\n"
    entry = note("a.md", front + offer)
    before = letters_of(entry, today=date(2026, 11, 16))[("offer_thanks", "reed")]
    after = letters_of(entry, today=date(2026, 11, 23))[("offer_thanks", "reed")]
    assert "by 20 November" in before.body
    assert "20 November" not in after.body
