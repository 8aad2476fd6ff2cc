"""What the Calendar page shows."""

from __future__ import annotations

from datetime import date

import pytest

from followup.site.calendar import CalendarView, Cell, build_calendar
from followup.site.events import Kind
from followup.site.wording import SAME_REASON
from tests.unit.notebook import note
from tests.unit.site.campaigns import (
    BODY,
    PANEL,
    campaign_of,
    lookup_of,
    panel,
    render_all,
    values,
    video_ahead,
)


def cell_of(view: CalendarView, day: date) -> Cell:
    """The cell of a day, in whatever month it stands."""
    months = (*view.earlier, *view.months)
    return next(c for month in months for week in month.weeks for c in week if c.day == day)


def test_the_agenda_begins_with_what_is_late() -> None:
    """Late days come first, then all that is to come; what is over is among the past."""
    view = build_calendar(lookup_of(panel(), video_ahead()))
    assert [day.text for day in view.agenda][:4] == [
        "Fri 20 Nov",
        "Mon 23 Nov",
        "Tue 24 Nov",
        "Thu 26 Nov",
    ]
    assert [e.title for e in view.agenda[0].events] == ["Thank Ms. Rivera", "Thank Mr. Oduya"]
    assert [e.title for e in view.past[-1].events] == ["13:30 Harbor & Pine", "Thanked Ms. Dahl"]


def test_the_agenda_reaches_two_weeks_ahead() -> None:
    """What comes after that stands apart, and its cell leads there."""
    reminders = "reminders: [{on: 2026-12-06, what: Call}, {on: 2026-12-07, what: Call again}]\n"
    view = build_calendar(lookup_of(note("a.md", PANEL + reminders, BODY)))
    assert [day.text for day in view.agenda][-1] == "Sun 6 Dec"
    assert [day.text for day in view.later] == ["Mon 7 Dec", "Thu 10 Dec"]
    assert cell_of(view, date(2026, 12, 10)).anchor == view.later[-1].anchor


def test_a_reason_is_said_once_a_day() -> None:
    """Thanks for one interview have one reason; that of another interview is another."""
    view = build_calendar(lookup_of(panel()))
    first, second = view.agenda[0].events
    assert first.why.startswith("Your panel interview ended on Friday at 14:30")
    assert second.why == SAME_REASON
    other = PANEL.replace("company: Harbor & Pine", "company: Elm")
    view = build_calendar(lookup_of(panel(), note("b.md", other, BODY)))
    reasons = [event.why for event in view.agenda[0].events]
    assert len(reasons) == 4
    assert reasons.count(SAME_REASON) == 2


def test_only_what_is_to_be_done_can_be_late() -> None:
    """An interview or a decision passes by itself."""
    view = build_calendar(lookup_of(panel(), video_ahead()))
    by_kind = {event.kind: event.open for day in view.agenda for event in day.events}
    assert by_kind == {
        Kind.MESSAGE: True,
        Kind.OWN: True,
        Kind.INTERVIEW: False,
        Kind.DECISION: False,
    }


def test_holidays_are_named_and_tinted() -> None:
    """Thanksgiving is in the agenda and in its cell; a holiday abroad names the country."""
    view = build_calendar(lookup_of(panel()))
    thursday = next(day for day in view.agenda if day.day == date(2026, 11, 26))
    assert thursday.holidays == ("Thanksgiving Day, not a business day",)
    assert cell_of(view, date(2026, 11, 26)).off
    abroad = note("b.md", PANEL.replace("company: Harbor & Pine", "company: M\ncountry: DE"), BODY)
    until = build_calendar(lookup_of(abroad, today=date(2026, 11, 22), country="US"))
    assert all("in DE" not in name for day in until.agenda for name in day.holidays)
    christmas = PANEL.replace("by: 2026-12-01", "by: 2026-12-28").replace(
        "company: Harbor & Pine", "company: M\ncountry: DE"
    )
    view = build_calendar(lookup_of(note("b.md", christmas, BODY)))
    second = next(day for day in view.later if day.day == date(2026, 12, 26))
    assert second.holidays == ("Second Day of Christmas in DE, not a business day there",)


def test_a_full_cell_shows_three_and_leads_to_the_rest() -> None:
    """More than four things on a day are three and a count that leads to the agenda."""
    reminders = "reminders:\n" + "".join(
        f"  - {{on: 2026-11-24, what: Task {number}}}\n" for number in range(4)
    )
    view = build_calendar(lookup_of(note("a.md", PANEL + reminders, BODY), video_ahead()))
    cell = cell_of(view, date(2026, 11, 24))
    assert len(cell.events) == 3
    assert cell.more == 3
    assert cell.events[0].kind is Kind.INTERVIEW
    assert cell.anchor in {day.anchor for day in view.agenda}


def test_months_reach_from_the_first_to_the_last_day() -> None:
    """Months before this one stand apart."""
    early = PANEL.replace("2026-11-20", "2026-09-10").replace("2026-12-01", "2026-09-20")
    view = build_calendar(lookup_of(note("a.md", early, BODY), video_ahead()))
    assert [month.title for month in view.earlier] == ["September 2026", "October 2026"]
    assert [month.title for month in view.months] == ["November 2026", "December 2026"]


def test_a_month_has_whole_weeks() -> None:
    """November 2026 begins on a Sunday: six blanks, then the first."""
    november = build_calendar(lookup_of(panel())).months[0]
    assert [cell.day for cell in november.weeks[0]] == [None] * 6 + [date(2026, 11, 1)]
    assert all(len(week) == 7 for week in november.weeks)


def test_an_empty_calendar_still_has_this_month() -> None:
    """Without notes there is a month and nothing else."""
    view = build_calendar(lookup_of())
    assert view.empty
    assert [month.title for month in view.months] == ["November 2026"]


@pytest.mark.parametrize(
    ("zone", "start", "title", "said"),
    [
        ("America/New_York", "2026-11-24 10:00", "10:00 Linden & Marsh", ""),
        ("America/Toronto", "2026-11-24 10:00", "10:00 Toronto time Linden & Marsh", ""),
        (
            "Europe/Berlin", "2026-11-24 15:00", "15:00 Berlin time Linden & Marsh",
            " 09:00 your time.",
        ),
        (
            "Europe/Berlin", "2027-03-15 15:00", "15:00 Berlin time Linden & Marsh",
            " 10:00 your time.",
        ),
        (
            "Asia/Tokyo", "2026-11-24 09:00", "09:00 Tokyo time Linden & Marsh",
            " Mon 23 Nov, 19:00 your time.",
        ),
        (
            "Asia/Tokyo", "2027-01-01 09:00", "09:00 Tokyo time Linden & Marsh",
            " Thu 31 Dec, 19:00 your time.",
        ),
        ("Asia/Tokyo", "2026-11-24", "Linden & Marsh", ""),
    ],
)  # fmt: skip
def test_an_interview_elsewhere_has_both_times(
    zone: str, start: str, title: str, said: str
) -> None:
    """The time at the place stands in front; where the owner's clock shows another, that as well."""
    front = f"interview: {{format: video, start: {start}, timezone: {zone}}}\n"
    view = build_calendar(lookup_of(note("a.md", f"company: Linden & Marsh\ntitle: A\n{front}")))
    days = (*view.agenda, *view.later)
    found = [e for day in days for e in day.events if e.kind is Kind.INTERVIEW]
    assert [event.title for event in found] == [title]
    assert found[0].why == ("Video." if start == "2026-11-24" else f"Video, 60 min.{said}")


def test_the_filter_offers_every_company_once() -> None:
    """In the order of their names; each thing of the calendar names the one it belongs to."""
    view = build_calendar(lookup_of(panel(), video_ahead()))
    assert [name for _, name in view.companies] == ["Harbor & Pine", "Linden & Marsh"]
    offered = {slug for slug, _ in view.companies}
    days = (*view.agenda, *view.later)
    assert {event.company for day in days for event in day.events} == offered


def test_what_is_of_use_can_be_downloaded() -> None:
    """Each entry of the agenda leads to its own calendar file; what has passed has none."""
    html = render_all(campaign_of(panel(), video_ahead()))
    files = [link for link in values(html["calendar"], "href") if link.endswith(".ics")]
    assert files[0] == "/calendar/followup.ics"
    view = build_calendar(lookup_of(panel(), video_ahead()))
    agenda = [event.file for day in (*view.agenda, *view.later) for event in day.events]
    assert len(files) == 1 + len(agenda)
    assert all(agenda)
    assert not [event.file for day in view.past for event in day.events if event.file]
    assert [x for x in values(html["notes/2026-11-24-linden-marsh-video"], "href") if "ics" in x]
    assert not [x for x in values(html["notes/2026-11-20-harbor-pine-panel"], "href") if "ics" in x]
    assert "followup.ics" not in render_all(campaign_of())["calendar"]


def test_a_slip_of_the_pen_brings_no_thousand_months() -> None:
    """A task in a distant year has its own month; those between are left out, a gap of months is not."""
    front = (
        "company: Acme\ntitle: Clerk\napplied_on: 2006-03-01\nreminders:\n"
        "  - {on: 2096-05-04, what: Ask}\n  - {on: 2027-02-01, what: Ask}"
    )
    view = build_calendar(lookup_of(panel(), note("a.md", front)))
    assert [month.title for month in view.earlier] == ["March 2006"]
    assert [month.title for month in view.months] == [
        "November 2026",
        "December 2026",
        "January 2027",
        "February 2027",
        "May 2096",
    ]
    assert len(view.later) < 60
