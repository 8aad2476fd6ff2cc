"""What can be pressed beside a follow-up, and what is left out because it would make no sense."""

from __future__ import annotations

from datetime import date

import pytest

from followup.campaign.model import FollowUp
from followup.site.buttons import build_menu, put_off
from followup.site.company import build_company
from followup.site.lookup import Lookup
from followup.site.note import build_note
from followup.site.parts import Menu
from followup.site.today import build_today
from tests.unit.notebook import note
from tests.unit.site.campaigns import (
    APPLICATION,
    campaign_of,
    lookup_of,
    panel,
    render_all,
    video_ahead,
)


def words(menu: Menu | None) -> list[str]:
    """What can be read on the buttons, in order."""
    assert menu is not None
    return [button.text for button in (menu.done, *menu.more)]


def find(lookup: Lookup, touch: str) -> FollowUp:
    """The one follow-up of a kind."""
    (found,) = (one for one in lookup.follow_ups if one.touch == touch)
    return found


def test_a_message_can_be_sent_put_off_answered_or_skipped() -> None:
    """On Today a row has these, in this order."""
    row = build_today(lookup_of(panel())).late.rows[0]
    assert words(row.menu) == [
        "I sent it",
        "Snooze until tomorrow",
        "Snooze for a week",
        "They wrote back",
        "They invited me",
        "They said no",
        "Skip it",
    ]
    assert row.menu is not None
    assert (row.menu.title, len(row.menu.uid)) == ("Thank Ms. Rivera", 16)


def test_a_task_of_ones_own_is_done_and_nobody_answers_it() -> None:
    """A reminder is done rather than sent."""
    extra = APPLICATION + "reminders: [{on: 2026-11-24, what: Ask Sam about the team}]\n"
    lookup = lookup_of(note("2026-11-16-alder-street.md", extra))
    assert words(build_menu(lookup, find(lookup, "reminder"))) == [
        "I did it",
        "Snooze until tomorrow",
        "Snooze for a week",
        "They invited me",
        "They said no",
        "Skip it",
    ]


def test_nobody_prepares_for_an_interview_that_is_over() -> None:
    """A preparation can be put off to the day before the interview, and no further."""
    lookup = lookup_of(video_ahead())
    assert words(build_menu(lookup, find(lookup, "prepare"))) == [
        "I did it",
        "Snooze until tomorrow",
        "They invited me",
        "They said no",
        "Skip it",
    ]
    eve = lookup_of(video_ahead(), today=date(2026, 11, 23))
    assert not [text for text in words(build_menu(eve, find(eve, "prepare"))) if "Snooze" in text]


def test_how_it_goes_on_can_be_said_wherever_there_are_buttons() -> None:
    """Today and the pages of a company and a note offer an invitation and a rejection."""
    lookup = lookup_of(panel())
    (company,) = lookup.portal.companies.values()
    (entry,) = lookup.portal.entries.values()
    for menu in (
        build_today(lookup).late.rows[0].menu,
        build_company(lookup, company).to_do[0].menu,
        next(line.menu for line in build_note(lookup, entry).follow_ups if line.menu),
    ):
        assert words(menu)[-3:] == ["They invited me", "They said no", "Skip it"]


def test_what_has_ended_cannot_end_again() -> None:
    """The answer to a rejection has no button for another one."""
    rejected = APPLICATION + "log: [{on: 2026-11-20, event: rejected}]\n"
    lookup = lookup_of(note("2026-11-16-alder-street.md", rejected))
    reply = build_menu(lookup, find(lookup, "rejection_reply"))
    assert words(reply) == [
        "I sent it",
        "Snooze until tomorrow",
        "Snooze for a week",
        "They wrote back",
        "Skip it",
    ]


def test_nothing_can_be_pressed_before_its_time() -> None:
    """Neither what is over, nor what waits for another message, nor thanks for what is to come."""
    lookup = lookup_of(panel(), video_ahead())
    menus = {
        line.title or line.text: line.menu is not None
        for entry in lookup.portal.entries.values()
        for line in build_note(lookup, entry).follow_ups
    }
    assert menus == {
        "Thanked Ms. Dahl": False,
        "Thank Ms. Rivera": True,
        "Thank Mr. Oduya": True,
        "Ask Ms. Dahl where things stand": True,
        "Ask Ms. Dahl once more": False,
        "Prepare for Linden & Marsh": True,
        "Thank Ms. Abara": False,
        "Ask Ms. Abara where things stand": False,
        "Ask Ms. Abara once more": False,
    }


@pytest.mark.parametrize(
    ("today", "days", "until"),
    [
        (date(2026, 11, 22), 1, date(2026, 11, 23)),
        (date(2026, 11, 22), 7, date(2026, 12, 10)),
        (date(2026, 12, 8), 7, date(2026, 12, 15)),
    ],
)
def test_a_week_is_never_sooner(today: date, days: int, until: date) -> None:
    """What is due on Thu 3 December is put off by a week from then, or from a later today."""
    check = find(lookup_of(panel()), "status_check_1")
    assert check.due_on == date(2026, 12, 3)
    assert put_off(check, days, today) == until


def test_only_the_preview_has_buttons() -> None:
    """A built page names the follow-up for the script, and has nothing to press by itself."""
    built = render_all(campaign_of(panel()))
    drafts = built["drafts/2026-11-20-harbor-pine-panel"]
    assert 'data-fu-title="Thank Ms. Rivera" data-fu-done="I sent it"' in drafts
    assert not [page for page in built.values() if "data-fu-log" in page or "fu-menu" in page]
    (row,) = (r for r in build_today(lookup_of(panel())).late.rows if r.title == "Thank Ms. Rivera")
    assert row.menu is not None
    assert f'data-fu-uid="{row.menu.uid}"' in built[""]
    assert row.menu.uid[:8] in built[""].partition('data-fu-uids="')[2].partition('"')[0].split()
